"""The address of runs: in this process for what is refused, behind a real gunicorn for who leaves when."""

import http.client
import json
import logging
import statistics
import time
import zlib
from contextlib import ExitStack, closing

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.web.runs import service
from nnlab.web.runs import stream as run_stream
from nnlab.web.runs.turns import Turns
from tests.machine import slowness

from .serving import LONG_BODY, SILENT_BODY, Recording, body, status

JSON = "application/json"
CANCEL_SECONDS = 0.25
"""How soon a run must end on the server once its client is gone, on a machine that is not slow."""

TRIES = 5
"""The median of so many must keep the promise."""


def post(client, data, **headers):
    return client.post(service.RUN_PATH, data=data, content_type=JSON, headers=headers)


def errors(response):
    """The problems in a refusal, which is strict JSON and nothing else."""
    assert response.mimetype == JSON
    listed = json.loads(response.data, parse_constant=pytest.fail)
    assert list(listed) == ["errors"]
    assert listed["errors"]
    assert all(set(each) == {"field", "rule", "bound", "value"} for each in listed["errors"])
    return listed["errors"]


# --- a run that is answered ---------------------------------------------------------------------


def test_a_run_is_answered_with_its_stream(client):
    response = post(client, body())
    assert response.status_code == 200
    assert response.mimetype == "application/vnd.nnlab.run"
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Cache-Control"] == "no-store, no-transform"
    recording = Recording.of(response.data)
    assert recording.tail.summary["cost"] == nnlab.train(Experiment()).cost[-1]


def test_one_line_is_logged_a_run_with_nothing_of_who_asked(client, caplog):
    with caplog.at_level(logging.INFO, logger="nnlab.run"):
        data = post(client, body({"epochs": 30}), **{"User-Agent": "browser"}).data
    (record,) = caplog.records
    line = json.loads(record.message)
    assert line.pop("seconds") > 0
    assert line == {
        "event": "run",
        "epochs": 30,
        "frames": 31,
        "bytes": len(data),
        "reason": "completed",
        "network": "2-2-1",
    }


def test_a_deadline_stands_in_the_log(client, caplog, monkeypatch):
    monkeypatch.setattr(run_stream, "DEADLINE_SECONDS", 0.0)
    monkeypatch.setattr(run_stream, "TURN_SECONDS", 0.0)
    with caplog.at_level(logging.INFO, logger="nnlab.run"):
        assert Recording.of(post(client, body()).data).tail.summary["reason"] == "deadline"
    assert json.loads(caplog.records[0].message)["reason"] == "deadline"


def test_a_run_that_fails_is_logged_and_gives_its_place_back(caplog, monkeypatch):
    server, turns = Flask(__name__), Turns(capacity=1)
    service.register(server, turns)

    def fail(self, until):
        raise ZeroDivisionError

    with monkeypatch.context() as patched, caplog.at_level(logging.INFO, logger="nnlab.run"):
        patched.setattr(run_stream.Run, "advance", fail)
        with pytest.raises(ZeroDivisionError):
            post(server.test_client(), body())
    assert json.loads(caplog.records[0].message)["reason"] == "failed"
    assert turns._free == 1
    assert post(server.test_client(), body({"epochs": 1})).status_code == 200


def test_the_process_says_that_it_is_well(client):
    response = client.get(service.HEALTH_PATH)
    assert (response.status_code, response.json) == (200, {"status": "ok"})


# --- a run that is refused ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://localhost:8050"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://["},
        {"Origin": "http://localhost.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_origin_is_refused(client, headers):
    response = post(client, body(), **headers)
    assert response.status_code == 403
    assert errors(response)[0]["rule"] == "origin"


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://localhost"}, {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}],
)
def test_the_page_itself_and_a_program_are_answered(client, headers):
    assert post(client, body({"epochs": 1}), **headers).status_code == 200


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", None]
)
def test_only_json_is_taken(client, content_type):
    response = client.post(service.RUN_PATH, data=body(), content_type=content_type)
    assert response.status_code == 415
    assert errors(response)[0]["bound"] == JSON


def test_a_charset_does_no_harm(client):
    response = client.post(service.RUN_PATH, data=body({"epochs": 1}), content_type=f"{JSON}; charset=utf-8")
    assert response.status_code == 200


def test_64_kilobytes_are_taken_and_no_more(client):
    whole = body({"epochs": 1})
    assert post(client, whole.ljust(64 * 1024)).status_code == 200
    response = post(client, whole.ljust(64 * 1024 + 1))
    assert response.status_code == 413
    assert errors(response) == [{"field": "body", "rule": "longest", "bound": 65_536, "value": 65_537}]


BAD = {
    "unknown field": body({"temperature": 0.9}),
    "NaN": body({"learning_rate": float("nan")}),
    "Infinity": body({"learning_rate": float("inf")}),
    "-Infinity for a whole number": body({"epochs": float("-inf")}),
    "1e400": b'{"version": 3, "experiment": {"learning_rate": 1e400}}',
    "wrong shape": body({"initialization": "explicit", "weights": [[[1, 2]]], "biases": [[0]]}),
    "ragged": body({"initialization": "explicit", "weights": [[[1, 2], [1]], [[1, 2]]], "biases": []}),
    "no weights": body({"initialization": "explicit"}),
    "out of bounds": body({"learning_rate": 100, "epochs": 0, "batch_size": 5}),
    "3 targets": body({"dataset": "custom", "targets": [0, 1, 1]}),
    "hostile text": body({"dataset": "'; DROP TABLE runs; --<script>alert(1)</script>\0\u202e{bound}%s"}),
    "hostile name": body({"{setting}<img src=x>\0%n": 1}),
    "nested 10,000 deep": b'{"version": 3, "experiment": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "nested objects": b'{"experiment": ' * 4000 + b"1" + b"}" * 4000,
    "cut short": body()[:-1],
    "not UTF-8": b'{"version": 3, "experiment": {"dataset": "\xff\xfe"}}',
    "UTF-16": body().decode().encode("utf-16"),
    "a lone surrogate": b'{"version": 3, "experiment": {"dataset": "\\ud800"}}',
    "nothing": b"",
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "huge seed": b'{"version": 3, "experiment": {"seed": ' + b"9" * 4000 + b"}}",
    "huger seed": b'{"version": 3, "experiment": {"seed": ' + b"9" * 60_000 + b"}}",
    "huge weight": b'{"version": 3, "experiment": {"weights": [[[-1' + b"0" * 60_000 + b"]]]}}",
    "huge version": b'{"experiment": {}, "version": ' + b"1" * 60_000 + b"}",
    "version 1": body(version=1),
    "version 2, of an older page": body(version=2),
    "no version": b'{"experiment": {}}',
    "no experiment": b'{"version": 3}',
    "view of another run": body(view={"epoch": 202}),
    "view out of bounds": body(view={"frames": 10**9}),
    "impossible shape": body(reshape={"features": ["x1"], "hidden_layer_sizes": [9]}),
    "a feature twice": body(reshape={"features": ["x1", "x1"], "hidden_layer_sizes": [2]}),
    "too much work": body({"epochs": 5000, "hidden_layer_sizes": [8] * 6, "initialization": "xavier",
                           "dataset": "spiral", "samples": 1000, "batch_size": 1}),
}  # fmt: skip


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_bad_input_is_refused_with_what_is_wrong(client, data, caplog):
    response = post(client, data)
    assert response.status_code == 422
    errors(response)
    assert not caplog.records


def test_the_price_is_refused_with_its_bound(client):
    (problem,) = errors(post(client, BAD["too much work"]))
    assert (problem["field"], problem["rule"], problem["value"]) == ("epochs", "work", 5000)
    assert 1 <= problem["bound"] < 5000


def test_beyond_the_capacity_a_run_is_told_to_come_again(client):
    with ExitStack() as stack:
        held = [
            client.post(service.RUN_PATH, data=body(), content_type=JSON, buffered=False) for _ in range(2)
        ]
        for response in held:
            stack.callback(response.close)
            assert response.status_code == 200
        busy = post(client, body())
        assert busy.status_code == 503
        assert int(busy.headers["Retry-After"]) >= 1
        assert errors(busy)[0]["rule"] == "busy"
    assert post(client, body({"epochs": 1})).status_code == 200


# --- whatever is sent ---------------------------------------------------------------------------

ANY_NUMBER = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([0, 1, -1, 1000, -1000, 2**32, 10**30, 1e-320, 1e308]),
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | ANY_NUMBER | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
GOOD_EXPERIMENT = st.fixed_dictionaries(
    {
        "epochs": st.integers(1, 3),
        "initialization": st.sampled_from(["uniform", "zeros", "xavier", "normal"]),
    },
    optional={
        "dataset": st.sampled_from(["and", "xor", "custom"]),
        "targets": st.lists(st.integers(0, 1), min_size=4, max_size=4),
        "encoding": st.sampled_from(["bipolar", "binary"]),
        "features": st.lists(st.sampled_from(["x1", "x2", "x1*x2", "x1 and x2"]), min_size=1, max_size=4),
        "hidden_layer_sizes": st.lists(st.integers(1, 8), max_size=6),
        "learning_rate": st.floats(0.001, 10),
        "batch_size": st.integers(1, 4),
        "seed": st.integers(0, 2**32 - 1),
        "scale": st.floats(0.01, 5),
    },
)
SMALL_VIEW = st.fixed_dictionaries(
    {}, optional={"frames": st.integers(2, 9), "epoch": st.integers(0, 4), "gradients": st.booleans()}
)
EXPLICIT = st.fixed_dictionaries(
    {
        "epochs": st.just(3),
        "learning_rate": st.floats(0.001, 10),
        "initialization": st.just("explicit"),
        "weights": st.tuples(
            st.lists(st.lists(st.floats(-1000, 1000), min_size=2, max_size=2), min_size=2, max_size=2),
            st.lists(st.lists(st.floats(-1000, 1000), min_size=2, max_size=2), min_size=1, max_size=1),
        ),
        "biases": st.just([[0, 0], [0]]),
    }
)
FIELDS = [*Experiment.model_fields, "view", "reshape", "version", "momentum"]


@st.composite
def bodies(draw):
    """Good requests, some with a field of anything put in, some with bytes turned over."""
    asked = {"version": 3, "experiment": draw(GOOD_EXPERIMENT | EXPLICIT), "view": draw(SMALL_VIEW)}
    if draw(st.booleans()):
        place = asked[draw(st.sampled_from(["experiment", "view"]))] if draw(st.booleans()) else asked
        place[draw(st.sampled_from(FIELDS))] = draw(ANY_JSON)
    data = bytearray(json.dumps(asked).encode())
    for _ in range(draw(st.integers(0, 2))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=bodies() | ANY_JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200))
def test_whatever_is_sent_the_answer_is_a_run_or_a_refusal(client, data):
    response = post(client, data)
    if response.status_code == 200:
        Recording.of(response.data)
    else:
        assert response.status_code == 422
        errors(response)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headers=st.dictionaries(
        st.sampled_from(
            ["Origin", "Sec-Fetch-Site", "Host", "Content-Type", "Content-Length", "Content-Encoding"]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
    )
)  # fmt: skip
def test_whatever_the_headers_say_nothing_breaks(client, headers):
    response = client.post(
        service.RUN_PATH, data=body({"epochs": 1}), headers={"Content-Type": JSON} | headers
    )
    assert response.status_code == 200 or 400 <= response.status_code < 500


# --- behind a real server -----------------------------------------------------------------------


def ask(server, content, **headers):
    """A whole exchange over http, as a program would do it: status, headers, body."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as connection:
        connection.request("POST", "/run", content, {"Content-Type": JSON} | headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()


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
                connection.request("GET", service.HEALTH_PATH)
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


def unchunked(data):
    pieces = []
    while data:
        size, data = data.split(b"\r\n", 1)
        pieces.append(data[: int(size, 16)])
        data = data[int(size, 16) + 2 :]
    return b"".join(pieces)
