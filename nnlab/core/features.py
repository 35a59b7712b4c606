"""Features: the functions of a point (x1, x2) that a network takes as its inputs, for training and drawing alike.

Every function works on arrays that broadcast against each other. On a grid x1 is a row and x2 a
column, so features of one coordinate stay that small and only mixed ones grow to the full grid.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from nnlab.core.arrays import Array, ArrayLike, Surface

Feature = Callable[[Surface, Surface], Surface]

FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        "x1": lambda x1, _: x1,
        "x2": lambda _, x2: x2,
        "x1^2": lambda x1, _: x1 * x1,
        "x2^2": lambda _, x2: x2 * x2,
        "x1*x2": lambda x1, x2: x1 * x2,
        "sin x1": lambda x1, _: np.sin(x1),
        "sin x2": lambda _, x2: np.sin(x2),
        "x1 and x2": np.minimum,  # logical AND of two truth values is the smaller of them
    }
)


def apply(names: Sequence[str], points: ArrayLike) -> Array:
    """The chosen features of each point.

    Args:
        names: keys of FEATURES, n of them.
        points: shape (m, 2).

    Returns:
        Shape (m, n), columns in the order of ``names``.

    Raises:
        ValueError: ``points`` is not of shape (m, 2).
    """
    x1, x2 = checked(points).T
    return np.column_stack([FEATURES[name](x1, x2) for name in names])


def checked(points: ArrayLike) -> Array:
    """Points as an array, (m, 2).

    Raises:
        ValueError: ``points`` is not of shape (m, 2).
    """
    points = np.asarray(points, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"points must have shape (m, 2), got {points.shape}")
    return points
