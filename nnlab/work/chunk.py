"""A chunk of work: some networks, trained on for a moment.

A chunk ends after a fraction of a second, however long the run: it comes back with where its networks are, and
goes out again. So work can be cancelled, shared out fairly and begun anew wherever it is done.
"""

import time
from dataclasses import dataclass

import numpy as np

from nnlab.core.arrays import Array
from nnlab.core.checkpoint import Checkpoint
from nnlab.core.many.many_training import ManyTraining, first_checkpoint
from nnlab.core.many.variations import Precision, Variations

MOST_EPOCHS_AT_ONCE = 25
"""How many epochs to train, at most, before looking at the clock; at first it is one, which of many rows takes long."""


@dataclass(frozen=True, eq=False)
class Chunk:
    """What is sent out.

    Attributes:
        variations: the networks.
        precision: to train in.
        epochs: completed epochs at which costs are still to be taken, in order; the last is the end.
        standing: where they are; None before training, for drawing is part of the work.
        seconds: after about how long to come back.
    """

    variations: Variations
    precision: Precision
    epochs: tuple[int, ...]
    standing: Checkpoint | None = None
    seconds: float = 0.1


@dataclass(frozen=True, eq=False)
class ChunkResult:
    """What comes back.

    Attributes:
        standing: where the networks are now.
        cost: at those of its epochs that were reached, (N, j).
        accuracy: of the networks at their end, (N,); None before it.
    """

    standing: Checkpoint
    cost: Array
    accuracy: Array | None


def train_chunk(chunk: Chunk) -> ChunkResult:
    """Train a chunk's networks for a moment, at least to their next glance at the clock."""
    end = time.perf_counter() + chunk.seconds
    training = ManyTraining(
        chunk.variations, chunk.standing or first_checkpoint(chunk.variations, chunk.precision)
    )
    cost: list[Array] = []
    begun = training.epoch
    for epoch in chunk.epochs:
        while training.epoch < epoch:
            glance = min(MOST_EPOCHS_AT_ONCE, max(1, training.epoch - begun))
            training.advance(min(epoch, training.epoch + glance))
            if training.epoch < epoch and time.perf_counter() > end:
                return _result(training, cost)
        cost.append(training.cost())
        if time.perf_counter() > end:
            break
    return _result(training, cost)


def _result(training: ManyTraining, cost: list[Array]) -> ChunkResult:
    taken = np.stack(cost, axis=1) if cost else np.empty((len(training.variations), 0))
    over = training.epoch == training.variations.experiment.epochs
    return ChunkResult(training.checkpoint(), taken, training.accuracy() if over else None)
