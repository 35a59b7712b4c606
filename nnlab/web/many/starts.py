"""Many starts as they are sent: progress while they train, then what they came to."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnlab.core import outcomes, plane, statistics
from nnlab.core.descent import network_activations
from nnlab.core.many import ManyHistory, joined, slices
from nnlab.core.starts import ManyStarts
from nnlab.web.border.answering import Packer
from nnlab.web.border.experiments import understood
from nnlab.web.many import format as many_format
from nnlab.web.many.jobs import Clock, ManyProgress, reports, size_of_parts
from nnlab.web.many.requests import StartsRequest
from nnlab.web.runs.format import quantize
from nnlab.work.crew import Crew

BINS = 60
BEYOND = 1.2
"""The histogram goes so much beyond the highest plateau, and to the worst run if that is beyond it."""


def stream(
    asked: StartsRequest, crew: Crew, wanted: Callable[[], bool], progress: ManyProgress
) -> Iterator[bytes]:
    """The bytes of an answer, gzip-compressed.

    Raises:
        AbandonedError: ``wanted`` said no: the client left.
    """
    packer, clock = Packer(progress), Clock()
    variations = asked.variations()
    cuts = slices(variations, size_of_parts(variations, crew))
    histories: dict[int, ManyHistory] = {}
    yield from packer.pack(many_format.write_head(head(asked)))
    for report in reports(crew, [variations[cut] for cut in cuts], wanted, progress):
        if report.history is not None:
            histories[report.part] = report.history
        if clock.due():
            yield from packer.pack(many_format.write_progress(report.share))
    if progress.reason == "completed":
        runs = ManyStarts(joined(variations, [histories[part] for part in range(len(cuts))]))
        tail = many_format.write_tail(*summary(asked, runs))
    else:
        tail = many_format.write_tail({"reason": progress.reason})
    yield from packer.pack(tail, last=True)


def head(asked: StartsRequest) -> dict[str, Any]:
    """What was understood, and what the pictures are drawn on."""
    experiment, dataset = asked.experiment, asked.experiment.data()
    return understood(asked) | {
        "initialization": asked.variations().experiment.initialization,
        "view": asked.view.model_dump(mode="json"),
        "middle": dataset.middle,
        "targets": dataset.targets.tolist(),
        "points": dataset.points.tolist(),
        "axis": plane.axis(dataset, asked.view.grid).tolist(),
        "solved_cost": outcomes.solved_cost(experiment),
        "plateaus": outcomes.plateaus(experiment) if outcomes.is_xor(experiment) else [],
        "quantiles": statistics.QUANTILES,
    }


def summary(asked: StartsRequest, runs: ManyStarts) -> tuple[dict[str, Any], bytes]:
    """What all runs came to; every final cost, and the small pictures."""
    history, experiment = runs.history, asked.experiment
    bars = statistics.histogram(runs.final_cost, BEYOND * max(outcomes.plateaus(experiment)), BINS)
    success = runs.success
    dataset, activations = experiment.data(), network_activations(experiment)
    grid = plane.Plane.over(plane.axis(dataset, asked.view.grid), experiment.features, np.float32)
    wall, pictures = [], []
    for number in runs.wall(asked.view.wall):
        surface = grid.outputs(history.parameters.network(number), activations)
        reach, levels = quantize(surface, dataset.middle)
        cost, solved = float(runs.final_cost[number]), bool(runs.solved[number])
        wall.append({"number": number, "cost": cost, "solved": solved, "reach": reach})
        pictures.append(levels.tobytes())
    values = {
        "reason": "completed",
        "success": {
            "count": success.count,
            "successes": success.successes,
            "low": success.low,
            "high": success.high,
        },
        "edges": bars.edges.tolist(),
        "counts": bars.counts.tolist(),
        "epochs": history.epochs.tolist(),
        "fan": [[float(f"{cost:.5g}") for cost in quantile] for quantile in runs.fan],
        "wall": wall,
    }
    return values, runs.final_cost.astype("<f8").tobytes() + b"".join(pictures)
