"""The update rule of an experiment: the optimizer's step, then the pull of the penalty on the weights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from nnlab.core.arrays import Numbers
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.core.optimizers import OPTIMIZERS, Optimizer
from nnlab.core.regularizers import REGULARIZERS, Regularizer, pull, pull_and_clamp, weights_alone


@dataclass(frozen=True, eq=False)
class UpdateRule:
    """An optimizer and a penalty with their settings.

    The *memory* that a rule keeps from update to update is (k, n), or (k, n, N) of many networks: the optimizer's
    vectors, and last, if L1 clamps, which weights are held at 0.

    Attributes:
        optimizer: what moves the parameters.
        settings: of the optimizer, by name, besides the learning rate.
        learning_rate: one for all networks, or (N,).
        regularizer: what pulls weights towards 0; None if nothing does.
        regularization_rate: how strongly.
        clamps: whether a weight that the pull carries across 0 is held at 0 from then on.
    """

    optimizer: Optimizer
    settings: Mapping[str, float]
    learning_rate: float | Numbers
    regularizer: Regularizer | None
    regularization_rate: float
    clamps: bool

    @classmethod
    def of(cls, experiment: Experiment, learning_rate: float | Numbers | None = None) -> "UpdateRule":
        """Return the update rule of an experiment; many networks may have learning rates of their own, (N,)."""
        optimizer = OPTIMIZERS[experiment.optimizer]
        regularizer = REGULARIZERS.get(experiment.regularization)
        return cls(
            optimizer,
            {name: getattr(experiment, name) for name in optimizer.settings},
            experiment.learning_rate if learning_rate is None else learning_rate,
            regularizer,
            experiment.regularization_rate,
            regularizer is not None and regularizer.clamps and experiment.l1_clamp,
        )

    @property
    def vectors(self) -> int:
        """The number of vectors in the memory."""
        return self.optimizer.memory + self.clamps

    def no_memory(self, vector: Numbers) -> Numbers:
        """The memory before the first update, for parameters (n,) or (n, N)."""
        return np.zeros((self.vectors, *vector.shape), dtype=vector.dtype)

    def strength(self, parameters: Parameters) -> Numbers:
        """The penalty's step size per parameter, (n,), (n, 1) or (n, N).

        It is learning rate times regularization rate for weights, 0 for biases.
        """
        theta = parameters.vector
        mask = weights_alone(parameters.layer_sizes).astype(theta.dtype)
        mask = mask.reshape(-1, *(1,) * (theta.ndim - 1))
        return np.asarray(mask * (self.learning_rate * theta.dtype.type(self.regularization_rate)))

    def stepper(self, theta: Numbers) -> Callable[..., None]:
        """Return a function that applies the optimizer's step to theta, and overwrites the gradient.

        It is called with the gradient and ``arguments``.

        An optimizer that counts its updates is also given ``update``, 1 at the first.
        """
        return partial(self.optimizer.step, theta, **self.settings)

    def arguments(self, memory: Numbers) -> tuple[Any, ...]:
        """The arguments of a step after the gradient: the learning rate, and the optimizer's vectors if it has any.

        By name they would cost 2 % of the training of XOR.
        """
        vectors = self.optimizer.memory
        return (self.learning_rate, memory[:vectors]) if vectors else (self.learning_rate,)

    def puller(self, parameters: Parameters, memory: Numbers) -> Callable[[Numbers, Numbers], None] | None:
        """Return a function that pulls weights towards 0 after the step, or None if there is no penalty.

        It is called with theta, changed in place, and theta before the step.
        """
        if self.regularizer is None:
            return None
        pulls = partial(pull_and_clamp, pinned=memory[-1]) if self.clamps else pull
        return partial(pulls, slope=self.regularizer.slope, strength=self.strength(parameters))

    def slope_and_pull(self, before: Parameters) -> tuple[Numbers, Numbers]:
        """The penalty's slope at parameters, 0 for biases, and what the pull takes off them; 0 without a penalty."""
        if self.regularizer is None:
            return np.zeros_like(before.vector), np.zeros_like(before.vector)
        slope = self.regularizer.slope(before.vector)
        alone = weights_alone(before.layer_sizes).reshape(-1, *(1,) * len(before.networks)) != 0
        return np.where(alone, slope, 0), self.strength(before) * slope

    def bound(self, parameters: Parameters, memory: Numbers, updates: int) -> Callable[..., None]:
        """Return a function that makes a whole update, as training does: called with the gradient and ``arguments``.

        Args:
            parameters: changed in place, as is ``memory``.
            memory: as it is after so many updates.
            updates: made so far.
        """
        step, pulls = self.stepper(parameters.vector), self.puller(parameters, memory)
        if pulls is None and not self.optimizer.counts:
            return step
        return BoundUpdate(parameters.vector, step, pulls, updates, self.optimizer.counts)


class BoundUpdate:
    """Updates theta by an optimizer with a penalty, or by one that counts its updates."""

    def __init__(
        self,
        theta: Numbers,
        step: Callable[..., None],
        pulls: Callable[[Numbers, Numbers], None] | None,
        updates: int,
        counts: bool,
    ) -> None:
        """Keep theta, which every call changes in place."""
        self._theta, self._step, self._pull = theta, step, pulls
        self._updates, self._counts = updates, counts

    def __call__(self, gradient: Numbers, *arguments: Any) -> None:
        """Update theta in place; the gradient is overwritten."""
        self._updates += 1
        before = self._theta.copy() if self._pull else self._theta
        if self._counts:
            self._step(gradient, *arguments, update=self._updates)
        else:
            self._step(gradient, *arguments)
        if self._pull:
            self._pull(self._theta, before)
