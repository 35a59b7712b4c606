import copy
import pickle

import numpy as np
import pytest

from nnlab.core.activations import ACTIVATIONS
from nnlab.core.network import Batch, Parameters, forward, parameter_count

TANH, SIGMOID = ACTIVATIONS["tanh"], ACTIVATIONS["sigmoid"]
RNG = np.random.default_rng(20260101)
INPUTS = RNG.normal(size=(2, 4))
TARGETS = np.array([-1.0, 1.0, 1.0, -1.0])


def network(*sizes, seed=3):
    """A network of random weights and biases."""
    vector = np.random.default_rng(seed).normal(size=parameter_count(sizes))
    return Parameters(sizes, vector)


def batch(parameters, activations, inputs=INPUTS, targets=TARGETS, divisor=4):
    return Batch.alone(parameters, activations, inputs, targets, divisor)


# --- parameters ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sizes", "count"), [((2, 1), 3), ((2, 2, 1), 9), ((3, 4, 1), 21), ((4, 8, 8, 8, 8, 8, 8, 1), 409)]
)
def test_the_parameter_count_is_of_every_weight_and_bias(sizes, count):
    assert parameter_count(sizes) == count


def test_the_vector_runs_layer_by_layer_unit_by_unit_weights_then_bias():
    parameters = Parameters.of([[[1, 2], [4, 5]], [[7, 8]]], [[3, 6], [9]])
    np.testing.assert_array_equal(parameters.vector, np.arange(1, 10))
    assert parameters.vector.dtype == np.float64


def test_layer_sizes_are_read_off_the_weights():
    assert Parameters.of([np.ones((4, 3)), np.ones((1, 4))], [np.ones(4), np.ones(1)]).layer_sizes == (
        3,
        4,
        1,
    )


def test_weights_and_biases_have_a_row_for_each_unit():
    parameters = network(3, 4, 1)
    assert [w.shape for w in parameters.weights] == [(4, 3), (1, 4)]
    assert [b.shape for b in parameters.biases] == [(4,), (1,)]


@pytest.mark.parametrize("view", ["weights", "biases", "layers"])
def test_a_change_of_a_view_is_a_change_of_the_vector(view):
    parameters = network(2, 2, 1)
    getattr(parameters, view)[1][:] = 42.0
    assert 42.0 in parameters.vector


@pytest.mark.parametrize("view", ["weights", "biases", "layers"])
def test_a_change_of_the_vector_is_a_change_of_every_view(view):
    parameters = network(2, 2, 1)
    parameters.vector[:] = 42.0
    assert all((part == 42.0).all() for part in getattr(parameters, view))


def test_parameters_copy_the_weights_they_are_made_of():
    weights, biases = [np.ones((1, 2))], [np.zeros(1)]
    parameters = Parameters.of(weights, biases)
    weights[0][:] = biases[0][:] = 42.0
    np.testing.assert_array_equal(parameters.vector, [1, 1, 0])


def test_a_copy_has_the_same_numbers_in_its_own_memory():
    parameters = network(2, 2, 1)
    other = parameters.copy()
    np.testing.assert_array_equal(other.vector, parameters.vector)
    assert other.layer_sizes == parameters.layer_sizes
    other.vector[:] = 42.0
    assert 42.0 not in parameters.vector
    assert (other.weights[0] == 42.0).all()


@pytest.mark.parametrize("shape", [(8,), (10,), (9, 1, 1), (8, 9), ()])
def test_a_vector_of_the_wrong_shape_is_rejected(shape):
    with pytest.raises(ValueError, match=r"vector must have shape \(9,\) or \(9, N\), got"):
        Parameters((2, 2, 1), np.zeros(shape))


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda p: pickle.loads(pickle.dumps(p))])
def test_a_copied_or_pickled_network_is_still_views_of_one_vector(duplicate):
    parameters = duplicate(network(2, 2, 1))
    np.testing.assert_array_equal(parameters.vector, network(2, 2, 1).vector)
    parameters.vector[:] = 42.0
    assert (parameters.weights[0] == 42.0).all()


def test_parameters_are_equal_only_to_themselves():
    parameters = network(2, 2, 1)
    assert parameters == parameters
    assert parameters != parameters.copy()


@pytest.mark.parametrize(
    "weights",
    [
        [np.ones((2, 2)), np.ones((1, 3))],
        [np.ones((2, 2)), np.ones((2, 1)), np.ones((1, 4))],
    ],
    ids=["one layer", "two layers of the right total"],
)
def test_layers_that_do_not_fit_each_other_are_rejected(weights):
    with pytest.raises(ValueError, match="a layer after 2 units must have as many inputs, got"):
        Parameters.of(weights, [np.zeros(len(w)) for w in weights])


def test_a_list_of_biases_too_short_is_rejected():
    with pytest.raises(ValueError, match="shorter"):
        Parameters.of([np.ones((2, 2)), np.ones((1, 2))], [np.zeros(2)])


# --- forward ------------------------------------------------------------------------------------


def test_a_layer_computes_its_weighted_sums_and_bends_them():
    parameters = Parameters.of([[[0.5, -1.0]], [[2.0]]], [[0.25], [-0.5]])
    hidden, output = forward(parameters, [TANH, SIGMOID], np.array([[1.0, 2.0], [0.5, -1.0]]))
    np.testing.assert_allclose(hidden.weighted_sums, [[0.25, 2.25]], rtol=1e-15)
    np.testing.assert_allclose(hidden.activations, np.tanh([[0.25, 2.25]]), rtol=1e-15)
    np.testing.assert_allclose(output.weighted_sums, 2 * np.tanh([[0.25, 2.25]]) - 0.5, rtol=1e-15)
    np.testing.assert_allclose(output.activations, 1 / (1 + np.exp(-output.weighted_sums)), rtol=1e-14)


def test_a_pass_has_units_in_rows_and_points_in_columns():
    passes = forward(network(2, 5, 3, 1), [TANH] * 3, INPUTS)
    assert [layer.weighted_sums.shape for layer in passes] == [(5, 4), (3, 4), (1, 4)]
    assert [layer.activations.shape for layer in passes] == [(5, 4), (3, 4), (1, 4)]


def test_an_activation_for_each_layer_is_required():
    with pytest.raises(ValueError, match="shorter"):
        forward(network(2, 2, 1), [TANH], INPUTS)


# --- a batch ------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", range(7))
@pytest.mark.parametrize("g", [TANH, SIGMOID], ids=["tanh", "sigmoid"])
def test_a_batch_goes_forward_as_the_plain_pass_does(depth, g):
    parameters = network(2, *(3, 5, 1, 8, 2, 4)[:depth], 1)
    activations = [g] * depth + [TANH]
    expected = forward(parameters, activations, INPUTS)[-1].activations
    np.testing.assert_allclose(batch(parameters, activations).forward(), expected, rtol=1e-12)


def test_a_batch_follows_the_parameters_it_was_set_up_against():
    parameters = network(2, 2, 1)
    rows = batch(parameters, [TANH] * 2)
    rows.forward()
    parameters.vector[:] = 0.0
    np.testing.assert_array_equal(rows.forward(), np.zeros((1, 4)))


def test_a_batch_keeps_its_own_copy_of_the_inputs():
    inputs = INPUTS.copy()
    rows = batch(network(2, 2, 1), [TANH] * 2, inputs)
    before = rows.cost()
    inputs[:] = 0.0
    assert rows.cost() == before


def test_the_cost_is_over_the_batchs_rows_whatever_the_divisor():
    parameters = network(2, 2, 1)
    residual = forward(parameters, [TANH] * 2, INPUTS)[-1].activations[0] - TARGETS
    for divisor in (1, 4, 9):
        cost = batch(parameters, [TANH] * 2, divisor=divisor).cost()
        assert cost == pytest.approx(np.sum(residual**2) / 8, rel=1e-14)


def test_the_passes_leave_parameters_and_rows_alone():
    parameters = network(2, 2, 1)
    rows = batch(parameters, [TANH] * 2)
    before = parameters.vector.copy()
    rows.forward()
    rows.backward()
    np.testing.assert_array_equal(parameters.vector, before)
    np.testing.assert_array_equal(rows.targets[0], TARGETS)
    np.testing.assert_array_equal(rows.inputs[:-1], INPUTS)


def test_the_same_passes_again_give_the_same_bits():
    rows = batch(network(2, 3, 2, 1), [TANH, TANH, SIGMOID])
    rows.forward()
    first = rows.backward().copy()
    rows.forward()
    np.testing.assert_array_equal(rows.backward(), first)


def test_the_divisor_divides_the_gradient():
    parameters = network(2, 3, 1)
    gradients = []
    for divisor in (1, 3):
        rows = batch(parameters, [TANH] * 2, divisor=divisor)
        rows.forward()
        gradients.append(rows.backward())
    np.testing.assert_allclose(gradients[1], gradients[0] / 3, rtol=1e-14)


def test_the_gradient_of_a_batch_is_the_sum_of_its_rows_gradients():
    parameters = network(2, 3, 1)
    rows = [slice(k, k + 1) for k in range(4)]
    parts = [batch(parameters, [TANH] * 2, INPUTS[:, row], TARGETS[row], divisor=1) for row in rows]
    whole = batch(parameters, [TANH] * 2, divisor=1)
    for part in (*parts, whole):
        part.forward()
    total = sum(part.backward() for part in parts)
    np.testing.assert_allclose(whole.backward(), total, rtol=1e-12, atol=1e-15)


def test_two_batches_over_the_same_parameters_do_not_share_working_memory():
    parameters = network(2, 3, 1)
    first, second = (
        batch(parameters, [TANH] * 2, INPUTS[:, k : k + 2], TARGETS[k : k + 2], 2) for k in (0, 2)
    )
    first.forward()
    alone = first.backward().copy()
    first.forward()
    second.forward()
    second.backward()
    np.testing.assert_array_equal(first.backward(), alone)
