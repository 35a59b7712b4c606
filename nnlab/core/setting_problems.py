"""Translates pydantic's errors into Problems, one for each invalid setting; page and command put them into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

RULES: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
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
)
"""Pydantic's name for what can be wrong -> the rule that is broken, and where its context keeps the bound."""


@dataclass(frozen=True)
class Problem:
    """One invalid setting: which, the rule it breaks, the bound and the value.

    Attributes:
        path: where it stands: ("weights", 0, 1), say; empty for all that was given.
        rule: which rule it breaks, one of RULES; ``type`` for any other.
        bound: what the rule allows, if it is a bound.
        value: what was given; its length, where that is wrong.
        message: pydantic's sentence, or that of the model.
    """

    path: tuple[str | int, ...]
    rule: str
    bound: Any
    value: Any
    message: str


def problems(errors: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """The problems of all invalid settings, each once.

    Args:
        errors: what ``pydantic.ValidationError.errors()`` gives.
    """
    inside = {each["loc"][:-1] for each in errors}
    # pydantic counts only good items, and so calls a list too short for every bad one
    return [_problem(each) for each in errors if each["type"] != "too_short" or each["loc"] not in inside]


def _problem(error: Mapping[str, Any]) -> Problem:
    rule, bound_name = RULES.get(error["type"], ("type", None))
    path, context, value = error["loc"], error.get("ctx", {}), error["input"]
    if rule in ("shortest", "longest"):
        value = context.get("actual_length", len(value) if isinstance(value, str) else value)
    elif "setting" in context:  # the model's own rules over several settings name the one to change
        path, value = (context["setting"],), context["value"]
    return Problem(path, rule, context.get(bound_name or ""), value, str(error["msg"]))
