"""The address that runs are asked for at, and the one that says the process is well."""

import json
import logging
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request
from pydantic import ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from nnlab.web.runs import format as run_format
from nnlab.web.runs import price
from nnlab.web.runs.connection import PATIENCE_SECONDS, Connection, StalledError
from nnlab.web.runs.errors import Problem, problems
from nnlab.web.runs.request import RunRequest
from nnlab.web.runs.stream import Progress, stream
from nnlab.web.runs.turns import AbandonedError, BusyError, Ticket, Turns

RUN_PATH = "/run"
HEALTH_PATH = "/healthz"
LARGEST_BODY = 64 * 1024
RETRY_AFTER_SECONDS = 1

log = logging.getLogger("nnlab.run")


class BrokenBodyError(ValueError):
    """The body of a request stopped short or was badly framed."""


def register(server: Flask, turns: Turns, patience: float = PATIENCE_SECONDS) -> None:
    """Answer runs and health checks on a server.

    Args:
        server: to answer on.
        turns: that the runs of this process take.
        patience: seconds after which a client that neither sends nor reads is let go.
    """
    server.add_url_rule(HEALTH_PATH, "health", lambda: {"status": "ok"})
    server.add_url_rule(RUN_PATH, "run", lambda: answer_run(turns, patience), methods=["POST"])


def answer_run(turns: Turns, patience: float = PATIENCE_SECONDS) -> Response:
    """One run: 200 with its stream; 400, 403, 413, 415, 422 or 503 with the reason."""
    if not _same_origin():
        return _refusal(403, Problem("origin", "origin", None, None))
    if request.mimetype != "application/json":
        return _refusal(415, Problem("content-type", "json", "application/json", None))
    connection = Connection(request.environ, patience)
    try:
        asked = RunRequest.model_validate_json(_body(connection))
        price.check(asked)
    except RequestEntityTooLarge:
        return _refusal(413, Problem("body", "longest", LARGEST_BODY, request.content_length))
    except BrokenBodyError:
        return _refusal(400, Problem("body", "json", None, None))
    except ValidationError as error:
        return _refusal(422, *problems(error))
    except price.TooExpensiveError as error:
        return _refusal(422, Problem("view", error.rule, error.bound, error.value))
    return _stream(asked, turns, connection)


def _same_origin() -> bool:
    """Whether the page that asks came from here. A browser names its origin in every cross-site POST."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.host
    except ValueError:  # "http://[" is no origin at all
        return False


def _body(connection: Connection) -> bytes:
    if (request.content_length or 0) > LARGEST_BODY:
        raise RequestEntityTooLarge
    # a body that names no length Werkzeug cuts short at its limit: one byte more shows that it was too long
    request.max_content_length = LARGEST_BODY + 1
    try:
        with connection.sending():
            body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise
    except Exception as error:  # every server has its own for a body that breaks off or is badly framed
        raise BrokenBodyError("the body could not be read to its end") from error
    if len(body) > LARGEST_BODY:
        raise RequestEntityTooLarge
    return body


def _refusal(status: int, *found: Problem) -> Response:
    body = json.dumps({"errors": [problem.as_dict() for problem in found]}, allow_nan=False)
    return Response(body, status, mimetype="application/json")


def _busy() -> Response:
    refusal = _refusal(503, Problem("server", "busy", None, None))
    refusal.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return refusal


def _stream(asked: RunRequest, turns: Turns, connection: Connection) -> Response:
    with ExitStack() as place:
        try:
            ticket = place.enter_context(turns.admit())
        except BusyError:
            return _busy()
        chunks = _guarded(asked, turns, ticket, connection)
        response = Response(chunks, mimetype=run_format.MEDIA_TYPE)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Cache-Control"] = "no-store, no-transform"
        response.headers["X-Accel-Buffering"] = "no"  # nginx: pass each piece on as it comes
        response.call_on_close(place.pop_all().close)  # from here on the response keeps the place
        return response


def _guarded(asked: RunRequest, turns: Turns, ticket: Ticket, connection: Connection) -> Iterator[bytes]:
    """The stream, ended when its reader is gone or asleep, and logged whatever happens."""
    progress = Progress()
    try:
        for chunk in stream(asked, turns, ticket, connection.present, progress):
            connection.wait_until_taken()
            yield chunk
    except AbandonedError:
        progress.reason = "left"
    except StalledError:
        progress.reason = "stalled"
    except GeneratorExit:  # the server could not send the last chunk
        progress.reason = "left"
        raise
    except Exception:
        progress.reason = "failed"
        raise
    finally:
        log.info("%s", json.dumps(log_line(asked, progress)))


def log_line(asked: RunRequest, progress: Progress) -> dict[str, Any]:
    """What is remembered of a run: nothing of who asked for it."""
    return {
        "event": "run",
        "seconds": round(progress.seconds(), 4),
        "epochs": progress.epoch,
        "frames": progress.frames,
        "bytes": progress.bytes,
        "reason": progress.reason,
        "network": "-".join(map(str, asked.experiment.layer_sizes)),
    }
