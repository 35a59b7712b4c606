"""What a run will cost the server, known before a byte is allocated for it."""

from collections.abc import Callable
from itertools import pairwise

from nnlab.web.http.limits import check_epochs
from nnlab.web.runs.run_request import RunRequest

CALL_OVERHEAD = 4000
"""A layer's pass over a few rows costs NumPy about as much time as this many multiplications over many rows."""

WORK_LIMIT = 20_000_000_000


def work(request: RunRequest) -> int:
    """About how many multiplications a run takes, the overhead of small NumPy calls counted as such.

    Every update goes there and back through its batch, every epoch's cost there through all rows, and so, back too,
    does every frame that brings gradients.
    """
    return _work_by_epochs(request)(_last(request))


def _work_by_epochs(request: RunRequest) -> Callable[[int], int]:
    """The work of the run if it ended after so many epochs."""
    experiment, view = request.experiment, request.view
    rows, tests = experiment.row_counts
    batches = -(-rows // experiment.batch_size)
    layers = len(experiment.layer_sizes) - 1
    connections = sum(n_in * n_out + n_out for n_in, n_out in pairwise(experiment.layer_sizes))
    looked_at = len(view.epochs(experiment)) if view.gradients else 0

    def of(epochs: int) -> int:
        passes = epochs * (2 * batches + 1 + bool(tests))
        through = epochs * (3 * rows + tests) + 2 * min(looked_at, epochs + 1) * rows
        return passes * layers * CALL_OVERHEAD + through * connections

    return of


def check(request: RunRequest) -> int:
    """The work of a run that may be run.

    Raises:
        LimitExceededError: it is over the ceiling.
    """
    return check_epochs(WORK_LIMIT, _last(request), _work_by_epochs(request))


def _last(request: RunRequest) -> int:
    """How many epochs are trained."""
    epoch = request.view.epoch
    return request.experiment.epochs if epoch is None else epoch
