"""What can be learned of the data sets that are drawn, and what cannot: the exercises of a first lesson."""

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.core.metrics import accuracy, r_squared

EVERY_FEATURE = ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin x1", "sin x2")
BASE = Experiment(
    dataset="circle",
    hidden_layer_sizes=(4,),
    initialization="xavier",
    batch_size=10,
    learning_rate=0.03,
    epochs=100,
)
LINEAR = BASE.changed(hidden_layer_sizes=(), initialization="uniform", scale=0.1)
RELU = {"activation": "relu", "initialization": "he"}


def shares(experiment):
    """The share of training rows, and of test rows, that a trained network tells right."""
    history, data = nnlab.train(experiment), experiment.data()
    rows = (data.points, data.targets), (data.test_points, data.test_targets)
    return [accuracy(history.predict(points), targets, data.middle) for points, targets in rows]


def fits(experiment):
    """R^2 on training rows and on test rows."""
    history, data = nnlab.train(experiment), experiment.data()
    rows = (data.points, data.targets), (data.test_points, data.test_targets)
    return [r_squared(history.predict(points), targets) for points, targets in rows]


# --- without a hidden layer -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_the_circle_needs_no_hidden_layer_if_it_is_given_squares(seed):
    assert min(shares(LINEAR.changed(features=("x1^2", "x2^2"), seed=seed))) > 0.98


@pytest.mark.parametrize("seed", range(3))
def test_no_line_divides_the_circle(seed):
    assert max(shares(LINEAR.changed(seed=seed, epochs=300))) < 0.75


def test_the_quadrants_need_no_hidden_layer_if_they_are_given_the_product():
    assert min(shares(LINEAR.changed(dataset="quadrants", features=("x1*x2",)))) > 0.98


def test_no_line_divides_the_quadrants():
    assert max(shares(LINEAR.changed(dataset="quadrants", epochs=300))) < 0.75


def test_a_line_divides_two_clouds():
    assert min(shares(LINEAR.changed(dataset="gaussians"))) > 0.98


def test_a_linear_network_learns_the_plane():
    linear = LINEAR.changed(dataset="plane", output_activation="linear", learning_rate=0.01)
    assert min(fits(linear)) > 0.99


def test_a_linear_network_does_not_learn_the_bumps():
    linear = {"activation": "linear", "output_activation": "linear", "learning_rate": 0.01}
    assert max(fits(BASE.changed(dataset="multi_gaussians", hidden_layer_sizes=(8, 8), **linear))) < 0.2


# --- with hidden layers ---------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", ["circle", "gaussians", "quadrants", "moons"])
def test_a_small_network_learns_what_is_not_wound(dataset):
    assert min(shares(BASE.changed(dataset=dataset, hidden_layer_sizes=(6,), learning_rate=0.1))) > 0.95


@pytest.mark.parametrize(("depth", "learning_rate"), [(2, 0.01), (3, 0.01)])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_spiral_is_learned_from_its_coordinates_alone(depth, learning_rate, seed):
    """A row that is told wrong costs at least 1/2, so that of a cost of 0.02 at least 96 % are told right."""
    train, test = shares(
        BASE.changed(
            dataset="spiral",
            hidden_layer_sizes=(8,) * depth,
            optimizer="adam",
            learning_rate=learning_rate,
            seed=seed,
            epochs=600,
            stop_cost=0.02,
        )
    )
    assert train > 0.95
    assert test > 0.85


def test_a_network_too_small_does_not_learn_the_spiral():
    small = BASE.changed(dataset="spiral", hidden_layer_sizes=(2,), optimizer="adam", learning_rate=0.02)
    assert shares(small.changed(epochs=300))[0] < 0.85


def test_the_bumps_are_learned_by_two_layers():
    experiment = BASE.changed(
        dataset="multi_gaussians",
        samples=1000,
        hidden_layer_sizes=(8, 8),
        output_activation="linear",
        optimizer="adam",
        learning_rate=0.01,
        epochs=300,
    )
    assert min(fits(experiment)) > 0.8


@pytest.mark.parametrize("hidden", [(4,), (8, 8)], ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_relu_learns_the_circle(hidden, seed):
    assert min(shares(BASE.changed(hidden_layer_sizes=hidden, seed=seed, **RELU))) > 0.95


def test_relu_divides_by_straight_lines_and_tanh_by_curves():
    """Along a line of the plane the output's sums bend in points under ReLU, and everywhere under tanh."""
    along = np.column_stack([np.linspace(-6, 6, 2001), np.full(2001, 1.0)])
    bends = []
    for settings in (RELU, {}):
        said = nnlab.train(BASE.changed(output_activation="linear", learning_rate=0.01, **settings)).predict(
            along
        )
        bends.append(np.mean(np.abs(np.diff(said, 2)) > 1e-9))
    assert bends[0] < 0.01
    assert bends[1] > 0.9


@pytest.mark.parametrize(
    ("optimizer", "learning_rate"),
    [("gradient_descent", 0.1), ("momentum", 0.01), ("nesterov", 0.01), ("rmsprop", 0.01), ("adam", 0.01)],
)
def test_every_optimizer_learns_the_circle(optimizer, learning_rate):
    assert min(shares(BASE.changed(optimizer=optimizer, learning_rate=learning_rate))) > 0.95


def test_cross_entropy_learns_the_circle():
    settings = {"loss": "cross_entropy", "encoding": "binary", "output_activation": "sigmoid"}
    assert min(shares(BASE.changed(learning_rate=0.1, **settings))) > 0.95


def test_from_a_saturated_start_cross_entropy_learns_and_squared_error_does_not():
    """A wrong output deep in the sigmoid's tail has a slope of nearly 0, which cross-entropy cancels."""
    start = LINEAR.changed(
        dataset="gaussians", encoding="binary", output_activation="sigmoid", initialization="equal", scale=5.0
    ).initial_parameters()
    start.vector[:] = [-5.0, -5.0, 0.0]
    wrong = LINEAR.changed(
        dataset="gaussians", encoding="binary", output_activation="sigmoid", learning_rate=0.1, epochs=20
    ).with_start(start)
    assert max(shares(wrong)) < 0.1
    assert min(shares(wrong.changed(loss="cross_entropy"))) > 0.95


# --- penalties ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_l1_cuts_most_connections_of_a_circle_with_every_feature_and_it_is_still_learned(seed):
    experiment = BASE.changed(
        features=EVERY_FEATURE, regularization="l1", regularization_rate=0.03, seed=seed
    )
    weights = np.concatenate([matrix.ravel() for matrix in nnlab.train(experiment).weights])
    assert np.mean(weights == 0) > 0.5
    assert min(shares(experiment)) > 0.95


@pytest.mark.parametrize(
    "settings", [{}, {"regularization": "l2", "regularization_rate": 0.03}], ids=["none", "l2"]
)
def test_without_l1_no_connection_is_cut(settings):
    history = nnlab.train(BASE.changed(features=EVERY_FEATURE, **settings))
    assert all(matrix.all() for matrix in history.weights)


def test_l1_keeps_the_features_that_tell_the_circle():
    """Of seven features, those whose connections are left are squares."""
    history = nnlab.train(
        LINEAR.changed(features=EVERY_FEATURE, regularization="l1", regularization_rate=0.1)
    )
    left = {name for name, weight in zip(EVERY_FEATURE, history.weights[0][0], strict=True) if weight}
    assert left
    assert left <= {"x1^2", "x2^2"}
