"""The array types that every signature in the core is written with."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
"""Real numbers in double precision: what training computes with."""

Numbers = NDArray[Any]
"""Real numbers in either precision: training many networks may choose the single one for speed."""

Surface = NDArray[np.floating]
"""Outputs over a grid of points: float64 where exact, float32 where only a picture is wanted."""

__all__ = ["Array", "ArrayLike", "Numbers", "Surface"]
