"""A matrix of numbers on paper: large ones are thinned out with dots."""

from collections.abc import Sequence

from nnlab.core.arrays import Array
from nnlab.formulas.layout import MOST_WRITTEN
from nnlab.formulas.rounding import number
from nnlab.formulas.width import width

NEW_ROW = r" \\ "

MOST_WIDE = 30.0
"""A matrix wider than this, in digits, keeps its first and last column alone."""


def matrix(values: Array) -> str:
    """A matrix (n_out, n_in), or a vector (n,) as a column."""
    cells = [[number(value) for value in row] for row in values.reshape(len(values), -1)]
    latex = _thinned(cells, most_columns=MOST_WRITTEN)
    return latex if width(latex) <= MOST_WIDE else _thinned(cells, most_columns=2)


def column(entries: Sequence[str]) -> str:
    """A column of what is already written."""
    return rf"\begin{{pmatrix}} {NEW_ROW.join(entries)} \end{{pmatrix}}"


def _thinned(cells: list[list[str]], most_columns: int) -> str:
    rows = [_shortened(row, r"\cdots", most_columns) for row in cells]
    dots = [r"\ddots" if cell == r"\cdots" else r"\vdots" for cell in rows[0]]
    lines = [" & ".join(row) for row in rows]
    return column(_shortened(lines, " & ".join(dots), MOST_WRITTEN))


def _shortened(items: list[str], dots: str, most: int) -> list[str]:
    return items if len(items) <= most else [*items[: most // 2], dots, items[-1]]
