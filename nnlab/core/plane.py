"""A square grid over the plane, and a network's output at each of its points."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnlab.core.activations import Activation
from nnlab.core.arrays import Array, Surface
from nnlab.core.data.datasets import Dataset
from nnlab.core.features import FEATURES
from nnlab.core.network import Parameters


def axis(dataset: Dataset, size: int) -> Array:
    """The coordinates of a square grid's rows and columns alike, over the dataset's domain, shape (size,)."""
    return np.linspace(*dataset.domain, size)


@dataclass(frozen=True)
class Plane:
    """A square grid on which one network after another is drawn.

    Each feature is computed once, and only as large as it is: x1 a row, x2 a column, x1*x2 a full
    grid. The first layer's sums then broadcast, and most of its work is done on rows and columns; with
    float32 this halves the time of a frame (``make bench``).

    Attributes:
        axis: coordinates of rows and columns, shape (size,).
        features: of the grid, in the experiment's order.
    """

    axis: Array
    features: list[Surface]

    @classmethod
    def over(cls, axis: Array, names: tuple[str, ...], precision: type[np.floating] = np.float64) -> "Plane":
        """Lay the grid: columns follow x1, rows follow x2."""
        row = axis.astype(precision)
        x1, x2 = row[np.newaxis, :], row[:, np.newaxis]
        return cls(axis, [FEATURES[name](x1, x2) for name in names])

    def outputs(self, parameters: Parameters, activations: list[Activation]) -> Surface:
        """The network's output at every point of the grid.

        Returns:
            Shape (size, size), rows follow x2 and columns x1, in the plane's precision.
        """
        outputs: Surface = list(self._layers(parameters, activations))[-1]
        return np.asarray(outputs[0])

    def units(self, parameters: Parameters, activations: list[Activation]) -> list[Surface]:
        """Every unit's activation over the grid: the features, then each layer, the output included.

        Returns:
            Shape (n, size, size) a layer.
        """
        size = len(self.axis)
        given = np.stack([np.broadcast_to(feature, (size, size)) for feature in self.features])
        return [given, *self._layers(parameters, activations)]

    def _layers(self, parameters: Parameters, activations: list[Activation]) -> Iterator[Surface]:
        precision, size = self.features[0].dtype, len(self.axis)
        layers = [layer.astype(precision) for layer in parameters.layers]
        sums = [self._first_layer_sum(row) for row in layers[0]]
        a = np.stack(sums).reshape(len(sums), -1)
        activations[0].apply(a, a)
        yield a.reshape(-1, size, size)
        for layer, g in zip(layers[1:], activations[1:], strict=True):
            a = layer[:, :-1] @ a + layer[:, -1:]
            g.apply(a, a)
            yield a.reshape(-1, size, size)

    def _first_layer_sum(self, row: Surface) -> Surface:
        """The sum z = b + sum_k w_k feature_k, adding rows and columns before full grids."""
        size = len(self.axis)
        terms = [weight * feature for weight, feature in zip(row[:-1], self.features, strict=True)]
        z = row[-1]
        for term in sorted(terms, key=np.size):
            z = z + term
        return np.broadcast_to(z, (size, size))
