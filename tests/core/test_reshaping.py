import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import Experiment
from nnlab.core.initializers import uniform
from nnlab.core.network import Parameters
from nnlab.core.reshaping import reshape

OWN = Experiment().with_start(Parameters((2, 2, 1), np.arange(1.0, 10.0)))
FEATURES = ("x1", "x2")


def start(experiment):
    return experiment.initial_parameters()


def test_the_same_shape_is_the_same_experiment():
    assert reshape(OWN, FEATURES, (2,)) == OWN


def test_a_network_of_its_own_start_keeps_every_weight_that_survives_an_added_unit():
    wider = reshape(OWN, FEATURES, (3,))
    np.testing.assert_array_equal(start(wider).layers[0][:2], start(OWN).layers[0])
    np.testing.assert_array_equal(start(wider).weights[1][:, :2], start(OWN).weights[1])
    np.testing.assert_array_equal(start(wider).biases[1], start(OWN).biases[1])
    assert wider.initialization == "explicit"


def test_a_network_of_its_own_start_keeps_every_weight_that_survives_a_removed_unit():
    narrower = reshape(OWN, FEATURES, (1,))
    np.testing.assert_array_equal(start(narrower).vector, [1, 2, 3, 7, 9])


def test_a_feature_takes_its_weights_along_wherever_it_stands():
    swapped = reshape(OWN, ("x1*x2", "x2", "x1"), (2,))
    np.testing.assert_array_equal(start(swapped).weights[0][:, 1:], [[2, 1], [5, 4]])
    np.testing.assert_array_equal(start(swapped).biases[0], [3, 6])


def test_a_removed_feature_takes_only_its_own_weights():
    np.testing.assert_array_equal(start(reshape(OWN, ("x2",), (2,))).vector, [2, 3, 5, 6, 7, 8, 9])


def test_swapping_features_does_not_swap_weights():
    swapped = reshape(OWN, ("x2", "x1"), (2,))
    np.testing.assert_array_equal(start(swapped).weights[0], [[2, 1], [5, 4]])


def test_new_weights_are_drawn_uniformly_and_new_biases_are_zero():
    wider = reshape(OWN.changed(seed=5, scale=0.5), FEATURES, (3,))
    drawn = uniform((2, 3, 1), 0.5, 5)
    np.testing.assert_array_equal(start(wider).weights[0][2], drawn[0][2])
    assert start(wider).weights[1][0, 2] == drawn[1][0, 2]
    assert start(wider).biases[0][2] == 0


def test_only_the_outputs_bias_survives_the_loss_of_the_hidden_layer():
    flat = reshape(OWN, FEATURES, ())
    assert start(flat).biases[0] == [9.0]
    np.testing.assert_array_equal(start(flat).weights, uniform((2, 1), 1.0, 0))


@pytest.mark.parametrize("initialization", ["zeros", "equal", "uniform", "normal"])
def test_a_start_that_moves_no_survivor_stands(initialization):
    experiment = Experiment(initialization=initialization, seed=8)
    assert reshape(experiment, FEATURES, (5,)) == experiment.changed(hidden_layer_sizes=(5,))


@pytest.mark.parametrize("initialization", ["notebook", "xavier"])
def test_a_start_that_does_not_fit_or_would_move_survivors_becomes_explicit(initialization):
    experiment = Experiment(initialization=initialization, seed=8)
    wider = reshape(experiment, FEATURES, (3,))
    assert wider.initialization == "explicit"
    np.testing.assert_array_equal(start(wider).layers[0][:2], start(experiment).layers[0])


def test_the_notebooks_start_stands_where_its_two_forms_meet():
    three = reshape(Experiment(), ("x1", "x2", "x1*x2"), (2,))
    assert three == Experiment(features=("x1", "x2", "x1*x2"))


@pytest.mark.parametrize(
    ("features", "hidden"), [((), (2,)), (("x1", "x1"), (2,)), (FEATURES, (9,)), (FEATURES, (1,) * 7)]
)
def test_a_shape_out_of_bounds_is_refused(features, hidden):
    with pytest.raises(ValidationError):
        reshape(OWN, features, hidden)


def test_every_other_setting_is_kept():
    experiment = OWN.changed(learning_rate=1.5, dataset="nor", seed=3, epochs=7)
    wider = reshape(experiment, FEATURES, (3,))
    shape = {"hidden_layer_sizes", "weights", "biases"}
    assert {k: v for k, v in wider if k not in shape} == {k: v for k, v in experiment if k not in shape}
