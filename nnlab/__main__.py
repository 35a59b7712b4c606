"""The ``nnlab`` command, which is ``python -m nnlab`` too."""

import sys

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C has stopped."""


def main() -> int:
    """Carry out what the command line asks for, and return the exit code."""
    try:
        from nnlab.command.main import main as carry_out
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("nnlab"):
            raise
        print(f"{error.name} is not installed, and the commands need it: pip install nnlab", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # while NumPy and others are imported, which takes half a second
        print("stopped", file=sys.stderr)
        return INTERRUPTED
    return carry_out()


if __name__ == "__main__":
    sys.exit(main())
