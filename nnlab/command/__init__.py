"""The command line: what takes minutes, and what goes into files."""
