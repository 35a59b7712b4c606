"""Servers of runs: one in this process, and real gunicorns."""

import pytest
from flask import Flask

from nnlab.web.http.scheduler import Scheduler
from nnlab.web.runs import run_endpoint

from .servers import serve


@pytest.fixture
def client():
    """A server of runs in this process."""
    app = Flask(__name__)
    run_endpoint.register(app, Scheduler(capacity=2))
    return app.test_client()


@pytest.fixture(scope="session")
def gunicorn(new_log_folder):
    """Two workers, room for many runs, and the patience that a server has by default."""
    with serve(new_log_folder(), capacity=36, patience=10.0, send_buffer=8192) as server:
        yield server


@pytest.fixture(scope="session")
def gunicorn_url(gunicorn):
    """Where the gunicorn is."""
    return gunicorn.url


@pytest.fixture
def impatient_gunicorn(new_log_folder):
    """One worker with four places, which lets a client go after half a second of nothing."""
    with serve(new_log_folder(), capacity=4, patience=0.5, workers=1, threads=12, send_buffer=8192) as server:
        yield server
