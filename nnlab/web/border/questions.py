"""Questions of a page that a moment answers: a POST of JSON each, answered in JSON in the page's language."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, request
from plotly.utils import PlotlyJSONEncoder
from pydantic import BaseModel

from nnlab.i18n import LANGUAGES
from nnlab.web.border import asking
from nnlab.web.border.asking import LARGEST_BODY
from nnlab.web.border.connection import PATIENCE_SECONDS, Connection

PATH = "/ask"

Asked = TypeVar("Asked", bound=BaseModel)


def register(
    server: Flask,
    name: str,
    model: type[Asked],
    answer: Callable[[Asked, str], Any],
    *,
    largest: int = LARGEST_BODY,
    patience: float = PATIENCE_SECONDS,
) -> None:
    """Answer a question on a server, at its address under ``/ask/<language>``.

    Args:
        server: to answer on.
        name: of the question.
        model: what its body must be.
        answer: makes the answer of the body and the language: what JSON can hold, parts of a Dash page among it.
        largest: bytes that the body may have.
        patience: seconds after which a client that sends nothing is let go.
    """
    asking.register(server)

    def view(language: str) -> Response:
        if language not in LANGUAGES:
            abort(404)
        asked = asking.take(model, Connection(request.environ, patience), largest=largest)
        return Response(
            json.dumps(answer(asked, language), cls=PlotlyJSONEncoder), mimetype="application/json"
        )

    server.add_url_rule(f"{PATH}/<language>/{name}", f"ask {name}", view, methods=["POST"])
