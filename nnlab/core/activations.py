"""The activation functions: each computes a unit's output from its weighted sum, and each has its slope."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

AnyArray = NDArray[Any]

ONE = {np.dtype(precision): np.array(1.0, precision) for precision in (np.float64, np.float32)}
"""Constants as NumPy arrays, so that calls convert nothing."""

LEAK = 0.01
"""The slope of a leaky ReLU below 0."""

SATURATED = 0.95
"""A tanh unit whose output is beyond this share of its range hardly learns: its slope is below a tenth."""


@dataclass(frozen=True)
class Activation:
    """An activation g and its slope, both written to work in place.

    Attributes:
        apply: ``apply(z, out)`` writes a = g(z) into ``out``, any shape.
        slope: ``slope(a, out)`` writes g'(z) into ``out``. It is given a = g(z), not z: every function
            here has a slope that is simplest in terms of its own output.
        low, high: the values that g(z) stays between; infinite where it has no bound.
    """

    apply: Callable[[AnyArray, AnyArray], object]
    slope: Callable[[AnyArray, AnyArray], object]
    low: float
    high: float

    @property
    def bounded(self) -> bool:
        """Whether g(z) stays within finite bounds, whatever z is."""
        return bool(np.isfinite(self.high - self.low))


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


def relu(z: AnyArray, out: AnyArray) -> None:
    """max(0, z), the rectified linear unit (Nair & Hinton 2010)."""
    np.maximum(z, 0.0, out=out)


def relu_slope(a: AnyArray, out: AnyArray) -> None:
    """relu'(z) = 1 if z > 0, else 0; at the corner itself it is taken to be 0."""
    np.greater(a, 0.0, out=out)


def leaky_relu(z: AnyArray, out: AnyArray) -> None:
    """The larger of z and LEAK z (Maas, Hannun & Ng 2013): a unit that is never quite dead."""
    np.maximum(z, LEAK * z, out=out)


def leaky_relu_slope(a: AnyArray, out: AnyArray) -> None:
    """leaky_relu'(z) = 1 if z > 0, else LEAK; a has the sign of z."""
    np.greater(a, 0.0, out=out)
    np.maximum(out, LEAK, out=out)


def linear(z: AnyArray, out: AnyArray) -> None:
    """The weighted sum itself."""
    np.copyto(out, z)


def linear_slope(a: AnyArray, out: AnyArray) -> None:
    """linear'(z) = 1."""
    out.fill(1.0)


ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        "tanh": Activation(np.tanh, tanh_slope, -1.0, 1.0),
        "sigmoid": Activation(sigmoid, sigmoid_slope, 0.0, 1.0),
        "relu": Activation(relu, relu_slope, 0.0, np.inf),
        "leaky_relu": Activation(leaky_relu, leaky_relu_slope, -np.inf, np.inf),
        "linear": Activation(linear, linear_slope, -np.inf, np.inf),
    }
)
