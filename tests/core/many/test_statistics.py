import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab.core.many.statistics import Z_95, fan, histogram, wilson

unhurried = settings(deadline=None, max_examples=50)


@st.composite
def samples(draw):
    count = draw(st.integers(1, 10_000))
    return draw(st.integers(0, count)), count


# --- shares ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("successes", "count", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_that_of_newcombes_table(successes, count, low, high):
    """Table I, method 3, of Newcombe, "Two-sided confidence intervals for the single proportion" (1998)."""
    share = wilson(successes, count)
    assert (share.low, share.high) == pytest.approx((low, high), abs=5e-5)
    assert share.value == successes / count


def test_the_interval_of_nothing_among_n_ends_where_a_hand_computes_it():
    """z^2 / (n + z^2)"""
    assert wilson(0, 10, z=2.0).high == pytest.approx(4 / 14, rel=1e-14)
    assert wilson(10, 10, z=2.0).low == pytest.approx(10 / 14, rel=1e-14)


def test_the_interval_of_a_half_is_as_a_hand_computes_it():
    """1/2 -+ 2 sqrt(1/48 + 1/144) / (4/3), of 12 with z = 2: the root is 1/6."""
    share = wilson(6, 12, z=2.0)
    assert (share.low, share.high) == pytest.approx((0.25, 0.75), rel=1e-14)


@pytest.mark.parametrize("count", [1, 7, 1000, 10**9])
def test_none_and_all_are_exactly_at_the_ends(count):
    assert wilson(0, count).low == 0.0
    assert wilson(count, count).high == 1.0


@unhurried
@given(samples())
def test_the_interval_holds_the_share_and_stays_within_0_and_1(sample):
    share = wilson(*sample)
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert share.low < share.high


@unhurried
@given(samples())
def test_failures_have_the_mirrored_interval(sample):
    successes, count = sample
    share, mirrored = wilson(successes, count), wilson(count - successes, count)
    assert (share.low, share.high) == pytest.approx((1 - mirrored.high, 1 - mirrored.low), abs=1e-12)


@unhurried
@given(samples())
def test_the_ends_are_shares_of_which_the_sample_is_just_z_standard_errors_away(sample):
    """Wilson's own definition: (p - q)^2 = z^2 q (1 - q) / n."""
    share = wilson(*sample)
    for end in (share.low, share.high):
        expected = Z_95**2 * end * (1 - end) / share.count
        assert (share.value - end) ** 2 == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_the_interval_holds_the_true_share_in_95_of_100_samples():
    """The exact chance under the binomial distribution, averaged over true shares."""
    count = 60
    intervals = [wilson(successes, count) for successes in range(count + 1)]
    chances = [
        sum(
            math.comb(count, successes) * p**successes * (1 - p) ** (count - successes)
            for successes, share in enumerate(intervals)
            if share.low <= p <= share.high
        )
        for p in np.linspace(0.01, 0.99, 197)
    ]
    assert np.mean(chances) == pytest.approx(0.95, abs=0.005)
    assert min(chances) > 0.83


def test_z_leaves_two_and_a_half_percent_above():
    assert math.erfc(Z_95 / math.sqrt(2)) / 2 == pytest.approx(0.025, rel=1e-12)


@pytest.mark.parametrize(("successes", "count"), [(0, 0), (-1, 5), (6, 5), (0, -1)])
def test_a_share_of_no_sample_is_rejected(successes, count):
    with pytest.raises(ValueError, match=f"successes must be in .*, got {successes} of {count}"):
        wilson(successes, count)


# --- quantiles ------------------------------------------------------------------------------------


def test_a_fan_has_the_quantiles_of_each_epoch():
    """Of 0 to 100 a quantile is its own percentage."""
    cost = np.stack([np.arange(101.0), np.arange(101.0)[::-1] / 100], axis=1)
    expected = np.array([5.0, 25.0, 50.0, 75.0, 95.0])
    np.testing.assert_allclose(fan(cost), np.stack([expected, expected / 100], axis=1), rtol=1e-12)


def test_the_fan_of_one_network_is_its_cost():
    np.testing.assert_array_equal(fan(np.array([[3.0, 2.0, 1.0]])), [[3.0, 2.0, 1.0]] * 5)


# --- histogram ------------------------------------------------------------------------------------


def test_a_value_on_an_edge_falls_into_the_bin_above_it():
    bars = histogram(np.array([0.0, 0.1, 0.25, 0.5, 0.99]), high=1.0, bins=4)
    np.testing.assert_array_equal(bars.edges, [0, 0.25, 0.5, 0.75, 1])
    assert bars.counts.tolist() == [2, 1, 1, 1]


def test_the_last_bin_takes_the_greatest_value_in():
    assert histogram(np.array([1.0, 1.0]), high=1.0, bins=4).counts.tolist() == [0, 0, 0, 2]


def test_the_bins_go_on_to_the_greatest_value_beyond_their_end():
    bars = histogram(np.array([0.1, 3.0]), high=1.0, bins=3)
    np.testing.assert_allclose(bars.edges, [0, 1, 2, 3])
    assert bars.counts.tolist() == [1, 0, 1]


@unhurried
@given(st.lists(st.floats(0, 4), min_size=1, max_size=50), st.floats(0.1, 5), st.integers(1, 60))
def test_every_value_is_counted_once(values, high, bins):
    bars = histogram(np.array(values), high, bins)
    assert bars.counts.sum() == len(values)
    assert (len(bars.counts), len(bars.edges)) == (bins, bins + 1)
