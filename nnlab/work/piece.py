"""A piece of work: some networks, trained on for a moment.

A piece ends after a fraction of a second, however long the run: it comes back with where its networks are, and
goes out again. So work can be cancelled, shared out fairly and begun anew wherever it is done.
"""

import time
from dataclasses import dataclass

import numpy as np

from nnlab.core.arrays import Array
from nnlab.core.checkpoint import Checkpoint
from nnlab.core.many.many_training import ManyTraining, first_checkpoint
from nnlab.core.many.variations import Precision, Variations

EPOCHS_A_GLANCE = 25
"""How many epochs to train, at most, before looking at the clock; at first it is one, which of many rows takes long."""


@dataclass(frozen=True, eq=False)
class Piece:
    """What is sent out.

    Attributes:
        variations: the networks.
        precision: to train in.
        looks: completed epochs at which costs are still to be taken, in order; the last is the end.
        standing: where they are; None before training, for drawing is part of the work.
        seconds: after about how long to come back.
    """

    variations: Variations
    precision: Precision
    looks: tuple[int, ...]
    standing: Checkpoint | None = None
    seconds: float = 0.1


@dataclass(frozen=True, eq=False)
class Stretch:
    """What comes back.

    Attributes:
        standing: where the networks are now.
        cost: at the looks that were passed, (N, j).
        accuracy: of the networks at their end, (N,); None before it.
    """

    standing: Checkpoint
    cost: Array
    accuracy: Array | None


def work_on(piece: Piece) -> Stretch:
    """Train a piece's networks for a moment, at least to their next glance at the clock."""
    end = time.perf_counter() + piece.seconds
    training = ManyTraining(
        piece.variations, piece.standing or first_checkpoint(piece.variations, piece.precision)
    )
    cost: list[Array] = []
    begun = training.epoch
    for look in piece.looks:
        while training.epoch < look:
            glance = min(EPOCHS_A_GLANCE, max(1, training.epoch - begun))
            training.advance(min(look, training.epoch + glance))
            if training.epoch < look and time.perf_counter() > end:
                return _stretch(training, cost)
        cost.append(training.cost())
        if time.perf_counter() > end:
            break
    return _stretch(training, cost)


def _stretch(training: ManyTraining, cost: list[Array]) -> Stretch:
    taken = np.stack(cost, axis=1) if cost else np.empty((len(training.variations), 0))
    over = training.epoch == training.variations.experiment.epochs
    return Stretch(training.checkpoint(), taken, training.accuracy() if over else None)
