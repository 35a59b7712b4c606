"""Converts the values of settings, given as lists, arrays or tables, to the tuples in which an experiment keeps them."""

from typing import Any

import numpy as np

from nnlab.core.data.own_data import COLUMNS, DECIMALS


def plain(value: Any, *, depth: int = 3) -> Any:
    """Convert lists to tuples and NumPy scalars to Python numbers, so that a trained network can be a start.

    No setting is nested deeper than the weights, three times; what lies deeper is left for its type to
    refuse.
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if depth and isinstance(value, list | tuple):
        return tuple(plain(item, depth=depth - 1) for item in value)
    return value


def rows(value: Any) -> Any:
    """Convert an array or a table of rows x1, x2, label to tuples; a label -1 or False becomes 0, and 1.0 or True 1.

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
    return int(label == 1) if isinstance(label, int | float) and label in (-1, 0, 1) else label


def rounded(value: float) -> float:
    """Round a coordinate to the decimals that are kept; -0 becomes 0."""
    return round(value, DECIMALS) + 0.0
