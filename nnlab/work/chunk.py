"""A chunk of work: some networks and their checkpoint, to be trained on for a fraction of a second.

However long the run, a chunk ends soon and returns the new checkpoint, which is submitted again as the next chunk. So
work can be cancelled, shared out fairly, and repeated on another worker.
"""

import time
from dataclasses import dataclass

import numpy as np

from nnlab.core.arrays import Array
from nnlab.core.checkpoint import Checkpoint
from nnlab.core.many.many_training import ManyTraining, first_checkpoint
from nnlab.core.many.variations import Precision, Variations

MOST_EPOCHS_AT_ONCE = 25
"""How many epochs to train, at most, before the clock is read again.

A chunk reads it first after one epoch, since with many rows even one may take long; then after 2, 4, 8 and so on."""


@dataclass(frozen=True, eq=False)
class Chunk:
    """A unit of work: networks, their checkpoint, and how far to train them.

    Attributes:
        variations: the networks.
        precision: "double" or "single".
        epochs: completed epochs at which costs are still to be recorded, in order; the last is the end.
        checkpoint: the training's state; None at the start, since drawing the first weights is part of the work.
        seconds: after about how long to stop.
    """

    variations: Variations
    precision: Precision
    epochs: tuple[int, ...]
    checkpoint: Checkpoint | None = None
    seconds: float = 0.1


@dataclass(frozen=True, eq=False)
class ChunkResult:
    """The result of a chunk: the networks' new checkpoint, and the costs recorded on the way.

    Attributes:
        checkpoint: the training's state now.
        cost: at the chunk's first j epochs, which were reached, (N, j).
        accuracy: of the networks after their last epoch, (N,); None before it.
    """

    checkpoint: Checkpoint
    cost: Array
    accuracy: Array | None


def train_chunk(chunk: Chunk) -> ChunkResult:
    """Train a chunk's networks until its seconds are over, for at least one epoch or one recorded cost."""
    end = time.perf_counter() + chunk.seconds
    training = ManyTraining(
        chunk.variations, chunk.checkpoint or first_checkpoint(chunk.variations, chunk.precision)
    )
    cost: list[Array] = []
    begun = training.epoch
    for epoch in chunk.epochs:
        while training.epoch < epoch:
            step = min(MOST_EPOCHS_AT_ONCE, max(1, training.epoch - begun))
            training.advance(min(epoch, training.epoch + step))
            if training.epoch < epoch and time.perf_counter() > end:
                return _result(training, cost)
        cost.append(training.cost())
        if time.perf_counter() > end:
            break
    return _result(training, cost)


def _result(training: ManyTraining, cost: list[Array]) -> ChunkResult:
    recorded = np.stack(cost, axis=1) if cost else np.empty((len(training.variations), 0))
    over = training.epoch == training.variations.experiment.epochs
    return ChunkResult(training.checkpoint(), recorded, training.accuracy() if over else None)
