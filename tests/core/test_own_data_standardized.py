"""Own rows with mean 0 and standard deviation 1."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab.core.own_data import (
    DECIMALS,
    LARGEST_COORDINATE,
    standardized,
)

unhurried = settings(deadline=None)


COORDINATE = st.floats(-LARGEST_COORDINATE, LARGEST_COORDINATE).map(lambda x: round(x, DECIMALS) + 0.0)
POINTS = st.lists(st.tuples(COORDINATE, COORDINATE, st.integers(0, 1)), min_size=1, max_size=50)


@unhurried
@given(POINTS)
def test_standardized_coordinates_have_mean_zero_and_deviation_one(points):
    coordinates = np.array([point[:2] for point in points])
    moved, mean, deviation = standardized(coordinates)
    assert moved.shape == coordinates.shape
    assert mean.shape == deviation.shape == (2,)
    varies = np.ptp(coordinates, axis=0) > 0
    # A coordinate of 1e6 is held to 1e-10, and a spread may be as small as 1e-5: their ratio is left.
    np.testing.assert_allclose(moved.mean(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(moved.std(axis=0), varies, rtol=1e-4)
    np.testing.assert_allclose(moved * deviation + mean, coordinates, rtol=1e-12, atol=1e-9)


def test_standardizing_by_hand():
    moved, mean, deviation = standardized(np.array([[1.0, 10.0], [3.0, 10.0], [1.0, 40.0], [3.0, 40.0]]))
    np.testing.assert_array_equal(mean, [2, 25])
    np.testing.assert_array_equal(deviation, [1, 15])
    np.testing.assert_array_equal(moved, [[-1, -1], [1, -1], [-1, 1], [1, 1]])


@pytest.mark.parametrize("value", [0.0, 0.1, -999999.1234])
@pytest.mark.parametrize("m", [1, 3, 10, 1000])
def test_a_coordinate_that_does_not_vary_is_only_centred(value, m):
    points = np.column_stack([np.full(m, value), np.arange(m)])
    moved, mean, deviation = standardized(points)
    np.testing.assert_array_equal(moved[:, 0], 0)
    assert mean[0] == value
    assert deviation[0] == 1


def test_standardizing_leaves_its_points_alone():
    points = np.array([[1.0, 2.0], [3.0, 5.0]])
    standardized(points)
    np.testing.assert_array_equal(points, [[1, 2], [3, 5]])


@pytest.mark.parametrize("shape", [(0, 2), (2,), (3, 3), (2, 2, 2)])
def test_points_to_standardize_have_two_coordinates(shape):
    with pytest.raises(ValueError, match="points must have shape"):
        standardized(np.zeros(shape))
