"""What other programs write, read as settings: tables of points as CSV, and links of TensorFlow Playground."""
