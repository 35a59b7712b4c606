"""How each feature of the core is written."""

from collections.abc import Mapping
from types import MappingProxyType

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
    """What stands between a number and a feature: a dot before a function, nothing before a letter."""
    return r"\cdot" if feature.startswith("\\") else ""
