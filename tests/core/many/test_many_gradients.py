"""The gradient of many networks at once, against each network's own and against central differences."""

import numpy as np
import pytest

from nnlab.core.activations import ACTIVATIONS
from nnlab.core.losses import LOSSES
from nnlab.core.network import Batch, Parameters, parameter_count

H = 1e-5
SEED = 46
"""Of 200 seeds that whose smallest gradients are largest."""

INPUTS = np.random.default_rng(2).normal(size=(2, 3))
TARGETS = np.array([-1.0, 1.0, 1.0])


def batch_of(sizes, vector, activation, output="tanh", loss="squared_error"):
    activations = [ACTIVATIONS[activation]] * (len(sizes) - 2) + [ACTIVATIONS[output]]
    targets = TARGETS if loss == "squared_error" else (TARGETS + 1) / 2
    return Batch.alone(Parameters(sizes, vector), activations, INPUTS, targets, 3, LOSSES[loss])


def gradient(batch):
    batch.forward()
    return batch.backward().copy()


each_network = pytest.mark.parametrize("sizes", [(2, 1), (2, 2, 1), (2, 3, 1, 1), (2, 4, 3, 2, 1)], ids=str)
each_activation = pytest.mark.parametrize("activation", list(ACTIVATIONS))
each_output = pytest.mark.parametrize(
    "output",
    [
        ("tanh", "squared_error"),
        ("sigmoid", "squared_error"),
        ("linear", "squared_error"),
        ("sigmoid", "cross_entropy"),
    ],
    ids="+".join,
)


@each_network
@each_activation
@each_output
@pytest.mark.parametrize("networks", [1, 2, 17])
def test_the_gradient_of_many_is_each_networks_own(sizes, activation, output, networks):
    vectors = np.random.default_rng(SEED).normal(size=(parameter_count(sizes), networks))
    together = gradient(batch_of(sizes, vectors, activation, *output))
    own = [gradient(batch_of(sizes, vector.copy(), activation, *output)) for vector in vectors.T]
    np.testing.assert_allclose(together.T, own, rtol=1e-12, atol=1e-14)


@each_network
@each_activation
@each_output
def test_the_cost_of_many_slopes_as_the_gradient_says(sizes, activation, output):
    """Every nudge of every parameter is a network of its own: C(theta + h e_k) and C(theta - h e_k)."""
    theta = np.random.default_rng(SEED).normal(size=parameter_count(sizes))
    steps = H * np.eye(theta.size)
    up = batch_of(sizes, theta[:, np.newaxis] + steps, activation, *output).cost()
    down = batch_of(sizes, theta[:, np.newaxis] - steps, activation, *output).cost()
    both = gradient(batch_of(sizes, np.stack([theta, -theta], axis=-1), activation, *output))
    np.testing.assert_allclose(both[:, 0], (up - down) / (2 * H), rtol=1e-6, atol=1e-9)
    for layer in Parameters(sizes, both[:, 0]).layers:
        assert np.abs(layer).max() > 5e-3
