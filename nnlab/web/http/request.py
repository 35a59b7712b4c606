"""Reading a request: its JSON body, validated by a model and held to a limit, and the language to answer in."""

import zlib
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from nnlab import i18n
from nnlab.web.http.connection import Connection
from nnlab.web.http.errors import RefusedRequestError, Violation, violations
from nnlab.web.http.request_limits import LimitExceededError

LARGEST_BODY = 64 * 1024
LANGUAGE_COOKIE = "nnlab_language"

Body = TypeVar("Body", bound=BaseModel)


class MalformedBodyError(ValueError):
    """A body whose encoding is unknown or broken."""


def preferred_language() -> str:
    """The language of the present request: the one that the student chose, else what the browser prefers."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in i18n.LANGUAGES:
        return chosen
    return i18n.preferred([tag for tag, _ in request.accept_languages])


def validated_body(
    model: type[Body],
    connection: Connection,
    check: Callable[[Body], object] = lambda _: None,
    largest: int = LARGEST_BODY,
) -> Body:
    """Read and validate the JSON body of the present request.

    Args:
        model: what the body must be.
        connection: that the body arrives over.
        check: raises LimitExceededError if the request costs too much.
        largest: bytes that the body may have once it is decompressed.

    Raises:
        RefusedRequestError: 400, 403, 413, 415 or 422, with what is wrong.
    """
    if not _is_same_origin():
        raise RefusedRequestError(403, Violation("origin", "origin"))
    if request.mimetype != "application/json":
        raise RefusedRequestError(415, Violation("content-type", "json", "application/json"))
    try:
        body = model.model_validate_json(_decoded_body(connection, largest))
        check(body)
    except MalformedBodyError as error:
        raise _malformed() from error
    except ValidationError as error:
        raise RefusedRequestError(422, *violations(error)) from error
    except LimitExceededError as error:
        raise RefusedRequestError(
            422, Violation(error.field, error.rule, error.bound, error.value)
        ) from error
    return body


def _is_same_origin() -> bool:
    """Whether the request comes from a page of this server. A browser names its origin in every cross-site POST."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.host
    except ValueError:  # "http://[" is no origin at all
        return False


def _decoded_body(connection: Connection, largest: int) -> bytes:
    """The body, decompressed if it is gzip."""
    body = _received_body(connection, largest)
    encoding = (request.content_encoding or "identity").lower()
    if encoding == "gzip":
        body = decompressed(body, largest)
    elif encoding != "identity":
        raise MalformedBodyError(f"a body must be plain or gzip, got {request.content_encoding}")
    if len(body) > largest:
        raise _too_long(largest)
    return body


def _received_body(connection: Connection, largest: int) -> bytes:
    """The bytes of the body as they were sent.

    Raises:
        RefusedRequestError: 413, it is too long; 400, it broke off or was badly framed.
    """
    if (request.content_length or 0) > largest:
        raise _too_long(largest)
    # a body that names no length Werkzeug cuts short at its limit: one byte more shows that it was too long
    request.max_content_length = largest + 1
    try:
        with connection.receiving():
            body = request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise _too_long(largest) from error
    except Exception as error:  # every server has its own for a body that breaks off or is badly framed
        raise _malformed() from error
    if len(body) > largest:
        raise _too_long(largest)
    return body


def _too_long(largest: int) -> RefusedRequestError:
    return RefusedRequestError(413, Violation("body", "longest", largest, request.content_length))


def _malformed() -> RefusedRequestError:
    return RefusedRequestError(400, Violation("body", "json"))


def decompressed(packed: bytes, largest: int = LARGEST_BODY) -> bytes:
    """Decompress a gzip body, but no further than one byte beyond the limit: a small body can hold gigabytes.

    Raises:
        MalformedBodyError: it is no gzip, stops short, or is followed by something else.
    """
    decompressor = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        body = decompressor.decompress(packed, largest + 1)
    except zlib.error as error:
        raise MalformedBodyError("the body is no gzip") from error
    if len(body) <= largest and (decompressor.unused_data or not decompressor.eof):
        raise MalformedBodyError("the body does not end where its gzip ends")
    return body
