"""The endpoint that trains and streams a run, and the health check."""

import logging
from typing import Any

from flask import Flask, Response, request

from nnlab.core.network import shape_name
from nnlab.web.http.connection import PATIENCE_SECONDS, Connection
from nnlab.web.http.errors import register as register_error_handler
from nnlab.web.http.request import validated_body
from nnlab.web.http.response import Chunks, stream_response, supervised
from nnlab.web.http.scheduler import Scheduler, Ticket
from nnlab.web.runs import run_format, run_limit
from nnlab.web.runs.run_request import RunRequest
from nnlab.web.runs.run_stream import RunProgress, stream

RUN_PATH = "/run"
HEALTH_PATH = "/healthz"

log = logging.getLogger("nnlab.run")


def register(server: Flask, scheduler: Scheduler, patience: float = PATIENCE_SECONDS) -> None:
    """Add both endpoints to a server.

    Args:
        server: to add them to.
        scheduler: of all that this process computes.
        patience: seconds after which a client that neither sends nor reads is disconnected.
    """
    register_error_handler(server)
    server.add_url_rule(HEALTH_PATH, "health", lambda: {"status": "ok"})
    server.add_url_rule(RUN_PATH, "run", lambda: answer_run(scheduler, patience), methods=["POST"])


def answer_run(scheduler: Scheduler, patience: float = PATIENCE_SECONDS) -> Response:
    """Train and stream the run of the present request.

    Raises:
        RefusedRequestError: 400, 403, 413, 415, 422 or 503 with the reason.
    """
    connection = Connection(request.environ, patience)
    body = validated_body(RunRequest, connection, run_limit.check)
    return stream_response(
        scheduler.admit(),
        lambda ticket: _supervised_run(body, scheduler, ticket, connection),
        run_format.MEDIA_TYPE,
    )


def _supervised_run(body: RunRequest, scheduler: Scheduler, ticket: Ticket, connection: Connection) -> Chunks:
    progress = RunProgress()
    chunks = stream(body, scheduler, ticket, connection.is_open, progress)
    return supervised(chunks, connection, progress, log, lambda: log_line(body, progress))


def log_line(body: RunRequest, progress: RunProgress) -> dict[str, Any]:
    """The log line of a run; it contains nothing about the client."""
    return progress.line("run") | {
        "epochs": progress.epoch,
        "frames": progress.frames,
        "network": shape_name(body.experiment.layer_sizes),
    }
