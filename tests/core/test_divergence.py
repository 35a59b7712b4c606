"""Runs whose numbers leave what a computer can hold end there, with all they had, and disturb nobody.

A NumPy warning is an error in these tests, as everywhere.
"""

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.core import stop_rules
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.many.many_training import ManyTraining, first_checkpoint
from nnlab.core.many.variations import Variations
from nnlab.core.stop_rules import ENDS
from nnlab.core.training import Training

STEEP = Experiment(
    dataset="circle",
    samples=60,
    features=("x1", "x2", "x1^2"),
    output_activation="linear",
    initialization="uniform",
    batch_size=10,
    learning_rate=10.0,
    epochs=60,
)
DIVERGING = {
    "steep": STEEP,
    "relu": STEEP.changed(activation="relu", hidden_layer_sizes=(4, 4)),
    "leaky relu": STEEP.changed(activation="leaky_relu", hidden_layer_sizes=(3,) * 6),
    "linear": STEEP.changed(activation="linear", hidden_layer_sizes=(4,)),
    "momentum": STEEP.changed(optimizer="momentum"),
    "nesterov": STEEP.changed(optimizer="nesterov"),
    "without hidden layer": STEEP.changed(hidden_layer_sizes=()),
    "shuffled": STEEP.changed(shuffle=True),
    "with every rule": STEEP.changed(
        stop_all_correct=True, stop_cost=0.0, stop_no_improvement=50, stop_test_rising=50
    ),
    "too strong a penalty": Experiment(
        regularization="l2", regularization_rate=10.0, learning_rate=10.0, batch_size=4, epochs=300
    ),
}
each_way = pytest.mark.parametrize("experiment", DIVERGING.values(), ids=list(DIVERGING))
each_precision = pytest.mark.parametrize("precision", ["double", "single"])


# --- one run --------------------------------------------------------------------------------------


@each_way
def test_a_run_ends_as_diverged_with_finite_numbers_and_all_it_had(experiment):
    history = nnlab.train(experiment)
    assert history.end == "diverged"
    assert 1 <= len(history.cost) < experiment.epochs
    assert np.isfinite(history.cost).all()
    assert np.isfinite(history.parameters.vector).all()
    assert np.isfinite(history.initial_cost)
    assert history.cost[-1] > 1e6 * history.initial_cost or experiment.regularization == "l2"


@each_way
def test_it_stands_where_a_run_of_so_many_epochs_stands(experiment):
    history = nnlab.train(experiment)
    shorter = nnlab.train(experiment.changed(epochs=len(history.cost)))
    assert shorter.end == "completed"
    np.testing.assert_array_equal(shorter.cost, history.cost)
    np.testing.assert_array_equal(shorter.parameters.vector, history.parameters.vector)


@each_way
@pytest.mark.parametrize("every", [1, 7, 1000])
def test_a_stream_ends_with_its_last_finite_frame(experiment, every):
    history, frames = nnlab.train(experiment), list(nnlab.stream(experiment, every))
    last = len(history.cost)
    assert [frame.epoch for frame in frames] == sorted({*range(0, last + 1, every), last})
    assert all(np.isfinite(frame.cost) for frame in frames)
    np.testing.assert_array_equal(frames[-1].parameters.vector, history.parameters.vector)


def test_a_run_may_diverge_in_its_first_epoch_and_has_then_only_its_start():
    wild = STEEP.changed(activation="linear", hidden_layer_sizes=(8,) * 6, initialization="zeros")
    start = wild.initial_parameters()
    start.vector[:] = 1000.0
    wild = wild.with_start(start)
    history = nnlab.train(wild)
    assert (history.end, history.cost.shape, history.test_cost.shape) == ("diverged", (0,), (0,))
    assert np.isfinite(history.initial_cost)
    np.testing.assert_array_equal(history.parameters.vector, wild.initial_parameters().vector)
    assert [frame.epoch for frame in nnlab.stream(wild)] == [0]
    many = nnlab.train_many([wild, wild])
    assert (many.ends == stop_rules.DIVERGED).all()
    assert (many.last_epochs == 0).all()
    np.testing.assert_array_equal(many.cost, np.full(many.cost.shape, many.cost[0, 0]))


def test_a_run_that_has_diverged_does_not_go_on():
    training = Training(STEEP)
    training.advance(STEEP.epochs)
    epoch, vector = training.epoch, training.parameters.vector.copy()
    training.advance(3)
    assert training.epoch == epoch
    np.testing.assert_array_equal(training.parameters.vector, vector)


def test_what_it_then_says_at_other_points_need_not_be_finite_but_warns_of_nothing():
    history = nnlab.train(DIVERGING["relu"])
    assert history.predict([[1e6, -1e6], [0.0, 0.0]]).shape == (2,)


# --- among many -----------------------------------------------------------------------------------


@each_way
def test_many_diverge_at_the_epoch_of_their_single_run(experiment):
    history = nnlab.train(experiment)
    many = nnlab.train_many([experiment] * 3, epochs=range(experiment.epochs))
    assert {ENDS[code] for code in many.ends} == {"diverged"}
    assert many.diverged.all()
    assert np.isfinite(many.cost).all()
    assert np.isfinite(many.parameters.vector).all()
    assert set(many.last_epochs) <= {len(history.cost) - 1, len(history.cost), len(history.cost) + 1}
    for costs, last in zip(many.cost, many.last_epochs, strict=True):
        assert (costs[last:] == costs[last]).all(), "it stands still"
    assert not many.solved.any()


@each_way
@each_precision
@pytest.mark.parametrize("number", [0, 3, 6])
def test_a_network_that_diverges_disturbs_no_neighbour(experiment, precision, number):
    """The same bits beside it as beside one that does not."""
    rates = np.geomspace(0.001, 0.003, 7)
    calm = Variations(experiment, 7, {"learning_rate": rates, "seed": np.arange(7)})
    wild = Variations(
        experiment,
        7,
        {
            "learning_rate": np.where(np.arange(7) == number, experiment.learning_rate, rates),
            "seed": np.arange(7),
        },
    )
    (without, ends_without), (beside, ends_beside) = (trained(each, precision) for each in (calm, wild))
    assert ends_beside[number] == stop_rules.DIVERGED
    others = np.arange(7) != number
    assert (ends_beside[others] != stop_rules.DIVERGED).all()
    np.testing.assert_array_equal(beside[:, others], without[:, others])
    np.testing.assert_array_equal(ends_beside[others], ends_without[others])


def trained(variations, precision):
    training = ManyTraining(variations, first_checkpoint(variations, precision))
    training.advance(variations.experiment.epochs)
    return training.parameters.vector, training.ends


@each_precision
def test_all_may_diverge_and_the_rest_of_the_run_costs_nothing_and_changes_nothing(precision):
    many = nnlab.train_many([STEEP.changed(seed=seed) for seed in range(5)], precision=precision)
    assert many.diverged.all()
    assert (many.last_epochs < STEEP.epochs).all()
    assert np.isfinite(many.parameters.vector).all()


@each_precision
def test_more_numbers_end_sooner_in_single_precision(precision):
    double, single = (nnlab.train_many([STEEP], precision=kind) for kind in ("double", "single"))
    assert 0 < single.last_epochs[0] < double.last_epochs[0]


# --- who can --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "may"),
    [
        ({}, False),
        ({"activation": "sigmoid"}, False),
        ({"optimizer": "adam"}, False),
        ({"activation": "relu"}, True),
        ({"activation": "leaky_relu"}, True),
        ({"activation": "linear"}, True),
        ({"output_activation": "linear"}, True),
        ({"regularization": "l2"}, True),
        ({"regularization": "l1"}, True),
        ({"activation": "relu", "hidden_layer_sizes": (), "initialization": "zeros"}, False),
    ],
    ids=str,
)
def test_only_without_bounds_or_with_a_penalty_one_has_to_look(settings, may):
    experiment = Experiment(**settings)
    assert stop_rules.may_diverge(experiment, experiment.layer_activations) == may


@pytest.mark.parametrize("vector", [[1.0, np.nan], [np.inf, 1.0], [-np.inf, 0.0]])
def test_one_number_that_is_not_finite_is_enough(vector):
    assert stop_rules.diverged(np.array(vector), np.asarray(0.5))


@pytest.mark.parametrize("cost", [np.nan, np.inf])
def test_a_cost_that_is_not_finite_is_enough(cost):
    assert stop_rules.diverged(np.zeros(3), np.asarray(cost))
    assert stop_rules.diverged(np.zeros((3, 2)), np.array([0.5, cost])).tolist() == [False, True]


def test_the_bounds_that_this_rests_on():
    assert {name for name, each in ACTIVATIONS.items() if each.bounded} == {"tanh", "sigmoid"}
