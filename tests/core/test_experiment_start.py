"""What an experiment gives a run to start from: its data and its initial parameters."""

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.core.data.datasets import GATES

BIASES = [[0, 0], [0]]
EXPLICIT = Experiment(
    initialization="explicit", weights=[[[0.2, 0.4], [0.3, 0.7]], [[0.4, 0.9]]], biases=BIASES
)


# --- data -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("gate", list(GATES))
def test_the_data_are_the_chosen_gates(gate):
    data = Experiment(dataset=gate, encoding="binary", targets=(1, 1, 1, 1)).data()
    np.testing.assert_array_equal(data.targets, GATES[gate])


@pytest.mark.parametrize(("encoding", "targets"), [("bipolar", [1, -1, -1, 1]), ("binary", [1, 0, 0, 1])])
def test_custom_data_have_the_experiments_own_targets(encoding, targets):
    data = Experiment(dataset="custom", targets=(1, 0, 0, 1), encoding=encoding).data()
    np.testing.assert_array_equal(data.targets, targets)


def test_the_encoding_sets_inputs_and_targets_alike():
    data = Experiment(encoding="binary").data()
    assert set(data.points.ravel()) == set(data.targets) == {0.0, 1.0}


# --- the start ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "initialization", ["notebook", "zeros", "equal", "uniform", "normal", "xavier", "he"]
)
def test_every_start_but_an_explicit_one_has_biases_of_zero(initialization):
    start = Experiment(initialization=initialization, seed=3).initial_parameters()
    assert not any(b.any() for b in start.biases)


def test_the_seed_and_the_scale_reach_the_start():
    experiment = Experiment(initialization="uniform", seed=3, scale=2.0)
    start = experiment.initial_parameters().vector
    assert not np.array_equal(start, experiment.changed(seed=4).initial_parameters().vector)
    np.testing.assert_allclose(start, 2 * experiment.changed(scale=1.0).initial_parameters().vector)


def test_each_start_is_a_new_copy():
    experiment = EXPLICIT
    experiment.initial_parameters().vector[:] = 42.0
    assert 42.0 not in experiment.initial_parameters().vector


def test_an_explicit_start_is_every_number_given():
    weights, biases = [[[0.1, -1000.0], [5e-324, 1000.0]], [[-0.0, 1 / 3]]], [[0.5, -7.0], [1e-9]]
    start = Experiment(initialization="explicit", weights=weights, biases=biases).initial_parameters()
    for layer in (0, 1):
        np.testing.assert_array_equal(start.weights[layer], weights[layer])
        np.testing.assert_array_equal(start.biases[layer], biases[layer])


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
def test_numpy_arrays_are_taken_as_weights(dtype):
    weights, biases = (
        [np.array([[1, 2], [3, 4]], dtype), np.array([[5, 6]], dtype)],
        [np.zeros(2), np.zeros(1)],
    )
    experiment = Experiment(initialization="explicit", weights=weights, biases=biases)
    assert experiment.weights == (((1.0, 2.0), (3.0, 4.0)), ((5.0, 6.0),))
    assert hash(experiment)


def test_a_trained_network_can_be_a_start_bit_for_bit():
    trained = nnlab.train(Experiment(epochs=5))
    experiment = Experiment(initialization="explicit", weights=trained.weights, biases=trained.biases)
    np.testing.assert_array_equal(experiment.initial_parameters().vector, trained.parameters.vector)
    assert experiment == Experiment().with_start(trained.parameters).changed(epochs=201)


def test_changing_the_arrays_given_does_not_change_the_experiment():
    weights = [np.ones((2, 2)), np.ones((1, 2))]
    experiment = Experiment(initialization="explicit", weights=weights, biases=BIASES)
    weights[0][:] = 42.0
    assert experiment.weights == (((1.0, 1.0), (1.0, 1.0)), ((1.0, 1.0),))


@pytest.mark.parametrize(
    ("setting", "value"),
    [("epochs", np.int64(7)), ("learning_rate", np.float64(0.5)), ("seed", np.uint32(9))],
)
def test_numpys_numbers_are_taken_for_what_they_are(setting, value):
    experiment = Experiment(**{setting: value})
    assert getattr(experiment, setting) == value
    assert type(getattr(experiment, setting)) in (int, float)
