"""Options of a command: argparse, with errors in the house's form."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NoReturn

from nnlab.command.refusal import RefusalError

# what argparse says -> how we say it
SENTENCES = (
    (r"^argument -*([^:/\s]+)[^:]*: ", r"\1: "),
    (r": expected one argument$", ": must be followed by a value"),
    (r": expected (\d+) arguments$", r": must be followed by \1 values"),
    (r": ignored explicit argument (.*)$", r": must be followed by no value, got \1"),
    (r"^unrecognized arguments:\s+(\S+).*", r"\1: must be an option; --help names them all"),
    (r"^unrecognized arguments:\s*$", r"'': must be an option; --help names them all"),
    (r": invalid choice: (.+) \(choose from (.+)\)$", r": must be one of \2, got \1"),
    (r"^the following arguments are required: (.*)", r"\1: must be given"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line and no usage, and that knows an option by its whole name alone."""

    def __init__(self, **about: Any) -> None:
        """Take what argparse takes."""
        wide: Any = partial(argparse.HelpFormatter, max_help_position=30)
        about = {"formatter_class": wide, "allow_abbrev": False} | about
        super().__init__(**about)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """What argparse does, but for --option=--, for which some versions of it give an empty list.

        Raises:
            RefusalError: the options are wrong.
        """
        args = sys.argv[1:] if args is None else args
        for name, _, value in (each.partition("=") for each in args):
            if name.startswith("-") and value == "--":
                self.error(f"argument {name}: expected one argument")
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Refuse the command.

        Raises:
            RefusalError: always.
        """
        for pattern, sentence in SENTENCES:
            message = re.sub(pattern, sentence, message, flags=re.DOTALL)
        raise RefusalError(message)


def whole(low: int, high: int | None = None) -> Callable[[str], int]:
    """A type for argparse: whole numbers within bounds."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"must be a whole number, got {text!r}") from None
        if value < low:
            raise argparse.ArgumentTypeError(f"must be at least {low}, got {value}")
        if high is not None and value > high:
            raise argparse.ArgumentTypeError(f"must be at most {high}, got {value}")
        return value

    return read


def number(text: str) -> float:
    """A type for argparse: any number."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number, got {text!r}") from None


def one_of(choices: Sequence[str]) -> Callable[[str], str]:
    """A type for argparse: one of these names."""

    def read(text: str) -> str:
        if text not in choices:
            raise argparse.ArgumentTypeError(f"must be one of {', '.join(choices)}, got {text!r}")
        return text

    return read
