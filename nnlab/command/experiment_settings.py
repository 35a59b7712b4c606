"""The experiment of a command, read from its options, a file of settings, and a file of points."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from nnlab.command.command_error import CommandError, refusing, written
from nnlab.command.options import POINTS, given_options
from nnlab.core.data.own_data import Point
from nnlab.core.experiment import NEEDS, Experiment
from nnlab.formats.csv_table import MOST_BYTES, CellProblem, read_csv

START = ("weights", "biases")
"""Settings that say where a network starts, each number by itself."""

# read_csv's names for what can be wrong -> what must be
CELL_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "number": "must be a number",
        "finite": "must be finite",
        "largest": "must be from -{bound} to {bound}",
        "label": "must be one of {bound}",
        "columns": "must have {bound} cells",
        "quote": "must have an end to its quote",
        "rows": "must be among the first {bound} rows",
        "bytes": "must be at most {bound} bytes",
        "empty": "must have at least 1 row",
    }
)


def given_settings(context: click.Context) -> dict[str, Any]:
    """The settings that a command names, by option or in its files; not yet validated.

    Options change what the file of the experiment says. Points are of the dataset own, and weights and biases of the
    initialization explicit, if no option names another.

    Raises:
        CommandError: a file cannot be read, or weights are given that no network would start from.
    """
    options = given_options(context)
    file = options.pop("experiment_file", None)
    given = {} if file is None else _read_experiment(file)
    implied = {}
    if options.get(POINTS) is not None:
        if options[POINTS] == Path(written(None)):
            options[POINTS] = None
        else:
            options[POINTS] = read_points(options[POINTS])
            implied["dataset"] = "own"
    if any(options.get(name) is not None for name in START):
        implied["initialization"] = "explicit"
    given = given | implied | options
    refuse_unused_start(
        context, given.get("initialization"), "must come with --initialization explicit, or with none"
    )
    return given


def refuse_unused_start(context: click.Context, used: str | None, must: str) -> None:
    """Refuse weights and biases that an option gives, and that the networks would not start from.

    Args:
        context: of the command.
        used: the initialization that the networks start with.
        must: what the options must be, in words.

    Raises:
        CommandError: there are such.
    """
    for name in START:
        if given_options(context).get(name) is not None and used != "explicit":
            raise CommandError(f"{name}: {must}, got initialization {used}")


def experiment_of(given: dict[str, Any]) -> Experiment:
    """The experiment with these settings; for others what these need, or else their defaults.

    Raises:
        CommandError: a setting does not hold.
    """
    settings = {setting: value for setting, (value, _) in _needed(given).items()} | given
    return refusing(lambda: Experiment.model_validate(settings), settings)


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


def _read_experiment(file: Path) -> dict[str, Any]:
    """The settings in a file: alone, or beside the numbers of the run that they made."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"experiment: must be a file to read, got {file} ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"experiment: must be a file of JSON, got {file}") from error
    if isinstance(found, dict) and isinstance(found.get("experiment"), dict):
        found = found["experiment"]
    if not isinstance(found, dict):
        raise CommandError(f"experiment: must be a file of one experiment, got {file}")
    return found


def read_points(path: Path) -> tuple[Point, ...]:
    """The rows of a CSV file.

    Letters that are not UTF-8 do no harm in a header; in a number they are refused with it, as in the page.

    Raises:
        CommandError: the file cannot be read, or something in it does not hold: a line for each, with its place.
    """
    try:
        with path.open("rb") as file:
            found = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise CommandError(f"points: must be a file to read, got {path} ({why})") from error
    if len(found) > MOST_BYTES:
        raise CommandError(f"points: {path}: must be at most {MOST_BYTES} bytes, got more")
    points, wrong = read_csv(found.decode("utf-8", "replace"))
    if wrong:
        raise CommandError(*(_cell_line(path, problem) for problem in wrong))
    return points


def _cell_line(path: Path, problem: CellProblem) -> str:
    place = f"{path}"
    if problem.line:
        place += f", line {problem.line}"
    if problem.column:
        place += f", column {problem.column}"
    must = CELL_SENTENCES[problem.rule].format(bound=written(problem.bound))
    got = {"empty": "none", "bytes": problem.value}.get(problem.rule, repr(problem.value))
    return f"points: {place}: {must}, got {got}"
