"""What can be learned, and what cannot."""

import numpy as np
import pytest

import nnlab
from nnlab.core.data.datasets import GATES, verdicts

LINEAR = {"hidden_layer_sizes": (), "initialization": "uniform", "learning_rate": 1.0, "epochs": 1000}


def is_learned(history):
    dataset = history.experiment.data()
    return (verdicts(history.predict(dataset.points), dataset) == 1).all()


def test_xor_is_learned():
    history = nnlab.train(nnlab.Experiment())
    assert is_learned(history)
    assert history.cost[-1] < 0.005


def test_xor_is_not_known_before_training():
    assert not is_learned(next(nnlab.stream(nnlab.Experiment())))


@pytest.mark.parametrize("gate", GATES)
def test_every_gate_is_learned_with_two_hidden_units(gate):
    history = nnlab.train(nnlab.Experiment(dataset=gate))
    assert is_learned(history)
    assert history.cost[-1] < 0.02


@pytest.mark.parametrize("gate", ["and", "or", "nand", "nor"])
def test_a_gate_that_one_line_divides_needs_no_hidden_layer(gate):
    history = nnlab.train(nnlab.Experiment(dataset=gate, **LINEAR))
    assert is_learned(history)
    assert history.cost[-1] < 0.005


@pytest.mark.parametrize("gate", ["xor", "xnor"])
@pytest.mark.parametrize("seed", range(5))
def test_without_a_hidden_layer_xor_never_costs_less_than_half(gate, seed):
    """1/2 is the infimum of the cost over every weight and bias: what four outputs of 0 cost."""
    history = nnlab.train(nnlab.Experiment(dataset=gate, seed=seed, **LINEAR))
    assert not is_learned(history)
    assert history.cost.min() >= 0.5 - 1e-12


@pytest.mark.parametrize("seed", range(5))
def test_without_a_hidden_layer_xor_in_zeros_and_ones_never_costs_less_than_an_eighth(seed):
    history = nnlab.train(
        nnlab.Experiment(encoding="binary", output_activation="sigmoid", seed=seed, **LINEAR)
    )
    assert not is_learned(history)
    assert history.cost.min() >= 0.125 - 1e-12


@pytest.mark.parametrize("features", [("x1", "x2", "x1*x2"), ("x1*x2",)], ids="+".join)
@pytest.mark.parametrize("gate", ["xor", "xnor"])
def test_with_the_product_as_a_feature_xor_needs_no_hidden_layer(features, gate):
    history = nnlab.train(nnlab.Experiment(dataset=gate, features=features, **LINEAR))
    assert is_learned(history)
    assert history.cost[-1] < 0.001


def test_with_the_logical_and_as_a_feature_xor_needs_no_hidden_layer():
    settings = LINEAR | {"learning_rate": 0.2}
    history = nnlab.train(nnlab.Experiment(features=("x1", "x2", "x1 and x2"), **settings))
    assert is_learned(history)
    assert history.cost[-1] < 0.01


def test_in_zeros_and_ones_the_product_alone_is_only_and_and_does_not_help():
    history = nnlab.train(
        nnlab.Experiment(features=("x1*x2",), encoding="binary", output_activation="sigmoid", **LINEAR)
    )
    assert not is_learned(history)
    assert history.cost[-1] > 1 / 12 - 1e-12


def test_xor_in_zeros_and_ones_is_learned_by_sigmoids():
    history = nnlab.train(
        nnlab.Experiment(
            encoding="binary",
            activation="sigmoid",
            output_activation="sigmoid",
            hidden_layer_sizes=(4,),
            initialization="normal",
            scale=2.0,
            learning_rate=5.0,
            epochs=2000,
        )
    )
    assert is_learned(history)
    assert history.cost[-1] < 0.005


@pytest.mark.parametrize("depth", [2, 3, 6])
def test_xor_is_learned_through_several_layers(depth):
    experiment = nnlab.Experiment(
        hidden_layer_sizes=(4,) * depth, initialization="xavier", seed=1, epochs=1000
    )
    assert nnlab.train(experiment).cost[-1] < 0.005


# --- starts that cannot get away -----------------------------------------------------------------


def test_from_zeros_nothing_but_the_outputs_bias_ever_moves():
    history = nnlab.train(nnlab.Experiment(dataset="and", initialization="zeros"))
    *others, output_bias = history.parameters.vector
    assert not any(others)
    assert output_bias < -0.1


def test_hidden_units_that_start_equal_stay_equal():
    experiment = nnlab.Experiment(hidden_layer_sizes=(3,), initialization="equal", scale=0.5)
    for frame in nnlab.stream(experiment, every=20):
        hidden = frame.parameters.layers[0]
        np.testing.assert_allclose(hidden, np.tile(hidden[0], (3, 1)), rtol=1e-12)


def test_equal_units_are_as_good_as_one_and_do_not_learn_xor():
    history = nnlab.train(nnlab.Experiment(hidden_layer_sizes=(3,), initialization="equal", epochs=1000))
    assert not is_learned(history)
    assert history.cost[-1] > 0.2


def test_the_output_is_undecided_where_all_weights_are_zero():
    history = nnlab.train(nnlab.Experiment(initialization="zeros"))
    dataset = history.experiment.data()
    np.testing.assert_array_equal(verdicts(history.predict(dataset.points), dataset), [0, 0, 0, 0])
