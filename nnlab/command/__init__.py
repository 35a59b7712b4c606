"""The command line: ``nnlab`` and its commands."""
