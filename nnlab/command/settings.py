"""Every setting of an experiment as an option, taken from the model: a new setting is an option by itself."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from nnlab.command.kind import kind_of
from nnlab.command.points import DESCRIBED, read_points
from nnlab.command.refusal import RefusalError, refusing
from nnlab.command.spelling import spelled
from nnlab.core.experiment import NEEDS, Experiment

POINTS = "points"
"""The setting that a command takes from a file of its own."""

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
        described = DESCRIBED if setting == POINTS else kind.described()
        group.add_argument(
            option(setting),
            dest=PREFIX + setting,
            help=f"{described} (default: {spelled(field.default)})".replace("%", "%%"),
            default=argparse.SUPPRESS,
            **_form(setting),
        )


def _form(setting: str) -> dict[str, Any]:
    """How an option is given: as --shuffle or --no-shuffle, or with a value behind it."""
    kind = kind_of(setting)
    if kind.is_switch:
        return {"action": argparse.BooleanOptionalAction}
    return {"metavar": "FILE" if setting == POINTS else kind.placeholder}


def given_settings(arguments: argparse.Namespace) -> dict[str, Any]:
    """The settings that a command names, by option or in its files; not yet validated.

    Options change what the file of the experiment says. Points are of the dataset own, if no option names another.

    Raises:
        RefusalError: a file cannot be read.
    """
    given = {} if arguments.experiment is None else _read(arguments.experiment)
    options = {
        name.removeprefix(PREFIX): _value(name.removeprefix(PREFIX), value)
        for name, value in vars(arguments).items()
        if name.startswith(PREFIX)
    }
    implied = {} if options.get(POINTS) is None else {"dataset": "own"}
    return given | implied | options


def _value(setting: str, given: str | bool) -> Any:
    if isinstance(given, bool):
        return given
    if setting == POINTS and given != spelled(None):
        return read_points(Path(given))
    return kind_of(setting).read(given)


def experiment_of(given: dict[str, Any]) -> Experiment:
    """The experiment with these settings; for others what these need, or else their defaults.

    Raises:
        RefusalError: a setting does not hold.
    """
    needed = {setting: value for setting, (value, _) in _needed(given).items()}
    return refusing(lambda: Experiment.model_validate(needed | given))


def _needed(given: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Settings that are not given and whose default will not do, and what asks for it: cross-entropy, a sigmoid."""
    return {
        other: (allowed[0], chosen)
        for (setting, chosen), needs in NEEDS.items()
        if given.get(setting) == chosen
        for other, allowed in needs.items()
        if other not in given and Experiment.model_fields[other].default not in allowed
    }


def say_needs(given: dict[str, Any]) -> None:
    """Say on stderr what was chosen because a setting needs it."""
    for setting, (value, chosen) in _needed(given).items():
        print(f"{setting}: {value}, which {chosen} needs", file=sys.stderr)


def say_start(used: Experiment, given: dict[str, Any]) -> None:
    """Likewise, and where networks start, if that is not what was asked for.

    Many networks need a start that is drawn: the notebook's is the same for all.
    """
    say_needs(given)
    asked = given.get("initialization")
    if used.initialization != asked:
        why = "since none is given" if asked is None else f"for {asked} makes no difference between the runs"
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
