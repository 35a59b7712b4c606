"""``RowValues`` holds every number of one training row's forward and backward pass."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnlab.core.arrays import Array, Numbers
from nnlab.core.backpropagation import Backpropagation
from nnlab.core.experiment import Experiment
from nnlab.core.losses import LOSSES
from nnlab.core.network import Parameters
from nnlab.core.update import passes


@dataclass(frozen=True)
class RowValues:
    """The forward and backward pass of one row alone: the gradient is of its own loss, not yet divided.

    Lists by layer start with layer 0, the features, so that layer l stands at index l.

    Attributes:
        parameters: a copy of its own.
        row: of the training rows, from 0.
        point: (x1, x2), shape (2,).
        target: y.
        weighted_sums: z of each layer, shape (n,); empty for layer 0.
        signals: a of each layer, shape (n,).
        slopes: g'(z) of each layer, shape (n,); empty for layer 0.
        deltas: the loss's slope in z of each layer, shape (n,); empty for layer 0.
        gradient: the loss's slope in every parameter.
        outputs, targets, losses: of every row, shape (m,).
        cost: their mean.
    """

    parameters: Parameters
    row: int
    point: Array
    target: float
    weighted_sums: list[Array]
    signals: list[Array]
    slopes: list[Array]
    deltas: list[Array]
    gradient: Parameters
    outputs: Array
    targets: Array
    losses: Array
    cost: float

    @property
    def loss(self) -> float:
        """The loss of this row."""
        return float(self.losses[self.row])

    @classmethod
    def of(cls, experiment: Experiment, parameters: Parameters, row: int = 0) -> "RowValues":
        """Compute the forward and backward pass of a row.

        Args:
            experiment: whose data, features and functions apply.
            parameters: as they are at the epoch that is looked at.
            row: of the training rows, from 0.

        Raises:
            ValueError: there is no such row, or the parameters are of another network.
        """
        check_shape(experiment, parameters)
        dataset = experiment.data()
        rows = range(len(dataset.targets))
        if row not in rows:
            raise ValueError(f"row must be 0 to {len(rows) - 1}, got {row}")
        parameters = parameters.copy()
        alone = passes(experiment, dataset, parameters, np.array([row]), divisor=1)
        everything = passes(experiment, dataset, parameters, np.arange(len(rows)), divisor=len(rows))
        nothing = alone.inputs[:0, 0]
        return cls(
            parameters=parameters,
            row=row,
            point=dataset.points[row],
            target=float(dataset.targets[row]),
            weighted_sums=[nothing, *columns(alone.weighted_sums)],
            signals=[alone.inputs[:, 0], *columns(alone.activations)],
            slopes=[nothing, *columns(alone.slopes)],
            deltas=[nothing, *columns(alone.deltas)],
            gradient=alone.gradient,
            outputs=everything.activations[-1][0],
            targets=dataset.targets,
            losses=row_losses(experiment, everything),
            cost=float(everything.cost),
        )


def row_losses(experiment: Experiment, everything: Backpropagation) -> Array:
    """Each row's own loss, (m,): to the core, m networks of one row each."""
    each = (everything.weighted_sums[-1], everything.activations[-1], everything.targets)
    losses = LOSSES[experiment.loss].cost(*(part.reshape(1, 1, -1) for part in each))
    return np.asarray(losses, dtype=np.float64)


def columns(layers: Iterable[Numbers]) -> list[Array]:
    """The only column of each layer's array, as a vector."""
    return [layer[:, 0].astype(np.float64) for layer in layers]


def check_shape(experiment: Experiment, parameters: Parameters) -> None:
    """Raise ValueError unless the parameters are of the experiment's network."""
    if parameters.layer_sizes != experiment.layer_sizes:
        raise ValueError(
            f"parameters must be of a network {experiment.layer_sizes}, got {parameters.layer_sizes}"
        )
