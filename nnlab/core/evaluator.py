"""Evaluates one network or many on all training or all test rows: the cost, the outputs, the accuracy."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from nnlab.core import features
from nnlab.core.arrays import Array, Numbers
from nnlab.core.batches import chunks
from nnlab.core.data.datasets import Dataset
from nnlab.core.experiment import Experiment
from nnlab.core.losses import LOSSES
from nnlab.core.network import Batch, Parameters, PassBuffers

ROWS_AT_ONCE = 50
"""How many rows many networks are evaluated on at a time, so that their activations stay in a core's cache."""


class Evaluator:
    """Evaluates the present parameters on fixed rows."""

    def __init__(
        self, experiment: Experiment, parameters: Parameters, dataset: Dataset, points: Array, targets: Array
    ) -> None:
        """Allocate memory for the passes over these rows.

        Args:
            experiment: whose features, functions and loss apply.
            parameters: of one network or of many; read in place at every call.
            dataset: the dataset that the rows are of.
            points: of the rows, (m, 2).
            targets: of the rows, (m,).
        """
        self._networks, self._count = parameters.networks, len(targets)
        self._regression, self._middle = dataset.regression, dataset.middle
        self._sides = np.sign(targets - dataset.middle)
        inputs = features.apply(experiment.features, points).T
        buffers = partial(PassBuffers, parameters, experiment.layer_activations)
        parts = chunks(self._count, ROWS_AT_ONCE if self._networks else max(1, self._count))
        spaces = {rows: buffers(rows) for rows in {part.stop - part.start for part in parts}}
        loss = LOSSES[experiment.loss]
        self._parts = [
            Batch(spaces[part.stop - part.start], loss, inputs[:, part], targets[part], 1) for part in parts
        ]

    @classmethod
    def training(cls, experiment: Experiment, parameters: Parameters, dataset: Dataset) -> "Evaluator":
        """An evaluator on all training rows."""
        return cls(experiment, parameters, dataset, dataset.points, dataset.targets)

    @classmethod
    def test(cls, experiment: Experiment, parameters: Parameters, dataset: Dataset) -> "Evaluator":
        """An evaluator on all test rows."""
        return cls(experiment, parameters, dataset, dataset.test_points, dataset.test_targets)

    def cost(self) -> Numbers:
        """The cost of the present parameters, the mean over all rows: a number or (N,); NaN if there are no rows."""
        if len(self._parts) == 1:
            return self._parts[0].cost()
        if not self._parts:
            return np.full(self._networks, np.nan)
        return np.asarray(sum(part.cost() * part.targets.shape[1] for part in self._parts) / self._count)

    def outputs(self) -> Numbers:
        """The outputs of the present parameters at all rows, (m,) or (m, N)."""
        return np.concatenate([part.forward()[0].copy() for part in self._parts])

    def all_correct(self) -> NDArray[np.bool_]:
        """Whether every row is on its class's side of the middle, () or (N,); never in a regression."""
        if self._regression:
            return np.zeros(self._networks, dtype=bool)
        return np.asarray(self._correct().all(axis=-1))

    def accuracy(self) -> Array:
        """The share of rows on their class's side of the middle, () or (N,); NaN in a regression."""
        if self._regression:
            return np.full(self._networks, np.nan)
        return np.asarray(self._correct().mean(axis=-1))

    def _correct(self) -> NDArray[np.bool_]:
        """Which rows are on their class's side of the middle, (m,) or (N, m)."""
        return np.asarray(np.sign(self.outputs().T - self._middle) == self._sides)
