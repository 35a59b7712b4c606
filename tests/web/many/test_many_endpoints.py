"""The endpoints for many networks: responses, log lines, and that a job which fails gives its place back."""

import json
import logging

import pytest
from flask import Flask

from nnlab import Experiment
from nnlab.web.http.scheduler import Scheduler
from nnlab.web.many import many_endpoints, map_stream
from nnlab.work.executor import SerialExecutor

from ..http_client import JSON, post
from .sample_requests import LANDSCAPE, MAP, PATHS, POINT, STARTS, STREAMS, Recording, small


def test_the_paths_are_those_that_the_pages_ask_at():
    assert list(many_endpoints.PATHS.values()) == PATHS


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
    many_endpoints.register(server, SerialExecutor(), Scheduler(capacity=1), Scheduler(capacity=1))

    def fail(*arguments):
        raise ZeroDivisionError

    with monkeypatch.context() as patched, caplog.at_level(logging.INFO, logger="nnlab.run"):
        patched.setattr(map_stream, "part_of", fail)
        with post(server.test_client(), MAP, small(MAP)) as response, pytest.raises(ZeroDivisionError):
            response.get_data()
    assert json.loads(caplog.records[0].message)["reason"] == "failed"
    assert post(server.test_client(), MAP, small(MAP)).status_code == 200
