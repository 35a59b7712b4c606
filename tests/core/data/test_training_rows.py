"""Which rows of samples and of own data train a network, and which only test it."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.core.data.datasets import ENCODINGS, FEWEST_TO_TEST, own, sampled
from nnlab.core.data.samples import SAMPLERS, sample

BIPOLAR, BINARY = ENCODINGS["bipolar"], ENCODINGS["binary"]
unhurried = settings(deadline=None, max_examples=50)
each_dataset = pytest.mark.parametrize("name", SAMPLERS)


def spread(count):
    """So many rows, no two alike, by turns of both classes."""
    return [(float(k), k * k / 100, k % 2) for k in range(count)]


def places(points, rows):
    """Where each of some points stands among rows that are all different."""
    table = [row[:2] for row in rows]
    return [table.index(tuple(point)) for point in points.tolist()]


# --- samples --------------------------------------------------------------------------------------


@each_dataset
@pytest.mark.parametrize(
    ("samples", "share", "train"), [(20, 10, 2), (500, 50, 250), (21, 50, 10), (1000, 90, 900), (99, 33, 33)]
)
def test_a_share_of_the_samples_trains_and_the_rest_tests(name, samples, share, train):
    data = sampled(name, samples, 10.0, share, 3, BIPOLAR)
    assert len(data.points) == len(data.targets) == train
    assert len(data.test_points) == len(data.test_targets) == samples - train


@each_dataset
@pytest.mark.parametrize("encoding", [BIPOLAR, BINARY])
def test_training_and_test_rows_are_the_samples_first_to_last(name, encoding):
    data, (points, labels) = sampled(name, 60, 20.0, 40, 5, encoding), sample(name, 60, 20.0, 5)
    np.testing.assert_array_equal(np.concatenate([data.points, data.test_points]), points)
    expected = labels if SAMPLERS[name].regression else encoding.low + (encoding.high - encoding.low) * labels
    np.testing.assert_array_equal(np.concatenate([data.targets, data.test_targets]), expected)


@each_dataset
def test_another_share_moves_the_border_and_no_row(name):
    few, most = (sampled(name, 60, 20.0, share, 5, BIPOLAR) for share in (10, 90))
    np.testing.assert_array_equal(few.points, most.points[:6])
    np.testing.assert_array_equal(few.test_points[-6:], most.test_points)


@each_dataset
@pytest.mark.parametrize(("encoding", "middle"), [(BIPOLAR, 0.0), (BINARY, 0.5)])
def test_the_middle_is_between_the_classes_and_zero_in_a_regression(name, encoding, middle):
    data = sampled(name, 40, 0.0, 50, 1, encoding)
    regression = name in ("plane", "multi_gaussians")
    assert data.regression == regression
    assert data.middle == (0.0 if regression else middle)


@each_dataset
def test_the_domain_of_samples_is_the_playgrounds(name):
    assert sampled(name, 500, 50.0, 50, 1, BIPOLAR).domain == (-6.0, 6.0)


def test_the_settings_of_samples_reach_the_data():
    base = Experiment(dataset="moons", samples=50, noise=10.0, train_share=60, data_seed=4)
    data = base.data()
    for name, other in (("samples", 60), ("noise", 20.0), ("data_seed", 5)):
        changed = base.changed(**{name: other}).data()
        assert not np.array_equal(changed.points, data.points), name
    assert len(base.changed(train_share=70).data().points) == 35
    np.testing.assert_array_equal(base.changed(seed=9, epochs=3).data().points, data.points)


# --- own rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, FEWEST_TO_TEST - 1])
@pytest.mark.parametrize("share", [10, 90])
def test_of_fewer_than_twenty_own_rows_all_train(count, share):
    assert FEWEST_TO_TEST == 20
    data = own(spread(count), share, 7, BIPOLAR, standardize=False)
    assert data.points.tolist() == [list(row[:2]) for row in spread(count)]
    assert len(data.test_targets) == 0


@pytest.mark.parametrize("share", [10, 50, 90])
def test_of_many_own_rows_about_the_share_trains(share):
    data = own(spread(1000), share, 7, BIPOLAR, standardize=False)
    assert len(data.points) / 1000 == pytest.approx(share / 100, abs=0.05)
    together = sorted([*data.points.tolist(), *data.test_points.tolist()])
    assert together == [list(row[:2]) for row in spread(1000)]


@unhurried
@given(st.integers(20, 999), st.integers(10, 90), st.integers(0, 2**32 - 1))
@example(20, 10, 207)  # of the first 20 rows the seed draws none, and then the next
def test_a_row_more_moves_no_other_between_training_and_test(count, share, seed):
    before, after = (own(spread(rows), share, seed, BINARY, standardize=False) for rows in (count, count + 1))
    rows = spread(count + 1)
    trained, then = set(places(before.points, rows)), set(places(after.points, rows))
    assert then - {count} == trained
    assert set(places(after.test_points, rows)) - {count} == set(places(before.test_points, rows))


@unhurried
@given(st.integers(20, 60), st.integers(0, 2**32 - 1))
def test_one_row_at_least_trains(count, seed):
    assert len(own(spread(count), 10, seed, BINARY, standardize=False).points) >= 1


def test_another_seed_has_others_train():
    one, other = (own(spread(40), 50, seed, BIPOLAR, standardize=False) for seed in (1, 2))
    assert one.points.tolist() != other.points.tolist()


@pytest.mark.parametrize("encoding", [BIPOLAR, BINARY])
def test_own_rows_keep_their_order_and_their_class(encoding):
    rows = spread(50)
    data = own(rows, 50, 3, encoding, standardize=False)
    for points, targets in ((data.points, data.targets), (data.test_points, data.test_targets)):
        at = places(points, rows)
        assert at == sorted(at)
        assert targets.tolist() == [(encoding.low, encoding.high)[rows[place][2]] for place in at]
    assert (data.middle, data.regression) == (encoding.middle, False)


@pytest.mark.parametrize(
    ("rows", "reach"),
    [
        ([(0.5, -0.5, 1)], 6.0),
        ([(6.0, -6.0, 1)], 6.0),
        ([(0.0, -6.0001, 1), (1.0, 1.0, 0)], 7.0),
        ([(123.4, 0.0, 0)], 124.0),
        ([(0.0, -1e6, 0)], 1e6),
    ],
)
def test_the_domain_of_own_rows_is_the_playgrounds_or_holds_them_all(rows, reach):
    assert own(rows, 50, 0, BIPOLAR, standardize=False).domain == (-reach, reach)


def test_the_domain_holds_test_rows_too():
    rows = [*spread(5), (50.0, 50.0, 1), *spread(15)]
    seeds = [
        seed for seed in range(20) if 50.0 in own(rows, 50, seed, BIPOLAR, standardize=False).test_points
    ]
    assert seeds
    assert {own(rows, 50, seed, BIPOLAR, standardize=False).domain for seed in seeds} == {(-50.0, 50.0)}


def test_without_a_row_there_is_no_data():
    with pytest.raises(ValueError, match="rows must be at least 1, got 0"):
        own([], 50, 0, BIPOLAR, standardize=False)


# --- standardized ---------------------------------------------------------------------------------


def test_standardized_training_rows_have_mean_0_and_deviation_1_in_each_coordinate():
    rows = [(1000.0 + 7 * k, -0.01 * k * k, k % 2) for k in range(40)]
    data = own(rows, 50, 3, BIPOLAR, standardize=True)
    np.testing.assert_allclose(data.points.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(data.points.std(axis=0), 1, rtol=1e-12)
    assert abs(data.test_points.mean(axis=0)).max() > 0.01, (
        "they were measured by rows of which they are none"
    )
    assert data.domain == (-6.0, 6.0)


def test_what_they_were_standardized_with_leads_back():
    rows = [(1000.0 + 7 * k, -0.01 * k * k, k % 2) for k in range(40)]
    plain, data = (own(rows, 50, 3, BIPOLAR, standardize=choice) for choice in (False, True))
    assert data.standardization
    mean, deviation = data.standardization
    np.testing.assert_allclose(data.points * deviation + mean, plain.points, rtol=1e-12)
    np.testing.assert_allclose(data.test_points * deviation + mean, plain.test_points, rtol=1e-12)
    np.testing.assert_array_equal(data.targets, plain.targets)
    assert plain.standardization is None


def test_a_coordinate_that_never_varies_is_only_centred():
    data = own([(3.0, 1.0, 0), (3.0, 2.0, 1)], 50, 0, BIPOLAR, standardize=True)
    np.testing.assert_array_equal(data.points, [[0, -1], [0, 1]])


def test_only_own_data_are_standardized():
    own_data = Experiment(dataset="own", points=[(10.0, 20.0, 0), (30.0, 60.0, 1)], standardize=True)
    np.testing.assert_array_equal(own_data.data().points, [[-1, -1], [1, 1]])
    circle = Experiment(dataset="circle")
    np.testing.assert_array_equal(circle.changed(standardize=True).data().points, circle.data().points)
