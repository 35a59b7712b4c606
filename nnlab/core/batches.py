"""Divides an epoch's training rows, shuffled or in order, into batches; and the divisor of a batch's gradient."""

import numpy as np
from numpy.typing import NDArray

from nnlab.core.experiment import Experiment

RowNumbers = NDArray[np.int64]


def shuffled(experiment: Experiment, epoch: int, rows: int) -> RowNumbers:
    """The row numbers 0 to rows - 1 in the order of one epoch, which depends on (data_seed, epoch) alone.

    Args:
        experiment: whose seed applies.
        epoch: epochs completed before it; 0 is the first.
        rows: how many rows train.
    """
    return np.random.default_rng((experiment.data_seed, epoch)).permutation(rows)


def chunks(count: int, size: int) -> list[slice]:
    """Slices that cut ``count`` items, in order, into chunks of this size; the last one may be shorter."""
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]


def batch_size(experiment: Experiment, rows: int) -> int:
    """The number of rows in a full batch: the experiment's batch size, or all rows if there are fewer."""
    return min(experiment.batch_size, rows)


def epoch_batches(experiment: Experiment, epoch: int, rows: int) -> list[RowNumbers]:
    """The row numbers of each batch of an epoch, from 0, in the order in which the epoch takes them.

    Args:
        experiment: whose batch size and shuffling apply.
        epoch: epochs completed before it; 0 is the first.
        rows: how many rows train.
    """
    order = shuffled(experiment, epoch, rows) if experiment.shuffle else np.arange(rows)
    return [order[chunk] for chunk in chunks(rows, batch_size(experiment, rows))]


def divisor(experiment: Experiment, rows: int, in_batch: int) -> int:
    """The number that the summed gradient of a batch is divided by.

    Args:
        experiment: whose rule applies: "nominal" always divides by the size of a full batch, "actual" by the batch's own.
        rows: how many rows train.
        in_batch: how many the batch has.
    """
    return batch_size(experiment, rows) if experiment.batch_divisor == "nominal" else in_batch
