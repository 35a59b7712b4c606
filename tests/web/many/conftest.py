"""Servers of many networks: one in this process, and gunicorns with a pool of processes."""

import pytest
from flask import Flask

from nnlab.web.http.scheduler import Scheduler
from nnlab.web.many import many_endpoints
from nnlab.web.runs import run_endpoint as run_service
from nnlab.work.executor import SerialExecutor

from ..runs.servers import serve
from .sample_requests import STARTS, small
from .servers import FACTORY, ask


@pytest.fixture
def client():
    """A server in this process, with two places, that does the work itself."""
    app, scheduler = Flask(__name__), Scheduler(capacity=2)
    run_service.register(app, scheduler)
    many_endpoints.register(app, SerialExecutor(), Scheduler(capacity=2), scheduler)
    return app.test_client()


@pytest.fixture(scope="session")
def gunicorn(new_log_folder):
    """One worker with a pool that has started, and the patience that a server has by default."""
    with serve(new_log_folder(), capacity=8, patience=10.0, workers=1, threads=24, factory=FACTORY) as server:
        assert ask(server, STARTS, small(STARTS))[0] == 200
        yield server


@pytest.fixture
def impatient_gunicorn(new_log_folder):
    """One worker with two places, which lets a client go after half a second of nothing."""
    with serve(new_log_folder(), capacity=2, patience=0.5, workers=1, threads=12, factory=FACTORY) as server:
        yield server
