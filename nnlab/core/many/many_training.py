"""The training of thousands of networks at once, by the same arithmetic as one, on arrays with an axis of networks more."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import index

import numpy as np
from numpy.typing import NDArray

from nnlab.core import solved_runs, stop_rules
from nnlab.core.arrays import Array, Numbers
from nnlab.core.checkpoint import Checkpoint
from nnlab.core.descent import Descent
from nnlab.core.evaluator import ROWS_AT_ONCE
from nnlab.core.experiment import Experiment, described
from nnlab.core.many.variations import PRECISIONS, Precision, Variations
from nnlab.core.network import Parameters
from nnlab.core.stop_rules import Codes

Epochs = NDArray[np.int64]

COST_EPOCHS = 61
"""About how many epochs the cost of many networks is recorded at by default."""

WORKING_BYTES = 4_000_000
"""The memory that a slice computes in: about a core's own cache. Slices of 256 XOR networks take four times as long."""

FEWEST, MOST = 256, 4096

MOST_BYTES = 64_000_000
"""The most memory that a slice may take. Where ``FEWEST`` networks would need more, a slice has fewer: with 900 rows in a
batch and six layers of 8 units, 55 networks are as quick as 256, which would take 330 MB in every process."""


@dataclass(frozen=True, eq=False)
class ManyHistory:
    """Many finished runs.

    Attributes:
        variations: what was trained.
        epochs: completed epochs at which costs were taken, (k,); the last is the end.
        cost: of each network at each of them, (N, k); of one that has ended, its last.
        parameters: after the last epoch of each, of all networks.
        ends: why each ended, (N,): indices into ``stop_rules.ENDS``.
        last_epochs: when, (N,): the epochs each has completed.
        accuracy: the share of training rows that each tells right at its end, (N,), 0 to 1; NaN in a regression.
    """

    variations: Variations
    epochs: Epochs
    cost: Array
    parameters: Parameters
    ends: Codes
    last_epochs: Epochs
    accuracy: Array

    def __repr__(self) -> str:
        """Summarize it in one line."""
        count, learned = len(self.variations), int(self.solved.sum())
        return f"ManyHistory({described(self.variations.experiment)}: {count} networks, {learned} solved)"

    @property
    def final_cost(self) -> Array:
        """The cost after the last epoch, (N,)."""
        return self.cost[:, -1]

    @property
    def solved(self) -> NDArray[np.bool_]:
        """Which networks have learned their data, (N,): see ``solved_runs.solved``."""
        return solved_runs.solved(self.final_cost, self.ends, self.variations.experiment)

    @property
    def solved_since(self) -> Epochs:
        """The first epoch of ``epochs`` from which a network stays solved, (N,); -1 if it is not."""
        experiment = self.variations.experiment
        return solved_runs.solved_since(self.cost, self.epochs, self.ends, self.last_epochs, experiment)

    @property
    def diverged(self) -> NDArray[np.bool_]:
        """Which networks' numbers stopped being finite, (N,)."""
        return np.asarray(self.ends == stop_rules.DIVERGED)


def cost_epochs(last: int, count: int = COST_EPOCHS) -> Epochs:
    """About ``count`` epochs from 0 to the last, evenly spaced, both included."""
    return np.unique(np.rint(np.linspace(0, last, min(count, last + 1)))).astype(np.int64)


def slice_size(experiment: Experiment) -> int:
    """How many networks of an experiment are best trained together."""
    rows = experiment.train_rows
    rows = min(rows, experiment.batch_size) + min(rows, ROWS_AT_ONCE)  # in batches, and to take the cost
    numbers = 2 * experiment.parameter_count + 3 * rows * sum(experiment.layer_sizes)
    fit, most = (size // (8 * numbers) for size in (WORKING_BYTES, MOST_BYTES))
    return max(min(FEWEST, most), min(MOST, fit))


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


def first_checkpoint(variations: Variations, precision: Precision = "double") -> Checkpoint:
    """The checkpoint of networks before their first epoch."""
    return Checkpoint.at_start(variations.experiment, variations.initial_parameters(precision))


class ManyTraining:
    """Many runs under way together. They only ever move forward, by whole epochs.

    A network ends in the same bits whichever others it is trained with, and with none. One that has ended
    stands still while the others go on.

    Attributes:
        variations: what is trained.
        parameters: of all networks, as they are now; changed in place.
        epoch: epochs completed.
        ends: of each network, (N,): an index into ``stop_rules.ENDS``, or UNDER_WAY.
        last_epochs: epochs completed by each, (N,).
    """

    def __init__(self, variations: Variations, checkpoint: Checkpoint) -> None:
        """Go on from a checkpoint: the first one, or that of any training of as many networks of the same shape.

        Raises:
            ValueError: the checkpoint does not fit the variations.
        """
        self.variations, self.epoch = variations, checkpoint.epoch
        experiment, count = variations.experiment, len(variations)
        if checkpoint.networks != (count,):
            raise ValueError(f"a checkpoint must be of {count} networks, got {checkpoint.networks}")
        checkpoint.check(experiment)
        # copies, for what came through a pipe may not be written to
        together = Parameters(experiment.layer_sizes, _with_a_twin(checkpoint.vector))
        self.parameters = Parameters(experiment.layer_sizes, together.vector[:, :count])
        rate = variations.number("learning_rate").astype(checkpoint.vector.dtype)
        memory = _with_a_twin(checkpoint.memory)
        self._descent = Descent(experiment, together, learning_rate=rate, epoch=self.epoch, memory=memory)
        self._memory = memory[..., :count]
        self._rules = stop_rules.StopRules(experiment, checkpoint.stop_memory.copy())
        self.ends, self.last_epochs = checkpoint.ends_under(experiment), checkpoint.last_epochs.copy()
        self._watched = (
            stop_rules.has_rule(experiment)
            or stop_rules.may_diverge(experiment, experiment.layer_activations)
            or bool((self.ends != stop_rules.UNDER_WAY).any())
        )

    def advance(self, epoch: int) -> None:
        """Train until so many epochs are completed; not at all if they are."""
        with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges is no error
            while self.epoch < epoch:
                self.epoch += 1
                if not self._watched:
                    self._descent.run_epoch()
                elif (self.ends == stop_rules.UNDER_WAY).any():
                    self._watched_epoch()
        if not self._watched:
            self.last_epochs[:] = self.epoch
        if self.epoch == self.variations.experiment.epochs:
            self.ends[self.ends == stop_rules.UNDER_WAY] = stop_rules.COMPLETED

    def _watched_epoch(self) -> None:
        """Train the running networks one epoch; restore the numbers of those that have ended."""
        state = (self.parameters.vector, self._memory, self._rules.memory)
        before = [numbers.copy() for numbers in state]
        self._descent.run_epoch()
        cost = self.cost()
        over = self.ends != stop_rules.UNDER_WAY
        lost = stop_rules.diverged(self.parameters.vector, cost) & ~over
        self.ends[lost] = stop_rules.DIVERGED
        going = ~(over | lost)
        self.last_epochs[going] = self.epoch
        self.ends[going] = self._check_rules(cost)[going]
        if not going.all():
            for numbers, kept in zip(state, before, strict=True):
                numbers[..., ~going] = kept[..., ~going]

    def _check_rules(self, cost: Array) -> Codes:
        """How each network has ended, or UNDER_WAY."""
        rules, count = self._rules, len(self.variations)
        test = self._descent.test_evaluator.cost()[:count] if rules.asks_for_test_cost else None
        correct = self._descent.training_evaluator.all_correct()[:count] if rules.asks_for_outputs else None
        return rules.check(cost, test, correct)

    def cost(self) -> Array:
        """The present cost of each network, (N,), in double precision."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(self._descent.training_evaluator.cost(), dtype=np.float64)[
                : len(self.variations)
            ]

    def accuracy(self) -> Array:
        """The share of training rows that are correct now, of each network, (N,); NaN in a regression."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self._descent.training_evaluator.accuracy()[: len(self.variations)]

    def checkpoint(self) -> Checkpoint:
        """Return a copy of the networks' state, from which training can resume in any process."""
        return Checkpoint(
            self.epoch,
            self.parameters.vector.copy(),
            self._memory.copy(),
            self._rules.memory.copy(),
            self.ends.copy(),
            self.last_epochs.copy(),
        )


def _with_a_twin(numbers: Numbers) -> Numbers:
    """Duplicate a single network, since einsum sums the products of one in another order than those of many."""
    return numbers.copy() if numbers.shape[-1] > 1 else np.repeat(numbers, 2, axis=-1)


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
    at = cost_epochs(last) if epochs is None else np.unique([*map(index, epochs), last])
    if at[0] < 0 or at[-1] > last:
        raise ValueError(f"epochs must be in [0, {last}], got {at[0] if at[0] < 0 else at[-1]}")
    if not len(variations):
        raise ValueError("at least 1 network is needed, got 0")
    if precision not in PRECISIONS:
        raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}, got {precision!r}")
    parts = []
    for part in map(variations.__getitem__, slices(variations)):
        training, cost = ManyTraining(part, first_checkpoint(part, precision)), []
        for epoch in at.tolist():
            training.advance(epoch)
            cost.append(training.cost())
        parts.append(history_of(part, at, np.stack(cost, axis=1), training.checkpoint(), training.accuracy()))
    return joined(variations, parts)


def history_of(
    variations: Variations, epochs: Epochs, cost: Array, checkpoint: Checkpoint, accuracy: Array
) -> ManyHistory:
    """The history of runs that are over, from their last checkpoint."""
    parameters = Parameters(variations.experiment.layer_sizes, checkpoint.vector)
    return ManyHistory(
        variations, epochs, cost, parameters, checkpoint.ends, checkpoint.last_epochs, accuracy
    )


def joined(variations: Variations, parts: Sequence[ManyHistory]) -> ManyHistory:
    """The histories of all parts of some variations, in their order, as one."""
    vector = np.concatenate([part.parameters.vector for part in parts], axis=1)
    cost = np.concatenate([part.cost for part in parts])
    return ManyHistory(
        variations,
        parts[0].epochs,
        cost,
        Parameters(parts[0].parameters.layer_sizes, vector),
        np.concatenate([part.ends for part in parts]),
        np.concatenate([part.last_epochs for part in parts]),
        np.concatenate([part.accuracy for part in parts]),
    )


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
