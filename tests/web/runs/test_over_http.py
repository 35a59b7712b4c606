"""Runs behind a real gunicorn: clients that leave, refusals, and other requests that are answered meanwhile."""

import http.client
import json
import statistics
import time
import zlib
from contextlib import ExitStack, closing

import pytest

import nnlab
from nnlab import Experiment
from nnlab.web.runs import run_endpoint
from tests.machine import slowness

from ..http_client import CANCEL_SECONDS, JSON, TRIES, unchunked
from .refused_requests import BAD
from .servers import LONG_BODY, SILENT_BODY, Recording, ask, body, status


def test_a_run_over_http_is_the_offline_run(gunicorn, gunicorn_url):
    assert gunicorn_url == f"http://127.0.0.1:{gunicorn.port}"
    before = len(gunicorn.runs())
    code, headers, data = ask(gunicorn, body(), Origin=gunicorn_url)
    assert code == 200
    assert headers["Content-Encoding"] == "gzip"
    recording = Recording.of(data)
    assert recording.tail.summary["cost"] == nnlab.train(Experiment()).cost[-1]
    lines, _ = gunicorn.wait_for_runs(before + 1)
    assert (lines[-1]["reason"], lines[-1]["bytes"]) == ("completed", len(data))


def seconds_until_left(server, sock, **expected):
    """How long after its client went a run ended on the server."""
    before = len(server.runs())
    gone = time.monotonic()
    sock.close()
    lines, ended = server.wait_for_runs(before + 1)
    assert lines[-1]["reason"] == "left"
    assert lines[-1]["epochs"] < 5000
    return ended - gone, lines[-1]


@pytest.mark.timed
def test_a_client_that_goes_away_ends_its_run_within_a_quarter_of_a_second(gunicorn):
    delays = []
    for _ in range(TRIES):
        asked = time.monotonic()
        sock = gunicorn.post(LONG_BODY)
        assert status(sock) == 200
        for _ in range(5):  # it is well under way
            sock.recv(65_536)
        lived = time.monotonic() - asked
        delay, line = seconds_until_left(gunicorn, sock)
        # by its own account as well
        delays.append(max(delay, line["seconds"] - lived))
    assert statistics.median(delays) <= CANCEL_SECONDS * slowness(), delays


@pytest.mark.timed
def test_a_client_that_goes_away_while_its_socket_is_full_ends_its_run_as_soon(gunicorn):
    delays = []
    for _ in range(TRIES):
        sock = gunicorn.post(LONG_BODY, receive_buffer=4096)
        time.sleep(0.5)  # long enough for the buffers to fill
        delays.append(seconds_until_left(gunicorn, sock)[0])
    assert statistics.median(delays) <= CANCEL_SECONDS * slowness(), delays


@pytest.mark.timed
def test_a_waiting_run_leaves_when_its_client_does(gunicorn):
    delays = []
    with ExitStack() as stack:
        for _ in range(12):  # all want to compute, one a worker does
            stack.enter_context(gunicorn.post(LONG_BODY))
        for _ in range(TRIES):
            waiting = gunicorn.post(SILENT_BODY)
            assert status(waiting) == 200
            delays.append(seconds_until_left(gunicorn, waiting)[0])
        before = len(gunicorn.runs())
    gunicorn.wait_for_runs(before + 12)
    assert statistics.median(delays) <= CANCEL_SECONDS * slowness(), delays


@pytest.mark.timed
def test_health_is_answered_at_once_while_30_runs_are_under_way(gunicorn):
    delays = []
    with ExitStack() as stack:
        socks = [stack.enter_context(gunicorn.post(LONG_BODY)) for _ in range(30)]
        for sock in socks:
            assert status(sock) == 200
        for _ in range(20):
            start = time.monotonic()
            with closing(http.client.HTTPConnection("127.0.0.1", gunicorn.port, timeout=10)) as connection:
                connection.request("GET", run_endpoint.HEALTH_PATH)
                response = connection.getresponse()
                assert (response.status, json.loads(response.read())) == (200, {"status": "ok"})
            delays.append(time.monotonic() - start)
        before = len(gunicorn.runs())
    gunicorn.wait_for_runs(before + 30)
    assert statistics.median(delays) <= 0.1 * slowness(), delays


def test_refusals_come_over_http_as_well(gunicorn):
    before = len(gunicorn.runs())
    assert ask(gunicorn, body(), Origin="http://elsewhere.example")[0] == 403
    assert ask(gunicorn, body(), **{"Content-Type": "text/plain"})[0] == 415
    assert ask(gunicorn, body().ljust(65_537))[0] == 413
    for data in BAD.values():
        code, headers, answer = ask(gunicorn, data)
        assert (code, headers["Content-Type"]) == (422, JSON)
        assert json.loads(answer)["errors"]
    assert len(gunicorn.runs()) == before


def chunked(*pieces):
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def test_a_body_without_a_length_is_taken_up_to_the_same_size(gunicorn):
    headers = {"Content_Length": None, "Transfer_Encoding": "chunked"}
    whole = body({"epochs": 1})
    for content, code in (
        (chunked(whole[:10], whole[10:]), 200),
        (chunked(whole, b" " * (65_536 - len(whole))), 200),
        (chunked(whole, b" " * (65_537 - len(whole))), 413),
        (chunked(*[b" " * 8192] * 20), 413),
    ):
        with gunicorn.post(content, **headers) as sock:
            assert status(sock) == code


@pytest.mark.parametrize(
    "content",
    [
        b"zz\r\n{}\r\n0\r\n\r\n",
        b"2\r\n{}xx0\r\n\r\n",
        b"2\r\n{}\r\n0\r\nbad trailer\n\r\n\r\n",
        b"-1\r\n",
    ],
)
def test_a_badly_framed_body_is_the_clients_mistake(gunicorn, content):
    with gunicorn.post(content, Content_Length=None, Transfer_Encoding="chunked") as sock:
        assert 400 <= status(sock) < 500


@pytest.mark.parametrize(
    ("length", "code"),
    [("65537", 413), (str(10**30), 413), ("5", 422), ("0", 422), ("-1", 400), ("ten", 400), ("1, 2", 400)],
)
def test_a_length_that_lies_is_refused(gunicorn, length, code):
    with gunicorn.post(body(), Content_Length=length) as sock:
        assert status(sock) == code


def test_a_body_that_stops_short_is_not_waited_for_forever(impatient_gunicorn):
    with ExitStack() as stack:
        # as many as there are threads: without an end to it they would take the server down
        socks = [
            stack.enter_context(impatient_gunicorn.post(body(), Content_Length="1000")) for _ in range(12)
        ]
        for sock in socks:
            assert status(sock) == 400
    assert ask(impatient_gunicorn, body({"epochs": 1}))[0] == 200


def taken(sock, most):
    """How many bytes a server takes, one at a time, before it lets go."""
    for sent in range(most):
        try:
            sock.sendall(b" ")
        except OSError:
            return sent
        time.sleep(0.05)
    return most


def test_a_body_that_comes_a_byte_at_a_time_is_not_waited_for_forever(impatient_gunicorn):
    """Each byte comes before patience ends, and all of them would take an hour."""
    with impatient_gunicorn.post(b"", Content_Length="60000") as sock:
        assert taken(sock, 60_000) < 60_000
    assert ask(impatient_gunicorn, body({"epochs": 1}))[0] == 200


def test_beyond_the_capacity_of_a_process_runs_are_told_to_come_again(impatient_gunicorn):
    with ExitStack() as stack:
        for _ in range(4):
            sock = stack.enter_context(impatient_gunicorn.post(LONG_BODY))
            assert status(sock) == 200
        code, headers, answer = ask(impatient_gunicorn, body())
        assert code == 503
        assert int(headers["Retry-After"]) >= 1
        assert json.loads(answer)["errors"][0]["rule"] == "busy"
    impatient_gunicorn.wait_for_runs(4)
    assert ask(impatient_gunicorn, body({"epochs": 1}))[0] == 200


def test_a_reader_that_takes_nothing_is_let_go_and_others_run_meanwhile(impatient_gunicorn):
    server = impatient_gunicorn
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(server.post(LONG_BODY, receive_buffer=4096))
        # meanwhile another run goes from its beginning to its end
        code, _, data = ask(server, body())
        assert code == 200
        assert Recording.of(data).tail.summary["reason"] == "completed"
        lines, _ = server.wait_for_runs(4, timeout=30)
    reasons = [line["reason"] for line in lines]
    assert sorted(reasons) == ["completed", "stalled", "stalled", "stalled"]
    assert all(line["frames"] < 1001 for line in lines if line["reason"] == "stalled")
    # their places are free again
    for _ in range(4):
        assert ask(server, body({"epochs": 1}))[0] == 200


def test_a_reader_that_is_slow_but_reads_gets_its_run(impatient_gunicorn):
    deep = {"epochs": 300, "hidden_layer_sizes": [8] * 6, "initialization": "xavier"}
    with impatient_gunicorn.post(body(deep), receive_buffer=4096) as sock:
        received = b""
        while not received.endswith(b"0\r\n\r\n"):
            piece = sock.recv(8_000)
            assert piece
            received += piece
            time.sleep(0.002)
    impatient_gunicorn.wait_for_runs(1)
    assert impatient_gunicorn.runs()[0]["reason"] == "completed"
    packed = unchunked(received.split(b"\r\n\r\n", 1)[1])
    assert len(zlib.decompress(packed, 16 + zlib.MAX_WBITS)) > 900_000
