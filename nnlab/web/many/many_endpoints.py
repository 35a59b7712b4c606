"""The endpoints for many networks: starts, the map and a point of it, the landscape."""

import logging
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Flask, Response, request

from nnlab.core.network import shape_name
from nnlab.web.http.connection import PATIENCE_SECONDS, Connection
from nnlab.web.http.errors import register as register_error_handler
from nnlab.web.http.experiment_request import ExperimentRequest
from nnlab.web.http.request import validated_body
from nnlab.web.http.response import Chunks, stream_response, supervised
from nnlab.web.http.scheduler import Scheduler, Ticket
from nnlab.web.many import landscape_stream, many_format, many_limits, map_stream, starts_stream
from nnlab.web.many.job_reports import ManyProgress
from nnlab.web.many.many_requests import LandscapeRequest, MapRequest, PointRequest, StartsRequest
from nnlab.work.executor import Executor

PATHS = {
    "starts": "/starts/run",
    "map": "/map/run",
    "point": "/map/point",
    "landscape": "/landscape/run",
}

log = logging.getLogger("nnlab.run")

Body = TypeVar("Body", bound=ExperimentRequest, contravariant=True)


class Stream(Protocol[Body]):
    """A function that trains the networks of a request on an executor while the client waits, and streams the result."""

    def __call__(  # noqa: D102
        self, request: Body, executor: Executor, wanted: Callable[[], bool], progress: ManyProgress
    ) -> Chunks: ...


def register(
    server: Flask,
    executor: Executor,
    jobs: Scheduler,
    scheduler: Scheduler,
    patience: float = PATIENCE_SECONDS,
) -> None:
    """Add the endpoints to a server.

    Args:
        server: to add them to.
        executor: trains them.
        jobs: admits requests whose networks the executor trains.
        scheduler: of all that this process computes itself, a landscape say.
        patience: seconds after which a client that neither sends nor reads is disconnected.
    """
    register_error_handler(server)

    def streaming(
        event: str, model: type[Body], check: Callable[[Body], object], stream: Stream[Body]
    ) -> Callable[[], Response]:
        return lambda: _stream_job(event, model, check, stream, executor, jobs, patience)

    for name, view in {
        "starts": streaming("starts", StartsRequest, many_limits.check_starts, starts_stream.stream),
        "map": streaming("map", MapRequest, many_limits.check_map, map_stream.stream),
        "point": lambda: answer_point(patience),
        "landscape": lambda: answer_landscape(scheduler, patience),
    }.items():
        server.add_url_rule(PATHS[name], name, view, methods=["POST"])


def _stream_job(
    event: str,
    model: type[Body],
    check: Callable[[Body], object],
    stream: Stream[Body],
    executor: Executor,
    jobs: Scheduler,
    patience: float,
) -> Response:
    connection = Connection(request.environ, patience)
    body = validated_body(model, connection, check)
    return stream_response(
        jobs.admit(), lambda _: _supervised(event, body, stream, executor, connection), many_format.MEDIA_TYPE
    )


def _supervised(
    event: str, body: Body, stream: Stream[Body], executor: Executor, connection: Connection
) -> Chunks:
    progress = ManyProgress()
    chunks = stream(body, executor, connection.is_open, progress)
    return supervised(chunks, connection, progress, log, lambda: log_line(event, body, progress))


def answer_point(patience: float = PATIENCE_SECONDS) -> Response:
    """Answer with the experiment behind a point of a map, as JSON.

    Raises:
        RefusedRequestError: 400, 403, 413, 415 or 422 with the reason.
    """
    body = validated_body(PointRequest, Connection(request.environ, patience), lambda _: None)
    return Response(body.point().model_dump_json(), mimetype="application/json")


def answer_landscape(scheduler: Scheduler, patience: float = PATIENCE_SECONDS) -> Response:
    """Compute and stream the landscape of the present request.

    Raises:
        RefusedRequestError: 400, 403, 413, 415, 422 or 503 with the reason.
    """
    connection = Connection(request.environ, patience)
    body = validated_body(LandscapeRequest, connection, many_limits.check_landscape)
    return stream_response(
        scheduler.admit(),
        lambda ticket: _supervised_landscape(body, scheduler, ticket, connection),
        many_format.MEDIA_TYPE,
    )


def _supervised_landscape(
    body: LandscapeRequest, scheduler: Scheduler, ticket: Ticket, connection: Connection
) -> Chunks:
    progress = ManyProgress()
    chunks = landscape_stream.stream(body, scheduler, ticket, connection.is_open, progress)
    return supervised(chunks, connection, progress, log, lambda: log_line("landscape", body, progress))


def log_line(event: str, body: ExperimentRequest, progress: ManyProgress) -> dict[str, Any]:
    """The log line of a response; it contains nothing about the client."""
    return progress.line(event) | {
        "networks": progress.networks,
        "epochs": body.experiment.epochs,
        "network": shape_name(body.experiment.layer_sizes),
    }
