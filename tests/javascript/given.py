"""What Python gives the tests in JavaScript: files of JSON in which every number is exact, whether finite or not."""

import json
from pathlib import Path
from typing import Any

import numpy as np


def write(folder: Path, name: str, value: object) -> None:
    """A file that ``given(name)`` in given.mjs reads."""
    text = json.dumps(spelled(value), allow_nan=False, ensure_ascii=False)
    (folder / f"{name}.json").write_text(text, encoding="utf-8")


def spelled(value: Any) -> Any:
    """Plain values for arrays; JSON has no number that is not finite, so those are spelled as JavaScript does."""
    if isinstance(value, np.ndarray | np.generic):
        return spelled(value.tolist())
    if isinstance(value, dict):
        return {key: spelled(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [spelled(item) for item in value]
    if isinstance(value, float) and not np.isfinite(value):
        return {np.inf: "Infinity", -np.inf: "-Infinity"}.get(value, "NaN")
    return value
