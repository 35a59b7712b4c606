"""Streaming a response: compressed chunk by chunk, ended when the client leaves or stalls, and logged in one line."""

import json
import logging
import time
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Response

from nnlab.web.http.connection import ClientGoneError, Connection, StalledError
from nnlab.web.http.errors import RefusedRequestError, Violation
from nnlab.web.http.scheduler import BusyError

CHUNK_BYTES = 16_384
"""The most bytes of a chunk, so few that a socket with room takes all of them at once."""

Admitted = TypeVar("Admitted")

Chunks = Generator[bytes, None, None]
"""The bytes of a response, chunk by chunk. Closing the generator frees at once all that it holds."""


@dataclass
class Progress:
    """How far a response has come, for its line in the log.

    Attributes:
        started: when, on the monotonic clock.
        bytes: how many were sent.
        reason: why it ended; "left" means that the client closed the connection.
    """

    started: float = field(default_factory=time.monotonic)
    bytes: int = 0
    reason: str = "left"

    def line(self, event: str) -> dict[str, Any]:
        """The log line of a response; it contains nothing about the client."""
        seconds = round(self.seconds(), 4)
        return {"event": event, "seconds": seconds, "bytes": self.bytes, "reason": self.reason}

    def seconds(self) -> float:
        """The seconds since the request came."""
        return time.monotonic() - self.started


class GzipStream:
    """A gzip stream that is flushed after every piece, so that the client can read each as it arrives."""

    def __init__(self, progress: Progress, level: int = 6) -> None:
        """Start a stream, and count its bytes in ``progress``."""
        self._progress = progress
        self._compressor = zlib.compressobj(level, zlib.DEFLATED, 16 + zlib.MAX_WBITS)

    def compress(self, data: bytes, *, last: bool = False) -> Iterator[bytes]:
        """Compress and flush some data, in chunks. Without data there is no chunk: a flush alone would be five bytes."""
        if not data and not last:
            return
        packed = self._compressor.compress(data)
        packed += self._compressor.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)
        for start in range(0, len(packed), CHUNK_BYTES):
            chunk = packed[start : start + CHUNK_BYTES]
            self._progress.bytes += len(chunk)
            yield chunk


def stream_response(
    admission: AbstractContextManager[Admitted], chunks: Callable[[Admitted], Chunks], media_type: str
) -> Response:
    """A response of gzip chunks, which counts as under way from now until it is sent.

    Args:
        admission: entered now, and left when the response is closed; BusyError means that the server is full.
        chunks: makes the chunks, given what the admission returns.
        media_type: of the decompressed chunks.

    Raises:
        RefusedRequestError: 503, the server is full.
    """
    with ExitStack() as stack:
        try:
            admitted = stack.enter_context(admission)
        except BusyError as error:
            raise RefusedRequestError(503, Violation("server", "busy")) from error
        response = Response(chunks(admitted), mimetype=media_type)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Cache-Control"] = "no-store, no-transform"
        response.headers["X-Accel-Buffering"] = "no"  # nginx: pass each piece on as it comes
        response.call_on_close(stack.pop_all().close)  # from here on closing the response ends the admission
        return response


def supervised(
    chunks: Chunks,
    connection: Connection,
    progress: Progress,
    log: logging.Logger,
    line: Callable[[], dict[str, Any]],
) -> Chunks:
    """The chunks of a response, ended when the client leaves or stalls, and logged however they end.

    Args:
        chunks: to send; they raise ClientGoneError when they find that the client left.
        connection: to the client.
        progress: whose reason is set where the chunks do not set it.
        log: that the line goes to.
        line: makes the line, when the response has ended.
    """
    try:
        with closing(chunks):
            for chunk in chunks:
                connection.wait_until_writable()
                yield chunk
    except ClientGoneError:
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
        log.info("%s", json.dumps(line()))
