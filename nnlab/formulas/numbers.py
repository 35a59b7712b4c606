"""Numbers: what one training row makes of a network, every step of it computed by the core."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nnlab.core import features, network
from nnlab.core.activations import Activation
from nnlab.core.arrays import Array, Surface
from nnlab.core.experiment import Experiment
from nnlab.core.losses import LOSSES
from nnlab.core.network import Batch, Parameters


def batch_of(experiment: Experiment, parameters: Parameters, rows: Sequence[int], divisor: int) -> Batch:
    """Some training rows, set up as in training and run through the network, there and back."""
    dataset, chosen = experiment.data(), list(rows)
    inputs = features.apply(experiment.features, dataset.points[chosen]).T
    batch = Batch.alone(
        parameters,
        experiment.layer_activations,
        inputs,
        dataset.targets[chosen],
        divisor,
        LOSSES[experiment.loss],
    )
    batch.forward()
    batch.backward()
    return batch


@dataclass(frozen=True)
class Numbers:
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
        """Of this row."""
        return float(self.losses[self.row])

    @classmethod
    def of(cls, experiment: Experiment, parameters: Parameters, row: int = 0) -> "Numbers":
        """Run the row through the network, there and back.

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
        parameters, functions = parameters.copy(), experiment.layer_activations
        inputs = features.apply(experiment.features, dataset.points[row : row + 1]).T
        passes = network.forward(parameters, functions, inputs)
        signals = columns(layer.activations for layer in passes)
        alone = batch_of(experiment, parameters, [row], divisor=1)
        everything = batch_of(experiment, parameters, rows, divisor=len(rows))
        nothing = inputs[:0, 0]
        return cls(
            parameters=parameters,
            row=row,
            point=dataset.points[row],
            target=float(dataset.targets[row]),
            weighted_sums=[nothing, *columns(layer.weighted_sums for layer in passes)],
            signals=[inputs[:, 0], *signals],
            slopes=[nothing, *map(slopes_of, functions, signals)],
            deltas=[nothing, *columns(alone.workspace.deltas)],
            gradient=alone.gradient,
            outputs=everything.outputs[0],
            targets=dataset.targets,
            losses=row_losses(everything),
            cost=float(everything.cost()),
        )


def slopes_of(function: Activation, a: Array) -> Array:
    """g'(z) of a layer with these activations."""
    slopes = np.empty_like(a)
    function.slope(a, slopes)
    return slopes


def row_losses(batch: Batch) -> Array:
    """Each row's own loss, (m,): to the core, m networks of one row each."""
    each = (1, 1, -1)
    parts = (part.reshape(each) for part in (batch.sums, batch.outputs, batch.targets))
    return np.asarray(batch.loss.cost(*parts), dtype=np.float64)


def columns(layers: Iterable[Surface]) -> list[Array]:
    """The only column of each layer's array, as a vector of its own."""
    return [layer[:, 0].astype(np.float64) for layer in layers]


def check_shape(experiment: Experiment, parameters: Parameters) -> None:
    """Raise ValueError unless the parameters are of the experiment's network."""
    if parameters.layer_sizes != experiment.layer_sizes:
        raise ValueError(
            f"parameters must be of a network {experiment.layer_sizes}, got {parameters.layer_sizes}"
        )
