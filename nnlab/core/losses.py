"""How wrong the network is: the loss, and its slope in the outputs, where back-propagation begins."""

import numpy as np

from nnlab.core.arrays import Numbers


def half_mean_squared_error(outputs: Numbers, targets: Numbers) -> Numbers:
    """Half the mean squared distance between what the network says and what it should say.

        C = 1 / (2 m)  sum_i |a_i - y_i|^2

    Args:
        outputs: a, one row a column, shape (n_out, m); n_out is 1 in every experiment. With a third axis
            for many networks, (n_out, m, N).
        targets: y, shape (n_out, m), or (n_out, m, 1).

    Returns:
        A number; shape (N,) of many networks.

    Raises:
        ValueError: the shapes differ; NumPy would quietly broadcast (m, 1) against (m,) to (m, m).
    """
    if outputs.shape[:2] != targets.shape[:2] or outputs.ndim != targets.ndim:
        raise ValueError(f"outputs {outputs.shape} and targets {targets.shape} must have one shape")
    residual = outputs - targets
    if residual.ndim == 2:  # for four rows this takes a third of the time of the sum below
        return np.asarray(np.vdot(residual, residual) / (2 * residual.shape[1]))
    return np.asarray(np.einsum("imn,imn->n", residual, residual) / (2 * residual.shape[1]))


def half_squared_error_slope(outputs: Numbers, targets: Numbers, out: Numbers) -> None:
    """Write dL/da = a - y, the slope of one row's loss L = (a - y)^2 / 2, into ``out``; all of one shape."""
    np.subtract(outputs, targets, out=out)
