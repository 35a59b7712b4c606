"""A gunicorn with a real pool of processes, and requests that keep it busy."""

import json
import time

from tests.machine import slowness

from ..http_client import exchange
from .sample_requests import MAP, body

BIG = body({"initialization": "uniform", "epochs": 1000}, view={"size": 512, "numbers": True})
"""A map that takes the pool half a minute, and whose numbers fill every buffer."""

WIDE = body({"initialization": "uniform", "epochs": 1}, view={"size": 512, "numbers": True})
"""As many numbers, but soon there."""

FACTORY = '''
"""The smallest server of runs and of many networks, set up from the environment."""

import logging
import os
import socket

from flask import Flask, request

from nnlab.web.many import job_reports, many_endpoints as many
from nnlab.web.runs import run_endpoint as runs
from nnlab.web.http.scheduler import Scheduler
from nnlab.work.process_pool import ProcessPool

logging.basicConfig(level=logging.INFO, format="%(message)s")
job_reports.TELL_EVERY_SECONDS = 3600.0  # starts then send nothing on their way: only the socket tells that a client left
app = Flask(__name__)
capacity, patience = int(os.environ["CAPACITY"]), float(os.environ["PATIENCE"])
executor, scheduler = ProcessPool(2), Scheduler(capacity)
runs.register(app, scheduler, patience)
many.register(app, executor, Scheduler(capacity), scheduler, patience)


@app.before_request
def narrow():
    """Buffer no more than a line to far away would: else all of an answer may fit, and nobody has to take it."""
    request.environ["gunicorn.socket"].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 128 * 1024)


@app.get("/pool")
def pool():
    """Which processes there are, and how many chunks of work they have."""
    chunks = getattr(executor._executor, "_pending_work_items", {})
    return {"processes": executor.processes(), "chunks": len(chunks)}
'''


def ask(server, path, content, **headers):
    """What a POST is answered with."""
    return exchange(server, "POST", path, content, **headers)


def pool_of(server):
    """What the pool of a server is at."""
    return json.loads(exchange(server, "GET", "/pool")[2])


def keep_busy(server, content=BIG, path=MAP, receive_buffer=None):
    """A connection over which a big answer is under way."""
    sock = server.post(content, receive_buffer, path)
    until(lambda: pool_of(server)["chunks"])
    return sock


def until(condition, seconds=20):
    """Wait for something, and give what it is."""
    deadline = time.monotonic() + seconds * slowness()
    while not (found := condition()):
        assert time.monotonic() < deadline, "it should have come true by now"
        time.sleep(0.005)
    return found
