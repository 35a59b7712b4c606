"""What the page's modules are tested with: the configuration that a page carries, and what Python knows of the rest."""

import base64
import json
import re
from typing import Any

import numpy as np

from nnlab.core import solved_runs
from nnlab.core.experiment import Experiment
from nnlab.core.many import trainability
from nnlab.core.many.outcome_codes import outcome_codes
from nnlab.web.controls.inputs import SLIDERS, track
from nnlab.web.factory import create_app
from nnlab.web.many import many_format
from nnlab.web.many.many_format import MapPart
from nnlab.web.settings import Settings

CONFIGURATION = re.compile('<script id="configuration" type="application/json">(.*?)</script>', re.DOTALL)


def configuration() -> Any:
    """As it stands in the document, in English."""
    app = create_app(Settings(public_url="http://classroom.test:8050"))
    page = app.server.test_client().get("/", headers={"Accept-Language": "en"}).text
    found = CONFIGURATION.search(page)
    assert found
    return json.loads(found[1])


def tracks() -> dict[str, dict[str, float]]:
    """The ends and the step of every slider's track."""
    return {
        setting: {end: getattr(track(setting, spec), end) for end in ("min", "max", "step")}
        for setting, spec in SLIDERS.items()
    }


def map_answer() -> dict[str, Any]:
    """The bytes of a map of 64 x 64 runs that ended in every way, a record of every kind, and what they say."""
    draw, experiment, size = np.random.default_rng(8), Experiment(), 64
    solved, (low, high) = solved_runs.solved_cost(experiment), many_format.cost_bounds(experiment)
    cost = np.exp(draw.uniform(np.log(low / 3), np.log(high * 3), (size, size)))
    since = np.where(cost < solved, draw.integers(0, experiment.epochs, (size, size)), -1)
    diverged = (since < 0) & (draw.random((size, size)) < 0.3)
    codes, levels = (
        outcome_codes(cost, since, experiment.epochs, experiment, diverged),
        many_format.cost_levels(cost, experiment),
    )
    head = {"experiment": experiment.model_dump(mode="json"), "x": np.linspace(0.1, 1, size).tolist()}
    head |= {"name": "Ünïcödé – Обучение", "cost_low": low, "cost_high": high, "solved_cost": solved}
    parts = []
    for stride, rows, columns in trainability.refinements(size):
        for start in range(0, len(rows), 300):
            its = (rows[start : start + 300], columns[start : start + 300])
            parts.append(many_format.write_part(MapPart(stride, start, codes[its], levels[its])))
    data = [
        many_format.write_head(head | {"strides": [stride for stride, *_ in trainability.refinements(size)]}),
        many_format.write_progress(0.25),
        *parts,
        many_format.write_numbers(cost, since),
        many_format.write_slice({"x": [1, 2], "y": [3], "point": [0.5, 1e-300]}, np.array([0.5, 1e35])),
        many_format.write_tail({"reason": "completed"}, np.array([0.25, 1e-308]).tobytes()),
    ]
    return {
        "bytes": base64.b64encode(b"".join(data)).decode(),
        "parts": len(parts),
        "size": size,
        "codes": codes,
        "cost": cost,
        "since": since,
        "diverged": diverged,
    }
