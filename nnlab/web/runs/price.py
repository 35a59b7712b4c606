"""What a run will cost the server, known before a byte is allocated for it."""

from dataclasses import dataclass
from itertools import pairwise

from nnlab.core.datasets import ROWS
from nnlab.web.border.asking import hold
from nnlab.web.runs.request import RunRequest

CALL_OVERHEAD = 4000
"""A layer's pass over a few rows costs NumPy about as much time as this many multiplications on a grid."""

FRAME_HEADER = 4
"""What stands before a frame's numbers takes as many bytes as so many of them."""

WORK_CEILING = 5_000_000_000
BYTES_CEILING = 64_000_000


@dataclass(frozen=True)
class Price:
    """What a run takes.

    Attributes:
        work: about how many multiplications, the overhead of small NumPy calls counted as such.
        bytes: of frames and exact surface, before compression.
    """

    work: int
    bytes: int


def price(request: RunRequest) -> Price:
    """The price of a run: every update, every epoch's cost, every frame's grid."""
    experiment, view = request.experiment, request.view
    frames = len(view.epochs(experiment.epochs))
    last = view.epoch if view.epoch is not None else experiment.epochs
    batches = -(-len(ROWS) // experiment.batch_size)
    passes = last * (2 * batches + 1) * (len(experiment.layer_sizes) - 1)
    connections = sum(n_in * n_out + n_out for n_in, n_out in pairwise(experiment.layer_sizes))
    points = view.grid**2
    numbers = frames * (experiment.parameter_count + len(ROWS) + FRAME_HEADER) + last + 1
    return Price(
        work=passes * CALL_OVERHEAD + frames * points * connections,
        bytes=frames * points + 8 * numbers + 8 * points * view.exact,
    )


def check(request: RunRequest) -> Price:
    """The price of a run that may be run.

    Raises:
        TooExpensiveError: it is over a ceiling.
    """
    cost = price(request)
    hold("work", WORK_CEILING, cost.work)
    hold("bytes", BYTES_CEILING, cost.bytes)
    return cost
