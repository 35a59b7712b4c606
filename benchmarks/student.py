"""A client that requests a run as a student's page does, reads the stream to its end, and times when frames arrive."""

import json
import random
import threading
import time
import zlib
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import nnlab
from nnlab.core.experiment import Experiment
from nnlab.web.many.many_endpoints import PATHS
from nnlab.web.runs import run_format
from nnlab.web.runs.run_endpoint import RUN_PATH

MOST_TRIES = 20
HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Result:
    """One run, as its student saw it.

    Attributes:
        first_frame: seconds from the request to the first whole frame.
        trained: seconds to the network of the last epoch, wherever in the stream it came.
        whole: seconds to the end of the stream.
        bytes: the length of the compressed body.
        frames: how many networks it holds.
        busy: how often the server was busy, and the request was repeated.
        error: what went wrong, or None: an answer other than 200, a broken stream, another cost than offline.
    """

    first_frame: float
    trained: float
    whole: float
    bytes: int
    frames: int
    busy: int
    error: str | None


@cache
def offline_cost(experiment: Experiment) -> float:
    """The final cost of the same run without a server."""
    return float(nnlab.train(experiment).cost[-1])


def ask(url: str, experiment: Experiment, view: dict[str, Any] | None = None) -> Result:
    """Run an experiment on a server, as the page does; a busy server is asked again after what it says, with jitter."""
    asked = {
        "version": run_format.VERSION,
        "experiment": experiment.model_dump(mode="json"),
        "view": view or {},
    }
    body = json.dumps(asked)
    for busy in range(MOST_TRIES):
        start = time.perf_counter()
        try:
            with closing(HTTPConnection(urlsplit(url).netloc, timeout=60)) as connection:
                connection.request("POST", RUN_PATH, body, HEADERS)
                answer = connection.getresponse()
                if answer.status == 503:
                    time.sleep(float(answer.headers["Retry-After"]) * random.uniform(0.5, 1.5))
                    continue
                if answer.status != 200:
                    return _failed(f"status {answer.status}", busy)
                return _read(answer, experiment, start, busy)
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            return _failed(f"{type(error).__name__}: {error}", busy)
    return _failed("busy for ever", MOST_TRIES)


def _read(answer: HTTPResponse, experiment: Experiment, start: float, busy: int) -> Result:
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    data, packed = bytearray(), 0
    arrived: list[tuple[int, float]] = []  # so many bytes, unpacked, were there after so many seconds
    while chunk := answer.read1(65536):
        packed += len(chunk)
        data += unpack.decompress(chunk)
        arrived.append((len(data), time.perf_counter() - start))
    ends: dict[int, int] = {}  # of each network, by its epoch: up to which byte its record goes
    summary: dict[str, Any] = {"epoch": 0, "cost": None}
    source = BytesIO(bytes(data))
    for record in run_format.read(source):
        if isinstance(record, run_format.Frames):
            ends |= dict.fromkeys(record.epochs, source.tell())
        elif isinstance(record, run_format.Tail):
            summary = record.summary
    first, trained = (
        _when(arrived, ends[epoch]) for epoch in (min(ends, key=ends.__getitem__), summary["epoch"])
    )
    cost, expected = summary["cost"], offline_cost(experiment)
    error = None if cost == expected else f"cost {cost}, offline {expected}"
    return Result(first, trained, arrived[-1][1], packed, len(ends), busy, error)


def _when(arrived: list[tuple[int, float]], byte: int) -> float:
    """The seconds after which so many bytes had arrived."""
    return next(seconds for length, seconds in arrived if length >= byte)


def _failed(error: str, busy: int) -> Result:
    return Result(0.0, 0.0, 0.0, 0, 0, busy, error)


def ask_many(
    url: str,
    name: str,
    experiment: Experiment,
    view: dict[str, Any] | None = None,
    enough: threading.Event | None = None,
) -> bytes:
    """The compressed response about many networks: all of it, or what has arrived when ``enough`` is set.

    Raises:
        RuntimeError: the server refused.
    """
    asked = {
        "version": run_format.VERSION,
        "experiment": experiment.model_dump(mode="json"),
        "view": view or {},
    }
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=60)) as connection:
        connection.request("POST", PATHS[name], json.dumps(asked), HEADERS)
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{name}: status {answer.status}, {answer.read(300)!r}")
        packed = bytearray()
        while chunk := answer.read1(65536):
            packed += chunk
            if enough is not None and enough.is_set():
                break
    return bytes(packed)
