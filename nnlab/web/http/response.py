"""What goes out in pieces: compressed, watched while it is sent, remembered in one line."""

import json
import logging
import time
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Response

from nnlab.web.http.connection import Connection, StalledError
from nnlab.web.http.request import busy

CHUNK_BYTES = 16_384
"""Small enough that a socket with room takes it whole."""

Place = TypeVar("Place")

Chunks = Generator[bytes, None, None]
"""An answer, piece by piece. Whoever reads it closes it: then it lets go at once of all that it holds."""


class BusyError(RuntimeError):
    """As many requests as may be are under way already."""


class ClientGoneError(RuntimeError):
    """The answer is not wanted any more."""


@dataclass
class Progress:
    """What an answer has come to so far, for its line in the log."""

    started: float = field(default_factory=time.monotonic)
    bytes: int = 0
    reason: str = "left"

    def line(self, event: str) -> dict[str, Any]:
        """What is remembered of any answer: nothing of who asked for it."""
        seconds = round(self.seconds(), 4)
        return {"event": event, "seconds": seconds, "bytes": self.bytes, "reason": self.reason}

    def seconds(self) -> float:
        """Since it was asked for."""
        return time.monotonic() - self.started


class GzipStream:
    """Gzip that can be read as it comes: every ``pack`` ends in a flush. What goes out is counted."""

    def __init__(self, progress: Progress, level: int = 6) -> None:
        self._progress = progress
        self._compressor = zlib.compressobj(level, zlib.DEFLATED, 16 + zlib.MAX_WBITS)

    def compress(self, data: bytes, *, last: bool = False) -> Iterator[bytes]:
        """The data, compressed, in chunks; nothing of nothing, for a flush is five bytes all the same."""
        if not data and not last:
            return
        packed = self._compressor.compress(data)
        packed += self._compressor.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)
        for start in range(0, len(packed), CHUNK_BYTES):
            chunk = packed[start : start + CHUNK_BYTES]
            self._progress.bytes += len(chunk)
            yield chunk


def stream_response(
    place: AbstractContextManager[Place], chunks: Callable[[Place], Chunks], media_type: str
) -> Response:
    """An answer of gzip chunks that holds its place for as long as it is sent.

    Args:
        place: entered now; BusyError means that there is none.
        chunks: makes the answer, given the place.
        media_type: of what the chunks unpack to.

    Raises:
        RefusedError: 503, there is no place.
    """
    with ExitStack() as held:
        try:
            granted = held.enter_context(place)
        except BusyError as error:
            raise busy() from error
        response = Response(chunks(granted), mimetype=media_type)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Cache-Control"] = "no-store, no-transform"
        response.headers["X-Accel-Buffering"] = "no"  # nginx: pass each piece on as it comes
        response.call_on_close(held.pop_all().close)  # from here on the response keeps the place
        return response


def supervised(
    chunks: Chunks,
    connection: Connection,
    progress: Progress,
    log: logging.Logger,
    line: Callable[[], dict[str, Any]],
) -> Chunks:
    """An answer ended when its reader is gone or asleep, and logged whatever happens.

    Args:
        chunks: the answer; AbandonedError means that its reader left.
        connection: it goes over.
        progress: of it; its reason is set where the answer does not set it.
        log: takes the line.
        line: what is remembered, asked for at the end.
    """
    try:
        with closing(chunks):
            for chunk in chunks:
                connection.wait_until_taken()
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
