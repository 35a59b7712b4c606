"""Training the runs of a map and streaming it: coarse first, then finer and finer, each point once."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import numpy as np

from nnlab.core import solved_runs
from nnlab.core.many import trainability
from nnlab.core.many.many_training import ManyHistory, slices
from nnlab.core.many.outcome_codes import outcome_codes
from nnlab.web.http.experiment_request import experiment_head
from nnlab.web.http.response import Chunks, GzipStream
from nnlab.web.many import many_format
from nnlab.web.many.job_reports import ManyProgress, ProgressThrottle, reports, size_of_parts
from nnlab.web.many.many_format import MapPart
from nnlab.web.many.many_requests import MapRequest
from nnlab.work.executor import Executor


def stream(
    request: MapRequest, executor: Executor, wanted: Callable[[], bool], progress: ManyProgress
) -> Chunks:
    """Train the runs of a map and stream it, compressed.

    Raises:
        ClientGoneError: ``wanted`` returned false: the client left.
    """
    gzip_stream, throttle, size = GzipStream(progress), ProgressThrottle(), request.view.size
    (x, y), experiment = request.axes(), request.varied()
    final_cost, solved_since = np.full((size, size), np.nan), np.full((size, size), -1)
    diverged = np.zeros((size, size), dtype=bool)
    parts, places, finished = [], [], PartsInOrder()
    for stride, rows, columns in trainability.refinements(size):
        runs = trainability.variations(experiment, x, y, size, rows, columns)
        for cut in slices(runs, size_of_parts(runs, executor)):
            parts.append(runs[cut])
            places.append((stride, cut.start, rows[cut], columns[cut]))
    yield from gzip_stream.compress(many_format.write_head(head(request)))
    with closing(reports(executor, parts, wanted, progress)) as coming:
        for report in coming:
            if report.history is not None:
                stride, start, rows, columns = places[report.part]
                final_cost[rows, columns] = report.history.final_cost
                solved_since[rows, columns] = report.history.solved_since
                diverged[rows, columns] = report.history.diverged
                finished.add(report.part, part_of(report.history, stride, start))
                yield from gzip_stream.compress(b"".join(map(many_format.write_part, finished.next())))
            if throttle.due():
                yield from gzip_stream.compress(many_format.write_progress(report.share))
    yield from gzip_stream.compress(b"".join(map(many_format.write_part, finished.rest())))
    if request.view.numbers and progress.reason == "completed":
        yield from gzip_stream.compress(many_format.write_numbers(final_cost, solved_since))
    count = max(1, progress.networks)
    shares = {"trained": int((solved_since >= 0).sum()) / count, "diverged": int(diverged.sum()) / count}
    yield from gzip_stream.compress(many_format.write_tail({"reason": progress.reason} | shares), last=True)


class PartsInOrder:
    """Reorders the finished parts of a map, so that the page never paints a coarse part over a fine one."""

    def __init__(self) -> None:
        self._parts: dict[int, MapPart] = {}
        self._next = 0

    def add(self, number: int, part: MapPart) -> None:
        """Add a finished part."""
        self._parts[number] = part

    def next(self) -> Iterator[MapPart]:
        """The parts that no missing part precedes any more."""
        while self._next in self._parts:
            yield self._parts.pop(self._next)
            self._next += 1

    def rest(self) -> Iterator[MapPart]:
        """The parts that are left, in order, if the job ends early."""
        return (self._parts.pop(number) for number in sorted(self._parts))


def head(request: MapRequest) -> dict[str, Any]:
    """The head of the stream: experiment and view, the values along the axes, the bounds of the cost levels."""
    x, y = request.axes()
    low, high = many_format.cost_bounds(request.experiment)
    return experiment_head(request) | {
        "initialization": request.varied().initialization,
        "view": request.view.model_dump(mode="json"),
        "x": x.values(request.view.size).tolist(),
        "y": y.values(request.view.size).tolist(),
        "strides": [stride for stride, *_ in trainability.refinements(request.view.size)],
        "cost_low": low,
        "cost_high": high,
        "solved_cost": solved_runs.solved_cost(request.experiment),
    }


def part_of(history: ManyHistory, stride: int, start: int) -> MapPart:
    """The record of some finished runs."""
    experiment, cost = history.variations.experiment, history.final_cost
    codes = outcome_codes(cost, history.solved_since, experiment.epochs, experiment, history.diverged)
    return MapPart(stride, start, codes, many_format.cost_levels(cost, experiment))
