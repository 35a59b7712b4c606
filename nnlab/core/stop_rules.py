"""The ways in which a run can end, and the stop rules, which end it before its last epoch.

Everything here is elementwise, so it serves one network, numbers of shape (), and many at once, (N,).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlab.core.activations import Activation
from nnlab.core.arrays import Array, Numbers
from nnlab.core.experiment import Experiment

Codes = NDArray[np.int8]

ENDS = ("completed", "diverged", "all_correct", "cost_reached", "no_improvement", "test_rising")
"""Every way a run can end. An array of ends holds indices into this tuple."""

UNDER_WAY = -1
COMPLETED, DIVERGED, ALL_CORRECT, COST_REACHED, NO_IMPROVEMENT, TEST_RISING = range(len(ENDS))

NUMBERS_KEPT = 4
"""The memory: least cost, epochs since it was reached, last test cost, epochs for which that has been rising."""


def may_diverge(experiment: Experiment, activations: Sequence[Activation]) -> bool:
    """Whether the numbers of a run could stop being finite, so that they have to be checked after every epoch.

    With bounded activations everywhere a gradient is at most as large as the weights behind it: weights then grow
    no faster than a power of the number of updates, which is far from overflow. A penalty that is too
    strong for the learning rate throws weights further out at every update, whatever the activations.
    """
    return experiment.regularization != "none" or not all(each.bounded for each in activations)


def has_rule(experiment: Experiment) -> bool:
    """Whether a rule may end the run before its last epoch."""
    rules = (experiment.stop_cost, experiment.stop_no_improvement, experiment.stop_test_rising)
    return experiment.stop_all_correct or any(rule is not None for rule in rules)


def no_stop_memory(networks: tuple[int, ...]) -> Array:
    """The memory of the stop rules before the first epoch, (NUMBERS_KEPT,) or (NUMBERS_KEPT, N)."""
    memory = np.zeros((NUMBERS_KEPT, *networks))
    memory[0], memory[2] = np.inf, np.nan
    return memory


class StopRules:
    """Checks the stop rules after every epoch, and reports which of them ends the run.

    Attributes:
        memory: the numbers that the rules keep from epoch to epoch; changed in place.
    """

    def __init__(self, experiment: Experiment, memory: Array) -> None:
        """Start from a memory: ``no_stop_memory`` at the first epoch, a checkpoint's later."""
        self._experiment = experiment
        self.memory = memory
        self.asks_for_outputs = experiment.stop_all_correct
        self.asks_for_test_cost = experiment.stop_test_rising is not None

    def check(
        self, cost: Numbers, test_cost: Numbers | None = None, all_correct: Numbers | None = None
    ) -> Codes:
        """How each run has ended after an epoch, or UNDER_WAY; where several ends apply, the first of ENDS.

        A run improves when its cost is less than it ever was. A test cost rises when it is greater than an
        epoch before.

        Args:
            cost: over the training rows now, () or (N,).
            test_cost: over the test rows, if ``asks_for_test_cost``.
            all_correct: whether every training row is correct, if ``asks_for_outputs``.
        """
        experiment, (best, stale, last, rising) = self._experiment, self.memory
        ends = np.full(np.shape(cost), UNDER_WAY, dtype=np.int8)
        if test_cost is not None and experiment.stop_test_rising is not None:
            rising = np.where(test_cost > last, rising + 1, 0)
            self.memory[2], self.memory[3] = test_cost, rising
            ends[rising >= experiment.stop_test_rising] = TEST_RISING
        if experiment.stop_no_improvement is not None:
            improved = cost < best
            stale = np.where(improved, 0, stale + 1)
            self.memory[0], self.memory[1] = np.where(improved, cost, best), stale
            ends[stale >= experiment.stop_no_improvement] = NO_IMPROVEMENT
        if experiment.stop_cost is not None:
            ends[cost < experiment.stop_cost] = COST_REACHED
        if all_correct is not None:
            ends[all_correct] = ALL_CORRECT
        return ends


def diverged(vector: Numbers, cost: Numbers) -> NDArray[np.bool_]:
    """Which networks have a parameter or a cost that is no finite number: () for (n,), (N,) for (n, N)."""
    return ~(np.isfinite(vector).all(axis=0) & np.isfinite(cost))
