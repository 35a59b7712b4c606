"""Many starts: runs of one experiment that differ only in their seed, and the share of them that trains."""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.core.arguments import whole_number
from nnlab.core.arrays import Array
from nnlab.core.experiment import LARGEST_SEED, Experiment, described, required
from nnlab.core.initializers import DRAWN_BY_SEED
from nnlab.core.many import statistics
from nnlab.core.many.many_training import ManyHistory, train_variations
from nnlab.core.many.variations import Precision, Variations


@dataclass(frozen=True, eq=False)
class ManyStarts:
    """Finished runs of one experiment that differ in the seed alone.

    Attributes:
        history: of all of them; number i started from the experiment's seed + i.
    """

    history: ManyHistory

    def __repr__(self) -> str:
        """Summarize it in one line."""
        share, which = self.success, described(self.history.variations.experiment)
        return f"ManyStarts({which}: {share.successes} of {share.count} starts solved)"

    @property
    def final_cost(self) -> Array:
        """The cost after the last epoch, (starts,)."""
        return self.history.final_cost

    @property
    def solved(self) -> NDArray[np.bool_]:
        """Which runs have learned their data, (starts,)."""
        return self.history.solved

    @property
    def success(self) -> statistics.Share:
        """The share of runs that are solved, with its 95 % interval."""
        return statistics.wilson(int(self.solved.sum()), len(self.solved))

    @property
    def all_right(self) -> int | None:
        """How many runs end with every training row correct; None in a regression."""
        accuracy = self.history.accuracy
        return None if np.isnan(accuracy).any() else int((accuracy == 1).sum())

    @property
    def fan(self) -> Array:
        """Quantiles of the cost at the epochs of the history: (5, k) for 5, 25, 50, 75 and 95 %."""
        return statistics.fan(self.history.cost)

    def wall(self, count: int = 24) -> list[int]:
        """The numbers of ``count`` runs, evenly spaced from the worst final cost to the best."""
        order = np.argsort(-self.final_cost, kind="stable")
        ranks = np.rint(np.linspace(0, len(order) - 1, min(count, len(order)))).astype(int)
        return [int(order[rank]) for rank in ranks]


def random(experiment: Experiment) -> Experiment:
    """The experiment itself if its starts are drawn by seed; else with uniform initialization."""
    if experiment.initialization in DRAWN_BY_SEED:
        return experiment
    return experiment.changed(initialization="uniform")


def variations(experiment: Experiment, starts: int) -> Variations:
    """The experiment with its own seed, and with each of those after it.

    Raises:
        ValueError: there is no start, or a seed would be beyond the largest.
        TypeError: ``experiment`` is no Experiment, or ``starts`` no whole number.
    """
    required(experiment)
    starts = whole_number("starts", starts, 1)
    if experiment.seed + starts - 1 > LARGEST_SEED:
        raise ValueError(f"seed must be at most {LARGEST_SEED - starts + 1}, got {experiment.seed}")
    seeds = experiment.seed + np.arange(starts, dtype=np.int64)
    return Variations(experiment, starts, {"seed": seeds})


def many_starts(experiment: Experiment, starts: int = 1000, *, precision: Precision = "double") -> ManyStarts:
    """Train an experiment from many starts: start i is the experiment with seed + i.

    An initialization that draws nothing (notebook, zeros, equal, explicit) starts alike every time.

    Raises:
        ValueError: there is no start, or a seed would be beyond the largest.
        TypeError: ``experiment`` is no Experiment, or ``starts`` no whole number.

    Warns:
        UserWarning: all starts would be the same, since the initialization draws nothing by the seed.
    """
    runs = variations(experiment, starts)
    if len(runs) > 1 and experiment.initialization not in DRAWN_BY_SEED:
        warnings.warn(
            f"all {len(runs)} starts are the same: initialization={experiment.initialization!r} draws nothing by the seed;"
            f" initialization must be one of {', '.join(DRAWN_BY_SEED)} for them to differ",
            stacklevel=2,
        )
    return ManyStarts(train_variations(runs, precision=precision))
