"""The rows of the table of figures, each compared with its budget; and percentiles."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

VERDICTS = {True: "met", False: "**missed**", None: "–"}
"""The last column of the table: whether a figure is within its budget."""


def percentile(values: Sequence[float], share: float) -> float:
    """The percentile of some values by nearest rank: a share of 0.95 gives the value that 95 % do not exceed.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("a percentile needs at least one value")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True)
class Row:
    """A row of the table.

    Attributes:
        what: the quantity that is measured.
        budget: in words.
        figure: in words, unit included.
        met: whether the figure is within the budget; None if there is no budget, or no figure.
    """

    what: str
    budget: str
    figure: str
    met: bool | None

    def markdown(self) -> str:
        """The row as a line of a Markdown table."""
        return f"| {self.what} | {self.budget} | {self.figure} | {VERDICTS[self.met]} |"


def table(rows: Sequence[Row]) -> str:
    """The whole table in Markdown."""
    head = ["| what | budget | figure | verdict |", "|---|---|---|---|"]
    return "\n".join([*head, *(row.markdown() for row in rows)])
