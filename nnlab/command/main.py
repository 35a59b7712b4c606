"""The commands, and what they answer when something is wrong."""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor

from nnlab.command.map import INTERRUPTED, add_map
from nnlab.command.parser import Parser
from nnlab.command.refusal import RefusalError
from nnlab.command.starts import add_starts
from nnlab.command.train import add_train
from nnlab.work.job import CancelledJobError

COMMANDS = {
    "map": (add_map, "the map of what trains: a run for each point of a plane of two settings"),
    "train": (add_train, "one run: its costs, how well it does at the end, and why it ended"),
    "starts": (add_starts, "one experiment from many random starts: the share that trains"),
}
REFUSED = 2
FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command, and return the process's exit code."""
    try:
        asked = parser().parse_args(arguments)
        return int(asked.run(asked))
    except RefusalError as error:
        print(*error.lines, sep="\n", file=sys.stderr)
        return REFUSED
    except (KeyboardInterrupt, CancelledJobError):
        print("stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our answer has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (BrokenExecutor, OSError) as error:
        print(error, file=sys.stderr)
        return FAILED


def parser() -> Parser:
    """All commands and their options."""
    root = Parser(
        prog="python -m nnlab",
        description="Train small neural networks, one or millions.",
        allow_abbrev=False,
    )
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (add, described) in COMMANDS.items():
        add(commands.add_parser(name, help=described, description=described.capitalize() + "."))
    return root
