"""Questions of a page that a moment answers: a POST of JSON each, answered in JSON in the page's language.

Such an answer is computed in a turn, like a run, and sent to a reader who is watched: so many questions at once slow
nobody's run, and who takes nothing holds nothing.
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
from nnlab.web.http.request import LARGEST_BODY, validated_body
from nnlab.web.http.request import register as register_refusals
from nnlab.web.http.response import Chunks, GzipStream, Progress, stream_response, supervised
from nnlab.web.http.scheduler import Scheduler, Ticket

PATH = "/ask"

log = logging.getLogger("nnlab.run")

Asked = TypeVar("Asked", bound=BaseModel)


class JsonEndpoints:
    """The questions that a server answers, each at its address under ``/ask/<language>``."""

    def __init__(self, server: Flask, scheduler: Scheduler, patience: float = PATIENCE_SECONDS) -> None:
        """Answer none yet.

        Args:
            server: to answer on.
            turns: that the runs of this process take, and these answers too.
            patience: seconds after which a client that neither sends nor reads is let go.
        """
        self._server, self._scheduler, self._patience = server, scheduler, patience
        register_refusals(server)

    def register(
        self,
        name: str,
        model: type[Asked],
        answer: Callable[[Asked, str], Any],
        largest: int = LARGEST_BODY,
    ) -> None:
        """Answer one question.

        Args:
            name: of the question.
            model: what its body must be.
            answer: makes the answer of the body and the language: what JSON can hold, parts of a Dash page among it.
            largest: bytes that the body may have.
        """

        def view(language: str) -> Response:
            if language not in LANGUAGES:
                abort(404)
            connection = Connection(request.environ, self._patience)
            asked = validated_body(model, connection, largest=largest)
            return stream_response(
                self._scheduler.admit(),
                lambda ticket: self._watched(name, lambda: answer(asked, language), ticket, connection),
                "application/json",
            )

        self._server.add_url_rule(f"{PATH}/<language>/{name}", f"ask {name}", view, methods=["POST"])

    def _watched(
        self, name: str, answer: Callable[[], Any], ticket: Ticket, connection: Connection
    ) -> Chunks:
        progress = Progress()
        chunks = self._chunks(answer, ticket, connection, progress)
        return supervised(chunks, connection, progress, log, lambda: progress.line(f"ask {name}"))

    def _chunks(
        self, answer: Callable[[], Any], ticket: Ticket, connection: Connection, progress: Progress
    ) -> Chunks:
        with self._scheduler.time_slice(ticket, connection.present):
            written = json.dumps(answer(), cls=PlotlyJSONEncoder).encode()
            packed = list(GzipStream(progress).compress(written, last=True))
        yield from packed
        progress.reason = "completed"
