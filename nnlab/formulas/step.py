"""Step: one update of the parameters, worked out by the core."""

from dataclasses import dataclass

from nnlab.core import optimizers
from nnlab.core.datasets import ROWS
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.formulas.numbers import batch_of, row_gradient


def batches(experiment: Experiment) -> list[range]:
    """The rows of each batch, from 0, in the order they are taken."""
    starts = range(0, len(ROWS), experiment.batch_size)
    return [range(start, min(start + experiment.batch_size, len(ROWS))) for start in starts]


def divisor(experiment: Experiment, rows: range) -> int:
    """What a batch's summed gradient is divided by."""
    return experiment.batch_size if experiment.batch_divisor == "nominal" else len(rows)


@dataclass(frozen=True)
class Step:
    """What one batch does to the parameters.

    Attributes:
        rows: of the batch, from 0.
        divisor: of its summed gradient.
        by_row: each row's own gradient, laid out as ``Parameters.vector``.
        gradient: the batch's, divided.
        before, after: the parameters.
    """

    rows: range
    divisor: int
    by_row: list[Parameters]
    gradient: Parameters
    before: Parameters
    after: Parameters

    @classmethod
    def first(cls, experiment: Experiment, parameters: Parameters) -> "Step":
        """What the first batch of an epoch does to these parameters."""
        rows = batches(experiment)[0]
        batch = batch_of(experiment, parameters, rows, divisor(experiment, rows))
        batch.forward()
        batch.backward()
        after = parameters.copy()
        optimizers.gradient_descent(after.vector, batch.gradient.vector.copy(), experiment.learning_rate)
        by_row = [row_gradient(experiment, parameters, row).gradient for row in rows]
        return cls(rows, divisor(experiment, rows), by_row, batch.gradient, parameters, after)
