import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab.core.features import FEATURES, apply

POINTS: list[list[float]] = [[-1, -1], [-1, 1], [1, -1], [0.5, 0.25]]


def test_the_features_are_these_eight():
    assert list(FEATURES) == ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin x1", "sin x2", "x1 and x2"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("x1", [-1, -1, 1, 0.5]),
        ("x2", [-1, 1, -1, 0.25]),
        ("x1^2", [1, 1, 1, 0.25]),
        ("x2^2", [1, 1, 1, 0.0625]),
        ("x1*x2", [1, -1, -1, 0.125]),
        ("x1 and x2", [-1, -1, -1, 0.25]),
    ],
)
def test_a_feature_of_each_point(name, values):
    np.testing.assert_array_equal(apply([name], POINTS), np.array(values)[:, np.newaxis])


@pytest.mark.parametrize("name", ["sin x1", "sin x2"])
def test_a_sine_is_of_its_own_coordinate_in_radians(name):
    points = [[math.pi / 6, 3.0], [3.0, math.pi / 6], [math.pi / 2, -math.pi / 2], [0.0, 0.0]]
    expected = {"sin x1": [0.5, math.sin(3), 1, 0], "sin x2": [math.sin(3), 0.5, -1, 0]}
    np.testing.assert_allclose(apply([name], points)[:, 0], expected[name], rtol=1e-15)


@pytest.mark.parametrize(("low", "high"), [(-1, 1), (0, 1)])
def test_x1_and_x2_is_true_only_where_both_are(low, high):
    rows = [[low, low], [low, high], [high, low], [high, high]]
    np.testing.assert_array_equal(apply(["x1 and x2"], rows)[:, 0], [low, low, low, high])


def test_columns_come_in_the_order_asked_for():
    np.testing.assert_array_equal(apply(["x1*x2", "x2", "x1"], [[2, 3]]), [[6, 3, 2]])


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=1, max_size=9))
def test_a_feature_is_the_same_of_points_as_of_the_grid_they_span(points):
    x1, x2 = np.array(points).T
    grid_points = np.array([(a, b) for b in x2 for a in x1])
    for name, feature in FEATURES.items():
        grid = np.broadcast_to(feature(x1[np.newaxis, :], x2[:, np.newaxis]), (len(x2), len(x1)))
        np.testing.assert_array_equal(apply([name], grid_points)[:, 0], grid.ravel())


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("x1", (1, 5)),
        ("x2", (5, 1)),
        ("x1^2", (1, 5)),
        ("x2^2", (5, 1)),
        ("x1*x2", (5, 5)),
        ("sin x1", (1, 5)),
        ("sin x2", (5, 1)),
        ("x1 and x2", (5, 5)),
    ],
)
def test_on_a_grid_a_feature_is_only_as_large_as_what_it_depends_on(name, shape):
    x1, x2 = np.ones((1, 5)), np.ones((5, 1))
    assert FEATURES[name](x1, x2).shape == shape


def test_no_points_give_no_rows():
    assert apply(["x1", "x2", "x1*x2"], np.empty((0, 2))).shape == (0, 3)


@pytest.mark.parametrize("points", [[-1, 1], [[1, 2, 3]], [[[1, 2]]], 5, [[1], [2]]])
def test_points_that_are_not_pairs_are_rejected_with_their_shape(points):
    with pytest.raises(ValueError, match=r"points must have shape \(m, 2\), got \("):
        apply(["x1"], points)
