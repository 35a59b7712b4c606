"""Decides whether a run has solved its task, and since which epoch: by its final cost, or by the rule that ended it."""

import numpy as np
from numpy.typing import NDArray

from nnlab.core.arrays import Array
from nnlab.core.data.datasets import ENCODINGS
from nnlab.core.experiment import GATE_NAMES, REGRESSIONS, Experiment
from nnlab.core.stop_rules import ALL_CORRECT, COST_REACHED, DIVERGED, Codes

SOLVED_SHARE = 0.005
"""A run is solved if its cost is below this share of the squared distance between the classes.

That is 0.02 for targets -1 and 1: outputs are off by a fifth, root mean square.
"""

PLATEAU_SHARES = (1 / 8, 1 / 12, 1 / 16)
"""The plateau costs of XOR as shares of the same distance: 1/2, 1/3 and 1/4 for targets -1 and 1.

On a plateau the network answers 4, 3 or 2 of the rows with their mean.
"""

SOLVED_CROSS_ENTROPY = -float(np.log(0.9))
"""The same limit under cross-entropy: the right class has a probability of 0.9, in the geometric mean."""

WORST_SHARE = 0.5
"""The cost of a network that is wrong on every row, as a share of the squared distance between the classes."""

WORST_CROSS_ENTROPY = -float(np.log(0.1))
"""The same cost under cross-entropy: the right class has a probability of 0.1, where a solved run gives it 0.9."""

CROSS_ENTROPY_PLATEAUS = tuple(
    float(known * -(chance * np.log(chance) + (1 - chance) * np.log(1 - chance)))
    for known, chance in ((1, 1 / 2), (3 / 4, 1 / 3), (1 / 2, 1 / 2))
)
"""The plateau costs of XOR under cross-entropy: 4, 3 or 2 rows are answered with their mean."""


def squared_distance(experiment: Experiment) -> float:
    """The squared distance between the two classes' targets: 4 for -1 and 1, 1 for 0 and 1.

    Targets of a regression are in [-1, 1].
    """
    if experiment.dataset in REGRESSIONS:
        return 4.0
    encoding = ENCODINGS[experiment.encoding]
    return (encoding.high - encoding.low) ** 2


def solved_cost(experiment: Experiment) -> float:
    """The cost below which a run is solved, whatever ended it."""
    if experiment.loss == "cross_entropy":
        return SOLVED_CROSS_ENTROPY
    return SOLVED_SHARE * squared_distance(experiment)


def worst_cost(experiment: Experiment) -> float:
    """The cost of a network that is wrong on every row; pictures give higher costs its colour."""
    if experiment.loss == "cross_entropy":
        return WORST_CROSS_ENTROPY
    return WORST_SHARE * squared_distance(experiment)


def is_xor(experiment: Experiment) -> bool:
    """Whether the data are the gate XOR or its opposite, whose classes no straight line separates."""
    if experiment.dataset not in GATE_NAMES:
        return False
    _, a, b, _ = bits = experiment.data().targets
    return bool(a == b and bits[0] == bits[3] and a != bits[0])


def plateaus(experiment: Experiment) -> list[float]:
    """The plateau costs of XOR: runs stay near them for many epochs."""
    if experiment.loss == "cross_entropy":
        return list(CROSS_ENTROPY_PLATEAUS)
    return [share * squared_distance(experiment) for share in PLATEAU_SHARES]


LEARNED_ENDS = (ALL_CORRECT, COST_REACHED)
"""Ends of a solved run: a rule stopped it because it had learned its data."""


def solved(final_cost: Array, ended: Codes, experiment: Experiment) -> NDArray[np.bool_]:
    """Which runs are solved: have learned their data.

    A run is if its cost ends below ``solved_cost``, or if a rule stopped it because it had learned: every training row was
    correct, or ``stop_cost`` was reached. A run that diverged is not, however low its cost was before.

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
