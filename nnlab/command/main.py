"""The ``nnlab`` command: its subcommands, and its exit code and message for each kind of error."""

import re
import sys
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor

import click
from click.exceptions import Exit

from nnlab import __version__
from nnlab.__main__ import INTERRUPTED
from nnlab.command.command_error import CommandError, shortened
from nnlab.command.files import REASONS, WritingError, discard_stdout, flush_stdout, reason
from nnlab.command.map import map_command
from nnlab.command.serve import serve
from nnlab.command.starts import starts
from nnlab.command.train import export, train
from nnlab.command.workers import StoppedError

REFUSED = 2
FAILED = 1


class Commands(click.Group):
    """A group that lists its commands in the order of registration."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands."""
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="nnlab %(version)s")
def commands() -> None:
    """Train small neural networks, one or millions, and watch them learn."""


for command in (serve, train, starts, map_command, export):
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command, and return the process's exit code."""
    try:
        code = _carry_out(list(sys.argv[1:] if arguments is None else arguments))
        flush_stdout()
    except CommandError as error:
        print(error.format_message(), file=sys.stderr)
        return REFUSED
    except click.ClickException as error:  # click repeats all of a long value
        print(re.sub(r"\S+", lambda word: shortened(word[0]), error.format_message()), file=sys.stderr)
        return REFUSED
    except (KeyboardInterrupt, StoppedError):
        print("stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of stdout has closed it
        discard_stdout()
        return FAILED
    except (BrokenExecutor, WritingError) as error:
        print(error, file=sys.stderr)
        return _failed()
    except OSError as error:
        print(reason(error) if error.errno in REASONS else error, file=sys.stderr)
        return _failed()
    return code


def _carry_out(arguments: list[str]) -> int:
    try:
        with commands.make_context("nnlab", arguments) as context:
            commands.invoke(context)
    except Exit as left:  # of --help and --version, too
        return left.exit_code
    return 0


def _failed() -> int:
    """The exit code of a command that has failed; Python would fail again, at its end, to write what stdout does not take."""
    try:
        flush_stdout()
    except OSError:
        discard_stdout()
    return FAILED
