"""Every gradient against central differences of a cost that is written out here a second time.

dC/dtheta_k = (C(theta + h e_k) - C(theta - h e_k)) / 2h
"""

from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest

import nnlab
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.network import Batch, Parameters, forward, parameter_count

H = 1e-5
SQUASH = {"tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}
BEND: dict[str, Any] = SQUASH | {
    "relu": lambda z: np.where(z > 0, z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "linear": lambda z: z,
}
FEATURES = ("x1", "x2", "x1*x2", "x1 and x2")
FEATURE_SETS = [names for size in range(1, 5) for names in combinations(FEATURES, size)]
HIDDEN = (2, 3, 2, 3, 2, 3)
UNSQUASHED = {2: 0, 6: 6}
"""The seed of a start, by depth."""

each_activation = pytest.mark.parametrize("activation", list(SQUASH))
each_output_activation = pytest.mark.parametrize("output_activation", list(SQUASH))
each_depth = pytest.mark.parametrize("depth", range(7))


def random_theta(sizes):
    """Of many seeds, the one whose smallest gradients are largest: a test below says how large."""
    return np.random.default_rng(39).normal(scale=1.5, size=parameter_count(sizes))


def unsquashed(sizes):
    """A start and three rows for functions that neither squash nor are smooth."""
    rng = np.random.default_rng(UNSQUASHED[len(sizes) - 2])
    return rng.normal(scale=1.1, size=parameter_count(sizes)), rng.normal(size=(3, 2))


def loss(thetas, sizes, activation, output_activation, inputs, targets):
    """The summed loss of each of many parameter vectors (k, n) on rows (m, n_in), shape (k,)."""
    a, start = inputs.T[np.newaxis], 0
    for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        stop = start + n_out * (n_in + 1)
        table = thetas[:, start:stop].reshape(-1, n_out, n_in + 1)
        z = table[:, :, :n_in] @ a + table[:, :, n_in:]
        a = BEND[output_activation if layer == len(sizes) - 1 else activation](z)
        start = stop
    return ((a[:, 0] - targets) ** 2).sum(axis=1) / 2


def numeric_gradient(theta, *network_and_rows):
    steps = H * np.eye(theta.size)
    return (loss(theta + steps, *network_and_rows) - loss(theta - steps, *network_and_rows)) / (2 * H)


@each_activation
@each_output_activation
@each_depth
@pytest.mark.parametrize("rows", [1, 2, 3, 4])
def test_back_propagation_gives_the_gradient(activation, output_activation, depth, rows):
    sizes = (2, *HIDDEN[:depth], 1)
    theta = random_theta(sizes)
    inputs = np.random.default_rng(2).normal(size=(rows, 2))
    targets = np.array([-1.0, 1.0, 1.0, 0.0])[:rows]
    activations = [ACTIVATIONS[activation]] * depth + [ACTIVATIONS[output_activation]]
    batch = Batch.alone(Parameters(sizes, theta), activations, inputs.T, targets, divisor=3)
    batch.forward()
    expected = numeric_gradient(theta, sizes, activation, output_activation, inputs, targets) / 3
    np.testing.assert_allclose(batch.backward(), expected, rtol=1e-6, atol=1e-10)


@each_activation
@each_output_activation
@each_depth
def test_the_gradients_checked_are_far_larger_than_the_error_allowed(activation, output_activation, depth):
    """Else any gradient would pass."""
    sizes = (2, *HIDDEN[:depth], 1)
    inputs, targets = np.array([[-1, -1], [-1, 1], [1, -1]]), np.array([-1, 1, 1])
    gradient = numeric_gradient(random_theta(sizes), sizes, activation, output_activation, inputs, targets)
    for layer in Parameters(sizes, gradient).layers:
        assert np.abs(layer).max() > 1e-4


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "linear"])
@pytest.mark.parametrize("output_activation", ["tanh", "sigmoid", "linear"])
@pytest.mark.parametrize("depth", [2, 6])
def test_back_propagation_gives_the_gradient_through_many_layers_that_do_not_squash(
    activation, output_activation, depth
):
    """The start is one whose sums lie more than 0.01 from every corner: a test nearby says that."""
    sizes = (2, *HIDDEN[:depth], 1)
    (theta, inputs), targets = unsquashed(sizes), np.array([-1.0, 1.0, 1.0])
    activations = [ACTIVATIONS[activation]] * depth + [ACTIVATIONS[output_activation]]
    batch = Batch.alone(Parameters(sizes, theta), activations, inputs.T, targets, divisor=3)
    batch.forward()
    expected = numeric_gradient(theta, sizes, activation, output_activation, inputs, targets) / 3
    np.testing.assert_allclose(batch.backward(), expected, rtol=1e-6, atol=1e-9)
    for layer in Parameters(sizes, expected).layers:
        assert np.abs(layer).max() > 1e-4, "else any gradient would pass"


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
@pytest.mark.parametrize("depth", [2, 6])
def test_those_starts_are_away_from_corners(activation, depth):
    sizes = (2, *HIDDEN[:depth], 1)
    theta, inputs = unsquashed(sizes)
    layers = forward(Parameters(sizes, theta), [ACTIVATIONS[activation]] * (depth + 1), inputs.T)
    assert min(np.abs(layer.weighted_sums).min() for layer in layers[:-1]) > 0.01


def an_epoch(theta, experiment, low):
    """Mini-batch gradient descent as the formulas have it, with central differences for gradients."""
    theta = theta.copy()
    bits = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    x1, x2 = np.where(bits == 1, 1.0, low).T
    columns = {"x1": x1, "x2": x2, "x1*x2": x1 * x2, "x1 and x2": np.where(x1 < x2, x1, x2)}
    inputs = np.column_stack([columns[name] for name in experiment.features])
    targets = np.where(bits[:, 0] != bits[:, 1], 1.0, low)
    network = experiment.layer_sizes, experiment.activation, experiment.output_activation
    for start in range(0, 4, experiment.batch_size):
        x, y = (rows[start : start + experiment.batch_size] for rows in (inputs, targets))
        divisor = experiment.batch_size if experiment.batch_divisor == "nominal" else len(x)
        theta -= experiment.learning_rate / divisor * numeric_gradient(theta, *network, x, y)
    return theta


def assert_trains_one_epoch_down_the_slope(experiment, low):
    theta = random_theta(experiment.layer_sizes)
    started = experiment.with_start(Parameters(experiment.layer_sizes, theta))
    trained = nnlab.train(started).parameters.vector
    np.testing.assert_allclose(trained, an_epoch(theta, started, low), rtol=0, atol=5e-8)


@each_activation
@each_output_activation
@each_depth
@pytest.mark.parametrize("features", FEATURE_SETS, ids="+".join)
@pytest.mark.parametrize("batch_divisor", ["nominal", "actual"])
@pytest.mark.parametrize(("encoding", "low"), [("bipolar", -1.0), ("binary", 0.0)], ids=["bipolar", "binary"])
def test_an_epoch_with_a_short_last_batch_goes_down_the_slope(
    activation, output_activation, depth, features, batch_divisor, encoding, low
):
    experiment = nnlab.Experiment(
        features=features,
        hidden_layer_sizes=HIDDEN[:depth],
        activation=activation,
        output_activation=output_activation,
        encoding=encoding,
        initialization="uniform",
        batch_size=3,
        batch_divisor=batch_divisor,
        learning_rate=1.0,
        epochs=1,
    )
    assert_trains_one_epoch_down_the_slope(experiment, low)


@pytest.mark.parametrize("batch_size", [1, 2, 3, 4])
@pytest.mark.parametrize("batch_divisor", ["nominal", "actual"])
@pytest.mark.parametrize("learning_rate", [0.001, 0.2, 2.0])
def test_an_epoch_of_any_batch_size_goes_down_the_slope(batch_size, batch_divisor, learning_rate):
    experiment = nnlab.Experiment(
        batch_size=batch_size, batch_divisor=batch_divisor, learning_rate=learning_rate, epochs=1
    )
    assert_trains_one_epoch_down_the_slope(experiment, -1.0)
