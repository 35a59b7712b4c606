"""The limit on a run's work, which is estimated from its request before anything is allocated."""

from collections.abc import Callable
from itertools import pairwise

from nnlab.web.http.request_limits import check_epochs
from nnlab.web.runs.run_request import RunRequest

CALL_OVERHEAD = 4000
"""The overhead of a NumPy pass through one layer, in multiplications."""

WORK_LIMIT = 20_000_000_000
"""The most multiplications of a run."""


def work(request: RunRequest) -> int:
    """Estimate the work of a run: its multiplications, with the overhead of small NumPy calls counted as such.

    Every update is a forward and a backward pass of its batch; every epoch's cost is a forward pass of all rows, and
    every frame with gradients a forward and a backward pass.
    """
    return _work_by_epochs(request)(_last(request))


def _work_by_epochs(request: RunRequest) -> Callable[[int], int]:
    """The work as a function of the epochs after which the run ends."""
    experiment, view = request.experiment, request.view
    rows, tests = experiment.row_counts
    batches = -(-rows // experiment.batch_size)
    layers = len(experiment.layer_sizes) - 1
    connections = sum(n_in * n_out + n_out for n_in, n_out in pairwise(experiment.layer_sizes))
    frames = len(view.epochs(experiment)) if view.gradients else 0

    def of(epochs: int) -> int:
        passes = epochs * (2 * batches + 1 + bool(tests))
        through = epochs * (3 * rows + tests) + 2 * min(frames, epochs + 1) * rows
        return passes * layers * CALL_OVERHEAD + through * connections

    return of


def check(request: RunRequest) -> int:
    """Return the work of a run, if it is within the limit.

    Raises:
        LimitExceededError: it is not.
    """
    return check_epochs(WORK_LIMIT, _last(request), _work_by_epochs(request))


def _last(request: RunRequest) -> int:
    """The last epoch to train."""
    epoch = request.view.epoch
    return request.experiment.epochs if epoch is None else epoch
