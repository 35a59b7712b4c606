"""What a page asks by a callback, checked before Dash takes it up: Dash trusts whoever asks to be its own page."""

from collections.abc import Sequence
from typing import Any

from dash import Dash
from dash.exceptions import DependencyException
from flask import request
from pydantic import BaseModel, ConfigDict, ValidationError

from nnlab.i18n import LANGUAGES
from nnlab.web.border.asking import RefusedError, read_body
from nnlab.web.border.connection import PATIENCE_SECONDS, Connection
from nnlab.web.border.errors import Problem, problems

PATH = "/_dash-update-component"

LARGEST_BODY = 256 * 1024
"""A pasted table of 64 kB, whatever it takes to write it as JSON, and an experiment with own data beside it."""


class Place(BaseModel):
    """A property of a part of the page."""

    model_config = ConfigDict(frozen=True, strict=True)

    id: str
    property: str

    def named(self) -> str:
        """As Dash writes it."""
        return f"{self.id}.{self.property}"


class Given(Place):
    """What such a property has."""

    value: Any = None


class CallbackRequest(BaseModel):
    """The body of a callback, as far as Dash reads it."""

    model_config = ConfigDict(frozen=True)

    output: str
    outputs: Place
    inputs: tuple[Given, ...]
    state: tuple[Given, ...] = ()
    changedPropIds: tuple[str, ...] = ()  # noqa: N815  Dash's own name


def register(app: Dash, patience: float = PATIENCE_SECONDS) -> None:
    """Refuse what Dash would break at: 400, 413, 415 or 422, and 404 for a script that there is not."""

    def check() -> None:
        if request.path == PATH and request.method == "POST":
            take(app.callback_map, Connection(request.environ, patience))

    app.server.before_request(check)
    app.server.register_error_handler(DependencyException, lambda _: ("", 404))


def take(callbacks: dict[str, Any], connection: Connection) -> None:
    """Check the body of the present request, and leave it to Dash.

    Raises:
        RefusedError: 400, 413, 415 or 422, with the reason.
    """
    if not request.is_json:
        raise RefusedError(415, Problem("content-type", "json", "application/json", None))
    try:
        body = read_body(connection, LARGEST_BODY, keep=True)  # for Dash to read
        asked = CallbackRequest.model_validate_json(body)
    except ValidationError as error:
        raise RefusedError(422, *problems(error)) from error
    known = callbacks.get(asked.output, {})
    if "callback" not in known:
        raise RefusedError(422, Problem("output", "choice", None, asked.output[:60]))
    wanted = {"outputs": [asked.output], "inputs": _names(known["inputs"]), "state": _names(known["state"])}
    sent = {"outputs": [asked.outputs.named()], "inputs": _sent(asked.inputs), "state": _sent(asked.state)}
    for part, names in wanted.items():
        if sent[part] != names:
            raise RefusedError(422, Problem(part, "shape", ", ".join(names), ", ".join(sent[part])[:60]))
    for each in asked.state:
        if each.id == "language" and each.value not in list(LANGUAGES):
            raise RefusedError(422, Problem("state", "choice", ", ".join(LANGUAGES), None))


def _names(places: Sequence[dict[str, str]]) -> list[str]:
    return [f"{place['id']}.{place['property']}" for place in places]


def _sent(places: Sequence[Place]) -> list[str]:
    return [place.named() for place in places]
