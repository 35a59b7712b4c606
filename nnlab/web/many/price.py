"""What many networks will cost, known before memory is taken for them."""

from itertools import pairwise

from nnlab.core.experiment import Experiment
from nnlab.web.border.asking import hold
from nnlab.web.many.requests import LandscapeRequest, MapRequest, StartsRequest

WORK_CEILING = 60_000_000_000
"""About a minute of one core."""

BYTES_CEILING = 64_000_000

PASSES = 3
"""Forward, backward and gradient each multiply every connection with every row."""

TANH = 8
"""A unit's activation takes as long as so many multiplications."""


def work(experiment: Experiment, networks: int) -> int:
    """About how many multiplications it takes to train so many networks."""
    sizes = experiment.layer_sizes
    connections = sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))
    row = PASSES * connections + TANH * sum(sizes[1:])
    rows = len(experiment.data().targets)
    # a batch of one row is as much work in calls as one of four
    batches = -(-rows // experiment.batch_size)
    return networks * experiment.epochs * row * max(rows, 2 * batches)


def check_starts(asked: StartsRequest) -> None:
    """Raise TooExpensiveError if many starts are over a ceiling."""
    hold("work", WORK_CEILING, work(asked.experiment, asked.view.starts))


def check_map(asked: MapRequest) -> None:
    """Raise TooExpensiveError if a map is over a ceiling."""
    runs = asked.view.size**2
    hold("work", WORK_CEILING, work(asked.experiment, runs))
    hold("bytes", BYTES_CEILING, runs * (2 + 12 * asked.view.numbers))


def check_landscape(asked: LandscapeRequest) -> None:
    """Raise TooExpensiveError if a landscape is over a ceiling."""
    hold("bytes", BYTES_CEILING, 4 * asked.view.size**2)
