"""Regularizers: penalties that pull weights towards 0 after each update; biases are left as they are.

The pull is taken after the optimizer's step and apart from it, with the weight as it was before: so it is the same
for every optimizer (Loshchilov & Hutter 2019 call this decoupled weight decay), and with plain gradient descent it is the
gradient of the cost with the penalty added.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnlab.core.arrays import Numbers
from nnlab.core.network import Parameters, parameter_count


@dataclass(frozen=True)
class Regularizer:
    """A penalty on weights.

    Attributes:
        penalty: of each weight, elementwise; the cost is as it is without.
        slope: its derivative, by which a weight is pulled: w <- w - learning_rate rate slope(w).
        clamps: whether a weight that the pull carries across 0 can be held there.
    """

    penalty: Callable[[Numbers], Numbers]
    slope: Callable[[Numbers], Numbers]
    clamps: bool = False


REGULARIZERS: Mapping[str, Regularizer] = MappingProxyType(
    {
        "l1": Regularizer(np.abs, np.sign, clamps=True),
        "l2": Regularizer(lambda w: w * w / 2.0, lambda w: w),
    }
)
"""L1: |w|, slope sign(w). L2: w^2 / 2, slope w."""


def weights_alone(layer_sizes: tuple[int, ...]) -> Numbers:
    """1 for each weight and 0 for each bias, laid out as ``Parameters.vector``."""
    mask = Parameters(layer_sizes, np.zeros(parameter_count(layer_sizes)))
    for weights in mask.weights:
        weights[...] = 1.0
    return mask.vector


def pull(theta: Numbers, before: Numbers, slope: Callable[[Numbers], Numbers], strength: Numbers) -> None:
    """Pull weights towards 0.

        theta <- theta - strength slope(before)

    Args:
        theta: after the optimizer's step, (n,) or (n, N); changed in place.
        before: the same before it.
        slope: of the penalty.
        strength: learning_rate * rate for weights and 0 for biases, broadcast against theta.
    """
    theta -= strength * slope(before)


def pull_and_clamp(
    theta: Numbers,
    before: Numbers,
    slope: Callable[[Numbers], Numbers],
    strength: Numbers,
    pinned: Numbers,
) -> None:
    """Pull weights towards 0; one that is carried across is put at 0, and stays there from then on.

    This is how TensorFlow Playground has L1 cut connections off.

    Args:
        pinned: 1 for a parameter that is held at 0, else 0; the shape of theta, changed in place.
    """
    pulled = theta - strength * slope(before)
    np.copyto(pinned, 1.0, where=theta * pulled < 0.0)
    np.copyto(theta, pulled)
    np.copyto(theta, 0.0, where=pinned != 0.0)
