"""The ``nnlab`` command, which is ``python -m nnlab`` too."""

import sys


def main() -> int:
    """Carry out what the command line asks for, and return the exit code."""
    try:
        from nnlab.command.main import main as carry_out
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("nnlab"):
            raise
        print(f"{error.name} is not installed, and the commands need it: pip install nnlab", file=sys.stderr)
        return 1
    return carry_out()


if __name__ == "__main__":
    sys.exit(main())
