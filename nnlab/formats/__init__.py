"""Readers of foreign formats: points as CSV text, and links of TensorFlow Playground, both into settings of ours."""
