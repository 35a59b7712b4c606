"""Numbers: what one row of the truth table makes of a network, every step of it computed by the core."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnlab.core import features, network
from nnlab.core.arrays import Array, Surface
from nnlab.core.datasets import ROWS
from nnlab.core.descent import network_activations
from nnlab.core.experiment import Experiment
from nnlab.core.losses import LOSSES
from nnlab.core.network import Batch, Parameters


def batch_of(experiment: Experiment, parameters: Parameters, rows: range, divisor: int) -> Batch:
    """Some consecutive rows of the truth table, set up as in training."""
    dataset = experiment.data()
    chosen = slice(rows.start, rows.stop)
    inputs = features.apply(experiment.features, dataset.points[chosen]).T
    activations = network_activations(experiment)
    return Batch.alone(
        parameters, activations, inputs, dataset.targets[chosen], divisor, LOSSES[experiment.loss]
    )


def row_gradient(experiment: Experiment, parameters: Parameters, row: int) -> Batch:
    """One row alone, after its forward and backward pass."""
    batch = batch_of(experiment, parameters, range(row, row + 1), divisor=1)
    batch.forward()
    batch.backward()
    return batch


@dataclass(frozen=True)
class Numbers:
    """The forward and backward pass of one row alone: the gradient is of its own loss, not yet divided.

    Lists by layer start with layer 0, the features, so that layer l stands at index l.

    Attributes:
        parameters: a copy of its own.
        row: of the truth table, from 0.
        point: (x1, x2), shape (2,).
        target: y.
        weighted_sums: z of each layer, shape (n,); empty for layer 0.
        signals: a of each layer, shape (n,).
        slopes: g'(z) of each layer, shape (n,); empty for layer 0.
        deltas: the loss's slope in z of each layer, shape (n,); empty for layer 0.
        gradient: the loss's slope in every parameter.
        loss: of this row.
        outputs: of every row, shape (4,).
        cost: of every row.
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
    loss: float
    outputs: Array
    cost: float

    @classmethod
    def of(cls, experiment: Experiment, parameters: Parameters, row: int = 0) -> "Numbers":
        """Run the row through the network, there and back.

        Args:
            experiment: whose data, features and functions apply.
            parameters: as they are at the epoch that is looked at.
            row: of the truth table, 0 to 3.

        Raises:
            ValueError: there is no such row, or the parameters are of another network.
        """
        check_shape(experiment, parameters)
        if row not in range(len(ROWS)):
            raise ValueError(f"row must be 0 to {len(ROWS) - 1}, got {row}")
        parameters, dataset = parameters.copy(), experiment.data()
        inputs = features.apply(experiment.features, dataset.points[row : row + 1]).T
        passes = network.forward(parameters, network_activations(experiment), inputs)
        alone = row_gradient(experiment, parameters, row)
        everything = batch_of(experiment, parameters, range(len(ROWS)), divisor=len(ROWS))
        nothing = inputs[:0, 0]
        return cls(
            parameters=parameters,
            row=row,
            point=dataset.points[row],
            target=float(dataset.targets[row]),
            weighted_sums=[nothing, *columns(layer.weighted_sums for layer in passes)],
            signals=[inputs[:, 0], *columns(layer.activations for layer in passes)],
            slopes=[nothing, *columns(alone.workspace.slopes)],
            deltas=[nothing, *columns(alone.workspace.deltas)],
            gradient=alone.gradient,
            loss=float(alone.cost()),
            outputs=everything.forward()[0],
            cost=float(everything.cost()),
        )


def columns(layers: Iterable[Surface]) -> list[Array]:
    """The only column of each layer's array, as a vector of its own."""
    return [layer[:, 0].astype(np.float64) for layer in layers]


def check_shape(experiment: Experiment, parameters: Parameters) -> None:
    """Raise ValueError unless the parameters are of the experiment's network."""
    if parameters.layer_sizes != experiment.layer_sizes:
        raise ValueError(
            f"parameters must be of a network {experiment.layer_sizes}, got {parameters.layer_sizes}"
        )
