"""Gzip bodies are decompressed, but no further than a plain body may be long."""

import gzip
import json
import tracemalloc
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from nnlab.web.http.connection import Connection
from nnlab.web.http.errors import RefusedRequestError
from nnlab.web.http.request import LARGEST_BODY, MalformedBodyError, decompressed, validated_body

MEGABYTE = 1 << 20
ENDPOINTS = ["/run", "/starts/run", "/map/run", "/map/point", "/landscape/run"]


class Order(BaseModel):
    """Something to ask for."""

    cups: int


GOOD = b'{"cups": 2}'
PACKED = gzip.compress(GOOD, mtime=0)


def ask(data, encoding="gzip", **options):
    with Flask(__name__).test_request_context(
        "/",
        method="POST",
        data=data,
        content_type="application/json",
        headers={"Content-Encoding": encoding},
        **options,
    ):
        return validated_body(Order, Connection({}), lambda _: None)


def refused(*arguments, **options):
    """The status and the one problem of an order that is refused."""
    with pytest.raises(RefusedRequestError) as caught:
        ask(*arguments, **options)
    answer = caught.value.response()
    (problem,) = json.loads(answer.get_data())["errors"]
    return answer.status_code, problem


def bomb(megabytes):
    """A gzip of so many megabytes of zeros, without its end, which nobody should get to."""
    gzip_stream = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    begun = gzip_stream.compress(bytes(MEGABYTE)) + gzip_stream.flush(zlib.Z_FULL_FLUSH)
    again = gzip_stream.compress(bytes(MEGABYTE)) + gzip_stream.flush(zlib.Z_FULL_FLUSH)
    return begun + again * (megabytes - 1)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PACKED, "gzip"),
        (PACKED, "GZIP"),
        (gzip.compress(GOOD, 0, mtime=0), "gzip"),
        (GOOD, "identity"),
        (GOOD, ""),
        (gzip.compress(GOOD.ljust(LARGEST_BODY)), "gzip"),
    ],
)
def test_what_is_packed_is_taken_as_if_it_were_plain(data, encoding):
    assert ask(data, encoding) == Order(cups=2)


def changed(place):
    data = bytearray(PACKED)
    data[place] ^= 0xFF
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (GOOD, "gzip"),
        (b"", "gzip"),
        (PACKED[:-1], "gzip"),
        (PACKED[:5], "gzip"),
        (changed(0), "gzip"),
        (changed(12), "gzip"),
        (changed(-8), "gzip"),  # its checksum
        (changed(-1), "gzip"),  # its length
        (zlib.compress(GOOD), "gzip"),
        (PACKED + b"x", "gzip"),
        (PACKED + PACKED, "gzip"),
        (PACKED, "br"),
        (zlib.compress(GOOD), "deflate"),
        (PACKED, "gzip, gzip"),
    ],
)
def test_what_cannot_be_opened_is_a_bad_request(data, encoding):
    status, problem = refused(data, encoding)
    assert (status, problem["field"], problem["rule"]) == (400, "body", "json")


def test_what_holds_something_else_is_said_as_of_a_plain_body():
    status, problem = refused(gzip.compress(b'{"cups": "many"}', mtime=0))
    assert (status, problem["field"]) == (422, "cups")


def test_one_byte_more_than_a_plain_body_may_have_is_too_much():
    status, problem = refused(gzip.compress(GOOD.ljust(LARGEST_BODY + 1)))
    assert (status, problem["rule"], problem["bound"]) == (413, "longest", LARGEST_BODY)


@pytest.mark.parametrize("megabytes", [60, 1024])
def test_a_bomb_is_refused_before_it_goes_off(megabytes):
    data = bomb(megabytes)
    assert (len(data) > LARGEST_BODY) == (megabytes == 1024), (
        "one is caught by its length, one by what it holds"
    )
    tracemalloc.start()
    try:
        assert refused(data)[0] == 413
        assert tracemalloc.get_traced_memory()[1] < 2 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_a_long_gzip_that_names_no_length_is_too_long_not_broken():
    noise = gzip.compress(bytes(range(256)) * 300, 0)
    stream = {"input_stream": BytesIO(noise), "environ_overrides": {"wsgi.input_terminated": True}}
    assert refused(None, **stream)[0] == 413


@given(st.binary(max_size=2000))
def test_whatever_was_packed_comes_out_again(body):
    assert decompressed(gzip.compress(body, mtime=0)) == body


@given(st.binary(max_size=200), st.data())
def test_a_byte_that_changed_on_the_way_never_changes_what_is_read(body, data):
    packed = bytearray(gzip.compress(body, mtime=0))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(MalformedBodyError):
        assert decompressed(bytes(packed)) == body


@pytest.mark.parametrize("path", ENDPOINTS)
def test_every_address_opens_bodies_and_no_bombs(client, path):
    rows = [[place / 7, -place / 3, place % 2] for place in range(1000)]
    sent = {
        "version": 3,
        "experiment": {"dataset": "own", "points": rows, "epochs": 0},
    }  # no run: a word about epochs
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    told = client.post(path, data=gzip.compress(json.dumps(sent).encode()), headers=headers)
    assert told.status_code == 422
    assert {"field": "epochs", "rule": "minimum", "bound": 1, "value": 0} in told.json["errors"]
    assert client.post(path, data=bomb(60), headers=headers).status_code == 413
    assert client.post(path, data=b"\x1f\x8b", headers=headers).status_code == 400


def test_own_points_that_come_packed_are_trained_on(client):
    rows = [[1.5, -2, 1], [0.25, 3, 0]] * 400
    sent = {
        "version": 3,
        "experiment": {"dataset": "own", "points": rows, "epochs": 1},
        "view": {"epoch": 0},
    }
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    told = client.post("/run", data=gzip.compress(json.dumps(sent).encode()), headers=headers)
    assert told.status_code == 200
    assert b'"own"' in zlib.decompress(told.data, 16 + zlib.MAX_WBITS)
