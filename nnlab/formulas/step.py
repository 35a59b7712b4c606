"""Step: the first update of a run from given parameters, with the gradients of the rows that are written out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nnlab.core.checkpoint import Checkpoint
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.core.update import Update, passes, updates
from nnlab.formulas.layout import thinned


@dataclass(frozen=True)
class Step:
    """What the first batch of a run does.

    Attributes:
        update: worked out by the core.
        by_row: the own gradient of each row that is written out, laid out as ``Parameters.vector``.
    """

    update: Update
    by_row: Mapping[int, Parameters]

    @classmethod
    def first(cls, experiment: Experiment, parameters: Parameters) -> "Step":
        """What the first batch does to these parameters, with nothing remembered yet."""
        update, dataset = (
            next(updates(experiment, Checkpoint.at_start(experiment, parameters))),
            experiment.data(),
        )
        rows = thinned(update.rows.tolist())
        by_row = {
            row: passes(experiment, dataset, parameters, np.array([row]), divisor=1).gradient for row in rows
        }
        return cls(update, by_row)
