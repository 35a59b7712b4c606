"""Loss functions: how wrong the outputs are, and the slope with which back-propagation begins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnlab.core.arrays import Numbers


def half_mean_squared_error(outputs: Numbers, targets: Numbers) -> Numbers:
    """Half the mean squared error between outputs and targets.

        C = 1 / (2 m)  sum_i |a_i - y_i|^2

    Args:
        outputs: a, one point a column, shape (n_out, m); n_out is 1 in every experiment. With a third axis
            for many networks, (n_out, m, N).
        targets: y, shape (n_out, m), or (n_out, m, 1).

    Returns:
        A number; shape (N,) of many networks.

    Raises:
        ValueError: the shapes differ; NumPy would quietly broadcast (m, 1) against (m,) to (m, m).
    """
    _check_shapes("outputs", outputs, targets)
    residual = outputs - targets
    if residual.ndim == 2:  # for four rows this takes a third of the time of the sum below
        return np.asarray(np.vdot(residual, residual) / (2 * residual.shape[1]))
    return np.asarray(np.einsum("imn,imn->n", residual, residual) / (2 * residual.shape[1]))


def cross_entropy(weighted_sums: Numbers, targets: Numbers) -> Numbers:
    """The mean cross-entropy between targets and outputs, read as probabilities of 1.

        C = -1 / m  sum_i  y_i ln a_i + (1 - y_i) ln(1 - a_i),   a = sigmoid(z)
          =  1 / m  sum_i  ln(1 + e^(z_i)) - y_i z_i

    It is computed in the second form, from the weighted sums z: a may round to 0 or 1, whose logarithm
    would be infinite; ln(1 + e^z) is always finite.

    Args:
        weighted_sums: z of the output, shape (n_out, m), or (n_out, m, N).
        targets: y, 0 or 1, shape (n_out, m), or (n_out, m, 1).

    Returns:
        A number; shape (N,) of many networks.

    Raises:
        ValueError: the shapes differ.
    """
    _check_shapes("weighted_sums", weighted_sums, targets)
    surprise = np.logaddexp(0.0, weighted_sums) - targets * weighted_sums
    return np.asarray(surprise.sum(axis=(0, 1)) / surprise.shape[1])


def residual(outputs: Numbers, targets: Numbers, out: Numbers) -> None:
    """Write a - y into ``out``; all of one shape.

    It is the slope dL/da of one row's squared error L = (a - y)^2 / 2, and also the slope dL/dz of its
    cross-entropy behind a sigmoid, whose own slope a (1 - a) cancels.
    """
    np.subtract(outputs, targets, out=out)


@dataclass(frozen=True)
class Loss:
    """A cost over rows, and where back-propagation begins. Both slopes are ``residual``.

    Attributes:
        cost: ``cost(weighted_sums, outputs, targets)``, the mean over the rows.
        slope_in_sums: whether a - y is the slope in the weighted sum z (True) or in the output a (False),
            which the slope of the output's activation is then still to be multiplied with.
    """

    cost: Callable[[Numbers, Numbers, Numbers], Numbers]
    slope_in_sums: bool


LOSSES: Mapping[str, Loss] = MappingProxyType(
    {
        "squared_error": Loss(lambda _z, a, y: half_mean_squared_error(a, y), slope_in_sums=False),
        "cross_entropy": Loss(lambda z, _a, y: cross_entropy(z, y), slope_in_sums=True),
    }
)


def _check_shapes(name: str, numbers: Numbers, targets: Numbers) -> None:
    if numbers.shape[:2] != targets.shape[:2] or numbers.ndim != targets.ndim:
        raise ValueError(f"{name} {numbers.shape} and targets {targets.shape} must have one shape")
