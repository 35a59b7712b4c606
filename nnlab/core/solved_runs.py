"""Whether a run has learned its data, and since when: the one definition, for single runs and for many."""

import numpy as np
from numpy.typing import NDArray

from nnlab.core.arrays import Array
from nnlab.core.data.datasets import ENCODINGS
from nnlab.core.experiment import GATE_NAMES, REGRESSIONS, Experiment
from nnlab.core.stop_rules import ALL_CORRECT, COST_REACHED, DIVERGED, Codes

SOLVED_SHARE = 0.005
"""A cost is as low as that of a run that has learned below this share of the squared distance between the classes.

That is 0.02 for targets -1 and 1: outputs are off by a fifth, root mean square.
"""

PLATEAU_SHARES = (1 / 8, 1 / 12, 1 / 16)
"""Costs at which XOR runs stand still, likewise as shares: 1/2, 1/3 and 1/4 for targets -1 and 1.

There the network tells no row, one row or two rows from the rest, and answers the others with their mean.
"""


SOLVED_CROSS_ENTROPY = -float(np.log(0.9))
"""With cross-entropy: the chance that the network gives to the right class is 0.9, in the geometric mean."""

WORST_SHARE = 0.5
"""The cost of every answer wrong, as a share of the squared distance between the classes."""

WORST_CROSS_ENTROPY = -float(np.log(0.1))
"""With cross-entropy: the right class is given the chance of 0.1, where a solved run gives it 0.9."""

CROSS_ENTROPY_PLATEAUS = tuple(
    float(known * -(chance * np.log(chance) + (1 - chance) * np.log(1 - chance)))
    for known, chance in ((1, 1 / 2), (3 / 4, 1 / 3), (1 / 2, 1 / 2))
)
"""Where XOR stands still with cross-entropy: of four, three or two rows nothing is known but the mean."""


def squared_distance(experiment: Experiment) -> float:
    """The squared distance between the two classes' targets: 4 for -1 and 1, 1 for 0 and 1.

    Targets of a regression are in [-1, 1].
    """
    if experiment.dataset in REGRESSIONS:
        return 4.0
    encoding = ENCODINGS[experiment.encoding]
    return (encoding.high - encoding.low) ** 2


def solved_cost(experiment: Experiment) -> float:
    """The cost below which a run has learned its data, whatever ended it."""
    if experiment.loss == "cross_entropy":
        return SOLVED_CROSS_ENTROPY
    return SOLVED_SHARE * squared_distance(experiment)


def worst_cost(experiment: Experiment) -> float:
    """The highest cost that is told apart: of all answers wrong."""
    if experiment.loss == "cross_entropy":
        return WORST_CROSS_ENTROPY
    return WORST_SHARE * squared_distance(experiment)


def is_xor(experiment: Experiment) -> bool:
    """Whether it is the gate XOR or its opposite, whose rows no straight line can tell apart."""
    if experiment.dataset not in GATE_NAMES:
        return False
    _, a, b, _ = bits = experiment.data().targets
    return bool(a == b and bits[0] == bits[3] and a != bits[0])


def plateaus(experiment: Experiment) -> list[float]:
    """The costs at which runs of XOR stand still for long."""
    if experiment.loss == "cross_entropy":
        return list(CROSS_ENTROPY_PLATEAUS)
    return [share * squared_distance(experiment) for share in PLATEAU_SHARES]


LEARNED_ENDS = (ALL_CORRECT, COST_REACHED)
"""Ends that say that a run has learned: a rule was to stop it as soon as it had."""


def solved(final_cost: Array, ended: Codes, experiment: Experiment) -> NDArray[np.bool_]:
    """Which runs have learned their data.

    A run has if its cost ends below ``solved_cost``, or if a rule stopped it because it had learned: every training row was
    told right, or the cost was reached that was asked for. A run that diverged has not, however well it stood before.

    Args:
        final_cost: of each run, any shape.
        ended: why each ended, of the same shape: indices into ``stop_rules.ENDS``.
        experiment: what was trained.
    """
    learned = (final_cost < solved_cost(experiment)) | np.isin(ended, LEARNED_ENDS)
    return np.asarray(learned & (ended != DIVERGED))


def solved_since(
    cost: Array,
    epochs: NDArray[np.int64],
    ended: Codes,
    last_epochs: NDArray[np.int64],
    experiment: Experiment,
) -> NDArray[np.int64]:
    """The first of the given epochs from which a run stays solved to its end.

    Args:
        cost: of each network at each of these epochs, (N, k); of one that has ended, its last.
        epochs: at which the costs were taken, (k,).
        ended: why each ended, (N,).
        last_epochs: when, (N,).
        experiment: what was trained.

    Returns:
        Shape (N,); -1 where the run is not solved at its end. Where the rule that stopped it says so and its cost
        would not, it is the first of these epochs at which it had ended.
    """
    above = ~(cost < solved_cost(experiment))
    first = np.where(above.any(axis=1), cost.shape[1] - np.argmax(above[:, ::-1], axis=1), 0)
    first = np.minimum(first, np.searchsorted(epochs, last_epochs))
    return np.where(solved(cost[:, -1], ended, experiment), epochs[np.minimum(first, cost.shape[1] - 1)], -1)
