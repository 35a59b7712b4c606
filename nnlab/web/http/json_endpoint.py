"""Endpoints that take JSON and answer with JSON in the page's language: formulas, tables, links.

An answer is computed in a time slice, like a run, so that many at once slow no run; and its connection is watched, so
that a client which reads nothing holds nothing.
"""

import json
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, request
from plotly.utils import PlotlyJSONEncoder
from pydantic import BaseModel

from nnlab.i18n import LANGUAGES
from nnlab.web.http.connection import PATIENCE_SECONDS, Connection
from nnlab.web.http.errors import register as register_error_handler
from nnlab.web.http.request import LARGEST_BODY, validated_body
from nnlab.web.http.response import Chunks, GzipStream, Progress, stream_response, supervised
from nnlab.web.http.scheduler import Scheduler, Ticket

PATH = "/ask"

log = logging.getLogger("nnlab.run")

Body = TypeVar("Body", bound=BaseModel)


class JsonEndpoints:
    """The JSON endpoints of a server, each at its address under ``/ask/<language>``."""

    def __init__(self, server: Flask, scheduler: Scheduler, patience: float = PATIENCE_SECONDS) -> None:
        """Start with no endpoint.

        Args:
            server: to add them to.
            scheduler: of all that this process computes.
            patience: seconds after which a client that neither sends nor reads is disconnected.
        """
        self._server, self._scheduler, self._patience = server, scheduler, patience
        register_error_handler(server)

    def register(
        self,
        name: str,
        model: type[Body],
        answer: Callable[[Body, str], Any],
        largest: int = LARGEST_BODY,
    ) -> None:
        """Add an endpoint.

        Args:
            name: the last part of its address.
            model: what a request's body must be.
            answer: computes the answer from the body and the language: anything that JSON can hold, and Dash components.
            largest: bytes that a body may have.
        """

        def view(language: str) -> Response:
            if language not in LANGUAGES:
                abort(404)
            connection = Connection(request.environ, self._patience)
            body = validated_body(model, connection, largest=largest)
            return stream_response(
                self._scheduler.admit(),
                lambda ticket: self._supervised(name, lambda: answer(body, language), ticket, connection),
                "application/json",
            )

        self._server.add_url_rule(f"{PATH}/<language>/{name}", f"ask {name}", view, methods=["POST"])

    def _supervised(
        self, name: str, answer: Callable[[], Any], ticket: Ticket, connection: Connection
    ) -> Chunks:
        progress = Progress()
        chunks = self._chunks(answer, ticket, connection, progress)
        return supervised(chunks, connection, progress, log, lambda: progress.line(f"ask {name}"))

    def _chunks(
        self, answer: Callable[[], Any], ticket: Ticket, connection: Connection, progress: Progress
    ) -> Chunks:
        with self._scheduler.time_slice(ticket, connection.is_open):
            written = json.dumps(answer(), cls=PlotlyJSONEncoder).encode()
            packed = list(GzipStream(progress).compress(written, last=True))
        yield from packed
        progress.reason = "completed"
