"""What it takes to set up, test and pack nnlab; nothing here is part of it."""
