"""The addresses of many networks: in this process for what is refused, behind a gunicorn for who leaves when."""

import http.client
import io
import json
import logging
import os
import signal
import statistics
import time
import zlib
from contextlib import ExitStack, closing, contextmanager, suppress

import numpy as np
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.web.border import records
from nnlab.web.many import map as map_answer
from nnlab.web.many import price, service
from nnlab.web.runs.turns import Turns
from nnlab.work.crew import Alone
from tests.machine import slowness

from ..runs.serving import status
from .asking import LANDSCAPE, MAP, POINT, SLICE, SMALL, STARTS, Recording, body, small
from .serving import BIG, JSON, WIDE, ask, exchange, keep_busy, pool_of, until

PATHS = [STARTS, MAP, POINT, LANDSCAPE]
STREAMS = [STARTS, MAP, LANDSCAPE]

CANCEL_SECONDS = 0.25
"""How soon a job must end on the server once its client is gone, on a machine that is not slow."""

TRIES = 5
"""The median of so many must keep the promise."""


def post(client, path, data, **headers):
    return client.post(path, data=data, content_type=JSON, headers=headers)


def errors(response):
    """The problems in a refusal, which is strict JSON and nothing else."""
    assert response.mimetype == JSON
    listed = json.loads(response.data, parse_constant=pytest.fail)
    assert list(listed) == ["errors"]
    assert listed["errors"]
    assert all(set(each) == {"field", "rule", "bound", "value"} for each in listed["errors"])
    return listed["errors"]


# --- what is answered ---------------------------------------------------------------------------


def test_the_paths_are_those_that_the_pages_ask_at():
    assert list(service.PATHS.values()) == PATHS


@pytest.mark.parametrize("path", STREAMS)
def test_an_answer_is_a_stream_of_records(client, path):
    response = post(client, path, small(path))
    assert response.status_code == 200
    assert response.mimetype == "application/vnd.nnlab.many"
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Cache-Control"] == "no-store, no-transform"
    recording = Recording.of(response.data)
    assert recording.head["experiment"] == Experiment(epochs=2).model_dump(mode="json")
    assert recording.tail[0]["reason"] == "completed"


def test_a_point_is_answered_with_its_experiment(client):
    response = post(client, POINT, small(POINT))
    assert (response.status_code, response.mimetype) == (200, JSON)
    expected = Experiment(epochs=2, initialization="uniform", learning_rate=0.01, scale=5.0)
    assert Experiment.model_validate_json(response.data) == expected


def test_the_lab_answers_them_all(app):
    client = app.server.test_client()
    for path in (POINT, LANDSCAPE):
        assert post(client, path, small(path)).status_code == 200
    for path in (STARTS, MAP):
        assert post(client, path, b"{}").status_code == 422


@pytest.mark.parametrize(
    ("path", "event", "networks"), [(STARTS, "starts", 10), (MAP, "map", 9), (LANDSCAPE, "landscape", 25)]
)
def test_one_line_is_logged_a_job_with_nothing_of_who_asked(client, path, event, networks, caplog):
    with caplog.at_level(logging.INFO, logger="nnlab.run"):
        data = post(client, path, small(path), **{"User-Agent": "browser"}).data
    (logged,) = caplog.records
    line = json.loads(logged.message)
    assert line.pop("seconds") > 0
    assert line == {
        "event": event,
        "networks": networks,
        "epochs": 2,
        "bytes": len(data),
        "reason": "completed",
        "network": "2-2-1",
    }


def test_a_job_that_fails_is_logged_and_gives_its_place_back(caplog, monkeypatch):
    server = Flask(__name__)
    service.register(server, Alone(), Turns(capacity=1), Turns(capacity=1))

    def fail(*arguments):
        raise ZeroDivisionError

    with monkeypatch.context() as patched, caplog.at_level(logging.INFO, logger="nnlab.run"):
        patched.setattr(map_answer, "part_of", fail)
        with post(server.test_client(), MAP, small(MAP)) as response, pytest.raises(ZeroDivisionError):
            response.get_data()
    assert json.loads(caplog.records[0].message)["reason"] == "failed"
    assert post(server.test_client(), MAP, small(MAP)).status_code == 200


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_origin_is_refused(client, path, headers):
    response = post(client, path, small(path), **headers)
    assert response.status_code == 403
    assert errors(response)[0]["rule"] == "origin"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data", None])
def test_only_json_is_taken(client, path, content_type):
    response = client.post(path, data=small(path), content_type=content_type)
    assert response.status_code == 415
    assert errors(response)[0]["bound"] == JSON


@pytest.mark.parametrize("path", PATHS)
def test_64_kilobytes_are_taken_and_no_more(client, path):
    assert post(client, path, small(path).ljust(64 * 1024)).status_code == 200
    response = post(client, path, small(path).ljust(64 * 1024 + 1))
    assert response.status_code == 413
    assert errors(response) == [{"field": "body", "rule": "longest", "bound": 65_536, "value": 65_537}]


@pytest.mark.parametrize("path", PATHS)
def test_only_a_post_is_taken(client, path):
    assert client.get(path).status_code == 405


def view(path, **settings):
    """The bytes of a request with other settings of the view."""
    return body(**SMALL[path] | {"view": SMALL[path]["view"] | settings})


def axis(**settings):
    return {"setting": "learning_rate", "low": 0.1, "high": 1} | settings


def huge(text, digits=10_000):
    """A request with a number of so many digits where it says HUGE."""
    return text.replace(b'"HUGE"', b"9" * digits)


ANYWHERE = {
    "unknown field": lambda path: body(momentum=0.9, **SMALL[path]),
    "unknown setting": lambda path: body({"dropout": 0.5}, **SMALL[path]),
    "unknown view": lambda path: view(path, colors=3),
    "NaN": lambda path: body({"learning_rate": float("nan")}, **SMALL[path]),
    "NaN in the view": lambda path: view(path, **{next(iter(SMALL[path]["view"])): float("nan")}),
    "Infinity": lambda path: view(path, **{next(iter(SMALL[path]["view"])): float("inf")}),
    "1e400": lambda path: body({"scale": "HUGE"}, **SMALL[path]).replace(b'"HUGE"', b"1e400"),
    "10,000 digits": lambda path: huge(body({"seed": "HUGE"}, **SMALL[path])),
    "4,000 digits": lambda path: huge(body({"seed": "HUGE"}, **SMALL[path]), 4000),
    "wrong shape": lambda path: body({"initialization": "explicit", "weights": [[[1]]]}, **SMALL[path]),
    "impossible shape": lambda path: body(
        reshape={"features": ["x1"], "hidden_layer_sizes": [9]}, **SMALL[path]
    ),
    "out of bounds": lambda path: body({"epochs": 5001}, **SMALL[path]),
    "view is a list": lambda path: body(**SMALL[path] | {"view": [1, 2]}),
    "version 1": lambda path: body(**SMALL[path] | {"version": 1}),
    "hostile text": lambda path: body(
        {"dataset": "'; DROP TABLE runs; --<script>alert(1)</script>\0\u202e{bound}%s"}, **SMALL[path]
    ),
    "hostile name": lambda path: view(path, **{"{setting}<img src=x>\0%n" * 100: 1}),
    "nested 10,000 deep": lambda _: b'{"version": 3, "view": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "nested objects": lambda _: b'{"view": ' * 6000 + b"1" + b"}" * 6000,
    "cut short": lambda path: small(path)[:-1],
    "not UTF-8": lambda path: small(path).replace(b"epochs", b"\xff\xfe"),
    "a lone surrogate": lambda _: b'{"version": 3, "experiment": {"dataset": "\\ud800"}}',
    "nothing": lambda _: b"",
    "a list": lambda _: b"[]",
    "null": lambda _: b"null",
}

BAD = {
    "9 starts": (STARTS, view(STARTS, starts=9)),
    "half a start": (STARTS, view(STARTS, starts=10.5)),
    "a seed too large": (STARTS, body({"seed": 2**32 - 5}, **SMALL[STARTS])),
    "too much work for starts": (
        STARTS,
        body({"epochs": 5000, "hidden_layer_sizes": [8] * 6, "initialization": "xavier"}, view={"starts": 10_000}),
    ),
    "too much work for a map": (MAP, body({"epochs": 5000}, view={"size": 512})),
    "an axis of 3 numbers": (MAP, view(MAP, x=[0.1, 0.5, 1])),
    "an axis of text": (MAP, view(MAP, x="learning_rate")),
    "an axis twice": (MAP, view(MAP, x=axis(), y=axis(high=2))),
    "a weight twice": (MAP, view(MAP, x=axis(setting="weights.0.0.0"), y=axis(setting="weights.0.0.0"))),
    "a logarithm of 0": (MAP, view(MAP, x=axis(setting="biases.0.0", low=0, spacing="log"))),
    "a logarithm below 0": (MAP, view(MAP, x=axis(setting="weights.0.0.0", low=-1, spacing="log"))),
    "ends that are one": (MAP, view(MAP, x=axis(low=1))),
    "ends that fall": (MAP, view(MAP, x=axis(low=2))),
    "an end of 10,000 digits": (MAP, huge(view(MAP, x=axis(high="HUGE")))),
    "an end of 4,000 digits": (MAP, huge(view(MAP, x=axis(high="HUGE")), 4000)),
    "an end of -1e400": (MAP, view(MAP, x=axis(low="HUGE")).replace(b'"HUGE"', b"-1e400")),
    "an end that is true": (MAP, view(MAP, x=axis(high=True))),
    "a hostile axis": (MAP, view(MAP, x=axis(setting="{bound}<script>\0\u202e" * 1000))),
    "an axis that no network has": (MAP, view(MAP, x=axis(setting="weights.9.9.9"))),
    "epochs as an axis": (MAP, view(MAP, x=axis(setting="epochs"))),
    "a point off the map": (POINT, body(**SMALL[POINT] | {"row": 3})),
    "a point of 4,000 digits": (POINT, huge(body(**SMALL[POINT] | {"row": "HUGE"}), 4000)),
    "8 parameters of 9": (LANDSCAPE, body(**SLICE | {"parameters": [0] * 8})),
    "30,000 parameters": (LANDSCAPE, body(**SLICE | {"parameters": [0] * 15_000})),
    "parameters far out": (LANDSCAPE, body(**SLICE | {"parameters": [1e7] * 9})),
    "a parameter of 4,000 digits": (LANDSCAPE, huge(body(**SLICE | {"parameters": [0] * 8 + ["HUGE"]}), 4000)),
    "a path of 3 numbers": (LANDSCAPE, view(LANDSCAPE, x_path=[0, 1, 2])),
    "a path that falls": (LANDSCAPE, view(LANDSCAPE, y_path=[1, 0])),
    "one parameter twice": (LANDSCAPE, view(LANDSCAPE, x="biases.0.0", y="biases.0.0")),
    "no view": (LANDSCAPE, body(parameters=[0] * 9)),
}  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("data", ANYWHERE.values(), ids=ANYWHERE)
def test_bad_input_is_refused_at_every_address(client, path, data, caplog):
    response = post(client, path, data(path))
    assert response.status_code == 422
    errors(response)
    assert not caplog.records


@pytest.mark.parametrize(("path", "data"), BAD.values(), ids=BAD)
def test_bad_input_is_refused_with_what_is_wrong(client, path, data, caplog):
    response = post(client, path, data)
    assert response.status_code == 422
    (problem, *_) = errors(response)
    assert problem["field"] != "body" or problem["rule"] == "json"
    assert not caplog.records


@pytest.mark.parametrize("name", ["too much work for starts", "too much work for a map"])
def test_over_the_ceiling_nothing_is_begun(client, name, monkeypatch):
    monkeypatch.setattr(Turns, "admit", lambda _: pytest.fail("it should not be let in"))
    (problem,) = errors(post(client, *BAD[name]))
    assert (problem["field"], problem["rule"], problem["bound"]) == ("view", "work", price.WORK_CEILING)
    assert problem["value"] > price.WORK_CEILING


@pytest.mark.parametrize("path", STREAMS)
def test_beyond_the_places_a_question_is_told_to_come_again(client, path):
    with ExitStack() as stack:
        for _ in range(2):
            held = client.post(path, data=small(path), content_type=JSON, buffered=False)
            stack.callback(held.close)
            assert held.status_code == 200
        busy = post(client, path, small(path))
        assert busy.status_code == 503
        assert int(busy.headers["Retry-After"]) >= 1
        assert errors(busy)[0]["rule"] == "busy"
    assert post(client, path, small(path)).status_code == 200


def test_maps_take_no_places_from_runs_and_landscapes(client):
    with ExitStack() as stack:
        for _ in range(2):
            held = client.post(MAP, data=small(MAP), content_type=JSON, buffered=False)
            stack.callback(held.close)
        assert post(client, LANDSCAPE, small(LANDSCAPE)).status_code == 200
        assert post(client, "/run", body({"epochs": 1})).status_code == 200


# --- whatever is sent ---------------------------------------------------------------------------

ANY_NUMBER = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([0, 1, -1, 1000, -1000, 2**32, 10**30, 1e-320, 1e308, 5.0, 4.999999999999998, 0.001]),
)
NAMES = [
    "learning_rate",
    "scale",
    "seed",
    "epochs",
    "weights.0.0.0",
    "weights.1.0.1",
    "biases.1.0",
    "weights.9.0.0",
]
ANY_JSON = st.recursive(
    st.none() | st.booleans() | ANY_NUMBER | st.text(max_size=20) | st.sampled_from(NAMES),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
EXPERIMENT = st.fixed_dictionaries(
    {"epochs": st.integers(1, 3)},
    optional={
        "initialization": st.sampled_from(["notebook", "uniform", "zeros", "xavier", "normal"]),
        "encoding": st.sampled_from(["bipolar", "binary"]),
        "output_activation": st.sampled_from(["tanh", "sigmoid"]),
        "learning_rate": st.floats(0.001, 10),
        "batch_size": st.integers(1, 4),
        "seed": st.integers(0, 2**32 - 1),
        "scale": st.floats(0.01, 5),
    },
)
END = st.floats(0.001, 10) | st.sampled_from([0.001, 0.01, 4.999999999999998, 5.0, 10.0]) | ANY_NUMBER
AXIS = st.fixed_dictionaries(
    {"setting": st.sampled_from(NAMES), "low": END, "high": END},
    optional={"spacing": st.sampled_from(["linear", "log", "cubic"])},
)
PARAMETER = st.floats(-1e6, 1e6)
VIEWS = {
    STARTS: st.fixed_dictionaries({"starts": st.integers(10, 12), "wall": st.integers(1, 4)}),
    MAP: st.fixed_dictionaries({"size": st.integers(2, 5)}, optional={"x": AXIS, "y": AXIS, "numbers": st.booleans()}),
    LANDSCAPE: st.fixed_dictionaries(
        {
            "size": st.integers(2, 5),
            "x_path": st.lists(PARAMETER, min_size=2, max_size=2).map(sorted),
            "y_path": st.lists(PARAMETER, min_size=1, max_size=3).map(sorted),
        },
        optional={"x": st.sampled_from(NAMES), "y": st.sampled_from(NAMES)},
    ),
}  # fmt: skip
VIEWS[POINT] = VIEWS[MAP]


@st.composite
def bodies(draw, path):
    """Good requests, some with a field of anything put in, some with bytes turned over."""
    asked = {"version": 3, "experiment": draw(EXPERIMENT), "view": draw(VIEWS[path])}
    if path == LANDSCAPE:
        asked["parameters"] = draw(st.lists(PARAMETER, min_size=9, max_size=9))
    if path == POINT:
        asked |= {"row": draw(st.integers(0, 5)), "column": draw(st.integers(0, 5))}
    if draw(st.booleans()):
        place = draw(st.sampled_from([asked, asked["experiment"], asked["view"]]))
        names = st.sampled_from([*place, "reshape", "momentum"])
        place[draw(names)] = draw(ANY_JSON)
    data = bytearray(json.dumps(asked).encode())
    for _ in range(draw(st.integers(0, 2))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_sent_the_answer_is_whole_or_a_refusal(client, path, data):
    sent = data.draw(
        bodies(path) | ANY_JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200)
    )
    with small_work():
        response = post(client, path, sent)
    if response.status_code != 200:
        assert response.status_code == 422
        errors(response)
    elif path == POINT:
        Experiment.model_validate_json(response.data)
    else:
        assert Recording.of(response.data).tail[0]["reason"] == "completed"


@contextmanager
def small_work():
    """What anything put in may make large is refused: tests are to be over soon."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(price, "WORK_CEILING", 20_000_000)
        yield


# --- behind a real server -----------------------------------------------------------------------


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
        until(lambda: pool_of(gunicorn)["pieces"])
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


def unchunked(data):
    pieces = []
    while data:
        size, data = data.split(b"\r\n", 1)
        pieces.append(data[: int(size, 16)])
        data = data[int(size, 16) + 2 :]
    return b"".join(pieces)


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
        until(lambda: not pool_of(gunicorn)["pieces"])
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
                for letter, _ in records.read(io.BytesIO(arrived)):
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
