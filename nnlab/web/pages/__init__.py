"""The pages: what stands where, and the questions that a moment answers."""
