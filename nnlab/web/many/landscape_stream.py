"""Computing the landscape of the cost over two parameters, a few rows in each time slice, and streaming it."""

from collections.abc import Callable

import numpy as np

from nnlab.core.evaluator import ROWS_AT_ONCE
from nnlab.core.experiment import Experiment
from nnlab.core.many import landscape
from nnlab.core.many.many_training import slice_size
from nnlab.web.http.experiment_request import experiment_head
from nnlab.web.http.response import Chunks, GzipStream
from nnlab.web.http.scheduler import Scheduler, Ticket
from nnlab.web.many import many_format
from nnlab.web.many.job_reports import ManyProgress
from nnlab.web.many.many_limits import forward
from nnlab.web.many.many_requests import LandscapeRequest

TIME_SLICE_WORK = 30_000_000
"""The multiplications in a time slice, which then takes about as long as a run's."""


def stream(
    request: LandscapeRequest,
    scheduler: Scheduler,
    ticket: Ticket,
    wanted: Callable[[], bool],
    progress: ManyProgress,
) -> Chunks:
    """Compute a landscape and stream it, compressed.

    All at once, the largest landscape of the deepest network takes 0.6 s and 400 MB on a gate; a few rows at a time
    it stays within a core's own cache and takes 0.1 s, in time slices of a few milliseconds. On 900 rows it takes 2 s.

    Raises:
        ClientGoneError: ``wanted`` returned false: the client left.
    """
    gzip_stream, experiment, view = GzipStream(progress), request.experiment, request.view
    yield from gzip_stream.compress(
        many_format.write_head(experiment_head(request) | {"view": view.model_dump(mode="json")})
    )
    axes, network = request.axes(), request.network()
    # a cost has no batches, and memory for large ones would be taken in every time slice
    still = experiment.changed(batch_size=ROWS_AT_ONCE)
    x, y = (np.linspace(*landscape.span(np.array(path)), view.size) for path in (view.x_path, view.y_path))
    at = [network.vector[landscape.index_of(experiment, place)] for place in axes]
    cost, rows = np.empty((view.size, view.size)), rows_a_time_slice(still, view.size)
    with scheduler.time_slice(ticket, wanted):
        height = landscape.cost_over(still, network, axes, at[:1], at[1:])
    for start in range(0, view.size, rows):
        some = slice(start, start + rows)
        with scheduler.time_slice(ticket, wanted):
            cost[some] = landscape.cost_over(still, network, axes, x, y[some])
        progress.networks += cost[some].size
    progress.reason = "completed"
    point = [*map(float, at), float(many_format.within(height)[0, 0])]
    values = {"x": x.tolist(), "y": y.tolist(), "point": point}
    written = many_format.write_slice(values, cost) + many_format.write_tail({"reason": "completed"})
    yield from gzip_stream.compress(written, last=True)


def rows_a_time_slice(experiment: Experiment, size: int) -> int:
    """The number of rows of the landscape, each of ``size`` networks, to compute in a time slice."""
    networks = min(slice_size(experiment), TIME_SLICE_WORK // (experiment.train_rows * forward(experiment)))
    return max(1, networks // size)
