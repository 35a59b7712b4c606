"""Metrics of a network beside its cost: accuracy, the confusion matrix, R squared, the root mean squared error."""

import numpy as np
from numpy.typing import NDArray

from nnlab.core.arrays import Array


def accuracy(outputs: Array, targets: Array, middle: float) -> float:
    """The share of correct rows: those whose output is on the target's side of the middle.

        accuracy = (c_00 + c_11) / m,    c = confusion

    Args:
        outputs: a, shape (m,).
        targets: y, shape (m,), each the number of one of the two classes.
        middle: the output that belongs to neither class.

    Returns:
        0 to 1; NaN if there are no rows.

    Raises:
        ValueError: the shapes differ.
    """
    counts = confusion(outputs, targets, middle)
    return float(np.trace(counts) / len(targets)) if len(targets) else np.nan


def confusion(outputs: Array, targets: Array, middle: float) -> NDArray[np.int64]:
    """The confusion matrix: how many rows of each class are assigned to each class.

        c_ij = the number of rows of class i whose output says class j,    0 low, 1 high

    An output that is exactly in the middle says neither, and is no right answer: it counts for the other class. So
    does NaN.

    Args:
        outputs: a, shape (m,).
        targets: y, shape (m,); a row is of the high class if its target is above the middle.
        middle: the output that belongs to neither class.

    Returns:
        Shape (2, 2): rows actual low and high, columns predicted low and high; all 0 if there are no rows.

    Raises:
        ValueError: the shapes differ.
    """
    _check_shapes(outputs, targets)
    high = targets > middle
    right = np.where(high, outputs > middle, outputs < middle)
    said_high = high == right
    return np.bincount(2 * high + said_high, minlength=4).reshape(2, 2)


def r_squared(outputs: Array, targets: Array) -> float:
    """The share of the targets' spread that the outputs account for: the coefficient of determination.

        R^2 = 1 - sum_i (y_i - a_i)^2 / sum_i (y_i - mean y)^2

    It is 1 for a perfect fit, 0 for one no better than always answering the mean, and below 0 for a worse one.

    Args:
        outputs: a, shape (m,).
        targets: y, shape (m,).

    Returns:
        At most 1; NaN if the targets do not vary, or there are none; -inf where a square is too large a number.

    Raises:
        ValueError: the shapes differ.
    """
    _check_shapes(outputs, targets)
    # the mean of m equal numbers may be one rounding away from them, and then their spread is not 0
    if not len(targets) or (targets == targets[0]).all():
        return np.nan
    with np.errstate(over="ignore"):
        spread = float(((targets - targets.mean()) ** 2).sum())
        return 1.0 - float(((targets - outputs) ** 2).sum()) / spread if spread else np.nan


def root_mean_squared_error(outputs: Array, targets: Array) -> float:
    """The root mean squared error, in the targets' own unit.

        RMSE = sqrt(1/m sum_i (a_i - y_i)^2)

    Args:
        outputs: a, shape (m,).
        targets: y, shape (m,).

    Returns:
        At least 0; NaN if there are no rows; inf where a square is too large a number.

    Raises:
        ValueError: the shapes differ.
    """
    _check_shapes(outputs, targets)
    if not len(targets):
        return np.nan
    with np.errstate(over="ignore"):
        return float(np.sqrt(((outputs - targets) ** 2).mean()))


def _check_shapes(outputs: Array, targets: Array) -> None:
    if outputs.shape != targets.shape or targets.ndim != 1:
        raise ValueError(f"outputs {outputs.shape} and targets {targets.shape} must have one shape, (m,)")
