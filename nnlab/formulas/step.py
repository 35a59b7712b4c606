"""Step: one update of the parameters, worked out by the core."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nnlab.core.arrays import Array
from nnlab.core.descent import cut, no_memory, order_of
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.core.optimizers import OPTIMIZERS
from nnlab.core.regularizers import REGULARIZERS, pull, pull_and_clamp, weights_alone
from nnlab.formulas.layout import thinned
from nnlab.formulas.numbers import batch_of


def batch_size(experiment: Experiment) -> int:
    """Rows in a full batch: all rows if there are fewer than were asked for."""
    return min(experiment.batch_size, experiment.train_rows)


def batches(experiment: Experiment) -> list[list[int]]:
    """The rows of each batch, from 0, in the order in which the first epoch takes them."""
    count = experiment.train_rows
    rows = order_of(experiment, 1, count).tolist() if experiment.shuffle else list(range(count))
    return [rows[part] for part in cut(count, batch_size(experiment))]


def divisor(experiment: Experiment, every: list[list[int]], number: int = 0) -> int:
    """What the summed gradient of a batch is divided by, of all batches: its number counts from 0."""
    return len(every[0] if experiment.batch_divisor == "nominal" else every[number])


@dataclass(frozen=True)
class Step:
    """What one batch does to the parameters.

    Attributes:
        rows: of the batch, from 0.
        divisor: of its summed gradient.
        by_row: the own gradient of each row that is written out, laid out as ``Parameters.vector``.
        gradient: the batch's, divided.
        before: the parameters.
        stepped: after the optimizer's step.
        pulled: after the pull of the regularization; if there is none, as they were.
        after: at the end; unlike ``pulled`` where a weight was put at 0.
        slope: of the penalty at each parameter before; 0 for biases.
        memory: of the optimizer, after its step, shape (k, n).
    """

    rows: list[int]
    divisor: int
    by_row: Mapping[int, Parameters]
    gradient: Parameters
    before: Parameters
    stepped: Parameters
    pulled: Parameters
    after: Parameters
    slope: Parameters
    memory: Array

    @classmethod
    def first(cls, experiment: Experiment, parameters: Parameters) -> "Step":
        """What the first batch of an epoch does to these parameters, taken as the first update of a run."""
        every = batches(experiment)
        rows, divided_by = every[0], divisor(experiment, every)
        batch = batch_of(experiment, parameters, rows, divided_by)
        sizes, optimizer = parameters.layer_sizes, OPTIMIZERS[experiment.optimizer]
        memory = no_memory(experiment, parameters.vector)
        stepped = parameters.copy()
        optimizer.step(
            stepped.vector,
            batch.gradient.vector.copy(),
            experiment.learning_rate,
            *([memory[: optimizer.memory]] if optimizer.memory else []),
            **{name: getattr(experiment, name) for name in optimizer.settings},
            **({"update": 1} if optimizer.counts else {}),
        )
        pulled, after = stepped.copy(), stepped.copy()
        slope = Parameters(sizes, np.zeros_like(parameters.vector))
        if (regularizer := REGULARIZERS.get(experiment.regularization)) is not None:
            weights, rule = weights_alone(sizes), regularizer.slope
            strength = experiment.learning_rate * experiment.regularization_rate * weights
            slope = Parameters(sizes, weights * rule(parameters.vector))
            pull(pulled.vector, parameters.vector, rule, strength)
            after = pulled.copy()
            if clamps(experiment):
                after = stepped.copy()
                pull_and_clamp(after.vector, parameters.vector, rule, strength, memory[-1])
        by_row = {row: batch_of(experiment, parameters, [row], divisor=1).gradient for row in thinned(rows)}
        return cls(
            rows=rows,
            divisor=divided_by,
            by_row=by_row,
            gradient=batch.gradient,
            before=parameters,
            stepped=stepped,
            pulled=pulled,
            after=after,
            slope=slope,
            memory=memory[: optimizer.memory],
        )


def clamps(experiment: Experiment) -> bool:
    """Whether a weight that the pull carries across 0 is put at 0."""
    regularizer = REGULARIZERS.get(experiment.regularization)
    return regularizer is not None and regularizer.clamps and experiment.l1_clamp
