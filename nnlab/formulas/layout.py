"""Breaks formulas into lines that fit a phone, and lays out matrices, of which large ones get dots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from nnlab.core.arrays import Array
from nnlab.formulas.notation import number
from nnlab.formulas.width import width

Item = TypeVar("Item")

LINE_WIDTH = 36.0
"""About how many digits fit beside each other at 360 pixels."""

MOST_WRITTEN = 4
"""Terms of a sum, members of a list, rows and columns of a matrix that are all written; of more, two and the last."""

INDENT = r"\quad "
_OPERATORS = ("+ ", "- ", r"\cdot ", r"\odot ")
NEW_LINE = r" \\[4pt] "


def chain(left: str, *steps: Sequence[str], relation: str = "=") -> list[str]:
    """A chain of equalities, as lines of an aligned block: ``left = step = step``.

    Args:
        left: what stands before the first relation.
        steps: each cut into pieces, between which a line may end.
        relation: what stands before each step; a piece that starts with it is aligned at it too.
    """
    lines = []
    room = LINE_WIDTH - width(left + "=")
    for index, step in enumerate(steps):
        for part, line in enumerate(broken(step, room)):
            head = left if not index and not part else ""
            mark = f"{relation} " if not part else "" if line.startswith(relation) else INDENT
            lines.append(f"{head} &{mark}{continued(line) if part else line}".strip())
    return lines


def continued(line: str) -> str:
    """A continuation line: an operator in front keeps the space of one between two terms."""
    return f"{{}} {line}" if line.startswith(_OPERATORS) else line


def broken(pieces: Iterable[str], room: float) -> list[str]:
    """Fill lines with pieces, each line as full as it goes."""
    lines: list[str] = []
    for piece in pieces:
        if lines and width(f"{lines[-1]} {piece}") <= room:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


def aligned(lines: Iterable[str]) -> str:
    """Set lines under each other, aligned at their ampersands."""
    return rf"\begin{{aligned}} {NEW_LINE.join(lines)} \end{{aligned}}"


def thinned(items: Sequence[Item]) -> list[Item]:
    """Keep the first items and the last of a long list."""
    return list(items) if len(items) <= MOST_WRITTEN else [*items[: MOST_WRITTEN // 2], items[-1]]


def dotted(pieces: list[str], count: int, dots: str) -> list[str]:
    """Insert dots into the pieces of a thinned list of ``count`` items, where items are left out."""
    half = MOST_WRITTEN // 2
    return pieces if count <= MOST_WRITTEN else [*pieces[:half], dots, *pieces[half:]]


def listed(items: Sequence[str]) -> str:
    """Set short formulas beside each other; of a long list some, with dots."""
    return side_by_side(dotted(thinned(items), len(items), r"\ldots"))


def side_by_side(items: Sequence[str]) -> str:
    """Set short formulas beside each other, on as many lines as they need."""
    lines = broken([*(rf"{item}, \quad" for item in items[:-1]), items[-1]], LINE_WIDTH)
    return lines[0] if len(lines) == 1 else aligned(f"&{line}" for line in lines)


def total(terms: Iterable[str]) -> list[str]:
    """Join unsigned terms with plus signs, as pieces."""
    return [f"+ {term}" if index else term for index, term in enumerate(terms)]


def product(factors: Iterable[str]) -> list[str]:
    """Join factors with dots, as pieces."""
    return [rf"\cdot {factor}" if index else factor for index, factor in enumerate(factors)]


def bracketed(opening: str, terms: Sequence[str], closing: str) -> list[str]:
    """Put the pieces of a sum in brackets, which stay on the line of its first and its last term."""
    pieces = list(terms)
    pieces[0] = opening + pieces[0]
    pieces[-1] += closing
    return pieces


@dataclass(frozen=True)
class Call:
    """A function of a sum whose terms may be functions of sums themselves.

    Attributes:
        head: the function, with what stands before it: a sign, a weight.
        terms: the sum, each term with its sign.
        tail: what follows the closing parenthesis.
    """

    head: str
    terms: Sequence["str | Call"]
    tail: str = ""

    def inline(self) -> str:
        """The whole call on one line."""
        inside = " ".join(term if isinstance(term, str) else term.inline() for term in self.terms)
        return rf"{self.head}\left({inside}\right) {self.tail}".rstrip()

    def lines(self, room: float) -> list[str]:
        """The lines of the call: one if there is room, else several."""
        return [self.inline()] if width(self.inline()) <= room else self._spread(room)

    def _spread(self, room: float) -> list[str]:
        """The lines of the inner terms. Functions among them, which come before texts, are all spread or none."""
        room -= width(INDENT)
        whole = all(width(call.inline()) <= room for call in self.terms if isinstance(call, Call))
        inner: list[str] = []
        texts: list[str] = []
        for term in self.terms:
            if isinstance(term, str):
                texts.append(term)
            else:
                inner += [term.inline()] if whole else term._spread(room)
        inner += broken(texts, room)
        *indented, last = [INDENT + continued(line) for line in inner]
        return [rf"{self.head}\Bigl(", *indented, rf"{last} \Bigr) {self.tail}".rstrip()]


NEW_ROW = r" \\ "

MOST_WIDE = 30.0
"""A matrix wider than this, in digits, keeps its first and last column alone."""


def matrix(values: Array) -> str:
    """A matrix (n_out, n_in), or a vector (n,) as a column."""
    cells = [[number(value) for value in row] for row in values.reshape(len(values), -1)]
    latex = _thinned(cells, most_columns=MOST_WRITTEN)
    return latex if width(latex) <= MOST_WIDE else _thinned(cells, most_columns=2)


def column(entries: Sequence[str]) -> str:
    """A column vector of items in LaTeX."""
    return rf"\begin{{pmatrix}} {NEW_ROW.join(entries)} \end{{pmatrix}}"


def _thinned(cells: list[list[str]], most_columns: int) -> str:
    rows = [_shortened(row, r"\cdots", most_columns) for row in cells]
    dots = [r"\ddots" if cell == r"\cdots" else r"\vdots" for cell in rows[0]]
    lines = [" & ".join(row) for row in rows]
    return column(_shortened(lines, " & ".join(dots), MOST_WRITTEN))


def _shortened(items: list[str], dots: str, most: int) -> list[str]:
    return items if len(items) <= most else [*items[: most // 2], dots, items[-1]]
