"""What a run will cost the server, known before a byte is allocated for it."""

from itertools import pairwise

from nnlab.web.border.asking import hold_epochs
from nnlab.web.runs.request import RunRequest

CALL_OVERHEAD = 4000
"""A layer's pass over a few rows costs NumPy about as much time as this many multiplications over many rows."""

WORK_CEILING = 20_000_000_000


def work(request: RunRequest, epochs: int | None = None) -> int:
    """About how many multiplications a run takes, the overhead of small NumPy calls counted as such.

    Every update goes there and back through its batch, every epoch's cost there through all rows, and so, back too,
    does every frame that brings gradients.

    Args:
        request: of the run.
        epochs: of a run that trains no further; as many as it asks for, if none are named.
    """
    experiment, view = request.experiment, request.view
    last = _last(request) if epochs is None else epochs
    data = experiment.data()
    rows, tests = len(data.targets), len(data.test_targets)
    batches = -(-rows // experiment.batch_size)
    layers = len(experiment.layer_sizes) - 1
    connections = sum(n_in * n_out + n_out for n_in, n_out in pairwise(experiment.layer_sizes))
    passes = last * (2 * batches + 1 + bool(tests))
    through = last * (3 * rows + tests)
    if view.gradients:
        through += 2 * min(len(view.epochs(experiment)), last + 1) * rows
    return passes * layers * CALL_OVERHEAD + through * connections


def check(request: RunRequest) -> int:
    """The work of a run that may be run.

    Raises:
        TooExpensiveError: it is over the ceiling.
    """
    hold_epochs(WORK_CEILING, _last(request), lambda epochs: work(request, epochs))
    return work(request)


def _last(request: RunRequest) -> int:
    """How many epochs are trained."""
    epoch = request.view.epoch
    return request.experiment.epochs if epoch is None else epoch
