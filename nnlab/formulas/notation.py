"""The letters of the formulas, and how a number is written among them: four significant digits, everywhere.

Indices count from 1; w_{ij}^{(l)} is the weight that unit i of layer l gives to its input j. Only macros of MathJax's base
and ams packages are used: any other would be fetched when first met, and a classroom may be offline.
"""

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

LOSS = r"\mathcal{L}"
COST = "C"
OUTPUT = r"\hat{y}"
TARGET = "y"
LEARNING_RATE = r"\eta"
PARAMETER = r"\theta"
BATCH = r"\mathcal{B}"
BATCH_SIZE = "m"
GRADIENT = "g"
VELOCITY = "v"
SQUARES = "s"
UPDATE_NUMBER = "t"
PENALTY_RATE = r"\lambda"
SCALE = r"\gamma"
UNIFORM = r"\mathcal{U}"
NORMAL = r"\mathcal{N}"
SIGN = r"\operatorname{sign}"
WEIGHT_BEFORE = r"\bar{w}"
HADAMARD = r"\odot"
TRANSPOSED = r"\mathsf{T}"


OPTIMIZER_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "momentum": r"\mu",
        "decay": r"\rho",
        "beta1": r"\beta_1",
        "beta2": r"\beta_2",
        "epsilon": r"\varepsilon",
    }
)
"""The letter of each setting that an optimizer can have."""


def weight(layer: int | str, unit: int | str, source: int | str) -> str:
    """The symbol of the weight that a unit gives to one of its inputs."""
    return f"w_{{{unit}{source}}}^{{({layer})}}"


def bias(layer: int | str, unit: int | str) -> str:
    """The symbol of a unit's bias."""
    return f"b_{{{unit}}}^{{({layer})}}"


def weighted_sum(layer: int | str, unit: int | str) -> str:
    """The symbol of a unit's weighted sum."""
    return f"z_{{{unit}}}^{{({layer})}}"


def activation(layer: int | str, unit: int | str) -> str:
    """The symbol of a unit's activation."""
    return f"a_{{{unit}}}^{{({layer})}}"


def raw(axis: int | str) -> str:
    """The symbol of a coordinate as a student gave it, before it was standardized."""
    return rf"\tilde{{x}}_{axis}"


def delta(layer: int | str, unit: int | str) -> str:
    """The symbol of a unit's delta, the derivative of the loss in its weighted sum."""
    return rf"\delta_{{{unit}}}^{{({layer})}}"


def parameter(layer: int, unit: int, source: int | None) -> str:
    """The symbol of a weight, or with no source of the unit's bias."""
    return bias(layer, unit) if source is None else weight(layer, unit, source)


def matrix(letter: str, layer: int | str) -> str:
    """The symbol of a whole layer's W, b, z, a or delta."""
    symbol = letter if letter in ("W", r"\delta") else rf"\mathbf{{{letter}}}"
    return f"{symbol}^{{({layer})}}"


def units(layer: int | str) -> str:
    """The symbol of the number of units in a layer."""
    return f"n_{{{layer}}}"


def spread(layer: int | str) -> str:
    """The symbol of the limit or the standard deviation with which a layer's weights are drawn."""
    return f"d_{{{layer}}}"


def transposed(letter: str, layer: int | str) -> str:
    """A whole layer's symbol, transposed."""
    return rf"{{{matrix(letter, layer)}}}^{{{TRANSPOSED}}}"


def slope(of: str, by: str) -> str:
    """A partial derivative."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


DIGITS = 4


def number(value: float) -> str:
    r"""Round to four significant digits: 0.2, -0.5914, 1.235 \times 10^{-5}; never -0."""
    if math.isnan(value):
        return r"\mathrm{NaN}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    mantissa, _, exponent = f"{float(value) + 0.0:.{DIGITS}g}".partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa


def factor(value: float) -> str:
    """The number as one factor of a product or after a minus sign: in parentheses if it is negative."""
    text = number(value)
    return f"({text})" if text.startswith("-") else text


def signed(value: float, rest: str = "", *, first: bool = False) -> str:
    """A term of a sum, ``value`` times ``rest``, led by its sign: ``- 0.4 x_1``; the first has no plus."""
    text = number(value)
    sign, size = ("-", text[1:]) if text.startswith("-") else ("+", text)
    if first:
        sign = sign.strip("+")
    else:
        sign += " "
    return f"{sign}{size} {rest}".rstrip()


def scalar_product(weights: Iterable[float], signals: Iterable[float]) -> list[str]:
    r"""The terms of a sum of products, numbers put in: ``0.2 \cdot (-1)``, ``- 0.4 \cdot 1``."""
    return [
        signed(weight, rf"\cdot {factor(signal)}", first=not index)
        for index, (weight, signal) in enumerate(zip(weights, signals, strict=True))
    ]
