"""What a setting may be is read off the model."""

import pytest
from pydantic import ValidationError

from nnlab.core.experiment import Experiment, field
from nnlab.core.field_types import FieldType
from nnlab.core.many.trainability import DEFAULT_RANGES, Axis, default_axis
from nnlab.core.many.variations import VARIABLE
from nnlab.core.setting_problems import RULES, problems


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("learning_rate", FieldType(float, low=0.001, high=10.0)),
        ("epochs", FieldType(int, low=1, high=5000)),
        ("shuffle", FieldType(bool)),
        ("batch_divisor", FieldType(str, choices=("nominal", "actual"))),
        ("stop_cost", FieldType(float, low=0.0, high=1000.0, optional=True)),
        (
            "hidden_layer_sizes",
            FieldType(tuple, shortest=None, longest=6, items=FieldType(int, low=1, high=8)),
        ),
    ],
)
def test_the_type_of_a_setting(setting, expected):
    assert field(setting) == expected


def test_a_list_of_lists_knows_its_numbers():
    weights = field("weights")
    assert (weights.longest, weights.optional) == (7, True)
    assert weights.innermost == FieldType(float, low=-1000.0, high=1000.0)


def found(**settings):
    with pytest.raises(ValidationError) as refused:
        Experiment(**settings)
    return [
        (problem.path, problem.rule, problem.bound, problem.value)
        for problem in problems(refused.value.errors())
    ]


def test_problems_are_said_by_rule_bound_and_value():
    assert found(learning_rate=20) == [(("learning_rate",), "maximum", 10.0, 20)]
    assert found(targets=(0, 1)) == [(("targets",), "shortest", 4, 2)]
    assert found(speed=3) == [(("speed",), "unknown", None, 3)]
    assert found(epochs="many") == [(("epochs",), "type", None, "many")]
    assert found(features=("x1",)) == [(("initialization",), "shape", "2-2-1, 3-2-1", "1-2-1")]


def test_a_list_with_bad_items_is_not_called_too_short_for_them():
    assert found(features=("x9",))[0][:2] == (("features", 0), "choice")
    assert len(found(features=("x9",))) == 1


def test_every_rule_is_one_of_the_table():
    assert {rule for rule, _ in RULES.values()} >= {"minimum", "maximum", "choice", "shape", "needs"}


@pytest.mark.parametrize("setting", [*VARIABLE, ("biases", 0, 1)])
def test_all_that_can_vary_has_a_range_to_begin_with(setting):
    assert Axis(*default_axis(setting)).low == default_axis(setting)[1]
    assert set(DEFAULT_RANGES) == {*VARIABLE, "parameter"}
