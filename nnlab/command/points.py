"""A student's own rows, from a file of CSV that a command names."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from nnlab.command.refusal import RefusalError
from nnlab.command.spelling import spelled
from nnlab.core.data.own_data import COLUMNS, LARGEST_COORDINATE, MOST_ROWS, Point
from nnlab.formats.csv_table import MOST_BYTES, CellProblem, read_csv

DESCRIBED = (
    f"own data, a CSV file of {', '.join(COLUMNS)}: up to {MOST_ROWS} rows, coordinates from "
    f"{-LARGEST_COORDINATE:.0f} to {LARGEST_COORDINATE:.0f}, labels 0 and 1 or -1 and 1; the dataset is own then, "
    f"if --dataset does not say otherwise; or {spelled(None)}"
)

# read_csv's names for what can be wrong -> what must be
SENTENCES: Mapping[str, str] = MappingProxyType(
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


def read_points(path: Path) -> tuple[Point, ...]:
    """The rows of a file.

    Letters that are not UTF-8 do no harm in a header; in a number they are refused with it, as in the page.

    Raises:
        RefusalError: the file cannot be read, or something in it does not hold: a line for each, with its place.
    """
    try:
        with path.open("rb") as file:
            read = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise RefusalError(f"points: must be a file to read, got {path} ({why})") from error
    if len(read) > MOST_BYTES:
        raise RefusalError(f"points: {path}: must be at most {MOST_BYTES} bytes, got more")
    points, problems = read_csv(read.decode("utf-8", "replace"))
    if problems:
        raise RefusalError(*(_line(path, problem) for problem in problems))
    return points


def _line(path: Path, problem: CellProblem) -> str:
    place = f"{path}"
    if problem.line:
        place += f", line {problem.line}"
    if problem.column:
        place += f", column {problem.column}"
    sentence = SENTENCES[problem.rule].format(bound=spelled(problem.bound))
    got = {"empty": "none", "bytes": problem.value}.get(problem.rule, repr(problem.value))
    return f"points: {place}: {sentence}, got {got}"
