"""Figures from many measurements, and how they are held against a budget."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

VERDICTS = {True: "met", False: "**missed**", None: "–"}
"""How the table writes whether a figure keeps to its budget."""


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of the values does not exceed (nearest rank).

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("a percentile needs at least one value")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes:
        what: is measured.
        budget: in words.
        figure: in words, unit included.
        met: whether the figure keeps to the budget; None if there is no budget, or no figure.
    """

    what: str
    budget: str
    figure: str
    met: bool | None

    def markdown(self) -> str:
        """As a line of a Markdown table."""
        return f"| {self.what} | {self.budget} | {self.figure} | {VERDICTS[self.met]} |"


def table(rows: Sequence[Row]) -> str:
    """The whole table in Markdown."""
    head = ["| what | budget | figure | verdict |", "|---|---|---|---|"]
    return "\n".join([*head, *(row.markdown() for row in rows)])
