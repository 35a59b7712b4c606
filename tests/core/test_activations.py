import numpy as np
import pytest

from nnlab.core.activations import ACTIVATIONS

Z = np.linspace(-6, 6, 121)
BY_THE_BOOK = {"tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}

every_activation = pytest.mark.parametrize("name", ["tanh", "sigmoid"])


def applied(name, z):
    out = np.empty_like(z)
    ACTIVATIONS[name].apply(z, out)
    return out


def test_the_activations_are_these_two():
    assert set(ACTIVATIONS) == set(BY_THE_BOOK)


@every_activation
def test_apply_writes_the_function_by_the_book(name):
    np.testing.assert_allclose(applied(name, Z), BY_THE_BOOK[name](Z), rtol=1e-13)


@every_activation
def test_apply_may_write_over_its_own_input(name):
    z = Z.copy()
    ACTIVATIONS[name].apply(z, z)
    np.testing.assert_array_equal(z, applied(name, Z))


@every_activation
def test_apply_leaves_an_input_of_its_own_alone(name):
    z = Z.copy()
    applied(name, z)
    np.testing.assert_array_equal(z, Z)


@every_activation
def test_slope_is_the_central_difference_of_the_function(name):
    h = 1e-6
    slope = np.empty_like(Z)
    ACTIVATIONS[name].slope(applied(name, Z), slope)
    difference = (BY_THE_BOOK[name](Z + h) - BY_THE_BOOK[name](Z - h)) / (2 * h)
    np.testing.assert_allclose(slope, difference, atol=1e-9)


@every_activation
def test_slope_leaves_the_activations_alone(name):
    a = applied(name, Z)
    before = a.copy()
    ACTIVATIONS[name].slope(a, np.empty_like(a))
    np.testing.assert_array_equal(a, before)


@every_activation
@pytest.mark.parametrize("z", [-1e308, -1000.0, 1000.0, 1e308])
def test_a_huge_sum_saturates_at_a_bound_without_a_warning(name, z):
    activation = ACTIVATIONS[name]
    expected = activation.low if z < 0 else activation.high
    assert applied(name, np.array([z])) == expected


@every_activation
def test_a_saturated_unit_has_no_slope(name):
    slope = np.empty(2)
    ACTIVATIONS[name].slope(applied(name, np.array([-1000.0, 1000.0])), slope)
    np.testing.assert_array_equal(slope, [0, 0])


@pytest.mark.parametrize(("name", "low", "high"), [("tanh", -1, 1), ("sigmoid", 0, 1)])
def test_the_bounds_are_where_the_function_tends(name, low, high):
    assert (ACTIVATIONS[name].low, ACTIVATIONS[name].high) == (low, high)


@pytest.mark.parametrize(("name", "value"), [("tanh", 0.0), ("sigmoid", 0.5)])
def test_a_sum_of_zero_gives_exactly_the_middle(name, value):
    assert applied(name, np.zeros(1)) == value


@every_activation
def test_single_precision_stays_single(name):
    z = Z.astype(np.float32)
    activation = applied(name, z)
    assert activation.dtype == np.float32
    np.testing.assert_allclose(activation, BY_THE_BOOK[name](Z), atol=1e-6)
