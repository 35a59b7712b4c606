"""Weights and biases that are refused: numbers out of bounds, shapes that do not fit."""

import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import Experiment
from nnlab.core.network import Parameters

NAN, INF = float("nan"), float("inf")
GOOD = [[[0.2, 0.4], [0.3, 0.7]], [[0.4, 0.9]]]


def first_error(**settings):
    with pytest.raises(ValidationError) as caught:
        Experiment(**settings)
    return caught.value.errors(include_url=False)[0]


def assert_rejected(error, place, rule):
    assert (error["loc"], error["type"]) == (place, rule)


def with_first_weight(value):
    return [[[value, 0.4], [0.3, 0.7]], [[0.4, 0.9]]]


@pytest.mark.parametrize("initialization", ["explicit", "notebook"], ids=["used", "unused"])
@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (1000.0000001, "less_than_equal"),
        (-1000.0000001, "greater_than_equal"),
        (NAN, "finite_number"),
        (INF, "finite_number"),
        (-INF, "finite_number"),
        (True, "float_type"),
        ("0.2", "float_type"),
        (None, "float_type"),
        ([0.2], "float_type"),
        (1j, "float_type"),
        (10**400, "float_type"),
    ],
)
def test_a_bad_weight_is_refused_at_its_place_used_or_not(initialization, value, rule):
    error = first_error(initialization=initialization, weights=with_first_weight(value), biases=[[0, 0], [0]])
    assert_rejected(error, ("weights", 0, 0, 0), rule)


@pytest.mark.parametrize(
    ("value", "rule"),
    [(1001, "less_than_equal"), (NAN, "finite_number"), (False, "float_type"), ("0", "float_type")],
)
def test_a_bad_bias_is_refused_at_its_place(value, rule):
    error = first_error(initialization="explicit", weights=GOOD, biases=[[0, value], [0]])
    assert_rejected(error, ("biases", 0, 1), rule)


def test_bad_numbers_in_an_array_are_refused_at_their_place():
    weights = [np.array([[0.2, 0.4], [NAN, 0.7]]), np.array([[0.4, 0.9]])]
    error = first_error(initialization="explicit", weights=weights, biases=[[0, 0], [0]])
    assert_rejected(error, ("weights", 0, 1, 0), "finite_number")


def test_an_array_of_truth_values_is_not_one_of_numbers():
    weights = [np.ones((2, 2), dtype=bool), np.ones((1, 2))]
    error = first_error(initialization="explicit", weights=weights, biases=[[0, 0], [0]])
    assert_rejected(error, ("weights", 0, 0, 0), "float_type")


@pytest.mark.parametrize(
    "weights",
    [
        None,
        [],
        [[[0.2, 0.4], [0.3, 0.7]]],
        [*GOOD, [[1.0]]],
        [[], []],
        [[[], []], [[]]],
        [[[0.2], [0.3, 0.7]], [[0.4, 0.9]]],
        [[[0.2, 0.4], [0.3]], [[0.4, 0.9]]],
        [[[0.2, 0.4]], [[0.4, 0.9]]],
        [[[0.2, 0.4, 0.1], [0.3, 0.7, 0.1]], [[0.4, 0.9]]],
        [[[0.2, 0.4], [0.3, 0.7]], [[0.4], [0.9]]],
        [[[0.2, 0.4], [0.3, 0.7]], [[0.4, 0.9], [0.4, 0.9]]],
    ],
    ids=[
        "none",
        "empty",
        "a layer short",
        "a layer long",
        "no units",
        "no inputs",
        "ragged in the first row",
        "ragged in the second row",
        "a unit short",
        "an input long",
        "transposed",
        "two outputs",
    ],
)
def test_explicit_weights_must_have_the_networks_shape(weights):
    error = first_error(initialization="explicit", weights=weights, biases=[[0, 0], [0]])
    assert error["type"] == "shape"
    assert error["ctx"]["setting"] == "weights"
    assert error["ctx"]["bound"] == "[[2, 2], [1, 2]]"


@pytest.mark.parametrize(
    "biases", [None, [], [[0, 0]], [[0], [0]], [[0, 0, 0], [0]], [[0, 0], []], [[0, 0], [0], [0]]]
)
def test_explicit_biases_must_have_the_networks_shape(biases):
    error = first_error(initialization="explicit", weights=GOOD, biases=biases)
    assert error["type"] == "shape"
    assert error["ctx"]["setting"] == "biases"
    assert error["ctx"]["bound"] == "[[2], [1]]"


@pytest.mark.parametrize(
    "weights",
    [5, "abc", {"a": 1}, [0.2], [[0.2, 0.4]], [[[[0.2]]]], ["ab"]],
    ids=["number", "text", "mapping", "flat", "rows only", "too deep", "list of text"],
)
def test_weights_must_be_lists_of_lists_of_lists(weights):
    error = first_error(weights=weights)
    assert error["loc"][0] == "weights"
    assert error["type"] in {"tuple_type", "float_type"}


@pytest.mark.parametrize("depth", [4, 100, 600, 5000])
@pytest.mark.parametrize("setting", ["weights", "biases", "features", "hidden_layer_sizes", "targets"])
def test_lists_nested_to_any_depth_are_refused_as_any_bad_value(setting, depth):
    nested = []
    for _ in range(depth):
        nested = [nested]
    error = first_error(initialization="uniform", **{setting: nested})
    assert error["loc"][0] == setting


@pytest.mark.parametrize(
    "weights",
    [[[[0.0]]] * 8, [[[0.0]] * 9], [[[0.0] * 9]]],
    ids=["8 layers", "9 units", "9 inputs"],
)
def test_unused_weights_are_no_larger_than_the_largest_network(weights):
    error = first_error(weights=weights)
    assert error["type"] == "too_long"


def test_a_start_beyond_the_bounds_is_refused():
    parameters = Parameters((2, 2, 1), np.full(9, 1000.5))
    with pytest.raises(ValidationError, match="less than or equal to 1000"):
        Experiment().with_start(parameters)


def test_a_start_of_another_shape_is_refused():
    with pytest.raises(ValidationError, match="must fit the network"):
        Experiment().with_start(Parameters((2, 3, 1), np.zeros(13)))
