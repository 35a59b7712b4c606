"""Thousands of networks at once: the same forward pass, back-propagation and update as for one, on arrays
that have an axis of networks more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import index

import numpy as np
from numpy.typing import NDArray

from nnlab.core import outcomes
from nnlab.core.arrays import Array
from nnlab.core.descent import Descent
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.core.variations import PRECISIONS, Precision, Variations

Epochs = NDArray[np.int64]

LOOKS = 61
"""At how many epochs, about, the cost of many networks is taken where nobody asks for others."""

WORKING_BYTES = 4_000_000
"""What a slice computes in: about a core's own cache. Slices of 256 XOR networks take four times as long."""

FEWEST, MOST = 256, 4096


@dataclass(frozen=True, eq=False)
class ManyHistory:
    """Many finished runs.

    Attributes:
        variations: what was trained.
        epochs: completed epochs at which costs were taken, (k,); the last is the end.
        cost: of each network at each of them, (N, k).
        parameters: after the last epoch, of all networks.
    """

    variations: Variations
    epochs: Epochs
    cost: Array
    parameters: Parameters

    @property
    def final_cost(self) -> Array:
        """The cost after the last epoch, (N,)."""
        return self.cost[:, -1]

    @property
    def solved(self) -> NDArray[np.bool_]:
        """Which networks have learned the data, (N,)."""
        return outcomes.solved(self.final_cost, self.variations.experiment)

    @property
    def solved_since(self) -> Epochs:
        """The first epoch looked at from which a network stays solved, (N,); -1 if it is not."""
        return outcomes.solved_since(self.cost, self.epochs, self.variations.experiment)


def looks(last: int, count: int = LOOKS) -> Epochs:
    """About so many epochs from 0 to the last, evenly spaced, both included."""
    return np.unique(np.rint(np.linspace(0, last, min(count, last + 1)))).astype(np.int64)


def slice_size(experiment: Experiment) -> int:
    """How many networks of an experiment are best trained together."""
    rows = 2 * len(experiment.data().targets)  # in batches, and once more all together
    numbers = 2 * experiment.parameter_count + 3 * rows * sum(experiment.layer_sizes)
    return max(FEWEST, min(MOST, WORKING_BYTES // (8 * numbers)))


def slices(variations: Variations, size: int | None = None) -> list[slice]:
    """Cut networks into pieces of about this size, alike in length.

    Raises:
        ValueError: ``size`` is below 1.
    """
    size = slice_size(variations.experiment) if size is None else size
    if size < 1:
        raise ValueError(f"a slice must have at least 1 network, got {size}")
    pieces = max(1, -(-len(variations) // size))
    edges = np.linspace(0, len(variations), pieces + 1).astype(int)
    return [slice(int(start), int(stop)) for start, stop in pairwise(edges)]


class ManyTraining:
    """Many runs under way together. They only ever move forward, by whole epochs.

    A network ends in the same bits whichever others it is trained with, and with none.

    Attributes:
        variations: what is trained.
        parameters: of all networks, as they are now; changed in place.
        epoch: epochs completed.
    """

    def __init__(self, variations: Variations, parameters: Parameters, epoch: int = 0) -> None:
        """Stand where the parameters are, after so many epochs."""
        self.variations, self.epoch = variations, epoch
        together = parameters if len(variations) > 1 else _with_a_twin(parameters)
        self.parameters = Parameters(parameters.layer_sizes, together.vector[:, : len(variations)])
        rate = variations.number("learning_rate").astype(parameters.vector.dtype)
        self._descent = Descent(variations.experiment, together, rate)

    def advance(self, epoch: int) -> None:
        """Train until so many epochs are completed; not at all if they are."""
        for _ in range(self.epoch, epoch):
            self._descent.run_epoch()
        self.epoch = max(self.epoch, epoch)

    def cost(self) -> Array:
        """Of each network now, (N,), in double precision."""
        return np.asarray(self._descent.cost(), dtype=np.float64)[: len(self.variations)]


def _with_a_twin(parameters: Parameters) -> Parameters:
    """A lone network twice: alone, einsum would sum its products in another order than among many."""
    return Parameters(parameters.layer_sizes, np.repeat(parameters.vector, 2, axis=1))


def train_variations(
    variations: Variations, *, epochs: Sequence[int] | None = None, precision: Precision = "double"
) -> ManyHistory:
    """Train networks that differ in numbers, to the last epoch.

    Args:
        variations: what to train.
        epochs: completed epochs at which costs are taken, in any order; the last epoch is always one.
            About 61 evenly spaced ones if left out.
        precision: "double", or "single": faster, and good for statistics, but where a run is chaotic it ends
            elsewhere.

    Raises:
        ValueError: an epoch is not of the run, or the precision is neither.
        TypeError: an epoch is no whole number.
    """
    last = variations.experiment.epochs
    at = looks(last) if epochs is None else np.unique([*map(index, epochs), last])
    if at[0] < 0 or at[-1] > last:
        raise ValueError(f"epochs must be in [0, {last}], got {at[0] if at[0] < 0 else at[-1]}")
    if not len(variations):
        raise ValueError("at least 1 network is needed, got 0")
    if precision not in PRECISIONS:
        raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}, got {precision!r}")
    parts = []
    for part in map(variations.__getitem__, slices(variations)):
        training, cost = ManyTraining(part, part.initial_parameters(precision)), []
        for epoch in at.tolist():
            training.advance(epoch)
            cost.append(training.cost())
        parts.append(ManyHistory(part, at, np.stack(cost, axis=1), training.parameters))
    return joined(variations, parts)


def joined(variations: Variations, parts: Sequence[ManyHistory]) -> ManyHistory:
    """The histories of all parts of some variations, in their order, as one."""
    vector = np.concatenate([part.parameters.vector for part in parts], axis=1)
    cost = np.concatenate([part.cost for part in parts])
    return ManyHistory(variations, parts[0].epochs, cost, Parameters(parts[0].parameters.layer_sizes, vector))


def train_many(
    experiments: Sequence[Experiment], *, epochs: Sequence[int] | None = None, precision: Precision = "double"
) -> ManyHistory:
    """Train experiments that differ in numbers only: learning rate, scale, seed, where they start.

    In double precision each ends where its own single run ends, but for rounding; only where a run is
    chaotic, so that a change in the last bit grows, do the two part.

    Raises:
        ValueError: there is no experiment, or they differ in more than numbers.
    """
    return train_variations(Variations.of(experiments), epochs=epochs, precision=precision)
