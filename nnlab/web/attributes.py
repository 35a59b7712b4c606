"""HTML attributes whose names are no Python names."""

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """Names with aria- before them: labelledby becomes aria-labelledby."""
    return {f"aria-{name}": value for name, value in values.items()}


def data(**values: str) -> dict[str, Any]:
    """Names with data- before them: setting becomes data-setting."""
    return {f"data-{name}": value for name, value in values.items()}
