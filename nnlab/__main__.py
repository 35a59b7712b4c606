"""``python -m nnlab``: maps, runs and starts without a browser."""

import sys

if __name__ == "__main__":
    from nnlab.command.main import main

    sys.exit(main())
