"""Bad input is rejected at the border, naming the field, the rule, the bound."""

import json

import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import Experiment

NAN, INF = float("nan"), float("inf")


def errors_of(**settings):
    with pytest.raises(ValidationError) as caught:
        Experiment(**settings)
    return caught.value.errors(include_url=False)


def assert_rejected(error, field, rule, bound=None):
    assert error["loc"][: len(field)] == field
    assert error["type"] == rule
    if bound is not None:
        assert bound in error["ctx"].values()


def case(settings, rule, *field, bound=None):
    """Settings, and the one rule that must refuse them, at this place."""
    value = next(iter(settings.values()))
    name = next(iter(settings))
    return pytest.param(settings, rule, field or (name,), bound, id=f"{name}={str(value)[:30]}")


NUMBERS = [
    case({"learning_rate": 0.0009}, "greater_than_equal", bound=0.001),
    case({"learning_rate": 10.001}, "less_than_equal", bound=10.0),
    case({"learning_rate": 0}, "greater_than_equal", bound=0.001),
    case({"learning_rate": -0.2}, "greater_than_equal", bound=0.001),
    case({"learning_rate": NAN}, "finite_number"),
    case({"learning_rate": INF}, "finite_number"),
    case({"learning_rate": -INF}, "finite_number"),
    case({"learning_rate": np.float64("nan")}, "finite_number"),
    case({"learning_rate": True}, "float_type"),
    case({"learning_rate": np.bool_(True)}, "float_type"),
    case({"learning_rate": "0.2"}, "float_type"),
    case({"learning_rate": None}, "float_type"),
    case({"learning_rate": [0.2]}, "float_type"),
    case({"learning_rate": 10**400}, "float_type"),
    case({"scale": 0.0099}, "greater_than_equal", bound=0.01),
    case({"scale": 5.001}, "less_than_equal", bound=5.0),
    case({"scale": NAN}, "finite_number"),
    case({"scale": True}, "float_type"),
    case({"scale": "1"}, "float_type"),
    case({"batch_size": 0}, "greater_than_equal", bound=1),
    case({"batch_size": 1001}, "less_than_equal", bound=1000),
    case({"batch_size": 2.0}, "int_type"),
    case({"batch_size": True}, "int_type"),
    case({"batch_size": "2"}, "int_type"),
    case({"epochs": 0}, "greater_than_equal", bound=1),
    case({"epochs": 5001}, "less_than_equal", bound=5000),
    case({"epochs": 201.0}, "int_type"),
    case({"epochs": INF}, "int_type"),
    case({"epochs": True}, "int_type"),
    case({"epochs": np.array([5])}, "int_type"),
    case({"epochs": 10**30}, "less_than_equal", bound=5000),
    case({"seed": -1}, "greater_than_equal", bound=0),
    case({"seed": 2**32}, "less_than_equal", bound=2**32 - 1),
    case({"seed": 1.5}, "int_type"),
    case({"seed": False}, "int_type"),
    case({"seed": "7"}, "int_type"),
    case({"seed": None}, "int_type"),
]

CHOICES = [
    case({"dataset": "XOR"}, "literal_error"),
    case({"dataset": ""}, "literal_error"),
    case({"dataset": 3}, "literal_error"),
    case({"dataset": "<script>alert(1)</script>"}, "literal_error"),
    case({"encoding": "ternary"}, "literal_error"),
    case({"activation": "softplus"}, "literal_error"),
    case({"activation": None}, "literal_error"),
    case({"output_activation": "softmax"}, "literal_error"),
    case({"output_activation": "relu"}, "literal_error"),
    case({"batch_divisor": 2}, "literal_error"),
    case({"initialization": "lecun"}, "literal_error"),
    case({"initialization": ["uniform"]}, "literal_error"),
]

LISTS = [
    case({"targets": (0, 1, 1)}, "too_short", bound=4),
    case({"targets": (0, 1, 1, 0, 1)}, "too_long", bound=4),
    case({"targets": ()}, "too_short", bound=4),
    case({"targets": (0, 1, 1, 2)}, "less_than_equal", "targets", 3, bound=1),
    case({"targets": (-1, 1, 1, -1)}, "greater_than_equal", "targets", 0, bound=0),
    case({"targets": (0, 1, True, 0)}, "int_type", "targets", 2),
    case({"targets": (0.0, 1, 1, 0)}, "int_type", "targets", 0),
    case({"targets": "0110"}, "tuple_type"),
    case({"targets": None}, "tuple_type"),
    case({"targets": 6}, "tuple_type"),
    case({"features": ()}, "too_short", bound=1),
    case({"features": ("x1", "x1")}, "duplicate"),
    case({"features": ("x1", "x2", "x1*x2", "x1 and x2") * 2 + ("x1",)}, "too_long", bound=8),
    case({"features": ("x1", "x3")}, "literal_error", "features", 1),
    case({"features": ("x1", 2)}, "literal_error", "features", 1),
    case({"features": "x1"}, "tuple_type"),
    case({"features": None}, "tuple_type"),
    case({"features": {"x1": 1}}, "tuple_type"),
    case({"hidden_layer_sizes": (1,) * 7}, "too_long", bound=6),
    case({"hidden_layer_sizes": (9,)}, "less_than_equal", "hidden_layer_sizes", 0, bound=8),
    case({"hidden_layer_sizes": (2, 0)}, "greater_than_equal", "hidden_layer_sizes", 1, bound=1),
    case({"hidden_layer_sizes": (2, -1)}, "greater_than_equal", "hidden_layer_sizes", 1, bound=1),
    case({"hidden_layer_sizes": (True,)}, "int_type", "hidden_layer_sizes", 0),
    case({"hidden_layer_sizes": (2.0,)}, "int_type", "hidden_layer_sizes", 0),
    case({"hidden_layer_sizes": ("2",)}, "int_type", "hidden_layer_sizes", 0),
    case({"hidden_layer_sizes": ((2,),)}, "int_type", "hidden_layer_sizes", 0),
    case({"hidden_layer_sizes": 2}, "tuple_type"),
    case({"hidden_layer_sizes": None}, "tuple_type"),
]

UNORDERED = [
    case({"features": {"x1"}}, "tuple_type"),
    case({"features": (name for name in ["x1"])}, "tuple_type"),
    case({"hidden_layer_sizes": {2, 3}}, "tuple_type"),
    case({"targets": frozenset({0, 1})}, "tuple_type"),
    case({"weights": [{(0.2, 0.4), (0.3, 0.7)}, [[0.4, 0.9]]]}, "tuple_type", "weights", 0),
]

UNKNOWN = [
    case({"warmth": 0.9}, "extra_forbidden"),
    case({"Seed": 1}, "extra_forbidden"),
    case({"__class__": 1}, "extra_forbidden"),
    case({"view": {}}, "extra_forbidden"),
]


@pytest.mark.parametrize(
    ("settings", "rule", "field", "bound"), NUMBERS + CHOICES + LISTS + UNORDERED + UNKNOWN
)
def test_a_bad_setting_is_refused_by_its_rule(settings, rule, field, bound):
    error, *_ = errors_of(**{"initialization": "uniform"} | settings)
    assert_rejected(error, field, rule, bound)


def test_every_bad_setting_is_named_at_once():
    errors = errors_of(seed=-1, epochs=0, dataset="maybe")
    assert {error["loc"] for error in errors} == {("seed",), ("epochs",), ("dataset",)}


def test_a_refusal_repeats_the_value_that_was_refused():
    assert errors_of(learning_rate=11)[0]["input"] == 11


# --- settings that do not fit each other ---------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "shape"),
    [
        ({"hidden_layer_sizes": (3,)}, "2-3-1"),
        ({"hidden_layer_sizes": ()}, "2-1"),
        ({"hidden_layer_sizes": (2, 2)}, "2-2-2-1"),
        ({"features": ("x1",)}, "1-2-1"),
        ({"features": ("x1", "x2", "x1*x2", "x1 and x2")}, "4-2-1"),
    ],
)
def test_the_notebooks_start_is_refused_on_another_shape(settings, shape):
    error, *_ = errors_of(**settings)
    assert error["type"] == "shape"
    assert error["ctx"] == {"setting": "initialization", "bound": "2-2-1, 3-2-1", "value": shape}


def test_a_refusal_is_a_sentence_that_names_setting_bound_and_value():
    message = errors_of(hidden_layer_sizes=(3,))[0]["msg"]
    assert message == (
        "initialization must fit the network: shape 2-2-1, 3-2-1, got 2-3-1"
        "; initialization='xavier', say, draws a start that fits"
    )


# --- JSON -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('{"learning_rate": 1e400}', "finite_number"),
        ('{"learning_rate": NaN}', "finite_number"),
        ('{"learning_rate": Infinity}', "finite_number"),
        ('{"learning_rate": "0.2"}', "float_type"),
        ('{"weights": [[[1e400]]]}', "finite_number"),
        ('{"weights": [[[true]]]}', "float_type"),
        ('{"epochs": true}', "int_type"),
        ('{"epochs": 1e2}', "int_type"),
        ('{"epochs": 100.0}', "int_type"),
        ('{"seed": 4294967296}', "less_than_equal"),
        ('{"dataset": null}', "literal_error"),
        ('{"targets": [0, 1, 1]}', "too_short"),
        ('{"warmth": 0.9}', "extra_forbidden"),
        ("[]", "model_type"),
        ("null", "model_type"),
        ('"xor"', "model_type"),
        ("", "json_invalid"),
        ('{"seed": 1', "json_invalid"),
        ('{"dataset": "\\ud800"}', "json_invalid"),
        ('{"epochs": ' + "9" * 5000 + "}", "json_invalid"),
        ('{"weights": ' + "[" * 5000 + "]" * 5000 + "}", "json_invalid"),
    ],
    ids=lambda text: text[:40],
)
def test_bad_json_is_refused_by_the_rule_it_breaks(text, rule):
    with pytest.raises(ValidationError) as caught:
        Experiment.model_validate_json(text)
    assert caught.value.errors()[0]["type"] == rule


@pytest.mark.parametrize("number", ["1e400", "NaN", "-Infinity"])
def test_python_s_own_reader_lets_no_infinite_number_through_either(number):
    with pytest.raises(ValidationError, match="finite number"):
        Experiment.model_validate(json.loads(f'{{"learning_rate": {number}}}'))
