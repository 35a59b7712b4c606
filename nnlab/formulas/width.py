"""Estimates the width of a line of a formula without typesetting it, so that ``layout`` can break lines."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S")
_INVISIBLE = (
    r"\hat",
    r"\bar",
    r"\tilde",
    r"\operatorname",
    r"\mathcal",
    r"\mathbf",
    r"\mathsf",
    r"\mathrm",
    r"\mathbb",
    "&",
)
_RELATIONS = ("=", ">", "<", r"\leq", r"\sim", r"\in", r"\times", r"\odot")
_WIDTHS = {
    **dict.fromkeys(_INVISIBLE, 0.0),
    **{r"\left": 0.6, r"\right": 0.6, r"\bigl": 0.2, r"\bigr": 0.2},
    **dict.fromkeys((r"\Bigl", r"\Bigr"), 0.6),
    **dict.fromkeys((r"\{", r"\}", "(", ")", ","), 0.9),
    **dict.fromkeys(("|", "'", ".", "l"), 0.6),
    **dict.fromkeys(_RELATIONS, 2.7),
    **{"W": 2.1, "w": 1.5, "m": 1.7, "L": 1.5, "B": 1.4, "C": 1.5, r"\partial": 1.2},
    **{"+": 2.4, "-": 2.2, r"\cdot": 1.5, r"\leftarrow": 3.0},
    **dict.fromkeys((r"\Longleftrightarrow", r"\Longrightarrow"), 4.5),
    **{r"\max": 3.7, r"\sin": 2.6, r"\ldots": 2.3},
    **{r"\,": 0.3, r"\ ": 0.5, r"\quad": 2.2, r"\tanh": 4.0, r"\min": 3.3, r"\ln": 2.0},
    **{r"\sum": 2.4, r"\infty": 2.0},
}
_SCRIPT = 0.7
_COLUMN_GAP = 2.0


def width(latex: str) -> float:
    """Estimate the width of one line, in digits of ordinary size.

    Sub- and superscripts are smaller and stand above each other; a fraction is as wide as its wider half, a
    matrix as its columns. Held against MathJax itself it is within a fifth.
    """
    return _Reader(_TOKEN.findall(latex)).group()


@dataclass
class _Reader:
    """Adds up the widths of the tokens in one pass."""

    tokens: list[str]
    position: int = 0

    def group(self) -> float:
        """Everything up to the end of the present group."""
        total = 0.0
        while self.position < len(self.tokens):
            token = self._next()
            if token == "}":
                break
            total += self._script(token) if token in "_^" else self._atom(token)
        return total

    def _next(self) -> str:
        token = self.tokens[self.position]
        self.position += 1
        return token

    def _atom(self, token: str) -> float:
        if token == "{":
            return self.group()
        if token == r"\frac":
            return max(self._atom(self._next()), self._atom(self._next())) + 0.5
        if token == r"\begin":
            return self._matrix()
        return _WIDTHS.get(token, 1.1 if token.isalpha() else 1.0)

    def _script(self, token: str) -> float:
        first = self._atom(self._next())
        other = {"_": "^", "^": "_"}[token]
        second = 0.0
        if self.position < len(self.tokens) and self.tokens[self.position] == other:
            self._next()
            second = self._atom(self._next())
        return _SCRIPT * max(first, second)

    def _matrix(self) -> float:
        self._atom(self._next())  # its name
        rows: list[list[float]] = []
        row: list[float] = []
        cell = 0.0
        while (token := self._next()) != r"\end":
            if token in ("&", r"\\"):
                row.append(cell)
                cell = 0.0
                if token == r"\\":
                    rows.append(row)
                    row = []
            else:
                cell += self._script(token) if token in "_^" else self._atom(token)
        self._atom(self._next())
        rows.append([*row, cell])
        columns: list[float] = [max(cells) for cells in zip(*rows, strict=True)]
        return sum(columns) + _COLUMN_GAP * (len(columns) - 1) + 2.0
