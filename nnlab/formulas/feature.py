"""How each feature of the core is written."""

from collections.abc import Mapping
from types import MappingProxyType

FEATURE_NOTATION: Mapping[str, str] = MappingProxyType(
    {
        "x1": "x_1",
        "x2": "x_2",
        "x1*x2": "x_1 x_2",
        "x1 and x2": r"\min(x_1, x_2)",
    }
)
