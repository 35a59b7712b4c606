"""What is wrong with a request, said so that a page can show it beside the control, in any language."""

import math
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import ValidationError

LONGEST_VALUE = 60
MOST_PROBLEMS = 20

# pydantic's names for what can be wrong -> our rule, and where it keeps the bound
RULES: dict[str, tuple[str, str | None]] = {
    "greater_than_equal": ("minimum", "ge"),
    "less_than_equal": ("maximum", "le"),
    "too_short": ("shortest", "min_length"),
    "too_long": ("longest", "max_length"),
    "literal_error": ("choice", "expected"),
    "extra_forbidden": ("unknown", None),
    "missing": ("missing", None),
    "finite_number": ("finite", None),
    "duplicate": ("duplicate", None),
    "shape": ("shape", "bound"),
    "json_invalid": ("json", None),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        field: the setting, or its path inside one ("weights.0.1.1"); view settings begin with "view.".
        rule: minimum, maximum, shortest, longest, choice, unknown, missing, finite, duplicate, shape, json, type,
            work or bytes. Every rule has a sentence in each language.
        bound: what the rule allows, if it is a bound.
        value: what was sent, cut short.
    """

    field: str
    rule: str
    bound: float | str | None
    value: float | str | None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def problems(error: ValidationError) -> list[Problem]:
    """What pydantic found, in our words; at most MOST_PROBLEMS of them."""
    found = error.errors(include_url=False)[:MOST_PROBLEMS]
    return [_problem(**_parts(each)) for each in found]


def _parts(error: Any) -> dict[str, Any]:
    return {
        "kind": error["type"],
        "path": error["loc"],
        "context": error.get("ctx", {}),
        "value": error["input"],
    }


def _problem(kind: str, path: tuple[str | int, ...], context: dict[str, Any], value: Any) -> Problem:
    rule, bound_name = RULES.get(kind, ("type", None))
    field = context.get("setting") or ".".join(str(part) for part in path if part not in HIDDEN_PARTS)
    if rule in ("shortest", "longest"):
        value = context.get("actual_length", value)
    elif rule == "shape":
        value = context["value"]
    elif rule == "json":
        value = None  # the whole body would stand here
    return Problem(str(field)[:LONGEST_VALUE], rule, _short(context.get(bound_name or "")), _short(value))


HIDDEN_PARTS = ("experiment", "reshape")
"""Parts of the body that a student never sees: only what stands in them has a name on the page."""


def _short(value: Any) -> float | str | None:
    if isinstance(value, bool) or value is None:
        return None if value is None else str(value).lower()
    if isinstance(value, int | float) and math.isfinite(value) and abs(value) < 2**53:
        return value
    text = repr(value) if not isinstance(value, str) else value
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
