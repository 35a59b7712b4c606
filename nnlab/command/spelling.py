"""How a setting's value is written in a command, and read from it."""

import json
from typing import Any

SCALARS = (str, int, float)


def spelled(value: Any) -> str:
    """A value as one writes it: 0.2, 10, xor, x1,x2; weights as JSON; nothing at all as none."""
    if value is None:
        return "none"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if isinstance(value, tuple | list) and all(isinstance(item, SCALARS) for item in value):
        return ",".join(map(spelled, value))
    return value if isinstance(value, str) else json.dumps(value, default=str)


def listed(text: str) -> Any:
    """A list, from items with commas between or from JSON; what is neither is left for the model to refuse."""
    if text.lstrip().startswith("["):
        return plain(text)
    return [plain(item.strip()) for item in text.split(",")] if text.strip() else []


def plain(text: str) -> Any:
    """A number or JSON, if the text is one; else the text itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return float(text)  # .5, which is no JSON
    except ValueError:
        return text
