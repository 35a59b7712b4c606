import numpy as np
import pytest

import nnlab
from nnlab.core.data.datasets import GATE_MARGIN
from nnlab.core.network import Parameters
from nnlab.core.plane import Plane, axis
from nnlab.core.prediction import outputs_at

FEATURE_SETS = [
    ("x1",),
    ("x2",),
    ("x1*x2",),
    ("x1 and x2",),
    ("x2", "x1"),
    ("x1", "x2", "x1*x2"),
    ("x1 and x2", "x1*x2", "x2", "x1"),
]
AXIS = np.linspace(-1.5, 1.5, 12)


def random_network(features, depth, **settings):
    """An experiment and parameters to draw, biases included."""
    experiment = nnlab.Experiment(
        features=features, hidden_layer_sizes=(3, 2, 4, 1, 5, 2)[:depth], initialization="uniform", **settings
    )
    vector = np.random.default_rng(5).normal(size=experiment.parameter_count)
    return experiment, Parameters(experiment.layer_sizes, vector)


def surface_of(experiment, parameters, precision=np.float64):
    plane = Plane.over(AXIS, experiment.features, precision)
    return plane.outputs(parameters, experiment.layer_activations)


@pytest.mark.parametrize(("encoding", "low", "high"), [("bipolar", -1.5, 1.5), ("binary", -0.25, 1.25)])
def test_the_axis_is_wider_than_the_points_and_centred_on_them(encoding, low, high):
    coordinates = axis(nnlab.Experiment(encoding=encoding).data(), 61)
    assert GATE_MARGIN == 1.5
    np.testing.assert_allclose(coordinates, np.linspace(low, high, 61), atol=1e-15)


@pytest.mark.parametrize("size", [2, 60, 120])
def test_the_axis_has_the_size_asked_for(size):
    assert axis(nnlab.Experiment().data(), size).shape == (size,)


@pytest.mark.parametrize("features", FEATURE_SETS, ids=" ".join)
@pytest.mark.parametrize("depth", [0, 1, 6])
@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize("output_activation", ["tanh", "sigmoid"])
def test_the_surface_is_what_the_network_says_at_each_point(features, depth, activation, output_activation):
    experiment, parameters = random_network(
        features, depth, activation=activation, output_activation=output_activation
    )
    points = np.array([(x1, x2) for x2 in AXIS for x1 in AXIS])
    expected = outputs_at(experiment, parameters, points).reshape(12, 12)
    np.testing.assert_allclose(surface_of(experiment, parameters), expected, rtol=1e-11, atol=1e-14)


def test_columns_follow_x1():
    experiment, _ = random_network(("x1", "x2"), 0)
    surface = surface_of(experiment, Parameters((2, 1), np.array([1.0, 0.0, 0.0])))
    np.testing.assert_allclose(surface, np.tile(np.tanh(AXIS), (12, 1)), rtol=1e-15)


def test_rows_follow_x2():
    experiment, _ = random_network(("x1", "x2"), 0)
    surface = surface_of(experiment, Parameters((2, 1), np.array([0.0, 1.0, 0.0])))
    np.testing.assert_allclose(surface, np.tile(np.tanh(AXIS)[:, np.newaxis], (1, 12)), rtol=1e-15)


@pytest.mark.parametrize("features", FEATURE_SETS, ids=" ".join)
@pytest.mark.parametrize("depth", [0, 1, 6])
def test_single_precision_gives_the_same_picture(features, depth):
    experiment, parameters = random_network(features, depth)
    rough = surface_of(experiment, parameters, np.float32)
    assert rough.dtype == np.float32
    np.testing.assert_allclose(rough, surface_of(experiment, parameters), atol=1e-5)


def test_double_precision_stays_double():
    assert surface_of(*random_network(("x1", "x2"), 1)).dtype == np.float64


def test_a_surface_is_not_overwritten_by_the_next():
    experiment, parameters = random_network(("x1",), 0)
    plane = Plane.over(AXIS, experiment.features)
    first = plane.outputs(parameters, experiment.layer_activations)
    before = first.copy()
    parameters.vector[:] = 0.0
    plane.outputs(parameters, experiment.layer_activations)
    np.testing.assert_array_equal(first, before)


def test_drawing_leaves_plane_and_parameters_alone():
    experiment, parameters = random_network(("x1", "x2", "x1*x2"), 1)
    plane, before = Plane.over(AXIS, experiment.features), parameters.vector.copy()
    first = plane.outputs(parameters, experiment.layer_activations)
    np.testing.assert_array_equal(plane.outputs(parameters, experiment.layer_activations), first)
    np.testing.assert_array_equal(parameters.vector, before)


def test_the_units_over_the_grid_begin_with_the_features_and_end_with_the_output():
    experiment, parameters = random_network(("x1", "x1*x2"), 2)
    plane = Plane.over(AXIS, experiment.features, np.float64)
    units = plane.units(parameters, experiment.layer_activations)
    assert [layer.shape for layer in units] == [(size, 12, 12) for size in experiment.layer_sizes]
    x1, x2 = np.meshgrid(AXIS, AXIS)
    np.testing.assert_array_equal(units[0], [x1, x1 * x2])
    np.testing.assert_array_equal(units[-1][0], plane.outputs(parameters, experiment.layer_activations))
