"""Estimates the work and bytes of many networks, with a time for each optimizer and penalty, and refuses what is too much."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from nnlab.core import stop_rules
from nnlab.core.experiment import Experiment
from nnlab.core.many.many_training import COST_EPOCHS, slice_size
from nnlab.web.http.request_limits import check_epochs, check_limit
from nnlab.web.many.many_requests import LandscapeRequest, MapRequest, StartsRequest

WORK_LIMIT = 60_000_000_000
"""The most multiplications of a request, about a minute of one core."""

BYTES_LIMIT = 64_000_000

FEWEST_STARTS, SMALLEST_MAP = 10, 8
"""How far the pages reduce starts and map by themselves before they report that it is too much."""

BACK = 2
"""Multiplications of the backward pass for each of the forward pass: one for the deltas, one for the gradient."""

ACTIVATION = 8
"""The time of a unit's activation, in multiplications."""

STEP: Mapping[str, int] = MappingProxyType(
    {"gradient_descent": 0, "momentum": 2, "nesterov": 3, "rmsprop": 6, "adam": 10}
)
"""The time of an optimizer's update of one parameter beyond that of gradient descent, in multiplications."""

PULL = 6
"""The time of a penalty's update of one parameter, in multiplications."""

KEPT = 4
"""The time of copying a parameter after an epoch at which the run may end, in multiplications."""

CALLS = 12_000
"""The overhead of NumPy for one layer and one batch, in multiplications, for all networks of a slice together."""


def forward(experiment: Experiment) -> int:
    """Estimate the multiplications of the forward pass of one row through one network."""
    return experiment.parameter_count + ACTIVATION * sum(experiment.layer_sizes[1:])


def work(experiment: Experiment, networks: int) -> int:
    """Estimate the multiplications that it takes to train so many networks.

        networks (epochs rows (forward + backward) + updates step + evaluations rows forward + epochs watch)
            + slices updates layers calls

    Networks are trained in slices, and NumPy is called as often for a small one as for a large one. Where a run may
    end early, the cost of all training rows is computed after every epoch, and of the test rows if a rule needs it.
    """
    return _work_by_epochs(experiment, networks)(experiment.epochs)


def _work_by_epochs(experiment: Experiment, networks: int) -> Callable[[int], int]:
    """The work as a function of the epochs after which the networks end."""
    connections, there = experiment.parameter_count, forward(experiment)
    rows, tests = experiment.row_counts
    batches, slices = -(-rows // experiment.batch_size), -(-networks // slice_size(experiment))
    step = STEP[experiment.optimizer] + PULL * (experiment.regularization != "none")
    watch = 0
    if stop_rules.has_rule(experiment) or stop_rules.may_diverge(experiment, experiment.layer_activations):
        correct, rising = experiment.stop_all_correct, experiment.stop_test_rising is not None
        watch = (rows * (1 + correct) + tests * rising) * there + KEPT * connections

    def of(epochs: int) -> int:
        updates, looks = epochs * batches, min(COST_EPOCHS, epochs + 1)
        each = (epochs * rows * BACK + updates * step) * connections + (epochs + looks) * rows * there
        each += epochs * watch
        return networks * each + slices * updates * len(experiment.layer_sizes[1:]) * CALLS

    return of


def _check_work(experiment: Experiment, networks: int, fewest: int) -> None:
    """Raise LimitExceededError if the work is too much; for the fewest networks the error is about the epochs."""
    if networks <= fewest:
        check_epochs(WORK_LIMIT, experiment.epochs, _work_by_epochs(experiment, networks))
    else:
        check_limit("work", WORK_LIMIT, work(experiment, networks))


def check_starts(request: StartsRequest) -> None:
    """Raise LimitExceededError if many starts exceed a limit."""
    _check_work(request.experiment, request.view.starts, FEWEST_STARTS)


def check_map(request: MapRequest) -> None:
    """Raise LimitExceededError if a map exceeds a limit."""
    runs = request.view.size**2
    _check_work(request.experiment, runs, SMALLEST_MAP**2)
    check_limit("bytes", BYTES_LIMIT, runs * (2 + 12 * request.view.numbers))


def check_landscape(request: LandscapeRequest) -> None:
    """Raise LimitExceededError if a landscape exceeds a limit."""
    check_limit("bytes", BYTES_LIMIT, 4 * request.view.size**2)
