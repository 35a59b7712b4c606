"""Many networks behind a real gunicorn with a pool: clients that leave, processes that die, requests that wait."""

import http.client
import io
import json
import os
import signal
import statistics
import time
import zlib
from contextlib import ExitStack, closing, suppress

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.web.http import binary_records
from tests.machine import slowness

from ..http_client import CANCEL_SECONDS, JSON, TRIES, exchange, unchunked
from ..runs.servers import status
from .refused_requests import BAD
from .sample_requests import LANDSCAPE, MAP, STARTS, Recording, body, small
from .servers import BIG, WIDE, ask, keep_busy, pool_of, until


def test_many_starts_over_http_are_the_offline_ones(gunicorn):
    before = len(gunicorn.runs("starts"))
    asked = body({"initialization": "uniform", "epochs": 100}, view={"starts": 600})
    code, headers, data = ask(gunicorn, STARTS, asked, Origin=gunicorn.url)
    assert (code, headers["Content-Encoding"]) == (200, "gzip")
    summary, numbers = Recording.of(data).tail
    offline = nnlab.many_starts(Experiment(initialization="uniform", epochs=100), 600)
    np.testing.assert_array_equal(np.frombuffer(numbers, "<f8", count=600), offline.final_cost)
    assert summary["success"]["successes"] == offline.success.successes
    lines, _ = gunicorn.wait_for_runs(before + 1, event="starts")
    assert (lines[-1]["reason"], lines[-1]["bytes"]) == ("completed", len(data))


def test_a_process_killed_in_the_middle_of_a_map_loses_nothing(gunicorn):
    asked = body({"initialization": "uniform", "epochs": 400}, view={"size": 96, "numbers": True})
    before = len(gunicorn.runs("map"))
    processes = pool_of(gunicorn)["processes"]
    with gunicorn.post(asked, path=MAP, Connection="close") as sock:
        until(lambda: pool_of(gunicorn)["chunks"])
        os.kill(processes[0], signal.SIGKILL)
        assert len(gunicorn.runs("map")) == before
        recording = Recording.of(unchunked(received(sock)))
    offline = nnlab.trainability_map(Experiment(initialization="uniform", epochs=400), size=96)
    cost, since = recording.one("numbers")
    np.testing.assert_array_equal(cost, offline.final_cost.ravel())
    np.testing.assert_array_equal(since, offline.solved_since.ravel())
    lines, _ = gunicorn.wait_for_runs(before + 1, event="map")
    assert (lines[-1]["reason"], lines[-1]["networks"]) == ("completed", 96 * 96)
    assert not set(processes) & set(pool_of(gunicorn)["processes"])


def received(sock):
    """Everything until the server closes."""
    pieces = []
    while piece := sock.recv(65_536):
        pieces.append(piece)
    return b"".join(pieces).split(b"\r\n\r\n", 1)[1]


@pytest.mark.parametrize(
    ("path", "event", "asked"),
    [
        (MAP, "map", BIG),
        (STARTS, "starts", body({"initialization": "uniform", "epochs": 5000}, view={"starts": 10_000})),
    ],
    ids=["map", "starts"],
)
@pytest.mark.timed
def test_a_client_that_goes_away_ends_its_job_within_a_quarter_of_a_second(gunicorn, path, event, asked):
    delays = []
    for _ in range(TRIES):
        before = len(gunicorn.runs(event))
        sock = keep_busy(gunicorn, asked, path)
        assert status(sock) == 200
        gone = time.monotonic()
        sock.close()
        lines, ended = gunicorn.wait_for_runs(before + 1, event=event)
        assert lines[-1]["reason"] == "left"
        # and the processes are free for others, within a piece or two
        until(lambda: not pool_of(gunicorn)["chunks"])
        delays.append(ended - gone)
    assert statistics.median(delays) <= CANCEL_SECONDS * slowness(), delays


@pytest.mark.timed
def test_a_run_has_its_first_frame_while_a_big_map_is_under_way(gunicorn):
    before = len(gunicorn.runs("map"))
    with keep_busy(gunicorn):
        start = time.monotonic()
        assert first_records(gunicorn, "/run", body({"epochs": 5000})) == [b"H", b"F"]
        assert time.monotonic() - start < 5 * slowness()
        assert len(gunicorn.runs("map")) == before
    gunicorn.wait_for_runs(before + 1, event="map")


def first_records(server, path, content):
    """The letters of the first two records; then the reader leaves."""
    unpack, arrived = zlib.decompressobj(16 + zlib.MAX_WBITS), b""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.request("POST", path, content, {"Content-Type": JSON})
        response = connection.getresponse()
        while True:
            arrived += unpack.decompress(response.read1())
            letters = []
            with suppress(ValueError):  # of the last record a part may be there
                for letter, _ in binary_records.read(io.BytesIO(arrived)):
                    letters.append(letter)
            if len(letters) >= 2:
                return letters[:2]


@pytest.mark.timed
def test_health_and_landscapes_are_answered_while_a_big_map_is_under_way(gunicorn):
    before, delays = len(gunicorn.runs("map")), []
    with keep_busy(gunicorn):
        for _ in range(20):
            start = time.monotonic()
            code, _, answer = exchange(gunicorn, "GET", "/healthz")
            assert (code, json.loads(answer)) == (200, {"status": "ok"})
            delays.append(time.monotonic() - start)
        assert ask(gunicorn, LANDSCAPE, small(LANDSCAPE))[0] == 200
        assert len(gunicorn.runs("map")) == before
    gunicorn.wait_for_runs(before + 1, event="map")
    assert statistics.median(delays) <= 0.25 * slowness(), delays


def test_a_small_job_is_not_kept_waiting_by_a_big_one(gunicorn):
    before = len(gunicorn.runs("map"))
    with keep_busy(gunicorn):
        assert ask(gunicorn, STARTS, small(STARTS))[0] == 200
        assert len(gunicorn.runs("map")) == before
    gunicorn.wait_for_runs(before + 1, event="map")


def test_refusals_come_over_http_as_well(gunicorn):
    before = gunicorn.log()
    assert ask(gunicorn, MAP, small(MAP), Origin="http://elsewhere.example")[0] == 403
    assert ask(gunicorn, MAP, small(MAP), **{"Content-Type": "text/plain"})[0] == 415
    assert ask(gunicorn, MAP, small(MAP).ljust(65_537))[0] == 413
    for path, data in BAD.values():
        code, headers, answer = ask(gunicorn, path, data)
        assert (code, headers["Content-Type"]) == (422, JSON)
        assert json.loads(answer)["errors"]
    assert gunicorn.log() == before


def test_places_are_bounded_and_come_free_again(impatient_gunicorn):
    server = impatient_gunicorn
    with ExitStack() as stack:
        for _ in range(2):
            assert status(stack.enter_context(keep_busy(server))) == 200
        code, headers, answer = ask(server, STARTS, small(STARTS))
        assert code == 503
        assert int(headers["Retry-After"]) >= 1
        assert json.loads(answer)["errors"][0]["rule"] == "busy"
        assert ask(server, "/run", body({"epochs": 1}))[0] == 200
    server.wait_for_runs(2, event="map")
    assert ask(server, STARTS, small(STARTS))[0] == 200


def test_a_reader_that_takes_nothing_is_let_go(impatient_gunicorn):
    server = impatient_gunicorn
    with keep_busy(server, WIDE, receive_buffer=4096):
        lines, _ = server.wait_for_runs(1, timeout=30, event="map")
    assert lines[0]["reason"] == "stalled"
    # its place is free again
    with keep_busy(server):
        assert ask(server, MAP, small(MAP))[0] == 200


def test_a_body_that_stops_short_is_not_waited_for_forever(impatient_gunicorn):
    with impatient_gunicorn.post(small(MAP), path=MAP, Content_Length="1000") as sock:
        assert status(sock) == 400
