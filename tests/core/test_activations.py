from typing import Any

import numpy as np
import pytest

from nnlab.core.activations import ACTIVATIONS

Z = np.linspace(-6, 6, 121)
BY_THE_BOOK: dict[str, Any] = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "leaky_relu": lambda z: np.where(z > 0, z, z / 100),
    "linear": lambda z: z,
}
CORNERED = ("relu", "leaky_relu")
BOUNDED = ("tanh", "sigmoid")

every_activation = pytest.mark.parametrize("name", list(BY_THE_BOOK))
every_bounded_one = pytest.mark.parametrize("name", BOUNDED)


def applied(name, z):
    out = np.empty_like(z)
    ACTIVATIONS[name].apply(z, out)
    return out


def slope_at(name, z):
    out = np.full_like(z, np.nan)
    ACTIVATIONS[name].slope(applied(name, z), out)
    return out


def test_the_activations_are_these_five():
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
    h, z = 1e-6, Z[np.abs(Z) > 1e-3] if name in CORNERED else Z
    difference = (BY_THE_BOOK[name](z + h) - BY_THE_BOOK[name](z - h)) / (2 * h)
    np.testing.assert_allclose(slope_at(name, z), difference, atol=1e-9)


@pytest.mark.parametrize(("name", "slope"), [("relu", 0.0), ("leaky_relu", 0.01)])
@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_at_a_corner_the_slope_is_that_of_the_left(name, slope, zero):
    assert slope_at(name, np.array([zero])) == slope


@every_activation
def test_slope_leaves_the_activations_alone(name):
    a = applied(name, Z)
    before = a.copy()
    ACTIVATIONS[name].slope(a, np.empty_like(a))
    np.testing.assert_array_equal(a, before)


@every_bounded_one
@pytest.mark.parametrize("z", [-1e308, -1000.0, 1000.0, 1e308])
def test_a_huge_sum_saturates_at_a_bound_without_a_warning(name, z):
    activation = ACTIVATIONS[name]
    expected = activation.low if z < 0 else activation.high
    assert applied(name, np.array([z])) == expected


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("relu", 0.0, 1e308), ("leaky_relu", -1e306, 1e308), ("linear", -1e308, 1e308)],
)
def test_without_a_bound_a_huge_sum_goes_on_as_it_is(name, low, high):
    np.testing.assert_allclose(applied(name, np.array([-1e308, 1e308])), [low, high], rtol=1e-15)


@every_bounded_one
def test_a_saturated_unit_has_no_slope(name):
    np.testing.assert_array_equal(slope_at(name, np.array([-1000.0, 1000.0])), [0, 0])


@pytest.mark.parametrize(
    ("name", "slopes"), [("relu", [0, 1]), ("leaky_relu", [0.01, 1]), ("linear", [1, 1])]
)
def test_a_unit_that_cannot_saturate_has_one_slope_on_each_side(name, slopes):
    np.testing.assert_array_equal(slope_at(name, np.array([-1000.0, 1000.0])), slopes)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("tanh", -1, 1),
        ("sigmoid", 0, 1),
        ("relu", 0, np.inf),
        ("leaky_relu", -np.inf, np.inf),
        ("linear", -np.inf, np.inf),
    ],
)
def test_the_bounds_are_where_the_function_tends(name, low, high):
    activation = ACTIVATIONS[name]
    assert (activation.low, activation.high) == (low, high)
    assert activation.bounded == (name in BOUNDED)


@pytest.mark.parametrize("name", list(BY_THE_BOOK))
def test_a_sum_of_zero_gives_exactly_the_middle(name):
    assert applied(name, np.zeros(1)) == (0.5 if name == "sigmoid" else 0.0)


@every_activation
def test_single_precision_stays_single(name):
    z = Z.astype(np.float32)
    activation = applied(name, z)
    assert activation.dtype == np.float32
    np.testing.assert_allclose(activation, BY_THE_BOOK[name](Z), atol=1e-6)
    np.testing.assert_allclose(slope_at(name, z), slope_at(name, z.astype(np.float64)), atol=1e-6)
