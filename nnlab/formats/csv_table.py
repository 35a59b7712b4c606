"""A student's own points as CSV text: read as people paste it, and written back.

The text is split here, not by the csv module: unless strict, that one is silent about a quote never
closed, and strict it refuses a space after a closing quote.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from nnlab.core.data.own_data import COLUMNS, DECIMALS, LARGEST_COORDINATE, MOST_ROWS, Point

MOST_BYTES = 64 * 1024
"""The largest CSV text, in UTF-8; the longest MOST_ROWS that ``write_csv`` can write are half of it."""
MOST_PROBLEMS = 20
LONGEST_VALUE = 60

NUMERALS = frozenset("0123456789.+-eE")
NOT_FINITE = ("nan", "inf", "infinity")


@dataclass(frozen=True)
class CellProblem:
    """An error in the text, and where it is.

    Attributes:
        line: from 1, as an editor counts the lines of the text; 0 if it concerns the whole.
        column: from 1, as the cells are written; 0 if it concerns the whole line.
        rule: number, finite, largest, label, columns, quote, rows, bytes or empty.
        bound: what the rule allows, if that is a number or a list.
        value: as written, or the size in bytes; at most LONGEST_VALUE characters.
    """

    line: int
    column: int
    rule: str
    bound: float | str | None
    value: str


class _Cell(NamedTuple):
    line: int
    written: str
    closed: bool = True

    @property
    def text(self) -> str:
        """The cell without spaces around it, and without quotes if they enclose all of it."""
        text = self.written.strip()
        inside = text[1:-1]
        quoted = len(text) > 1 and text[0] == text[-1] == '"' not in inside.replace('""', "")
        return inside.replace('""', '"').strip() if quoted else text

    def problem(self, column: int, rule: str, bound: float | str | None = None) -> CellProblem:
        return CellProblem(self.line, column, rule, bound, self.written.strip()[:LONGEST_VALUE])


_Row = list[_Cell]


def read_csv(text: str) -> tuple[tuple[Point, ...], tuple[CellProblem, ...]]:
    """Read the valid rows, with coordinates rounded to DECIMALS, and list the first MOST_PROBLEMS errors; never raises.

    Cells are separated by comma, semicolon or tab, as the first line that is not blank shows; a
    decimal comma is understood beside the latter two. That line is a header if it has three cells
    and the first is no number. Labels are 0 and 1, or -1 and 1: -1 and 0 both mean class 0.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        return (), (CellProblem(0, 0, "bytes", MOST_BYTES, str(size)),)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(text)
    most = MOST_ROWS + 2  # a header, and one row too many
    rows = list(
        islice((row for row in _rows(text, separator) if _joined(row, separator).written.strip()), most)
    )
    header = _header(rows[0], separator) if rows else None
    rows = rows[1:] if header else rows
    read = [_read_row(row, header or COLUMNS, separator) for row in rows[:MOST_ROWS]]
    problems = [problem for _, found in read for problem in found]
    if len(rows) > MOST_ROWS:
        problems.append(_joined(rows[MOST_ROWS], separator).problem(0, "rows", MOST_ROWS))
    if not rows:
        problems.append(CellProblem(0, 0, "empty", None, ""))
    return tuple(point for point, _ in read if point), tuple(problems[:MOST_PROBLEMS])


def write_csv(points: Sequence[Point]) -> str:
    """The points as CSV with a header; ``read_csv`` gives back every point that ``read_csv`` could give."""
    rows = (f"{float(x1)},{float(x2)},{label}\r\n" for x1, x2, label in points)
    return ",".join(COLUMNS) + "\r\n" + "".join(rows).replace(".0,", ",")


def _separator(text: str) -> str:
    """The separator of the cells in the first line that is not blank; characters in quotes do not count."""
    unquoted = '"'.join(text.split('"')[::2])
    first = next((line.strip() for line in unquoted.split("\n") if line.strip()), "")
    return next((separator for separator in ";\t" if separator in first), ",")


def _rows(text: str, separator: str) -> Iterator[_Row]:
    """The cells of each line; a cell that begins with a quote goes on while it has an odd number of them."""
    row: _Row = []
    parts: list[str] = []
    begun, unclosed = 1, False
    for line, written in enumerate(text.split("\n"), 1):
        if not unclosed and not written.strip():
            continue
        for index, piece in enumerate(written.split(separator)):
            if unclosed:
                parts += [separator if index else "\n", piece]
            else:
                parts, begun = [piece], line
            if unclosed or piece.lstrip().startswith('"'):
                unclosed ^= piece.count('"') % 2 == 1
            if not unclosed:
                row.append(_Cell(begun, "".join(parts)))
        if not unclosed:
            yield row
            row = []
    if unclosed:
        yield [*row, _Cell(begun, "".join(parts), closed=False)]


def _joined(row: _Row, separator: str) -> _Cell:
    return _Cell(row[0].line, separator.join(cell.written for cell in row))


def _header(row: _Row, separator: str) -> tuple[str, ...] | None:
    """Which column is which: as written if all three are named, else the usual order; None if it is no header."""
    if len(row) != len(COLUMNS) or not row[-1].closed or _number(row[0].text, separator) is not None:
        return None
    names = tuple(cell.text.lower() for cell in row)
    return names if set(names) == set(COLUMNS) else COLUMNS


def _read_row(row: _Row, names: tuple[str, ...], separator: str) -> tuple[Point | None, list[CellProblem]]:
    if not row[-1].closed:
        return None, [row[-1].problem(len(row) if len(row) <= len(COLUMNS) else 0, "quote")]
    if len(row) != len(COLUMNS):
        return None, [_joined(row, separator).problem(0, "columns", len(COLUMNS))]
    numbers: dict[str, float] = {}
    problems: list[CellProblem] = []
    for column, (name, cell) in enumerate(zip(names, row, strict=True), 1):
        number = _number(cell.text, separator)
        if name == "label" and number not in (-1, 0, 1):
            problems.append(cell.problem(column, "label", "-1, 0, 1"))
        elif number is None:
            problems.append(cell.problem(column, "number"))
        elif "n" in cell.text.lower():  # of what _number takes, only nan and inf are spelled with one
            problems.append(cell.problem(column, "finite"))
        elif abs(number) > LARGEST_COORDINATE:
            problems.append(cell.problem(column, "largest", LARGEST_COORDINATE))
        else:
            numbers[name] = number
    if problems:
        return None, problems
    x1, x2 = (round(numbers[name], DECIMALS) + 0.0 for name in ("x1", "x2"))  # -0.0 + 0.0 is 0.0
    return (x1, x2, int(numbers["label"] == 1)), []


def _number(text: str, separator: str) -> float | None:
    """The number in a cell, nan and inf included; None if it is no number: float() alone would take 1_000 and ١."""
    text = text.replace("\N{MINUS SIGN}", "-")
    if separator != ",":
        text = text.replace(",", ".")
    try:
        return float(text) if NUMERALS.issuperset(text) or text.lower().lstrip("+-") in NOT_FINITE else None
    except ValueError:
        return None
