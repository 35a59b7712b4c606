"""Statistics of many runs: a share with its interval, quantiles, a histogram."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.core.arrays import Array

Z_95 = 1.959963984540054
"""The standard normal leaves 2.5 % above this."""

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Share:
    """A share of a sample, and the interval that holds the true one in 95 of 100 samples."""

    successes: int
    count: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share of successes."""
        return self.successes / self.count


def wilson(successes: int, count: int, z: float = Z_95) -> Share:
    """A share with its interval after Wilson (1927), which holds up near 0 and 1 too.

        centre = (p + z^2 / 2n) / (1 + z^2 / n)
        half   = z sqrt(p (1 - p) / n + z^2 / 4n^2) / (1 + z^2 / n)

    Raises:
        ValueError: the sample is empty, or has fewer than ``successes``.
    """
    if not 0 <= successes <= count or count == 0:
        raise ValueError(f"successes must be in [0, {count}] of at least 1, got {successes} of {count}")
    p, spread = successes / count, z * z / count
    centre = (p + spread / 2) / (1 + spread)
    half = z * math.sqrt(p * (1 - p) / count + spread / (4 * count)) / (1 + spread)
    # at the ends the formula gives exactly 0 and 1, but for rounding
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == count else centre + half
    return Share(successes, count, low, high)


def fan(cost: Array, quantiles: tuple[float, ...] = QUANTILES) -> Array:
    """Quantiles over networks at each epoch: (N, k) -> (quantiles, k)."""
    return np.asarray(np.quantile(cost, quantiles, axis=0), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Histogram:
    """How many values fall between each two edges: counts (b,), edges (b + 1,)."""

    edges: Array
    counts: NDArray[np.int64]


def histogram(values: Array, high: float, bins: int = 60) -> Histogram:
    """Counts in equal bins from 0 to at least ``high``; the last takes the greatest value in."""
    edges = np.linspace(0.0, max(high, float(values.max())), bins + 1)
    counts, edges = np.histogram(values, edges)
    return Histogram(edges, counts.astype(np.int64))
