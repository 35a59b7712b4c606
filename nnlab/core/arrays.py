"""The array types that every signature in the core is written with."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
"""Real numbers in double precision, the default of training."""

Numbers = NDArray[Any]
"""Real numbers in either precision: many networks may train in single precision for speed."""

Surface = NDArray[np.floating]
"""Outputs over a grid of points: float64 for exact values, float32 for pictures."""

__all__ = ["Array", "ArrayLike", "Numbers", "Surface"]
