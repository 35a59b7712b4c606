"""The functions that bend a unit's weighted sum into its output."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

AnyArray = NDArray[Any]

ONE = {np.dtype(precision): np.array(1.0, precision) for precision in (np.float64, np.float32)}
"""NumPy would make an array of a Python number at every call."""


@dataclass(frozen=True)
class Activation:
    """An activation g and its slope, both written to work in place.

    Attributes:
        apply: ``apply(z, out)`` writes a = g(z) into ``out``, any shape.
        slope: ``slope(a, out)`` writes g'(z) into ``out``. It is given a = g(z), not z: both
            functions here have a slope that is simplest in terms of their own output.
        low, high: the values that g(z) stays between.
    """

    apply: Callable[[AnyArray, AnyArray], object]
    slope: Callable[[AnyArray, AnyArray], object]
    low: float
    high: float


def tanh_slope(a: AnyArray, out: AnyArray) -> None:
    """tanh'(z) = 1 - tanh(z)^2."""
    np.multiply(a, a, out)
    np.subtract(ONE[out.dtype], out, out)


def sigmoid(z: AnyArray, out: AnyArray) -> None:
    """1 / (1 + exp(-z)), computed as (1 + tanh(z / 2)) / 2, which cannot overflow."""
    np.multiply(z, 0.5, out=out)
    np.tanh(out, out=out)
    np.add(out, 1.0, out=out)
    np.multiply(out, 0.5, out=out)


def sigmoid_slope(a: AnyArray, out: AnyArray) -> None:
    """sigmoid'(z) = a (1 - a), where a = sigmoid(z)."""
    np.subtract(1.0, a, out=out)
    np.multiply(out, a, out=out)


ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        "tanh": Activation(np.tanh, tanh_slope, -1.0, 1.0),
        "sigmoid": Activation(sigmoid, sigmoid_slope, 0.0, 1.0),
    }
)
