"""A run as it is sent, with numbers that a careless reader would lose, and what Python reads in it."""

import base64
import io
from typing import Any

import numpy as np

from nnlab import Experiment
from nnlab.web.runs import run_format
from nnlab.web.runs.run_format import Frames, Tail
from nnlab.web.runs.run_request import RunRequest
from nnlab.web.runs.run_stream import Run


def odd_stream() -> dict[str, Any]:
    """Bytes, and the records in them."""
    generator = np.random.default_rng(5)
    head = {"version": 3, "name": "Ünïcödé – Обучение", "epochs": [0, 3], "tiny": 5e-324}
    none = np.empty(0)
    parts = [
        Frames(0, np.array([0.1 + 0.2]), np.array([0.7]), [0], np.array([[-0.0, 1e-308, 1 / 3]]), np.array([[0.5]])),
        Frames(1, generator.normal(size=3), none, [4_000_000_000, 2], generator.normal(size=(2, 7)) * 1e300,
               np.empty((2, 0))),
        Frames(4, none, none, [], np.empty((0, 0)), np.empty((0, 0))),
    ]  # fmt: skip
    tail = Tail({"reason": "completed", "epoch": 3, "cost": 0.004025440700573944, "test_cost": None})
    data = (
        run_format.write_head(head)
        + b"".join(map(run_format.write_frames, parts))
        + run_format.write_tail(tail)
    )
    return {
        "bytes": base64.b64encode(data).decode(),
        "records": [_record(each) for each in run_format.read(io.BytesIO(data))],
    }


def _record(record: Any) -> Any:
    if isinstance(record, dict):
        return ["head", record]
    if isinstance(record, Tail):
        return ["tail", record.summary]
    return ["frames", {
        "first": record.first,
        "costs": record.costs,
        "testCosts": record.test_costs,
        "epochs": record.epochs,
        "parameters": record.parameters,
        "gradients": record.gradients,
    }]  # fmt: skip


def whole_run() -> str:
    """The bytes of a run that ends early, at an epoch that its head did not announce, with gradients."""
    asked = {
        "version": 3,
        "experiment": {"epochs": 5000, "stop_cost": 0.01},
        "view": {"gradients": True, "frames": 12},
    }
    run = Run(RunRequest.model_validate(asked))
    data = run_format.write_head(run.head())
    while not run.complete:
        run.advance(0.0)
        data += run.written()
    return base64.b64encode(data + run.tail(run.reason)).decode()


def circle_network() -> dict[str, Any]:
    """A network whose boundary is a circle: the sum of two squares against a bias."""
    experiment = Experiment(
        features=("x1^2", "x2^2"), hidden_layer_sizes=(), initialization="zeros", dataset="circle"
    )
    return {"experiment": experiment.model_dump(mode="json"), "parameters": [1.0, 1.0, -4.0], "radius": 2.0}
