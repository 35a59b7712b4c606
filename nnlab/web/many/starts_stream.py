"""Training many starts and streaming them: the progress, then a summary of all runs."""

from collections.abc import Callable
from contextlib import closing
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.core import solved_runs
from nnlab.core.arrays import Array
from nnlab.core.experiment import Experiment
from nnlab.core.many import statistics
from nnlab.core.many.many_training import ManyHistory, joined, slices
from nnlab.core.many.starts import ManyStarts
from nnlab.core.solved_runs import worst_cost
from nnlab.core.stop_rules import ENDS
from nnlab.web.http.experiment_request import experiment_head
from nnlab.web.http.response import Chunks, GzipStream
from nnlab.web.many import many_format
from nnlab.web.many.job_reports import ManyProgress, ProgressThrottle, reports, size_of_parts
from nnlab.web.many.many_requests import StartsRequest
from nnlab.work.executor import Executor

BINS = 60
BEYOND = 1.2
"""The histogram's axis ends at this multiple of the highest plateau, or at the worst run if that is higher, but at most
at this multiple of the cost of all answers wrong: a run that diverges may end at any cost."""


def stream(
    request: StartsRequest, executor: Executor, wanted: Callable[[], bool], progress: ManyProgress
) -> Chunks:
    """Train many starts and stream progress and summary, compressed.

    Raises:
        ClientGoneError: ``wanted`` returned false: the client left.
    """
    gzip_stream, throttle = GzipStream(progress), ProgressThrottle()
    variations = request.variations()
    cuts = slices(variations, size_of_parts(variations, executor))
    histories: dict[int, ManyHistory] = {}
    yield from gzip_stream.compress(many_format.write_head(head(request)))
    with closing(reports(executor, [variations[cut] for cut in cuts], wanted, progress)) as coming:
        for report in coming:
            if report.history is not None:
                histories[report.part] = report.history
            if throttle.due():
                yield from gzip_stream.compress(many_format.write_progress(report.share))
    if progress.reason == "completed":
        runs = ManyStarts(joined(variations, [histories[part] for part in range(len(cuts))]))
        tail = many_format.write_tail(*summary(request, runs))
    else:
        tail = many_format.write_tail({"reason": progress.reason})
    yield from gzip_stream.compress(tail, last=True)


def head(request: StartsRequest) -> dict[str, Any]:
    """The head of the stream: experiment and view, the data, and the costs to compare with."""
    experiment, dataset = request.experiment, request.experiment.data()
    return experiment_head(request) | {
        "initialization": request.variations().experiment.initialization,
        "view": request.view.model_dump(mode="json"),
        "middle": dataset.middle,
        "reach": dataset.reach,
        "targets": dataset.targets.tolist(),
        "points": dataset.points.tolist(),
        "domain": list(dataset.domain),
        "solved_cost": solved_runs.solved_cost(experiment),
        "plateaus": solved_runs.plateaus(experiment) if solved_runs.is_xor(experiment) else [],
        "quantiles": statistics.QUANTILES,
    }


def summary(request: StartsRequest, runs: ManyStarts) -> tuple[dict[str, Any], bytes]:
    """The summary of all runs; and as bytes every final cost, the networks of the wall, and how every run ended."""
    history, cost = runs.history, many_format.within(runs.final_cost)
    success, numbers = runs.success, runs.wall(request.view.wall)
    fan = statistics.fan(many_format.within(history.cost))
    values = {
        "reason": "completed",
        "success": {
            "count": success.count,
            "successes": success.successes,
            "low": success.low,
            "high": success.high,
        },
        "right": runs.all_right,
        "ends": {name: int((history.ends == place).sum()) for place, name in enumerate(ENDS)},
        **_bars(request.experiment, cost, runs.solved),
        "epochs": history.epochs.tolist(),
        "fan": [[float(f"{cost:.5g}") for cost in quantile] for quantile in fan],
        "wall": [
            {
                "number": number,
                "cost": float(cost[number]),
                "solved": bool(runs.solved[number]),
                "end": ENDS[history.ends[number]],
            }
            for number in numbers
        ],
    }
    networks = np.array([history.parameters.network(number).vector for number in numbers], dtype="<f8")
    return values, cost.astype("<f8").tobytes() + networks.tobytes() + history.ends.astype(np.uint8).tobytes()


def _bars(experiment: Experiment, cost: Array, solved: NDArray[np.bool_]) -> dict[str, Any]:
    """The histogram of final costs, how many runs of each bar are solved, and how many are beyond the last edge."""
    most = BEYOND * worst_cost(experiment)
    bars = statistics.histogram(np.minimum(cost, most), BEYOND * max(solved_runs.plateaus(experiment)), BINS)
    beyond = int((cost > bars.edges[-1]).sum())
    learned, _ = np.histogram(np.minimum(cost, most)[solved], bars.edges)
    return {
        "edges": bars.edges.tolist(),
        "counts": bars.counts.tolist(),
        "solved": learned.tolist(),
        "beyond": beyond,
    }
