"""Own rows with mean 0 and standard deviation 1."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab.core.data.datasets import ENCODINGS, FEWEST_TO_TEST, own, own_split
from nnlab.core.data.own_data import DECIMALS, LARGEST_COORDINATE, standardization

unhurried = settings(deadline=None)


COORDINATE = st.floats(-LARGEST_COORDINATE, LARGEST_COORDINATE).map(lambda x: round(x, DECIMALS) + 0.0)
POINTS = st.lists(st.tuples(COORDINATE, COORDINATE, st.integers(0, 1)), min_size=1, max_size=50)


@unhurried
@given(POINTS)
def test_standardized_coordinates_have_mean_zero_and_deviation_one(points):
    coordinates = np.array([point[:2] for point in points])
    mean, deviation = standardization(coordinates)
    moved = (coordinates - mean) / deviation
    assert mean.shape == deviation.shape == (2,)
    varies = np.ptp(coordinates, axis=0) > 0
    # A coordinate of 1e6 is held to 1e-10, and a spread may be as small as 1e-5: their ratio is left.
    np.testing.assert_allclose(moved.mean(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(moved.std(axis=0), varies, rtol=1e-4)
    np.testing.assert_allclose(moved * deviation + mean, coordinates, rtol=1e-12, atol=1e-9)


def test_standardizing_by_hand():
    mean, deviation = standardization(np.array([[1.0, 10.0], [3.0, 10.0], [1.0, 40.0], [3.0, 40.0]]))
    np.testing.assert_array_equal(mean, [2, 25])
    np.testing.assert_array_equal(deviation, [1, 15])


@pytest.mark.parametrize("value", [0.0, 0.1, -999999.1234])
@pytest.mark.parametrize("m", [1, 3, 10, 1000])
def test_a_coordinate_that_does_not_vary_is_only_centred(value, m):
    points = np.column_stack([np.full(m, value), np.arange(m)])
    mean, deviation = standardization(points)
    assert mean[0] == value
    assert deviation[0] == 1


def test_standardizing_leaves_its_points_alone():
    points = np.array([[1.0, 2.0], [3.0, 5.0]])
    standardization(points)
    np.testing.assert_array_equal(points, [[1, 2], [3, 5]])


@pytest.mark.parametrize("shape", [(0, 2), (2,), (3, 3), (2, 2, 2)])
def test_points_to_standardize_have_two_coordinates(shape):
    with pytest.raises(ValueError, match="points must have shape"):
        standardization(np.zeros(shape))


def test_test_rows_have_no_part_in_the_standardization():
    rows = [(float(i), float(i % 7), i % 2) for i in range(40)]
    far = [(1e6, -1e6, 1)]
    alone, beside = (
        own(points, 50, 3, ENCODINGS["bipolar"], standardize=True) for points in (rows, rows + far)
    )
    trains = own_split(41, 50, 3)
    assert not trains[40], "this seed has the far row test"
    np.testing.assert_array_equal(alone.points, beside.points)
    np.testing.assert_array_equal(alone.standardization, beside.standardization)
    np.testing.assert_allclose(alone.points.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(alone.points.std(axis=0), 1, rtol=1e-12)


@pytest.mark.parametrize("share", [10, 50, 90])
@pytest.mark.parametrize("count", [FEWEST_TO_TEST, FEWEST_TO_TEST + 1, 100])
def test_there_is_always_a_row_to_train_on_and_one_to_test_with(share, count):
    for seed in range(200):
        trains = own_split(count, share, seed)
        assert trains.any(), seed
        assert not trains.all(), seed
        np.testing.assert_array_equal(own_split(count + 1, share, seed)[:count], trains)
