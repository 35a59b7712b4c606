"""The numbers that go with each frame, by name: how right the network is, and how each layer is doing."""

from collections.abc import Iterator

import numpy as np

from nnlab.core import features, metrics
from nnlab.core.arrays import Array
from nnlab.core.datasets import Dataset
from nnlab.core.experiment import Experiment
from nnlab.core.layers import Layers
from nnlab.core.network import Parameters
from nnlab.core.training import predict

OF_CLASSES = ("accuracy", "low_low", "low_high", "high_low", "high_high")
"""The share told right, and the confusion matrix: rows of the class that is named first, told to be the second."""

OF_NUMBERS = ("r_squared", "rmse")
OF_LAYERS = ("weights", "gradient", "activations", "dead", "saturated")


def measure_names(experiment: Experiment, dataset: Dataset) -> list[str]:
    """The names of all that is measured, in order: "train.accuracy", "test.rmse", "layer.0.gradient"."""
    of_rows = OF_NUMBERS if dataset.regression else OF_CLASSES
    sets = ["train", "test"] if len(dataset.test_targets) else ["train"]
    layers = range(len(experiment.layer_sizes) - 1)
    names = [f"{rows}.{name}" for rows in sets for name in of_rows]
    return names + [f"layer.{layer}.{name}" for layer in layers for name in OF_LAYERS]


class Measures:
    """What is measured at each frame of a run.

    Attributes:
        names: in the order of ``taken``.
    """

    def __init__(self, experiment: Experiment, parameters: Parameters, dataset: Dataset) -> None:
        """Lay them out for a network whose parameters are read in place."""
        self._experiment, self._parameters, self._dataset = experiment, parameters, dataset
        inputs = features.apply(experiment.features, dataset.points).T
        self._layers = Layers(experiment, parameters, inputs, dataset.targets)
        self.names = measure_names(experiment, dataset)

    def taken(self) -> Array:
        """All of them now, (names,); NaN where there is no such number."""
        with np.errstate(over="ignore", invalid="ignore"):  # a run may be about to diverge
            return np.array([*self._of_rows(), *self._of_layers()], dtype=np.float64)

    def _of_rows(self) -> Iterator[float]:
        data = self._dataset
        sets = [(data.points, data.targets), (data.test_points, data.test_targets)]
        for points, targets in sets:
            if not len(targets):
                continue
            outputs = predict(self._experiment, self._parameters, points)
            if data.regression:
                yield metrics.r_squared(outputs, targets)
                yield metrics.root_mean_squared_error(outputs, targets)
            else:
                yield metrics.accuracy(outputs, targets, data.middle)
                yield from metrics.confusion(outputs, targets, data.middle).ravel().astype(float)

    def _of_layers(self) -> Iterator[float]:
        for layer in self._layers.look():
            yield from (getattr(layer, name) for name in OF_LAYERS)
