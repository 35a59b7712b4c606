"""The controls of the experiment, built from its own bounds and choices."""
