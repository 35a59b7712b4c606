"""Streamed responses: readable as they arrive, holding a place in the scheduler, logged in one line."""

import json
import logging
import random
import zlib
from contextlib import contextmanager
from typing import NoReturn

import pytest

from nnlab.web.http.connection import ClientGoneError, Connection, StalledError
from nnlab.web.http.errors import RefusedRequestError
from nnlab.web.http.response import (
    CHUNK_BYTES,
    GzipStream,
    Progress,
    stream_response,
    supervised,
)
from nnlab.web.http.scheduler import BusyError

NOISE = random.Random(0).randbytes(100_000)

log = logging.getLogger("nnlab.test")


# --- packed -------------------------------------------------------------------------------------


def test_every_piece_can_be_read_as_soon_as_it_is_there():
    gzip_stream, unpack = GzipStream(Progress()), zlib.decompressobj(16 + zlib.MAX_WBITS)
    for piece in (b"head", b"f" * 1000, NOISE):
        assert unpack.decompress(b"".join(gzip_stream.compress(piece))) == piece
    assert unpack.decompress(b"".join(gzip_stream.compress(b"tail", last=True))) == b"tail"
    assert unpack.eof


def test_chunks_are_small_and_all_are_counted():
    progress = Progress()
    chunks = list(GzipStream(progress).compress(NOISE, last=True))
    assert len(chunks) > 1
    assert all(0 < len(chunk) <= CHUNK_BYTES for chunk in chunks)
    assert progress.bytes == sum(map(len, chunks))


def test_nothing_is_packed_as_nothing_but_an_end_is_an_end():
    gzip_stream = GzipStream(Progress())
    assert list(gzip_stream.compress(b"")) == []
    assert zlib.decompress(b"".join(gzip_stream.compress(b"", last=True)), 16 + zlib.MAX_WBITS) == b""


# --- the place ----------------------------------------------------------------------------------


@contextmanager
def place(held):
    held.append("taken")
    try:
        yield "granted"
    finally:
        held.append("free")


@contextmanager
def no_place():
    raise BusyError("all are taken")
    yield


def test_an_answer_holds_its_place_until_it_is_closed():
    held, given = [], []
    response = stream_response(
        place(held), lambda granted: given.append(granted) or (chunk for chunk in (b"1", b"2")), "a/b"
    )
    assert held == ["taken"]
    assert given == ["granted"]
    assert list(response.response) == [b"1", b"2"]
    assert held == ["taken"]
    response.close()
    assert held == ["taken", "free"]


def test_an_answer_is_gzip_that_nobody_keeps_or_buffers():
    response = stream_response(place([]), lambda _: (chunk for chunk in ()), "application/x")
    assert (response.status_code, response.mimetype) == (200, "application/x")
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Cache-Control"] == "no-store, no-transform"
    assert response.headers["X-Accel-Buffering"] == "no"


def test_without_a_place_the_answer_is_to_come_again():
    with pytest.raises(RefusedRequestError) as caught:
        stream_response(no_place(), lambda _: pytest.fail("there is no place"), "a/b")
    answer = caught.value.response()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1


def cannot_begin(_) -> NoReturn:
    raise ZeroDivisionError


def test_an_answer_that_cannot_be_begun_gives_its_place_back():
    held = []
    with pytest.raises(ZeroDivisionError):
        stream_response(place(held), cannot_begin, "a/b")
    assert held == ["taken", "free"]


# --- the line in the log ------------------------------------------------------------------------


class Full(Connection):
    """A connection whose reader takes nothing any more."""

    def wait_until_writable(self):
        raise StalledError("read nothing")


def answer(*pieces, error=None, progress=None):
    yield from pieces
    if error:
        raise error
    if progress:
        progress.reason = "completed"


def watch(chunks, progress, connection=None):
    line = lambda: {"reason": progress.reason}  # noqa: E731
    return supervised(chunks, connection or Connection({}), progress, log, line)


@pytest.fixture
def logged(caplog):
    """The lines so far."""
    caplog.set_level(logging.INFO, logger="nnlab.test")
    return lambda: [json.loads(record.message) for record in caplog.records]


def test_an_answer_that_comes_to_its_end_is_logged_once(logged):
    progress = Progress()
    chunks = watch(answer(b"1", b"2", progress=progress), progress)
    assert next(chunks) == b"1"
    assert logged() == []
    assert list(chunks) == [b"2"]
    assert logged() == [{"reason": "completed"}]


def test_a_reader_that_left_is_no_error(logged):
    progress = Progress()
    assert list(watch(answer(b"1", error=ClientGoneError("left")), progress)) == [b"1"]
    assert logged() == [{"reason": "left"}]


def test_a_reader_that_takes_nothing_gets_nothing_more(logged):
    progress = Progress()
    assert list(watch(answer(b"1", b"2"), progress, Full({}))) == []
    assert logged() == [{"reason": "stalled"}]


def test_an_answer_that_the_server_closes_was_left(logged):
    closed = []

    def pieces():
        try:
            yield from (b"1", b"2")
        finally:
            closed.append(True)

    progress = Progress()
    chunks = watch(pieces(), progress)
    next(chunks)
    chunks.close()
    assert logged() == [{"reason": "left"}]
    assert closed


def test_an_answer_that_fails_is_logged_and_the_server_told(logged):
    progress = Progress()
    with pytest.raises(ZeroDivisionError):
        list(watch(answer(b"1", error=ZeroDivisionError()), progress))
    assert logged() == [{"reason": "failed"}]
