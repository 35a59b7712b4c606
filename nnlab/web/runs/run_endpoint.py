"""The address that runs are asked for at, and the one that says the process is well."""

import logging
from typing import Any

from flask import Flask, Response, request

from nnlab.web.http.connection import PATIENCE_SECONDS, Connection
from nnlab.web.http.request import register as register_refusals
from nnlab.web.http.request import take
from nnlab.web.http.response import Chunks, guarded, streamed
from nnlab.web.http.scheduler import Ticket, Turns
from nnlab.web.runs import run_format, work_limit
from nnlab.web.runs.run_request import RunRequest
from nnlab.web.runs.run_stream import RunProgress, stream

RUN_PATH = "/run"
HEALTH_PATH = "/healthz"

log = logging.getLogger("nnlab.run")


def register(server: Flask, turns: Turns, patience: float = PATIENCE_SECONDS) -> None:
    """Answer runs and health checks on a server.

    Args:
        server: to answer on.
        turns: that the runs of this process take.
        patience: seconds after which a client that neither sends nor reads is let go.
    """
    register_refusals(server)
    server.add_url_rule(HEALTH_PATH, "health", lambda: {"status": "ok"})
    server.add_url_rule(RUN_PATH, "run", lambda: answer_run(turns, patience), methods=["POST"])


def answer_run(turns: Turns, patience: float = PATIENCE_SECONDS) -> Response:
    """One run: 200 with its stream.

    Raises:
        RefusedError: 400, 403, 413, 415, 422 or 503 with the reason.
    """
    connection = Connection(request.environ, patience)
    asked = take(RunRequest, connection, work_limit.check)
    return streamed(
        turns.admit(), lambda ticket: _run(asked, turns, ticket, connection), run_format.MEDIA_TYPE
    )


def _run(asked: RunRequest, turns: Turns, ticket: Ticket, connection: Connection) -> Chunks:
    progress = RunProgress()
    chunks = stream(asked, turns, ticket, connection.present, progress)
    return guarded(chunks, connection, progress, log, lambda: log_line(asked, progress))


def log_line(asked: RunRequest, progress: RunProgress) -> dict[str, Any]:
    """What is remembered of a run: nothing of who asked for it."""
    return progress.line("run") | {
        "epochs": progress.epoch,
        "frames": progress.frames,
        "network": "-".join(map(str, asked.experiment.layer_sizes)),
    }
