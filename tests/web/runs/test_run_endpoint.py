"""The endpoint of runs: responses, log lines, and that a run which fails gives its place back."""

import json
import logging

import pytest
from flask import Flask

import nnlab
from nnlab import Experiment
from nnlab.web.http.scheduler import Scheduler
from nnlab.web.runs import run_endpoint, run_stream

from .servers import Recording, body, post


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
    monkeypatch.setattr(run_stream, "TIME_SLICE_SECONDS", 0.0)
    with caplog.at_level(logging.INFO, logger="nnlab.run"):
        assert Recording.of(post(client, body()).data).tail.summary["reason"] == "deadline"
    assert json.loads(caplog.records[0].message)["reason"] == "deadline"


def test_a_run_that_fails_is_logged_and_gives_its_place_back(caplog, monkeypatch):
    server, scheduler = Flask(__name__), Scheduler(capacity=1)
    run_endpoint.register(server, scheduler)

    def fail(self, seconds, unless_ending=None):
        raise ZeroDivisionError

    with monkeypatch.context() as patched, caplog.at_level(logging.INFO, logger="nnlab.run"):
        patched.setattr(run_stream.Run, "advance", fail)
        with pytest.raises(ZeroDivisionError):
            post(server.test_client(), body())
    assert json.loads(caplog.records[0].message)["reason"] == "failed"
    assert scheduler._free == 1
    assert post(server.test_client(), body({"epochs": 1})).status_code == 200


def test_the_process_says_that_it_is_well(client):
    response = client.get(run_endpoint.HEALTH_PATH)
    assert (response.status_code, response.json) == (200, {"status": "ok"})
