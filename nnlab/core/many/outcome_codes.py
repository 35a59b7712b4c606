"""Packs the outcome of each run into a byte, the pixel of a map: how soon and well it trained, or how badly it failed."""

import numpy as np
from numpy.typing import NDArray

from nnlab.core import solved_runs
from nnlab.core.arrays import Array
from nnlab.core.experiment import Experiment

LAST_TRAINED = 126
"""Codes 0 to this are runs that train, from the soonest to the latest."""

DIVERGED = 127
"""The code of runs whose numbers stopped being finite."""

FIRST_FAILED = 128
LAST_FAILED = 254
"""Codes between these are runs that fail otherwise, from the mildest to the worst."""

SOON = 0.75
"""The weight of how soon a run trained in its code; the rest is the weight of how well."""

WELL = 100.0
"""The code no longer distinguishes costs lower than the solved cost divided by this."""


def outcome_codes(
    final_cost: Array,
    solved_since: NDArray[np.int64],
    epochs: int,
    experiment: Experiment,
    diverged: NDArray[np.bool_] | bool = False,
) -> NDArray[np.uint8]:
    """The code of each run's outcome, a byte.

    Args:
        final_cost: any shape.
        solved_since: of the same shape; the epoch from which a run stays solved, -1 if it does not.
        epochs: that the runs took.
        experiment: what they share.
        diverged: of the same shape; whose numbers stopped being finite, whatever they were before.

    Returns:
        0 to 126 where a run trained, from the soonest and best to the latest and worst:

            126 (0.75 late + 0.25 (1 - well)),   late = solved_since / epochs,
            well = log(solved / final_cost) / log 100, cut off at 0 and 1

        127 where it diverged, and 128 to 254 where it failed otherwise, in proportion to the logarithm of its cost
        between that of a solved run and that of all answers wrong.
    """
    mildest, worst = solved_runs.solved_cost(experiment), solved_runs.worst_cost(experiment)
    late = np.clip(solved_since / epochs, 0.0, 1.0)
    cost = np.fmin(final_cost, worst)  # NaN too is as bad as can be
    bad = np.log(np.maximum(cost, mildest) / mildest) / np.log(worst / mildest)
    well = np.log(mildest / np.clip(cost, mildest / WELL, mildest)) / np.log(WELL)
    trained = np.rint(LAST_TRAINED * (SOON * late + (1 - SOON) * (1 - well)))
    failed = FIRST_FAILED + np.rint((LAST_FAILED - FIRST_FAILED) * bad)
    codes = np.where(solved_since >= 0, trained, failed)
    return np.asarray(np.where(diverged, DIVERGED, codes), dtype=np.uint8)
