"""What a run will cost the server, known before a byte is allocated for it."""

from dataclasses import dataclass
from itertools import pairwise

from nnlab.core.hidden_space import LATTICE, dimensions
from nnlab.web.border.asking import hold
from nnlab.web.runs.measures import measure_names
from nnlab.web.runs.painter import UNIT_GRID
from nnlab.web.runs.request import MOST_ROWS_SENT, RunRequest

CALL_OVERHEAD = 4000
"""A layer's pass over a few rows costs NumPy about as much time as this many multiplications on a grid."""

FRAME_HEADER = 5
"""What stands before a frame's numbers takes as many bytes as so many of them."""

RECORD_HEADER = 16
"""Bytes before the maps of units, or the places of the hidden space."""

WORK_CEILING = 20_000_000_000
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
    data = experiment.data()
    rows, tests = len(data.targets), len(data.test_targets)
    batches = -(-rows // experiment.batch_size)
    layers = len(experiment.layer_sizes) - 1
    connections = sum(n_in * n_out + n_out for n_in, n_out in pairwise(experiment.layer_sizes))
    passes = last * (2 * batches + 1 + bool(tests)) + 4 * frames
    through = last * (3 * rows + tests) + 4 * frames * (rows + tests)
    points = view.grid**2 + view.units * UNIT_GRID**2
    sent = rows if rows <= MOST_ROWS_SENT else 0
    measured = len(measure_names(experiment, data))
    numbers = frames * (experiment.parameter_count + sent + measured + FRAME_HEADER)
    numbers += (last + 1) * (1 + bool(tests))
    maps = sum(experiment.layer_sizes[:-1])
    units = (RECORD_HEADER + maps * (4 + UNIT_GRID**2)) * view.units
    axes = dimensions(experiment) if view.hidden else None
    placed = RECORD_HEADER + 4 * axes * (rows + tests + LATTICE**2) if axes else 0
    return Price(
        work=passes * layers * CALL_OVERHEAD + (through + frames * points) * connections,
        bytes=frames * (view.grid**2 + units + placed) + 8 * numbers + 8 * view.grid**2 * view.exact,
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
