"""How wrong the network is: the loss, and its slope in the outputs, where back-propagation begins."""

import numpy as np

from nnlab.core.arrays import Array


def half_mean_squared_error(outputs: Array, targets: Array) -> float:
    """Half the mean squared distance between what the network says and what it should say.

        C = 1 / (2 m)  sum_i |a_i - y_i|^2

    Args:
        outputs: a, one row a column, shape (n_out, m); n_out is 1 in every experiment.
        targets: y, shape (n_out, m).

    Raises:
        ValueError: the shapes differ; NumPy would quietly broadcast (m, 1) against (m,) to (m, m).
    """
    if outputs.shape != targets.shape:
        raise ValueError(f"outputs {outputs.shape} and targets {targets.shape} must have one shape")
    residual = outputs - targets
    return float(np.vdot(residual, residual) / (2 * residual.shape[1]))


def half_squared_error_slope(outputs: Array, targets: Array, out: Array) -> None:
    """Write dL/da = a - y, the slope of one row's loss L = (a - y)^2 / 2, into ``out``; all (1, m)."""
    np.subtract(outputs, targets, out=out)
