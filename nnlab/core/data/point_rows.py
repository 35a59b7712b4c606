"""Checks a student's own points as a whole: their shape, their labels, and what rounding leaves of their coordinates.

Each check returns one sentence for all rows alike, where a check of each row would repeat it a thousand times.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnlab.core.arrays import Array
from nnlab.core.data.own_data import DECIMALS

MOST_TOLD = 3
"""So many problems of rows are told one by one; more are told as one, with the first of them."""

MOST_MOVED = 0.05
"""Rounding may move a coordinate by this share of the coordinate's range; below a range of 0.001 it can move it by more."""

NOISE = 1e-9
"""A range below this share of the largest coordinate is an arithmetic's rounding, and no range."""


def lost_to_rounding(points: Array) -> str | None:
    """Tell whether rounding to DECIMALS would change points beyond use.

        |round(x) - x| > MOST_MOVED (max x - min x)    for some x

    Points that are rounded already are always kept, so that what is stored or linked opens again.

    Args:
        points: shape (m, 2), finite.

    Returns:
        What must hold, and the coordinate that does not; None if both do.
    """
    ranges, largest = np.ptp(points, axis=0), float(np.abs(points).max())
    moved = np.abs(np.round(points, DECIMALS) - points).max(axis=0)
    for name, width, most in zip(("x1", "x2"), ranges.tolist(), moved.tolist(), strict=True):
        if width > NOISE * largest and most > MOST_MOVED * width:
            return (
                f"points must keep their places when rounded to {DECIMALS} decimals, got {name} within {width:.3g}"
                " of each other; multiply the coordinates, by 1000 say, and standardize"
            )
    return None


def misshapen(value: Any) -> str | None:
    """Tell whether points are no rows of three: an array of another shape, or arrays beside each other, like (X, y).

    Args:
        value: an array, or a list or a tuple of whatever it has.
    """
    if isinstance(value, np.ndarray):
        good, got = value.ndim == 2 and value.shape[1] == 3, f"shape {value.shape}"
    elif isinstance(value, Sequence) and any(np.ndim(each) > 1 for each in value if hasattr(each, "shape")):
        shapes = " and ".join(str(np.shape(each)) for each in value[:3] if hasattr(each, "shape"))
        good, got = False, f"arrays of shapes {shapes}; np.column_stack joins them"
    else:
        return None
    return None if good else f"points must be rows of x1, x2, label, got {got}"


def alike(place: tuple[str | int, ...], given: Any) -> str:
    """Put what is wrong with many rows into one sentence about the first of them.

    Args:
        place: of the first problem: its row, then its column.
        given: what stands there.
    """
    row, *column = place
    if not column or given is None or isinstance(given, tuple | list):
        return f"points must be rows of x1, x2, label, got {given!r} for row {row}"
    if column[0] == 2:
        return f"label must be 0 or 1, or -1 and 1, got {given!r} in row {row}"
    return (
        f"x{int(column[0]) + 1} must be a number within -1,000,000 and 1,000,000, got {given!r} in row {row}"
    )
