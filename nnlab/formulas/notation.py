"""The letters. Indices count from 1; w_{ij}^{(l)} is the weight that unit i of layer l gives to its input j.

Only macros of MathJax's base and ams packages are used: any other would be fetched when first met, and a
classroom may be offline.
"""

from collections.abc import Mapping
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
    """The weight of a unit from one of its inputs."""
    return f"w_{{{unit}{source}}}^{{({layer})}}"


def bias(layer: int | str, unit: int | str) -> str:
    """The bias of a unit."""
    return f"b_{{{unit}}}^{{({layer})}}"


def weighted_sum(layer: int | str, unit: int | str) -> str:
    """What a unit's activation function is given."""
    return f"z_{{{unit}}}^{{({layer})}}"


def activation(layer: int | str, unit: int | str) -> str:
    """What a unit passes on."""
    return f"a_{{{unit}}}^{{({layer})}}"


def raw(axis: int | str) -> str:
    """A coordinate as a student gave it, before it was standardized."""
    return rf"\tilde{{x}}_{axis}"


def delta(layer: int | str, unit: int | str) -> str:
    """The slope of the loss in a unit's weighted sum."""
    return rf"\delta_{{{unit}}}^{{({layer})}}"


def parameter(layer: int, unit: int, source: int | None) -> str:
    """A weight, or with no source the unit's bias."""
    return bias(layer, unit) if source is None else weight(layer, unit, source)


def matrix(letter: str, layer: int | str) -> str:
    """A whole layer's W, b, z, a or delta."""
    symbol = letter if letter in ("W", r"\delta") else rf"\mathbf{{{letter}}}"
    return f"{symbol}^{{({layer})}}"


def units(layer: int | str) -> str:
    """How many units a layer has."""
    return f"n_{{{layer}}}"


def spread(layer: int | str) -> str:
    """How far from 0 the weights of a layer are drawn: the limit, or the standard deviation."""
    return f"d_{{{layer}}}"


def transposed(letter: str, layer: int | str) -> str:
    """A whole layer's symbol, transposed."""
    return rf"{{{matrix(letter, layer)}}}^{{{TRANSPOSED}}}"


def slope(of: str, by: str) -> str:
    """A partial derivative."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"
