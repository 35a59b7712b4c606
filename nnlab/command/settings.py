"""Every setting of an experiment as an option, taken from the model: a new setting is an option by itself."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from nnlab.command.kind import kind_of
from nnlab.command.refusal import RefusalError, refusing
from nnlab.command.spelling import spelled
from nnlab.core.experiment import Experiment

PREFIX = "setting."
"""What the settings' names have before them among a command's arguments, which have names of their own."""


def option(setting: str) -> str:
    """learning_rate as --learning-rate."""
    return f"--{setting.replace('_', '-')}"


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Let a command take every setting, and an experiment from a file."""
    group = parser.add_argument_group("settings of the experiment")
    group.add_argument(
        "--experiment",
        metavar="FILE",
        type=Path,
        help="an experiment as the lab saves it; the options below change it",
    )
    for setting, field in Experiment.model_fields.items():
        kind = kind_of(setting)
        described = f"{kind.described()} (default: {spelled(field.default)})"
        group.add_argument(
            option(setting),
            dest=PREFIX + setting,
            metavar=kind.placeholder,
            help=described.replace("%", "%%"),
            default=argparse.SUPPRESS,
        )


def given_settings(arguments: argparse.Namespace) -> dict[str, Any]:
    """The settings that a command names, by option or in its file; not yet validated.

    Raises:
        RefusalError: the file cannot be read.
    """
    given = {} if arguments.experiment is None else _read(arguments.experiment)
    for name, text in vars(arguments).items():
        if name.startswith(PREFIX):
            setting = name.removeprefix(PREFIX)
            given[setting] = kind_of(setting).read(text)
    return given


def experiment_of(given: dict[str, Any]) -> Experiment:
    """The experiment with these settings, and defaults for the others.

    Raises:
        RefusalError: a setting does not hold.
    """
    return refusing(lambda: Experiment.model_validate(given))


def say_start(used: Experiment, arguments: argparse.Namespace) -> None:
    """Say on stderr where networks start, if that is not what was asked for.

    Many networks need a start that is drawn: the notebook's is the same for all.
    """
    given = given_settings(arguments).get("initialization")
    if used.initialization != given:
        why = "since none is given" if given is None else f"for {given} makes no difference between the runs"
        print(f"initialization: {used.initialization}, {why}", file=sys.stderr)


def _read(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise RefusalError(f"experiment: must be a file to read, got {file} ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise RefusalError(f"experiment: must be a file of JSON, got {file}") from error
    if not isinstance(read, dict):
        raise RefusalError(f"experiment: must be a file of one experiment, got {file}")
    return read
