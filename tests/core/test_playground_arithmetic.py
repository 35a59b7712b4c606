"""With batches that divide the rows, plain descent and squared error, the arithmetic is the playground's."""

import numpy as np
import pytest

import nnlab
from nnlab import Experiment

from .nodes_and_links import Network

EPOCHS = 6
CIRCLE = Experiment(
    dataset="circle",
    samples=100,
    noise=10.0,
    features=("x1", "x2", "x1^2"),
    initialization="uniform",
    scale=0.5,
    learning_rate=0.1,
    regularization_rate=0.05,
    batch_size=10,
    epochs=EPOCHS,
)

each_activation = pytest.mark.parametrize("activation", ["tanh", "relu"])
each_depth = pytest.mark.parametrize("hidden", [(4,), (4, 3, 2)], ids=["one layer", "three layers"])
each_penalty = pytest.mark.parametrize("regularization", ["none", "l1", "l2"])


def of_nodes_and_links(experiment):
    """The same run, node by node and link by link."""
    start, data = experiment.initial_parameters(), experiment.data()
    x1, x2 = data.points.T
    rows = np.column_stack([x1, x2, x1 * x1]).tolist()
    network = Network(start.weights, start.biases, experiment.activation, experiment.output_activation)
    how = experiment.learning_rate, experiment.regularization, experiment.regularization_rate
    for _ in range(experiment.epochs):
        network.train(rows, data.targets.tolist(), experiment.batch_size, *how)
    return network


@each_activation
@each_depth
@each_penalty
@pytest.mark.parametrize("batch_divisor", ["nominal", "actual"])
def test_a_run_ends_as_one_of_nodes_and_links(activation, hidden, regularization, batch_divisor):
    experiment = CIRCLE.changed(
        activation=activation,
        hidden_layer_sizes=hidden,
        regularization=regularization,
        batch_divisor=batch_divisor,
    )
    expected = of_nodes_and_links(experiment).vector()
    assert experiment.train_rows % experiment.batch_size == 0
    assert np.abs(expected - experiment.initial_parameters().vector).max() > 0.1
    vector = nnlab.train(experiment).parameters.vector
    np.testing.assert_allclose(vector, expected, rtol=1e-12, atol=1e-15)
    many = nnlab.train_many([experiment, experiment.changed(seed=1)]).parameters.vector[:, 0]
    np.testing.assert_allclose(many, expected, rtol=1e-12, atol=1e-15)


@each_activation
@each_depth
def test_in_these_runs_some_links_die_and_not_all(activation, hidden):
    network = of_nodes_and_links(
        CIRCLE.changed(activation=activation, hidden_layer_sizes=hidden, regularization="l1")
    )
    links = sum(len(node.incoming) for layer in network.layers for node in layer)
    assert 1 <= network.dead() < links / 2


@each_depth
def test_from_biases_that_are_not_zero_too(hidden):
    """The playground's begin at 0.1."""
    base = CIRCLE.changed(hidden_layer_sizes=hidden, regularization="l1")
    start = base.initial_parameters()
    for bias in start.biases:
        bias[:] = 0.1
    experiment = base.with_start(start)
    vector = nnlab.train(experiment).parameters.vector
    np.testing.assert_allclose(vector, of_nodes_and_links(experiment).vector(), rtol=1e-12, atol=1e-15)


def test_a_linear_output_for_regression_too():
    experiment = CIRCLE.changed(
        dataset="plane", hidden_layer_sizes=(4,), output_activation="linear", learning_rate=0.01
    )
    vector = nnlab.train(experiment).parameters.vector
    np.testing.assert_allclose(vector, of_nodes_and_links(experiment).vector(), rtol=1e-12, atol=1e-15)
