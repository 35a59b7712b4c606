"""Mini-batch gradient descent, epoch by epoch, and what one can look at on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import index

import numpy as np

from nnlab.core import features, network
from nnlab.core.arrays import Array, ArrayLike
from nnlab.core.descent import Descent, network_activations
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters


def predict(experiment: Experiment, parameters: Parameters, points: ArrayLike) -> Array:
    """What a network says at points of the plane.

    Args:
        experiment: whose features and activations apply.
        parameters: of the network.
        points: shape (m, 2).

    Returns:
        The outputs, shape (m,).

    Raises:
        ValueError: ``points`` is not of shape (m, 2).
    """
    inputs = features.apply(experiment.features, points).T
    layers = network.forward(parameters, network_activations(experiment), inputs)
    return np.asarray(layers[-1].activations[0], dtype=np.float64)


class Training:
    """A run under way. It only ever moves forward, by whole epochs.

    The cost after each completed epoch is taken over all rows, with the parameters as they are then.

    Attributes:
        experiment: what is trained.
        parameters: as they are now, changed in place.
        epoch: epochs completed; 0 before training.
        initial_cost: the cost before training.
        cost: the cost after each epoch, float64 (epochs,); valid up to ``epoch``.
    """

    def __init__(self, experiment: Experiment) -> None:
        """Stand before the first epoch."""
        self.experiment = experiment
        self.parameters = experiment.initial_parameters()
        self._descent = Descent(experiment, self.parameters, experiment.learning_rate)
        self.dataset = self._descent.dataset
        self.epoch = 0
        self.initial_cost = float(self._descent.cost())
        self.cost = np.full(experiment.epochs, np.nan)

    def advance(self, epochs: int) -> None:
        """Train for so many more epochs, at most to the experiment's last."""
        for _ in range(min(epochs, self.experiment.epochs - self.epoch)):
            self._descent.run_epoch()
            self.cost[self.epoch] = self._descent.cost()
            self.epoch += 1

    def current_cost(self) -> float:
        """The cost of the parameters as they are now."""
        return float(self.cost[self.epoch - 1]) if self.epoch else self.initial_cost


@dataclass(frozen=True, eq=False)
class Frame:
    """A network after a number of completed epochs.

    Attributes:
        experiment: what is trained.
        epoch: epochs completed; 0 is before training.
        cost: over all rows, with the parameters as they are then.
        parameters: a copy of its own.
    """

    experiment: Experiment
    epoch: int
    cost: float
    parameters: Parameters

    @property
    def weights(self) -> list[Array]:
        """Shape (n_out, n_in) a layer."""
        return self.parameters.weights

    @property
    def biases(self) -> list[Array]:
        """Shape (n_out,) a layer."""
        return self.parameters.biases

    def predict(self, points: ArrayLike) -> Array:
        """What this network says at points of the plane, (m, 2) -> (m,); applies the run's own features."""
        return predict(self.experiment, self.parameters, points)


@dataclass(frozen=True, eq=False)
class History:
    """A finished run.

    Attributes:
        experiment: what was trained.
        cost: after each completed epoch, float64 (epochs,).
        initial_cost: before training.
        parameters: after the last epoch.
    """

    experiment: Experiment
    cost: Array
    initial_cost: float
    parameters: Parameters

    @property
    def weights(self) -> list[Array]:
        """The final weights, shape (n_out, n_in) a layer."""
        return self.parameters.weights

    @property
    def biases(self) -> list[Array]:
        """The final biases, shape (n_out,) a layer."""
        return self.parameters.biases

    def predict(self, points: ArrayLike) -> Array:
        """What the trained network says at points of the plane, (m, 2) -> (m,)."""
        return predict(self.experiment, self.parameters, points)


def train(experiment: Experiment) -> History:
    """Train to the last epoch.

    The same experiment ends in the same bits every time, on one machine and NumPy build.
    """
    training = Training(experiment)
    training.advance(experiment.epochs)
    return History(experiment, training.cost, training.initial_cost, training.parameters)


def stream(experiment: Experiment, every: int = 1) -> Iterator[Frame]:
    """Train lazily, yielding the network before training, after every so many epochs, and after the last.

    Args:
        experiment: what to train.
        every: epochs between two frames, at least 1.

    Raises:
        ValueError: ``every`` is below 1. It is raised here, not at the first frame.
        TypeError: ``every`` is no whole number, likewise.
    """
    every = index(every)
    if every < 1:
        raise ValueError(f"every must be at least 1 epoch, got {every}")
    return _frames(Training(experiment), every)


def _frames(training: Training, every: int) -> Iterator[Frame]:
    while True:
        parameters = training.parameters.copy()
        yield Frame(training.experiment, training.epoch, training.current_cost(), parameters)
        if training.epoch == training.experiment.epochs:
            return
        training.advance(every)
