"""What many networks will cost, known before memory is taken for them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from nnlab.core import ends
from nnlab.core.experiment import Experiment
from nnlab.core.many.many_training import COST_EPOCHS, slice_size
from nnlab.web.http.limits import check_epochs, check_limit
from nnlab.web.many.many_requests import LandscapeRequest, MapRequest, StartsRequest

WORK_LIMIT = 60_000_000_000
"""About a minute of one core."""

BYTES_LIMIT = 64_000_000

FEWEST_STARTS, SMALLEST_MAP = 10, 8
"""What the pages shrink to, by themselves, before they say that it is too much."""

BACK = 2
"""On the way back the errors and the gradient each multiply every connection with every row, as on the way there."""

ACTIVATION = 8
"""A unit's activation takes as long as so many multiplications."""

STEP: Mapping[str, int] = MappingProxyType(
    {"gradient_descent": 0, "momentum": 2, "nesterov": 3, "rmsprop": 6, "adam": 10}
)
"""What an optimizer does with a parameter at an update, in multiplications beyond those of the plain step."""

PULL = 6
"""The same of a penalty's pull."""

KEPT = 4
"""To keep a parameter over an epoch after which the run may have ended, likewise."""

CALLS = 12_000
"""NumPy's own work on one layer in one batch, likewise, for all networks of a slice together."""


def forward(experiment: Experiment) -> int:
    """About how many multiplications it takes to bring one row through one network."""
    return experiment.parameter_count + ACTIVATION * sum(experiment.layer_sizes[1:])


def work(experiment: Experiment, networks: int) -> int:
    """About how many multiplications it takes to train so many networks.

        networks (epochs rows (there + back) + updates step + looks rows there + epochs watch)
            + slices updates layers calls

    Networks are trained in slices, and NumPy is called as often for a small one as for a large one. Where a run may
    end early, all training rows are looked at after every epoch, and the test rows if a rule asks for them.
    """
    return _work_by_epochs(experiment, networks)(experiment.epochs)


def _work_by_epochs(experiment: Experiment, networks: int) -> Callable[[int], int]:
    """The work of so many networks if they ended after so many epochs."""
    connections, there = experiment.parameter_count, forward(experiment)
    rows, tests = experiment.row_counts
    batches, slices = -(-rows // experiment.batch_size), -(-networks // slice_size(experiment))
    step = STEP[experiment.optimizer] + PULL * (experiment.regularization != "none")
    watch = 0
    if ends.has_rule(experiment) or ends.may_diverge(experiment, experiment.layer_activations):
        correct, rising = experiment.stop_all_correct, experiment.stop_test_rising is not None
        watch = (rows * (1 + correct) + tests * rising) * there + KEPT * connections

    def of(epochs: int) -> int:
        updates, looks = epochs * batches, min(COST_EPOCHS, epochs + 1)
        each = (epochs * rows * BACK + updates * step) * connections + (epochs + looks) * rows * there
        each += epochs * watch
        return networks * each + slices * updates * len(experiment.layer_sizes[1:]) * CALLS

    return of


def _check_work(experiment: Experiment, networks: int, fewest: int) -> None:
    """Raise LimitExceededError if so many networks are over the ceiling; if even the fewest are, the epochs are too many."""
    if networks <= fewest:
        check_epochs(WORK_LIMIT, experiment.epochs, _work_by_epochs(experiment, networks))
    else:
        check_limit("work", WORK_LIMIT, work(experiment, networks))


def check_starts(asked: StartsRequest) -> None:
    """Raise LimitExceededError if many starts are over a ceiling."""
    _check_work(asked.experiment, asked.view.starts, FEWEST_STARTS)


def check_map(asked: MapRequest) -> None:
    """Raise LimitExceededError if a map is over a ceiling."""
    runs = asked.view.size**2
    _check_work(asked.experiment, runs, SMALLEST_MAP**2)
    check_limit("bytes", BYTES_LIMIT, runs * (2 + 12 * asked.view.numbers))


def check_landscape(asked: LandscapeRequest) -> None:
    """Raise LimitExceededError if a landscape is over a ceiling."""
    check_limit("bytes", BYTES_LIMIT, 4 * asked.view.size**2)
