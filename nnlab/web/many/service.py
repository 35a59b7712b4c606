"""The addresses that many networks are asked for at."""

import logging
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Flask, Response, request

from nnlab.web.border import asking
from nnlab.web.border.answering import Chunks, guarded, streamed
from nnlab.web.border.connection import PATIENCE_SECONDS, Connection
from nnlab.web.border.experiments import ExperimentRequest
from nnlab.web.border.turns import Ticket, Turns
from nnlab.web.many import format as many_format
from nnlab.web.many import landscape, price, starts
from nnlab.web.many import map as map_answer
from nnlab.web.many.jobs import ManyProgress
from nnlab.web.many.requests import LandscapeRequest, MapRequest, PointRequest, StartsRequest
from nnlab.work.crew import Crew

PATHS = {
    "starts": "/starts/run",
    "map": "/map/run",
    "point": "/map/point",
    "landscape": "/landscape/run",
}

log = logging.getLogger("nnlab.run")

Asked = TypeVar("Asked", bound=ExperimentRequest, contravariant=True)


class Stream(Protocol[Asked]):
    """Makes an answer of a request, a crew, whether anybody waits, and where to note what was done."""

    def __call__(  # noqa: D102
        self, asked: Asked, crew: Crew, wanted: Callable[[], bool], progress: ManyProgress
    ) -> Chunks: ...


def register(
    server: Flask, crew: Crew, places: Turns, turns: Turns, patience: float = PATIENCE_SECONDS
) -> None:
    """Answer questions about many networks on a server.

    Args:
        server: to answer on.
        crew: trains them.
        places: bounds how many of these answers are under way.
        turns: that the runs of this process take; a landscape is computed here, in turns like theirs.
        patience: seconds after which a client that neither sends nor reads is let go.
    """
    asking.register(server)

    def streaming(
        event: str, model: type[Asked], check: Callable[[Asked], object], stream: Stream[Asked]
    ) -> Callable[[], Response]:
        return lambda: _answer(event, model, check, stream, crew, places, patience)

    for name, view in {
        "starts": streaming("starts", StartsRequest, price.check_starts, starts.stream),
        "map": streaming("map", MapRequest, price.check_map, map_answer.stream),
        "point": lambda: answer_point(patience),
        "landscape": lambda: answer_landscape(turns, patience),
    }.items():
        server.add_url_rule(PATHS[name], name, view, methods=["POST"])


def _answer(
    event: str,
    model: type[Asked],
    check: Callable[[Asked], object],
    stream: Stream[Asked],
    crew: Crew,
    places: Turns,
    patience: float,
) -> Response:
    connection = Connection(request.environ, patience)
    asked = asking.take(model, connection, check)
    return streamed(
        places.admit(), lambda _: _watched(event, asked, stream, crew, connection), many_format.MEDIA_TYPE
    )


def _watched(event: str, asked: Asked, stream: Stream[Asked], crew: Crew, connection: Connection) -> Chunks:
    progress = ManyProgress()
    chunks = stream(asked, crew, connection.present, progress)
    return guarded(chunks, connection, progress, log, lambda: log_line(event, asked, progress))


def answer_point(patience: float = PATIENCE_SECONDS) -> Response:
    """The experiment behind a point of a map, as JSON.

    Raises:
        RefusedError: 400, 403, 413, 415 or 422 with the reason.
    """
    asked = asking.take(PointRequest, Connection(request.environ, patience), lambda _: None)
    return Response(asked.point().model_dump_json(), mimetype="application/json")


def answer_landscape(turns: Turns, patience: float = PATIENCE_SECONDS) -> Response:
    """One slice of the landscape: 200 with its stream.

    Raises:
        RefusedError: 400, 403, 413, 415, 422 or 503 with the reason.
    """
    connection = Connection(request.environ, patience)
    asked = asking.take(LandscapeRequest, connection, price.check_landscape)
    return streamed(
        turns.admit(), lambda ticket: _slice(asked, turns, ticket, connection), many_format.MEDIA_TYPE
    )


def _slice(asked: LandscapeRequest, turns: Turns, ticket: Ticket, connection: Connection) -> Chunks:
    progress = ManyProgress()
    chunks = landscape.stream(asked, turns, ticket, connection.present, progress)
    return guarded(chunks, connection, progress, log, lambda: log_line("landscape", asked, progress))


def log_line(event: str, asked: ExperimentRequest, progress: ManyProgress) -> dict[str, Any]:
    """What is remembered: nothing of who asked for it."""
    return progress.line(event) | {
        "networks": progress.networks,
        "epochs": asked.experiment.epochs,
        "network": "-".join(str(size) for size in asked.experiment.layer_sizes),
    }
