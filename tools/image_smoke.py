"""The smoke test of an image: it gets healthy, answers a page and a run, and ends soon after SIGTERM."""

import http.client
import json
import time
from collections.abc import Iterator
from typing import Protocol

from nnlab.web.runs.run_format import VERSION

START_SECONDS = 60.0
STOP_SECONDS = 5.0
LONG = {
    "dataset": "spiral",
    "samples": 1000,
    "train_share": 90,
    "batch_size": 10,
    "epochs": 2000,
    "hidden_layer_sizes": [8, 8],
    "initialization": "uniform",
}
"""A run of seconds: more than a server that stops has left."""


class Image(Protocol):
    """An image that can be started once, with Docker or without."""

    def start(self) -> int:
        """Start its CMD; the port on the loopback at which it will answer."""

    def runs(self) -> bool:
        """Whether it has not ended yet."""

    def healthy(self) -> bool:
        """Whether its HEALTHCHECK succeeds now."""

    def stop(self) -> int | None:
        """Send SIGTERM; the exit code, or None if it has to be killed after STOP_SECONDS."""

    def complaints(self) -> Iterator[str]:
        """What else is wrong once it has stopped."""

    def remove(self) -> None:
        """Kill what still runs, and leave nothing behind."""


def smoke(image: Image) -> Iterator[str]:
    """What goes wrong when an image is started, asked and stopped."""
    try:
        port = image.start()
        if not _gets_healthy(image):
            how = f"its health check fails for {START_SECONDS:g} s" if image.runs() else "it ends by itself"
            yield f"it does not serve: {how}"
            return
        yield from _answers(port)
        yield from _stops(image, port)
        yield from image.complaints()
    finally:
        image.remove()


def _gets_healthy(image: Image) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while not image.healthy():
        if time.monotonic() > deadline or not image.runs():
            return False
        time.sleep(0.2)
    return True


def _answers(port: int) -> Iterator[str]:
    for method, path in (("GET", "/"), ("GET", "/healthz"), ("POST", "/run"), ("POST", "/starts/run")):
        response = _ask(port, method, path, {} if method == "POST" else None)
        size = len(response.read())  # raises if it is cut short
        print(f"  {method} {path}: {response.status}, {size} bytes")
        if response.status != 200 or not size:
            yield f"{method} {path} answers {response.status}, {size} bytes"


def _stops(image: Image, port: int) -> Iterator[str]:
    """It must end soon, even with a stream open that is not read."""
    stream = _ask(port, "POST", "/run", LONG)
    stream.read(1000)
    began = time.monotonic()
    code = image.stop()
    seconds = time.monotonic() - began
    print(f"  SIGTERM, a stream open: over in {seconds:.1f} s, exit code {code}")
    if code != 0:
        yield f"SIGTERM must end it within {STOP_SECONDS:g} s with code 0, got code {code} after {seconds:.1f} s"
    if _ends(stream):
        yield "the stream was over before SIGTERM: the check shows nothing"


def _ends(stream: http.client.HTTPResponse) -> bool:
    """Whether a chunked response came to its proper end."""
    try:
        stream.read()
    except (http.client.IncompleteRead, ConnectionError):
        return False
    return True


def _ask(port: int, method: str, path: str, experiment: object) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = (
        None if experiment is None else json.dumps({"version": VERSION, "experiment": experiment, "view": {}})
    )
    connection.request(method, path, body, {"Content-Type": "application/json", "Connection": "close"})
    return connection.getresponse()
