"""The controls of the experiment, built from the bounds and choices of its settings."""
