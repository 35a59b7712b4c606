"""The notation of each activation function and each feature of the core, in LaTeX."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nnlab.core.activations import LEAK
from nnlab.formulas.notation import number


@dataclass(frozen=True)
class Inverse:
    """The inverse of a function that an output can have, with which a boundary is solved.

    Attributes:
        key: names the function it is written with, in the catalogues; empty if it needs none.
        symbol: that function.
        of: the inverse at a number already written.
        at: its value; one that the function never takes goes to infinity.
    """

    key: str
    symbol: str
    of: Callable[[str], str]
    at: Callable[[float], float]


@dataclass(frozen=True)
class ActivationNotation:
    """The notation of an activation function: its definition, its slope and its inverse.

    Attributes:
        name: its symbol.
        definition: its value at z.
        slope_rule: its slope at z, in terms of a = g(z) or of z.
        slope: its slope as one factor of a product, given how a is written; None if it depends on z alone.
        inverse: which solves the boundary; None if no output has this function.
    """

    name: str
    definition: str
    slope_rule: str
    slope: Callable[[str], str] | None
    inverse: Inverse | None = None

    def slope_factor(self, a: str, z: str) -> str:
        """The slope as one factor of a product, in letters."""
        return self.slope(a) if self.slope else f"{self.name}'({z})"

    def slope_in_numbers(self, a: float, slope: float) -> str:
        """The slope as one factor of a product, in numbers; one that depends on z alone as its value."""
        return self.slope(number(a)) if self.slope else number(slope)


def tanh_slope(a: str) -> str:
    """The slope of tanh in terms of a: 1 - a^2, in parentheses."""
    return rf"\left(1 - \left({a}\right)^{{2}}\right)"


def sigmoid_slope(a: str) -> str:
    """The slope of the sigmoid in terms of a: a (1 - a)."""
    return rf"{a} \left(1 - {a}\right)"


def step_slope(below: float) -> str:
    """The slope of a function with a corner at 0: 1 above it, ``below`` at and below it."""
    return rf"\begin{{cases}} 1, & z > 0 \\ {number(below)}, & z \leq 0 \end{{cases}}"


def inverse_tanh(value: float) -> float:
    """Artanh: the z at which tanh(z) is the value."""
    return math.atanh(value) if abs(value) < 1 else math.copysign(math.inf, value)


def inverse_sigmoid(value: float) -> float:
    """ln(p / (1 - p)): the z at which the sigmoid is p."""
    if 0 < value < 1:
        return math.log(value / (1 - value))
    return math.inf if value > 0 else -math.inf


ACTIVATION_NOTATION: Mapping[str, ActivationNotation] = MappingProxyType(
    {
        "tanh": ActivationNotation(
            name=r"\tanh",
            definition=r"\frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
            slope_rule="1 - a^{2}",
            slope=tanh_slope,
            inverse=Inverse(
                "tanh_inverse",
                r"\operatorname{artanh}",
                lambda value: rf"\operatorname{{artanh}}({value})",
                inverse_tanh,
            ),
        ),
        "sigmoid": ActivationNotation(
            name=r"\sigma",
            definition=r"\frac{1}{1 + e^{-z}}",
            slope_rule="a (1 - a)",
            slope=sigmoid_slope,
            inverse=Inverse(
                "logarithm", r"\ln", lambda value: rf"\ln\frac{{{value}}}{{1 - {value}}}", inverse_sigmoid
            ),
        ),
        "relu": ActivationNotation(
            name=r"\operatorname{ReLU}",
            definition=r"\max(0, z)",
            slope_rule=step_slope(0.0),
            slope=None,
        ),
        "leaky_relu": ActivationNotation(
            name=r"\operatorname{LReLU}",
            definition=rf"\max({number(LEAK)} z, z)",
            slope_rule=step_slope(LEAK),
            slope=None,
        ),
        "linear": ActivationNotation(
            name=r"\operatorname{id}",
            definition="z",
            slope_rule="1",
            slope=lambda _: "1",
            inverse=Inverse("", "", lambda value: value, lambda value: value),
        ),
    }
)


FEATURE_NOTATION: Mapping[str, str] = MappingProxyType(
    {
        "x1": "x_1",
        "x2": "x_2",
        "x1^2": "x_1^{2}",
        "x2^2": "x_2^{2}",
        "x1*x2": "x_1 x_2",
        "sin x1": r"\sin(x_1)",
        "sin x2": r"\sin(x_2)",
        "x1 and x2": r"\min(x_1, x_2)",
    }
)


def times(feature: str) -> str:
    """The sign between a number and a feature: a dot before a function, nothing before a letter."""
    return r"\cdot" if feature.startswith("\\") else ""
