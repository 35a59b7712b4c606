"""RefusedRequestError and its response: JSON that names each wrong field, for the page to show beside its control."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from flask import Flask, Response
from pydantic import ValidationError

from nnlab.core.setting_problems import Problem, problems

LONGEST_VALUE = 60
MOST_VIOLATIONS = 20
RETRY_AFTER_SECONDS = 1

HIDDEN_PARTS = ("experiment", "reshape")
"""Parts of a body that have no name on the page; the fields in them are named without them."""


@dataclass(frozen=True)
class Violation:
    """One rule that a request breaks.

    Attributes:
        field: the setting, or its path inside one ("weights.0.1.1"); view settings begin with "view.";
            "body" is all that was sent.
        rule: minimum, maximum, shortest, longest, choice, unknown, missing, finite, duplicate, shape, needs,
            range, json, type, work, bytes, origin or busy. Every rule has a sentence in each language, but busy: the
            page tries such a request again.
        bound: what the rule allows, if it is a bound.
        value: what was sent, cut short; a text where it is no plain number.
    """

    field: str
    rule: str
    bound: float | str | None = None
    value: float | str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the violation as a dictionary, for JSON."""
        return asdict(self)


class RefusedRequestError(ValueError):
    """A request that is answered with an HTTP error.

    Attributes:
        status: of HTTP.
        violations: what is wrong with the request.
    """

    def __init__(self, status: int, *violations: Violation) -> None:
        super().__init__(f"{status}: {', '.join(violation.rule for violation in violations)}")
        self.status, self.violations = status, violations

    def response(self) -> Response:
        """The violations as JSON; a busy server says when to try again."""
        body = json.dumps({"errors": [each.as_dict() for each in self.violations]}, allow_nan=False)
        response = Response(body, self.status, mimetype="application/json")
        if self.status == 503:
            response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response


def register(server: Flask) -> None:
    """Turn every RefusedRequestError of a server into its response."""
    server.register_error_handler(RefusedRequestError, lambda refused: refused.response())


def violations(error: ValidationError) -> list[Violation]:
    """Translate pydantic's errors; at most MOST_VIOLATIONS of them."""
    return [_violation(problem) for problem in problems(error.errors(include_url=False))[:MOST_VIOLATIONS]]


def _violation(problem: Problem) -> Violation:
    # of a missing field, and of what is no JSON, pydantic reports the whole object or text around it as the value
    value = None if problem.rule in ("json", "missing") else problem.value
    field = _field_name(problem.path)[:LONGEST_VALUE]
    return Violation(field, problem.rule, _shortened(problem.bound), _shortened(value))


def _field_name(path: tuple[str | int, ...]) -> str:
    shown = [part for part in path if part not in HIDDEN_PARTS]
    return ".".join(map(str, shown or path)) or "body"


def _shortened(value: Any) -> float | str | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**53:
        return (
            value  # JavaScript holds it exactly; NaN and infinity fail the comparison, and JSON has neither
        )
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
