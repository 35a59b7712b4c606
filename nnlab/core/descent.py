"""Mini-batch training through whole epochs: the same for one network and for many at once."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from nnlab.core import features
from nnlab.core.arrays import Array, Numbers
from nnlab.core.experiment import Experiment
from nnlab.core.losses import LOSSES, Loss
from nnlab.core.network import Batch, Parameters, Workspace
from nnlab.core.optimizers import OPTIMIZERS
from nnlab.core.regularizers import REGULARIZERS, pull, pull_and_clamp, weights_alone

ROWS_AT_ONCE = 50
"""Of many networks the cost is taken over so many rows at a time, to keep their activations in a core's cache."""


def order_of(experiment: Experiment, epoch: int, rows: int) -> NDArray[np.int64]:
    """The order in which an epoch takes the rows: a function of (data_seed, epoch) and of nothing before it."""
    return np.random.default_rng((experiment.data_seed, epoch)).permutation(rows)


def _pins(experiment: Experiment) -> bool:
    regularizer = REGULARIZERS.get(experiment.regularization)
    return regularizer is not None and regularizer.clamps and experiment.l1_clamp


def no_memory(experiment: Experiment, vector: Numbers) -> Numbers:
    """What an optimizer remembers before its first update, for parameters (n,) or (n, N)."""
    kept = OPTIMIZERS[experiment.optimizer].memory + _pins(experiment)
    return np.zeros((kept, *vector.shape), dtype=vector.dtype)


def cut(rows: int, size: int) -> list[slice]:
    """Rows in order, in batches of this size; the last one may be shorter."""
    return [slice(start, min(start + size, rows)) for start in range(0, rows, size)]


class Rows:
    """All training or all test rows, to take the cost over, some at a time."""

    def __init__(
        self,
        workspace: Callable[[int], Workspace],
        loss: Loss,
        inputs: Array,
        targets: Array,
        stride: int,
        networks: tuple[int, ...],
    ) -> None:
        """Lay them out.

        Args:
            workspace: makes memory for so many rows.
            loss: what the cost is the mean of.
            inputs: (n_in, m).
            targets: (m,).
            stride: rows at a time.
            networks: () for one, (N,) for many.
        """
        self._networks = networks
        self._count, chosen = len(targets), cut(len(targets), max(1, stride))
        spaces = {rows: workspace(rows) for rows in {part.stop - part.start for part in chosen}}
        self._parts = [
            Batch(spaces[part.stop - part.start], loss, inputs[:, part], targets[part], 1) for part in chosen
        ]

    def cost(self) -> Numbers:
        """The mean over all rows, a number or (N,); NaN if there are none."""
        if len(self._parts) == 1:
            return self._parts[0].cost()
        if not self._parts:
            return np.full(self._networks, np.nan)
        return np.asarray(sum(part.cost() * part.targets.shape[1] for part in self._parts) / self._count)

    def outputs(self) -> Numbers:
        """The outputs at all rows, (m,) or (m, N)."""
        return np.concatenate([part.forward()[0].copy() for part in self._parts])


class Descent:
    """Parameters on their way down the cost, and the batches that show them the way.

    Attributes:
        dataset: what is trained on.
        parameters: of one network or of many, changed in place.
        memory: what is remembered from update to update, (k, n) or (k, n, N): the optimizer's vectors, and last
            which weights are pinned, if L1 pins any. With the parameters and the epoch it is all there is to know.
    """

    def __init__(
        self,
        experiment: Experiment,
        parameters: Parameters,
        learning_rate: float | Numbers,
        epoch: int = 0,
        memory: Numbers | None = None,
    ) -> None:
        """Cut the data into batches.

        Args:
            experiment: whose data, features, activations and batches they are.
            parameters: where they are now.
            learning_rate: one for all networks, or (N,).
            epoch: epochs completed.
            memory: as it was then; 0 if left out.
        """
        self.dataset = experiment.data()
        self.parameters = parameters
        self._experiment, self._epoch = experiment, epoch
        self._inputs = features.apply(experiment.features, self.dataset.points).T
        rows = len(self.dataset.targets)
        size = min(experiment.batch_size, rows)
        nominal = experiment.batch_divisor == "nominal"
        activations, loss = experiment.layer_activations, LOSSES[experiment.loss]
        workspace = partial(Workspace, parameters, activations)
        tests = features.apply(experiment.features, self.dataset.test_points).T
        stride = ROWS_AT_ONCE if parameters.networks else max(rows, tests.shape[1])
        networks = parameters.networks
        self._all_rows = Rows(workspace, loss, self._inputs, self.dataset.targets, stride, networks)
        self._test_rows = Rows(workspace, loss, tests, self.dataset.test_targets, stride, networks)
        spaces = {m: workspace(m) for m in {size, rows % size} if m}
        self._slices = cut(rows, size)
        self._batches = [
            Batch(
                spaces[chosen.stop - chosen.start],
                loss,
                self._inputs[:, chosen],
                self.dataset.targets[chosen],
                size if nominal else chosen.stop - chosen.start,
            )
            for chosen in self._slices
        ]
        self._sides = np.sign(self.dataset.targets - self.dataset.middle)
        self._shuffle = experiment.shuffle
        self._plan_update(
            learning_rate, no_memory(experiment, parameters.vector) if memory is None else memory
        )

    def _plan_update(self, learning_rate: float | Numbers, memory: Numbers) -> None:
        experiment, theta = self._experiment, self.parameters.vector
        optimizer = OPTIMIZERS[experiment.optimizer]
        self.memory = memory
        self._updates = self._epoch * len(self._batches)
        settings = {name: getattr(experiment, name) for name in optimizer.settings}
        self._step: Callable[..., None] = partial(optimizer.step, theta, **settings)
        self._counts = optimizer.counts
        self._learning_rate = learning_rate
        self._arguments = (memory[: optimizer.memory],) if optimizer.memory else ()
        self._pull: Callable[..., None] | None = None
        regularizer = REGULARIZERS.get(experiment.regularization)
        if regularizer is not None:
            mask = weights_alone(self.parameters.layer_sizes).astype(theta.dtype)
            mask = mask.reshape(-1, *(1,) * (theta.ndim - 1))
            strength = mask * (learning_rate * theta.dtype.type(experiment.regularization_rate))
            pulled = partial(pull_and_clamp, pinned=memory[-1]) if _pins(experiment) else pull
            self._pull = partial(pulled, slope=regularizer.slope, strength=strength)

    def run_epoch(self) -> None:
        """Take every batch once: the optimizer's step on the batch's gradient, then the pull of the penalty."""
        if self._shuffle:
            self._deal()
        self._epoch += 1
        if self._pull is None and not self._counts:
            step, rate, rest = self._step, self._learning_rate, self._arguments
            for batch in self._batches:
                batch.forward()
                step(batch.backward(), rate, *rest)
        else:
            for batch in self._batches:
                batch.forward()
                self._update(batch.backward())

    def _update(self, gradient: Numbers) -> None:
        theta = self.parameters.vector
        self._updates += 1
        before = theta.copy() if self._pull else theta
        counted = {"update": self._updates} if self._counts else {}
        self._step(gradient, self._learning_rate, *self._arguments, **counted)
        if self._pull:
            self._pull(theta, before)

    def _deal(self) -> None:
        """Put the rows into the batches in this epoch's order."""
        order = order_of(self._experiment, self._epoch, len(self.dataset.targets))
        for batch, chosen in zip(self._batches, self._slices, strict=True):
            rows = order[chosen]
            batch.take(self._inputs[:, rows], self.dataset.targets[rows])

    def cost(self) -> Numbers:
        """The cost over all training rows, with the parameters as they are now: a number, or (N,)."""
        return self._all_rows.cost()

    def outputs(self) -> Numbers:
        """The outputs at all training rows now: (m,) or (m, N)."""
        return self._all_rows.outputs()

    def all_correct(self) -> NDArray[np.bool_]:
        """Whether every training row is on its class's side of the middle, () or (N,); never in a regression."""
        if self.dataset.regression:
            return np.zeros(self.parameters.networks, dtype=bool)
        return np.asarray(self._right().all(axis=-1))

    def accuracy(self) -> Array:
        """The share of training rows that are, () or (N,); NaN in a regression."""
        if self.dataset.regression:
            return np.full(self.parameters.networks, np.nan)
        return np.asarray(self._right().mean(axis=-1))

    def _right(self) -> NDArray[np.bool_]:
        """Which training rows are on their class's side of the middle, (m,) or (N, m)."""
        return np.asarray(np.sign(self.outputs().T - self.dataset.middle) == self._sides)

    def test_cost(self) -> Numbers:
        """The cost over all test rows, likewise; NaN where there are none."""
        return self._test_rows.cost()
