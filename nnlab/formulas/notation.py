"""The letters. Indices count from 1; w_{ij}^{(l)} is the weight that unit i of layer l gives to its input j.

Only macros of MathJax's base and ams packages are used: any other would be fetched when first met, and a
classroom may be offline.
"""

LOSS = r"\mathcal{L}"
COST = "C"
OUTPUT = r"\hat{y}"
TARGET = "y"
LEARNING_RATE = r"\eta"
PARAMETER = r"\theta"
BATCH = r"\mathcal{B}"
BATCH_SIZE = "m"
HADAMARD = r"\odot"
TRANSPOSED = r"\mathsf{T}"


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


def transposed(letter: str, layer: int | str) -> str:
    """A whole layer's symbol, transposed."""
    return rf"{{{matrix(letter, layer)}}}^{{{TRANSPOSED}}}"


def slope(of: str, by: str) -> str:
    """A partial derivative."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"
