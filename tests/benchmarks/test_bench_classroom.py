"""The class notices what is wrong, and says so by its exit code."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from flask import Flask

import benchmarks.student
from benchmarks import classroom
from benchmarks.student import Result, ask
from nnlab import Experiment
from nnlab.web.http.scheduler import Scheduler
from nnlab.web.runs import run_endpoint

FINE = Result(first_frame=0.1, trained=0.1, whole=0.2, bytes=1000, frames=2, busy=0, error=None)
WRONG = Result(
    first_frame=0.1, trained=0.1, whole=0.2, bytes=1000, frames=2, busy=0, error="cost 1.0, offline 2.0"
)


class Server(ThreadingMixIn, WSGIServer):
    """WSGI with a thread a request."""


class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments: object) -> None: ...


@pytest.fixture
def url() -> Iterator[str]:
    """A server that answers runs and nothing else."""
    flask = Flask("runs")
    run_endpoint.register(flask, Scheduler(capacity=8))
    with Server(("127.0.0.1", 0), Quiet) as server:
        server.set_app(flask)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_run_is_read_to_its_end_and_equals_the_offline_one(url: str) -> None:
    result = ask(url, Experiment(epochs=20))
    assert result.error is None
    assert result.frames == 21
    assert 0 < result.first_frame <= result.trained <= result.whole


def test_another_cost_than_offline_is_an_error(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmarks.student, "offline_cost", lambda _: 1.0)
    error = ask(url, Experiment(epochs=20)).error
    assert error is not None
    assert "offline 1.0" in error


def test_a_server_that_is_not_there_is_an_error() -> None:
    assert ask("http://127.0.0.1:9", Experiment(epochs=1)).error is not None


def test_a_burst_brings_a_result_for_everyone(url: str) -> None:
    results, seconds = classroom.burst(url, 4)
    assert [result.error for result in results] == [None] * 4
    assert max(result.whole for result in results) <= seconds


@pytest.mark.parametrize(("results", "code"), [([FINE, FINE], 0), ([FINE, WRONG], 1)])
def test_one_difference_makes_the_exit_code_nonzero(
    results: list[Result], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(classroom, "play", lambda *_: results)
    assert classroom.main(["--students", "1", "--seconds", "0"]) == code
    assert ("1 x cost 1.0, offline 2.0" in capsys.readouterr().out) is (code == 1)
