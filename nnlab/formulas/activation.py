"""How each activation function of the core is written: its name, its definition, its slope, its inverse."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class ActivationNotation:
    """An activation function on paper.

    Attributes:
        name: its symbol.
        definition: its value at z.
        slope_rule: its slope at z, in terms of a = g(z).
        slope: the same as one factor of a product, for any way to write a.
        inverse_symbol: the function its inverse is written with.
        inverse_of: the inverse at a number already written.
        inverse: that inverse; a value the function never takes goes to infinity.
    """

    name: str
    definition: str
    slope_rule: str
    slope: Callable[[str], str]
    inverse_symbol: str
    inverse_of: Callable[[str], str]
    inverse: Callable[[float], float]


def tanh_slope(a: str) -> str:
    """1 - a^2, in parentheses."""
    return rf"\left(1 - \left({a}\right)^{{2}}\right)"


def sigmoid_slope(a: str) -> str:
    """A times (1 - a)."""
    return rf"{a} \left(1 - {a}\right)"


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
            inverse_symbol=r"\operatorname{artanh}",
            inverse_of=lambda value: rf"\operatorname{{artanh}}({value})",
            inverse=inverse_tanh,
        ),
        "sigmoid": ActivationNotation(
            name=r"\sigma",
            definition=r"\frac{1}{1 + e^{-z}}",
            slope_rule="a (1 - a)",
            slope=sigmoid_slope,
            inverse_symbol=r"\ln",
            inverse_of=lambda value: rf"\ln\frac{{{value}}}{{1 - {value}}}",
            inverse=inverse_sigmoid,
        ),
    }
)
