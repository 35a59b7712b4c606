"""The addresses that many networks are asked for at."""

import logging
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Flask, Response, request

from nnlab.web.http.connection import PATIENCE_SECONDS, Connection
from nnlab.web.http.errors import register as register_error_handler
from nnlab.web.http.experiment_request import ExperimentRequest
from nnlab.web.http.request import validated_body
from nnlab.web.http.response import Chunks, stream_response, supervised
from nnlab.web.http.scheduler import Scheduler, Ticket
from nnlab.web.many import landscape_stream, many_format, map_stream, starts_stream, work_limits
from nnlab.web.many.jobs import ManyProgress
from nnlab.web.many.many_requests import LandscapeRequest, MapRequest, PointRequest, StartsRequest
from nnlab.work.executor import Executor

PATHS = {
    "starts": "/starts/run",
    "map": "/map/run",
    "point": "/map/point",
    "landscape": "/landscape/run",
}

log = logging.getLogger("nnlab.run")

Asked = TypeVar("Asked", bound=ExperimentRequest, contravariant=True)


class Stream(Protocol[Asked]):
    """Makes an answer of a request, an executor, whether anybody waits, and where to note what was done."""

    def __call__(  # noqa: D102
        self, asked: Asked, executor: Executor, wanted: Callable[[], bool], progress: ManyProgress
    ) -> Chunks: ...


def register(
    server: Flask,
    executor: Executor,
    jobs: Scheduler,
    scheduler: Scheduler,
    patience: float = PATIENCE_SECONDS,
) -> None:
    """Answer questions about many networks on a server.

    Args:
        server: to answer on.
        executor: trains them.
        places: bounds how many of these answers are under way.
        turns: that the runs of this process take; a landscape is computed here, in turns like theirs.
        patience: seconds after which a client that neither sends nor reads is let go.
    """
    register_error_handler(server)

    def streaming(
        event: str, model: type[Asked], check: Callable[[Asked], object], stream: Stream[Asked]
    ) -> Callable[[], Response]:
        return lambda: _answer(event, model, check, stream, executor, jobs, patience)

    for name, view in {
        "starts": streaming("starts", StartsRequest, work_limits.check_starts, starts_stream.stream),
        "map": streaming("map", MapRequest, work_limits.check_map, map_stream.stream),
        "point": lambda: answer_point(patience),
        "landscape": lambda: answer_landscape(scheduler, patience),
    }.items():
        server.add_url_rule(PATHS[name], name, view, methods=["POST"])


def _answer(
    event: str,
    model: type[Asked],
    check: Callable[[Asked], object],
    stream: Stream[Asked],
    executor: Executor,
    jobs: Scheduler,
    patience: float,
) -> Response:
    connection = Connection(request.environ, patience)
    asked = validated_body(model, connection, check)
    return stream_response(
        jobs.admit(), lambda _: _watched(event, asked, stream, executor, connection), many_format.MEDIA_TYPE
    )


def _watched(
    event: str, asked: Asked, stream: Stream[Asked], executor: Executor, connection: Connection
) -> Chunks:
    progress = ManyProgress()
    chunks = stream(asked, executor, connection.is_open, progress)
    return supervised(chunks, connection, progress, log, lambda: log_line(event, asked, progress))


def answer_point(patience: float = PATIENCE_SECONDS) -> Response:
    """The experiment behind a point of a map, as JSON.

    Raises:
        RefusedError: 400, 403, 413, 415 or 422 with the reason.
    """
    asked = validated_body(PointRequest, Connection(request.environ, patience), lambda _: None)
    return Response(asked.point().model_dump_json(), mimetype="application/json")


def answer_landscape(scheduler: Scheduler, patience: float = PATIENCE_SECONDS) -> Response:
    """One slice of the landscape: 200 with its stream.

    Raises:
        RefusedError: 400, 403, 413, 415, 422 or 503 with the reason.
    """
    connection = Connection(request.environ, patience)
    asked = validated_body(LandscapeRequest, connection, work_limits.check_landscape)
    return stream_response(
        scheduler.admit(), lambda ticket: _slice(asked, scheduler, ticket, connection), many_format.MEDIA_TYPE
    )


def _slice(asked: LandscapeRequest, scheduler: Scheduler, ticket: Ticket, connection: Connection) -> Chunks:
    progress = ManyProgress()
    chunks = landscape_stream.stream(asked, scheduler, ticket, connection.is_open, progress)
    return supervised(chunks, connection, progress, log, lambda: log_line("landscape", asked, progress))


def log_line(event: str, asked: ExperimentRequest, progress: ManyProgress) -> dict[str, Any]:
    """What is remembered: nothing of who asked for it."""
    return progress.line(event) | {
        "networks": progress.networks,
        "epochs": asked.experiment.epochs,
        "network": "-".join(str(size) for size in asked.experiment.layer_sizes),
    }
