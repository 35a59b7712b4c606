import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab.core.losses import LOSSES, cross_entropy, half_mean_squared_error, residual

OUTPUTS = np.array([[0.5, -0.25, 1.0]])
TARGETS = np.array([[1.0, -1.0, 1.0]])
SUMS = np.array([[0.3, -2.0, 5.0, 0.0]])
BITS = np.array([[1.0, 0.0, 0.0, 1.0]])

unhurried = settings(deadline=None)
rows = st.lists(st.tuples(st.floats(-12, 12), st.integers(0, 1)), min_size=1, max_size=9)
each_cost = pytest.mark.parametrize("cost", [half_mean_squared_error, cross_entropy])


def test_the_losses_are_these_two():
    assert {name: loss.slope_in_sums for name, loss in LOSSES.items()} == {
        "squared_error": False,
        "cross_entropy": True,
    }


# --- squared error --------------------------------------------------------------------------------


def test_the_cost_is_half_the_mean_of_squared_distances():
    assert half_mean_squared_error(OUTPUTS, TARGETS) == (0.5**2 + 0.75**2) / 6


def test_the_cost_of_the_right_answers_is_zero():
    assert half_mean_squared_error(TARGETS, TARGETS) == 0


def test_squared_error_looks_at_outputs_and_not_at_sums():
    loss = LOSSES["squared_error"]
    assert loss.cost(np.full((1, 3), np.nan), OUTPUTS, TARGETS) == half_mean_squared_error(OUTPUTS, TARGETS)


def test_the_slope_is_the_central_difference_of_one_rows_loss():
    h, slope = 1e-6, np.empty_like(OUTPUTS)
    residual(OUTPUTS, TARGETS, slope)
    difference = ((OUTPUTS + h - TARGETS) ** 2 / 2 - (OUTPUTS - h - TARGETS) ** 2 / 2) / (2 * h)
    np.testing.assert_allclose(slope, difference, atol=1e-9)


# --- cross-entropy --------------------------------------------------------------------------------


def textbook(z, y):
    """One row's: minus the logarithm of the chance that the network gives to what is so."""
    a = 1 / (1 + math.exp(-z))
    return -math.log(a) if y else -math.log(1 - a)


@unhurried
@given(rows)
def test_where_the_textbooks_form_is_finite_both_agree(pairs):
    sums, targets = np.array(pairs, dtype=np.float64).T[:, np.newaxis]
    expected = sum(textbook(z, y) for z, y in pairs) / len(pairs)
    # 1 - a of the textbook is itself only known to one rounding of 1
    assert cross_entropy(sums, targets) == pytest.approx(expected, rel=1e-12, abs=1e-16 * math.exp(12))


def test_an_even_guess_costs_the_logarithm_of_two():
    assert cross_entropy(np.zeros((1, 4)), BITS) == pytest.approx(math.log(2), rel=1e-15)


@pytest.mark.parametrize("z", [30.0, 700.0, 1e4, 1e300])
@pytest.mark.parametrize("precision", [np.float64, np.float32])
def test_far_out_it_is_the_sum_itself_if_wrong_and_nothing_if_right(z, precision):
    z = min(z, 1e30) if precision is np.float32 else z
    sums = np.array([[z, -z]], precision)
    assert cross_entropy(sums, np.array([[1, 0]], precision)) < 1e-12
    assert cross_entropy(sums, np.array([[0, 1]], precision)) == pytest.approx(z, rel=1e-6)


@unhurried
@given(st.floats(-1e4, 1e4), st.integers(0, 1))
def test_it_is_finite_and_never_negative(z, y):
    cost = cross_entropy(np.array([[z]]), np.array([[float(y)]]))
    assert 0 <= cost <= abs(z) + math.log(2)


def test_cross_entropy_looks_at_sums_and_not_at_outputs():
    loss = LOSSES["cross_entropy"]
    assert loss.cost(SUMS, np.full((1, 4), np.nan), BITS) == cross_entropy(SUMS, BITS)


def test_the_slope_in_the_sum_is_the_central_difference_of_one_rows_loss():
    """a - y, for the sigmoid's own slope cancels."""
    h, slope = 1e-6, np.empty_like(SUMS)
    residual(1 / (1 + np.exp(-SUMS)), BITS, slope)
    for place in range(4):
        z, y = SUMS[:, place : place + 1], BITS[:, place : place + 1]
        difference = (cross_entropy(z + h, y) - cross_entropy(z - h, y)) / (2 * h)
        assert slope[0, place] == pytest.approx(difference, abs=1e-9)


# --- both -----------------------------------------------------------------------------------------


@each_cost
def test_the_cost_of_one_network_is_one_number(cost):
    assert cost(SUMS, BITS).shape == ()


@each_cost
@pytest.mark.parametrize("precision", [np.float64, np.float32])
def test_the_cost_of_many_networks_is_one_number_each(cost, precision):
    many = np.stack([SUMS, 2 * SUMS - 1, BITS], axis=-1).astype(precision)
    targets = BITS.astype(precision)
    costs = cost(many, targets[..., np.newaxis])
    assert (costs.shape, costs.dtype) == ((3,), precision)
    alone = [cost(np.ascontiguousarray(many[..., n]), targets) for n in range(3)]
    np.testing.assert_allclose(costs, alone, rtol=1e-14 if precision is np.float64 else 1e-6)


@each_cost
def test_of_the_same_rows_twice_the_mean_is_the_same(cost):
    assert cost(np.tile(SUMS, 2), np.tile(BITS, 2)) == pytest.approx(float(cost(SUMS, BITS)), rel=1e-14)


@each_cost
@pytest.mark.parametrize("shape", [(3,), (3, 1), (1, 2), (1, 1)])
def test_targets_of_another_shape_are_rejected_not_broadcast(cost, shape):
    with pytest.raises(ValueError, match="must have one shape"):
        cost(OUTPUTS, np.ones(shape))
