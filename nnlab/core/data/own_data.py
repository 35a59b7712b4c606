"""A student's own data: points (x1, x2) with a label, their limits, and how they are standardized."""

import numpy as np

from nnlab.core.arrays import Array

MOST_ROWS = 1000
LARGEST_COORDINATE = 1_000_000.0
DECIMALS = 4

Point = tuple[float, float, int]
"""x1, x2 and the label, 0 or 1."""

COLUMNS = ("x1", "x2", "label")


def standardization(points: Array) -> tuple[Array, Array]:
    """Compute the mean and the divisor that give each coordinate mean 0 and standard deviation 1.

        z = (x - mean) / s,    mean = 1/m sum_i x_i,    s^2 = 1/m sum_i (x_i - mean)^2

    A coordinate that does not vary is only centred: its s is 1.

    Args:
        points: shape (m, 2).

    Returns:
        mean, shape (2,); s, shape (2,).

    Raises:
        ValueError: ``points`` is not of shape (m, 2) with m > 0.
    """
    if points.ndim != 2 or points.shape[1] != 2 or not len(points):
        raise ValueError(f"points must have shape (m, 2) with m > 0, got {points.shape}")
    # The mean of m equal numbers may be one rounding away from them, and then s is not 0.
    constant = (points == points[0]).all(axis=0)
    mean = np.where(constant, points[0], points.mean(axis=0))
    return mean, np.where(constant, 1.0, points.std(axis=0))
