"""What a browser asks for: taken in, or refused with the reason."""

import json
import zlib
from bisect import bisect_right
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from nnlab.web.http.connection import Connection
from nnlab.web.http.errors import Problem, problems

LARGEST_BODY = 64 * 1024
RETRY_AFTER_SECONDS = 1

Asked = TypeVar("Asked", bound=BaseModel)


class RefusedError(ValueError):
    """A request that is not carried out: its status, and what is wrong."""

    def __init__(self, status: int, *found: Problem) -> None:
        super().__init__(f"{status}: {', '.join(problem.rule for problem in found)}")
        self.status, self.found = status, found

    def response(self) -> Response:
        """For the browser."""
        body = json.dumps({"errors": [problem.as_dict() for problem in self.found]}, allow_nan=False)
        answer = Response(body, self.status, mimetype="application/json")
        if self.status == 503:
            answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return answer


class MalformedBodyError(ValueError):
    """A packed body is not what it says it is."""


class LimitExceededError(ValueError):
    """What is asked for is over a ceiling.

    Attributes:
        rule: "work" or "bytes".
        bound: what may be: the ceiling, or, where ``field`` names a setting, the most of it that is within.
        value: what was asked for.
        field: "view", or the setting of which there may be less.
    """

    def __init__(self, rule: str, bound: int, value: int, field: str = "view") -> None:
        what = rule if field == "view" else f"{field}, by the {rule} of them,"
        super().__init__(f"{what} must be at most {bound}, got {value}")
        self.rule, self.bound, self.value, self.field = rule, bound, value, field


def register(server: Flask) -> None:
    """Answer every request that is refused on a server with the reason."""
    server.register_error_handler(RefusedError, lambda refused: refused.response())


def check_limit(rule: str, bound: int, value: int) -> None:
    """Let what is within a ceiling pass.

    Raises:
        TooExpensiveError: it is not.
    """
    if value > bound:
        raise LimitExceededError(rule, bound, value)


def check_epochs(ceiling: int, epochs: int, work: Callable[[int], int]) -> int:
    """The work of epochs that are within a ceiling; if only fewer are, the refusal says how many.

    Args:
        ceiling: of the work.
        epochs: that are asked for.
        work: of so many epochs, which grows with them.

    Raises:
        TooExpensiveError: they are not within.
    """
    cost = work(epochs)
    if cost <= ceiling:
        return cost
    within = bisect_right(range(1, epochs + 1), ceiling, key=work)
    if within:
        raise LimitExceededError("work", within, epochs, "epochs")
    raise LimitExceededError("work", ceiling, cost)


def busy() -> RefusedError:
    """As many requests are under way as may be."""
    return RefusedError(503, Problem("server", "busy", None, None))


def validated_body(
    model: type[Asked],
    connection: Connection,
    check: Callable[[Asked], object] = lambda _: None,
    largest: int = LARGEST_BODY,
) -> Asked:
    """The body of the present request, validated and priced.

    Args:
        model: what it must be.
        connection: it comes over.
        check: raises TooExpensiveError if it is over a ceiling.
        largest: bytes that it may have, unpacked.

    Raises:
        RefusedError: 400, 403, 413, 415 or 422, with the reason.
    """
    if not _same_origin():
        raise RefusedError(403, Problem("origin", "origin", None, None))
    if request.mimetype != "application/json":
        raise RefusedError(415, Problem("content-type", "json", "application/json", None))
    try:
        asked = model.model_validate_json(_body(connection, largest))
        check(asked)
    except MalformedBodyError as error:
        raise _broken() from error
    except ValidationError as error:
        raise RefusedError(422, *problems(error)) from error
    except LimitExceededError as error:
        raise RefusedError(422, Problem(error.field, error.rule, error.bound, error.value)) from error
    return asked


def _same_origin() -> bool:
    """Whether the page that asks came from here. A browser names its origin in every cross-site POST."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.host
    except ValueError:  # "http://[" is no origin at all
        return False


def _body(connection: Connection, largest: int) -> bytes:
    body = _read(connection, largest)
    encoding = (request.content_encoding or "identity").lower()
    if encoding == "gzip":
        body = unpacked(body, largest)
    elif encoding != "identity":
        raise MalformedBodyError(f"a body must be plain or gzip, got {request.content_encoding}")
    if len(body) > largest:
        raise _too_long(largest)
    return body


def _read(connection: Connection, largest: int) -> bytes:
    """All that was sent with the present request.

    Raises:
        RefusedError: 413, it is longer; 400, it broke off or was badly framed.
    """
    if (request.content_length or 0) > largest:
        raise _too_long(largest)
    # a body that names no length Werkzeug cuts short at its limit: one byte more shows that it was too long
    request.max_content_length = largest + 1
    try:
        with connection.sending():
            body = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise _too_long(largest) from error
    except Exception as error:  # every server has its own for a body that breaks off or is badly framed
        raise _broken() from error
    if len(body) > largest:
        raise _too_long(largest)
    return body


def _too_long(largest: int) -> RefusedError:
    return RefusedError(413, Problem("body", "longest", largest, request.content_length))


def _broken() -> RefusedError:
    return RefusedError(400, Problem("body", "json", None, None))


def unpacked(packed: bytes, largest: int = LARGEST_BODY) -> bytes:
    """What a gzip body holds, at most one byte more than may come: a small body can hold gigabytes.

    Raises:
        BrokenBodyError: it is no gzip, stops short, or is followed by something else.
    """
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        body = reader.decompress(packed, largest + 1)
    except zlib.error as error:
        raise MalformedBodyError("the body is no gzip") from error
    if len(body) <= largest and (reader.unused_data or not reader.eof):
        raise MalformedBodyError("the body does not end where its gzip ends")
    return body
