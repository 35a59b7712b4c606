"""Measures each layer of a network: the size of its weights, gradients and activations, and units that are stuck.

A gradient that shrinks from layer to layer vanishes, one that grows explodes; a ReLU that is silent on every row is
dead, and a tanh or sigmoid at the end of its range is saturated: neither learns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnlab.core import features
from nnlab.core.activations import ACTIVATIONS, SATURATED
from nnlab.core.arrays import Array, Numbers
from nnlab.core.batches import chunks
from nnlab.core.data.datasets import Dataset
from nnlab.core.experiment import Experiment
from nnlab.core.losses import LOSSES
from nnlab.core.network import Batch, Parameters, PassBuffers

STUCK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dead": ("relu",),
        "saturated": tuple(name for name, activation in ACTIVATIONS.items() if activation.bounded),
    }
)
"""The ways in which a unit stops learning, and the activations that can bring it there."""


@dataclass(frozen=True)
class LayerState:
    """A layer after some epoch; root mean squares over its weights, or over its units and the training rows.

    Attributes:
        weights: size of its weights, without the biases.
        gradient: size of the gradient of the cost in these weights, over all training rows.
        activations: size of its units' outputs.
        dead: ReLU units that are 0 on every training row.
        saturated: tanh or sigmoid units within a fortieth of an end of their range on more than half of the rows.
    """

    weights: float
    gradient: float
    activations: float
    dead: int
    saturated: int


class LayerStatistics:
    """Measures the layers of one network; it can be called again after each epoch of its training."""

    def __init__(self, experiment: Experiment, parameters: Parameters, inputs: Array, targets: Array) -> None:
        """Allocate one pass over all training rows.

        Args:
            experiment: whose activation functions and loss apply.
            parameters: read in place at every measurement.
            inputs: features of the training rows, (n_in, m).
            targets: (m,).
        """
        self._buffers = PassBuffers(parameters, experiment.layer_activations, len(targets))
        loss = LOSSES[experiment.loss]
        self._batch = Batch(self._buffers, loss, inputs, targets, len(targets))
        hidden = len(experiment.hidden_layer_sizes)
        self._names = [experiment.activation] * hidden + [experiment.output_activation]
        self._parameters = parameters

    def measure(self) -> list[LayerState]:
        """Return the state of each layer with the present parameters, the output's last."""
        self._batch.forward()
        self._batch.backward()
        units = [a[:-1] for a in self._buffers.a]
        gradients = self._batch.gradient.weights
        layers = zip(self._parameters.weights, gradients, units, self._names, strict=True)
        return [
            LayerState(_size(weights), _size(gradient), _size(a), _dead(a, name), _saturated(a, name))
            for weights, gradient, a, name in layers
        ]


ROWS_OF_ALL = 20_000
"""Rows of all networks that are measured together, so that their activations stay within a few megabytes."""


def gradient_sizes(experiment: Experiment, dataset: Dataset, vectors: Numbers) -> Array:
    """The size of the gradient in each layer's weights, of many networks at once.

        size_l = sqrt(mean over the weights of layer l of (dC/dw)^2),   C over all training rows

    Args:
        experiment: whose functions and loss apply.
        dataset: whose training rows the cost is taken over.
        vectors: the networks' parameters, (n, N).

    Returns:
        Shape (layers, N), the ``LayerState.gradient`` of each network.
    """
    inputs = features.apply(experiment.features, dataset.points).T
    rows = len(dataset.targets)
    parts = chunks(vectors.shape[1], max(1, ROWS_OF_ALL // rows))
    with np.errstate(over="ignore", invalid="ignore"):  # a run may be about to diverge
        sizes = [
            _gradient_sizes(experiment, inputs, dataset.targets, np.ascontiguousarray(vectors[:, part]))
            for part in parts
        ]
    return np.concatenate(sizes, axis=1)


def _gradient_sizes(experiment: Experiment, inputs: Array, targets: Array, vectors: Numbers) -> Array:
    parameters = Parameters(experiment.layer_sizes, vectors)
    activations, loss = experiment.layer_activations, LOSSES[experiment.loss]
    batch = Batch.alone(parameters, activations, inputs, targets, len(targets), loss)
    batch.forward()
    batch.backward()
    return np.array([np.sqrt((weights**2).mean(axis=(0, 1))) for weights in batch.gradient.weights])


def _size(numbers: Numbers) -> float:
    flat = numbers.ravel()
    return float(np.sqrt(np.vdot(flat, flat) / flat.size))


def _dead(a: Numbers, name: str) -> int:
    return int((a <= 0).all(axis=1).sum()) if name in STUCK["dead"] else 0


def _saturated(a: Numbers, name: str) -> int:
    if name not in STUCK["saturated"]:
        return 0
    activation = ACTIVATIONS[name]
    middle, reach = (activation.high + activation.low) / 2, (activation.high - activation.low) / 2
    return int(((np.abs(a - middle) > SATURATED * reach).mean(axis=1) > 0.5).sum())
