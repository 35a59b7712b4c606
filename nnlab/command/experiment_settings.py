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
from nnlab.core.initializers import NOTEBOOK_WEIGHTS
from nnlab.formats.csv_table import MOST_BYTES, CellProblem, read_csv

START = ("weights", "biases")
"""The settings that give the initial parameters as numbers."""

FITTING_START = "xavier"
"""The initialization that is used where the default has no weights for the network; it has some for every shape."""

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
    """The settings that a command gives in its options and files, not yet validated.

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
    _refuse_half_a_start(given)
    refuse_unused_start(
        context, given.get("initialization"), "must come with --initialization explicit, or with none"
    )
    return given


def _refuse_half_a_start(given: dict[str, Any]) -> None:
    for name, other in (START, START[::-1]):
        half = given.get(name) is None and isinstance(given.get(other), list | tuple)
        if half and given.get("initialization") == "explicit":
            raise CommandError(f"{name}: must be given with {other}")


def refuse_unused_start(context: click.Context, used: str | None, must: str) -> None:
    """Refuse weights and biases that options give where the networks would not start from them.

    Args:
        context: the command's context.
        used: the initialization that the networks start with.
        must: what the options must be, in words.

    Raises:
        CommandError: there are such.
    """
    for name in START:
        if given_options(context).get(name) is not None and used != "explicit":
            raise CommandError(f"{name}: {must}, got initialization {used}")


def experiment_of(given: dict[str, Any]) -> Experiment:
    """Build the experiment; a setting that is not given takes what a given one needs, else its default.

    Raises:
        CommandError: a setting does not hold.
    """
    settings = {setting: value for setting, (value, _) in _needed(given).items()} | given
    return refusing(lambda: Experiment.model_validate(settings), settings)


def _needed(given: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Choose values for settings that others require, and why: sigmoid for cross-entropy, a start that fits the network."""
    chosen = {
        other: (allowed[0], f"which {value} needs")
        for (setting, value), needs in NEEDS.items()
        if given.get(setting) == value
        for other, allowed in needs.items()
        if other not in given and Experiment.model_fields[other].default not in allowed
    }
    if "initialization" not in given and not _default_start_fits(given):
        chosen["initialization"] = (FITTING_START, "since the notebook's start does not fit this network")
    return chosen


def _default_start_fits(given: dict[str, Any]) -> bool:
    """Whether the default initialization has weights for the network; True too if its shape is not valid."""
    shape = {name: given[name] for name in ("features", "hidden_layer_sizes") if name in given}
    try:
        sizes = Experiment.model_validate({"initialization": FITTING_START} | shape).layer_sizes
    except ValueError:  # which the whole experiment will raise, too
        return True
    return sizes in NOTEBOOK_WEIGHTS


def say_needs(given: dict[str, Any]) -> None:
    """Print to stderr the settings that were chosen because another one requires them."""
    for setting, (value, why) in _needed(given).items():
        print(f"{setting}: {value}, {why}", file=sys.stderr)


def say_start(used: Experiment, given: dict[str, Any]) -> None:
    """Print to stderr the required settings, and the initialization if it is not the one given.

    Many networks need a random initialization: with the notebook's they would all start the same.
    """
    say_needs({"initialization": used.initialization} | given)
    asked = given.get("initialization")
    if used.initialization != asked:
        why = "since none is given" if asked is None else f"for {asked} makes no difference between the runs"
        print(f"initialization: {used.initialization}, {why}", file=sys.stderr)


def _read_experiment(file: Path) -> dict[str, Any]:
    """Read the settings in a JSON file, which may hold them alone or beside the results of their run."""
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
    """Read the points in a CSV file.

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
