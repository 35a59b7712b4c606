"""Conversion of what may be given for a setting, lists, arrays or tables, into the tuples that it is kept in."""

from typing import Any

import numpy as np

from nnlab.core.data.own_data import COLUMNS, DECIMALS


def plain(value: Any, *, depth: int = 3) -> Any:
    """Take lists for tuples and NumPy's numbers for what they hold, so that a trained network can be a start.

    No setting is nested deeper than the weights, three times; what lies deeper is left for its type to
    refuse.
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if depth and isinstance(value, list | tuple):
        return tuple(plain(item, depth=depth - 1) for item in value)
    return value


def rows(value: Any) -> Any:
    """Take an array or a table of rows x1, x2, label, and the classes that other programs write: -1 for 0, and 1.0 for 1.

    Of a table (anything with ``to_numpy``) that names the three columns, those count, in whatever order they stand.
    """
    if hasattr(value, "to_numpy"):
        named = set(COLUMNS) <= set(getattr(value, "columns", ()))
        value = (value[list(COLUMNS)] if named else value).to_numpy()
    value = plain(value)
    if not isinstance(value, tuple):
        return value
    return tuple(
        (*row[:2], _class(row[2])) if isinstance(row, tuple) and len(row) == 3 else row for row in value
    )


def _class(label: Any) -> Any:
    is_number = isinstance(label, int | float) and not isinstance(label, bool)
    return int(label == 1) if is_number and label in (-1, 0, 1) else label


def rounded(value: float) -> float:
    """A coordinate as it is kept; -0 becomes 0."""
    return round(value, DECIMALS) + 0.0
