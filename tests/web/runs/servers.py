"""Requests for runs, recordings of their responses, and gunicorns on the loopback."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnlab.web.runs import run_endpoint, run_format
from tests.machine import slowness
from tests.processes import free_port

from .. import http_client

LONG = {
    "experiment": {
        "dataset": "spiral",
        "batch_size": 10,
        "epochs": 5000,
        "hidden_layer_sizes": [8] * 6,
        "initialization": "xavier",
    },
    "view": {"gradients": True},
}
"""A run that takes many seconds."""

FACTORY = '''
"""The smallest server of runs, set up from the environment."""

import logging
import os
import socket

from flask import Flask, request

from nnlab.web.runs import run_endpoint
from nnlab.web.http.scheduler import Scheduler

logging.basicConfig(level=logging.INFO, format="%(message)s")
app = Flask(__name__)
run_endpoint.register(app, Scheduler(int(os.environ["CAPACITY"])), patience=float(os.environ["PATIENCE"]))


@app.before_request
def send_through_a_narrow_pipe():
    """A whole run would fit into the buffers that a system keeps for its sockets."""
    if "SEND_BUFFER" in os.environ:
        pipe = request.environ["gunicorn.socket"]
        pipe.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, int(os.environ["SEND_BUFFER"]))
'''


def body(experiment=None, **others):
    """The bytes of a request."""
    return json.dumps({"version": 3, "experiment": experiment or {}} | others).encode()


LONG_BODY = body(**LONG)
SILENT_BODY = body(LONG["experiment"], view={"epoch": 5000})
"""A run as long that sends its head, then nothing until its end: only its socket tells that a client left."""


def post(client, data, **headers):
    """What a server in this process answers to a request for a run."""
    return http_client.post(client, run_endpoint.RUN_PATH, data, **headers)


def ask(server, content, **headers):
    """What a server on the loopback answers to a request for a run."""
    return http_client.exchange(server, "POST", "/run", content, timeout=20, **headers)


@dataclass(frozen=True)
class Frame:
    """One network of a run."""

    epoch: int
    parameters: np.ndarray
    gradients: np.ndarray


@dataclass(frozen=True)
class Recording:
    """A run as it was received: its records, and the networks in them by their epochs."""

    head: dict
    blocks: list
    tail: run_format.Tail

    @classmethod
    def of(cls, packed):
        unpacked = zlib.decompress(packed, 16 + zlib.MAX_WBITS)
        head, *blocks, tail = run_format.read(io.BytesIO(unpacked))
        assert isinstance(head, dict)
        assert isinstance(tail, run_format.Tail)
        return cls(head, blocks, tail)

    @property
    def frames(self):
        all_frames = [
            Frame(*each)
            for block in self.blocks
            for each in zip(block.epochs, block.parameters, block.gradients, strict=True)
        ]
        return sorted(all_frames, key=lambda frame: frame.epoch)


@dataclass
class Gunicorn:
    """A server of runs in processes of its own."""

    port: int
    log_path: Path
    process: subprocess.Popen

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def log(self):
        return self.log_path.read_text(encoding="utf-8")

    def runs(self, event="run"):
        """The structured lines so far; of anything else, by the event's name."""
        return [
            json.loads(line)
            for line in self.log().splitlines()
            if line.startswith(f'{{"event": "{event}"') and line.endswith("}")
        ]

    def wait_for_runs(self, count, timeout=10.0, event="run"):
        """The structured lines, once there are so many, and when the last of them was seen."""
        deadline = time.monotonic() + timeout * slowness()
        while len(lines := self.runs(event)) < count:
            assert time.monotonic() < deadline, f"{count} {event}s should have ended:\n{self.log()}"
            time.sleep(0.005)
        return lines, time.monotonic()

    def connect(self, receive_buffer=None):
        sock = socket.socket()
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.settimeout(20 * slowness())
        try:
            sock.connect(("127.0.0.1", self.port))
        except OSError:
            sock.close()
            raise
        return sock

    def post(self, content, receive_buffer=None, path=run_endpoint.RUN_PATH, **headers):
        """A connection on which a run was asked for, or what is at another address."""
        sock = self.connect(receive_buffer)
        lines = {
            "Host": f"127.0.0.1:{self.port}",
            "Content-Type": "application/json",
            "Content-Length": str(len(content)),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
        sock.sendall(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + content)
        return sock


def status(sock):
    """The status of the answer that arrives on a connection, whose head is read whole."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = sock.recv(4096)
        assert piece, f"the connection closed after {received!r}"
        received += piece
    return int(received.split()[1])


@contextmanager
def serve(folder, *, capacity, patience, workers=2, threads=40, factory=FACTORY, send_buffer=None):
    """A gunicorn that is up, and comes down afterwards."""
    (folder / "run_server.py").write_text(factory, encoding="utf-8")
    port, log_path = free_port(), folder / "log"
    command = [sys.executable, "-m", "gunicorn", "run_server:app", "--preload", "-k", "gthread"]
    command += ["-w", str(workers), "--threads", str(threads), "-b", f"127.0.0.1:{port}"]
    root = Path(run_endpoint.__file__).parents[3]
    environment = os.environ | {
        "CAPACITY": str(capacity),
        "PATIENCE": str(patience),
        "PYTHONPATH": os.pathsep.join([str(folder), str(root)]),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "GUNICORN_CMD_ARGS": "",
    }
    if send_buffer:
        environment["SEND_BUFFER"] = str(send_buffer)
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    server = Gunicorn(port, log_path, process)
    try:
        wait_until_up(server)
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing here is worth a graceful end
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        # a worker told to quit just as it takes a request may wait for itself forever
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until_up(server):
    deadline = time.monotonic() + 20 * slowness()
    while True:
        assert server.process.poll() is None, server.log()
        try:
            server.connect().close()
            return
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, server.log()
            time.sleep(0.02)
