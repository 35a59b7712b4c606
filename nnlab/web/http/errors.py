"""What is wrong with a request, said so that a page can show it beside the control, in any language."""

import json
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
    "string_too_long": ("longest", "max_length"),
    "literal_error": ("choice", "expected"),
    "choice": ("choice", "bound"),
    "extra_forbidden": ("unknown", None),
    "missing": ("missing", None),
    "finite_number": ("finite", None),
    "duplicate": ("duplicate", None),
    "shape": ("shape", "bound"),
    "needs": ("needs", "bound"),
    "last": ("maximum", "bound"),
    "range": ("range", "bound"),
    "json_invalid": ("json", None),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        field: the setting, or its path inside one ("weights.0.1.1"); view settings begin with "view.";
            "body" is all that was sent.
        rule: minimum, maximum, shortest, longest, choice, unknown, missing, finite, duplicate, shape, needs,
            range, json, type, work, bytes, origin or busy. Every rule has a sentence in each language.
        bound: what the rule allows, if it is a bound.
        value: what was sent, cut short; a text where it is no plain number.
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
    found = error.errors(include_url=False)
    inside = {each["loc"][:-1] for each in found}
    # pydantic counts only good items, and so calls a list too short for every bad one
    telling = [each for each in found if each["type"] != "too_short" or each["loc"] not in inside]
    return [_problem(**_parts(each)) for each in telling[:MOST_PROBLEMS]]


def _parts(error: Any) -> dict[str, Any]:
    return {
        "kind": error["type"],
        "path": error["loc"],
        "context": error.get("ctx", {}),
        "value": error["input"],
    }


def _problem(kind: str, path: tuple[str | int, ...], context: dict[str, Any], value: Any) -> Problem:
    rule, bound_name = RULES.get(kind, ("type", None))
    field = context.get("setting") or _name(path)
    if rule in ("shortest", "longest"):
        value = context.get("actual_length", len(value) if isinstance(value, str) else value)
    elif "setting" in context:
        value = context["value"]
    elif rule in ("json", "missing"):
        value = None  # all that stands around it would stand here
    return Problem(field[:LONGEST_VALUE], rule, _short(context.get(bound_name or "")), _short(value))


HIDDEN_PARTS = ("experiment", "reshape")
"""Parts of the body that a student never sees: only what stands in them has a name on the page."""


def _name(path: tuple[str | int, ...]) -> str:
    shown = [part for part in path if part not in HIDDEN_PARTS]
    return ".".join(map(str, shown or path)) or "body"


def _short(value: Any) -> float | str | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**53:
        return value  # which JavaScript holds as exactly; NaN and infinity are no numbers in JSON
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
