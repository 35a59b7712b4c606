import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.core.many.landscape import LEAST_REACH, ParameterPair, cost_over, index_of, span
from nnlab.core.network import Parameters

NOTEBOOK = Experiment()
DEEP = Experiment(
    features=("x1", "x2", "x1*x2"),
    hidden_layer_sizes=(3, 2),
    activation="sigmoid",
    encoding="binary",
    initialization="normal",
    batch_size=3,
    epochs=60,
)
WEIGHTS: ParameterPair = (("weights", 0, 0, 1), ("weights", 1, 0, 0))
MIXED: ParameterPair = (("biases", 1, 1), ("weights", 0, 2, 0))


# --- the height -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("experiment", "axes"), [(NOTEBOOK, WEIGHTS), (DEEP, WEIGHTS), (DEEP, MIXED)])
@pytest.mark.parametrize("epoch", [0, 1, 17, 60])
def test_the_height_where_a_run_stands_is_its_cost(experiment, axes, epoch):
    frame = next(frame for frame in nnlab.stream(experiment) if frame.epoch == epoch)
    x, y = (frame.parameters.vector[index_of(experiment, place)] for place in axes)
    height = cost_over(experiment, frame.parameters, axes, [x - 1, x, x + 1], [y, y + 2])
    assert height[0, 1] == pytest.approx(frame.cost, rel=0, abs=1e-12)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.floats(-5, 5), min_size=1, max_size=4), st.lists(st.floats(-5, 5), min_size=1, max_size=4))
def test_the_height_is_the_cost_of_a_start_with_these_two_values(x, y):
    """Rows follow y, columns x; the initial cost of a run is computed for one network alone."""
    held = NOTEBOOK.initial_parameters()
    expected = np.empty((len(y), len(x)))
    for row, up in enumerate(y):
        for column, across in enumerate(x):
            start = held.copy()
            start.weights[0][0, 1], start.weights[1][0, 0] = across, up
            expected[row, column] = nnlab.train(NOTEBOOK.with_start(start).changed(epochs=1)).initial_cost
    np.testing.assert_allclose(cost_over(NOTEBOOK, held, WEIGHTS, x, y), expected, rtol=0, atol=1e-12)


def test_looking_moves_nothing():
    held = NOTEBOOK.initial_parameters()
    cost_over(NOTEBOOK, held, WEIGHTS, [1, 2], [3, 4])
    np.testing.assert_array_equal(held.vector, NOTEBOOK.initial_parameters().vector)


def test_from_zeros_the_landscape_of_a_hidden_weight_is_flat():
    """The output hears of no hidden unit there: that is why nothing ever moves."""
    held = Experiment(initialization="zeros").initial_parameters()
    axes: ParameterPair = (("weights", 0, 0, 0), ("weights", 0, 1, 1))
    np.testing.assert_array_equal(cost_over(NOTEBOOK, held, axes, [-3, 0, 3], [-3, 0, 3]), 0.5)


@pytest.mark.parametrize(
    ("place", "index"),
    [(("weights", 0, 0, 0), 0), (("biases", 0, 0), 2), (("weights", 0, 1, 1), 4), (("biases", 1, 0), 8)],
)
def test_a_parameter_stands_in_the_vector_where_its_layer_has_it(place, index):
    assert index_of(NOTEBOOK, place) == index


# --- the path -------------------------------------------------------------------------------------


def test_the_path_is_the_two_parameters_after_every_epoch():
    scene = nnlab.cost_landscape(DEEP, MIXED, size=5)
    frames = list(nnlab.stream(DEEP))
    expected = [[frame.biases[1][1], frame.weights[0][2, 0]] for frame in frames]
    np.testing.assert_array_equal(scene.path, expected)
    np.testing.assert_array_equal(scene.path_cost, [frame.cost for frame in frames])


@pytest.mark.parametrize("epoch", [0, 30, 60, None])
def test_the_slice_is_through_the_network_of_its_epoch(epoch):
    scene = nnlab.cost_landscape(DEEP, MIXED, size=7, epoch=epoch)
    assert scene.epoch == (60 if epoch is None else epoch)
    frame = next(frame for frame in nnlab.stream(DEEP) if frame.epoch == scene.epoch)
    expected = cost_over(DEEP, frame.parameters, MIXED, scene.x, scene.y)
    np.testing.assert_array_equal(scene.cost, expected)
    x, y = scene.path[scene.epoch]
    height = cost_over(DEEP, frame.parameters, MIXED, [x], [y])[0, 0]
    assert height == pytest.approx(scene.path_cost[scene.epoch], rel=0, abs=1e-12)


def test_the_slice_shows_all_of_the_path_and_more():
    scene = nnlab.cost_landscape(NOTEBOOK, size=9)
    assert scene.cost.shape == (9, 9)
    for values, walked in zip((scene.x, scene.y), scene.path.T, strict=True):
        width = np.ptp(walked)
        assert values[0] <= walked.min() - 0.2 * width
        assert values[-1] >= walked.max() + 0.2 * width
        assert (values[0] + values[-1]) / 2 == pytest.approx((walked.min() + walked.max()) / 2)


def test_a_path_that_stands_still_is_seen_with_something_around_it():
    assert span(np.array([2.0, 2.0])) == (2 - LEAST_REACH, 2 + LEAST_REACH)


def test_a_long_path_has_a_quarter_of_its_width_on_both_sides():
    assert span(np.array([0.0, 8.0, 4.0])) == (-2.0, 10.0)


# --- what does not hold ---------------------------------------------------------------------------


@pytest.mark.parametrize("epoch", [-1, 202])
def test_an_epoch_that_is_not_of_the_run_is_rejected(epoch):
    with pytest.raises(ValueError, match=rf"epoch must be in \[0, 201\], got {epoch}"):
        nnlab.cost_landscape(NOTEBOOK, epoch=epoch)


def test_half_an_epoch_is_rejected():
    with pytest.raises(TypeError, match="float"):
        nnlab.cost_landscape(NOTEBOOK, epoch=0.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [1, 0, -1])
def test_a_slice_of_fewer_than_two_values_a_side_is_rejected(size):
    with pytest.raises(ValueError, match=f"size must be at least 2, got {size}"):
        nnlab.cost_landscape(NOTEBOOK, size=size)


@pytest.mark.parametrize(
    ("axes", "message"),
    [
        ((WEIGHTS[0], WEIGHTS[0]), "the axes must be two parameters, got weights.0.0.1 twice"),
        ((WEIGHTS[0], ("biases", 2, 0)), "biases.2.0 must be in the network 2-2-1"),
        ((("weights", 0, 0), WEIGHTS[0]), "a parameter must be a weight"),
    ],
)
def test_axes_that_are_not_two_parameters_are_rejected(axes, message):
    with pytest.raises(ValueError, match=message):
        nnlab.cost_landscape(NOTEBOOK, axes)
    with pytest.raises(ValueError, match=message):
        cost_over(NOTEBOOK, Parameters((2, 2, 1), np.zeros(9)), axes, [0], [0])


@pytest.mark.parametrize(
    "ending",
    [
        {"stop_cost": 0.1},
        {"activation": "relu", "output_activation": "linear", "initialization": "he", "learning_rate": 5.0},
    ],
    ids=["stopped", "diverged"],
)
def test_the_path_of_a_run_that_ends_early_ends_where_it_ended(ending):
    experiment = Experiment(seed=1, **ending)
    history = nnlab.train(experiment)
    assert len(history.cost) < experiment.epochs
    landscape = nnlab.cost_landscape(experiment, size=5)
    assert landscape.epoch == len(history.cost)
    assert landscape.path_cost.tolist() == [history.initial_cost, *history.cost]
    assert len(landscape.path) == len(landscape.path_cost)
    last = [history.weights[0][0, 1], history.weights[1][0, 0]]
    assert landscape.path[-1].tolist() == last
