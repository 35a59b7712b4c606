"""The errors of a refused request: field, rule, bound, value."""

import json

import pytest
from pydantic import ValidationError

from nnlab.web.http.errors import LONGEST_VALUE, MOST_VIOLATIONS, RefusedRequestError, Violation, violations
from nnlab.web.runs.run_request import RunRequest


def wrong(text):
    """The problems of a body, each as a tuple; they are held to be strict JSON."""
    with pytest.raises(ValidationError) as caught:
        RunRequest.model_validate_json(text)
    found = [problem.as_dict() for problem in violations(caught.value)]
    json.dumps(found, allow_nan=False).encode()
    return [(each["field"], each["rule"], each["bound"], each["value"]) for each in found]


def wrong_experiment(text):
    return wrong('{"version": 3, "experiment": %s}' % text)  # noqa: UP031  the braces are JSON's


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"learning_rate": 11}', ("learning_rate", "maximum", 10.0, 11)),
        ('{"learning_rate": 0}', ("learning_rate", "minimum", 0.001, 0)),
        ('{"learning_rate": NaN}', ("learning_rate", "finite", None, "NaN")),
        ('{"learning_rate": -Infinity}', ("learning_rate", "finite", None, "-Infinity")),
        ('{"learning_rate": 1e400}', ("learning_rate", "finite", None, "Infinity")),
        ('{"learning_rate": "0.2"}', ("learning_rate", "type", None, "0.2")),
        ('{"learning_rate": true}', ("learning_rate", "type", None, "true")),
        ('{"learning_rate": null}', ("learning_rate", "type", None, None)),
        ('{"epochs": 1e300}', ("epochs", "type", None, "1e+300")),
        ('{"epochs": 2.5}', ("epochs", "type", None, 2.5)),
        ('{"epochs": 5001}', ("epochs", "maximum", 5000, 5001)),
        ('{"seed": 4294967296}', ("seed", "maximum", 4294967295, 4294967296)),
        ('{"seed": 9007199254740993}', ("seed", "maximum", 4294967295, "9007199254740993")),
        ('{"targets": [0, 1, 1]}', ("targets", "shortest", 4, 3)),
        ('{"targets": [0, 1, 1, 0, 1]}', ("targets", "longest", 4, 5)),
        ('{"targets": [0, 1, 1, 2]}', ("targets.3", "maximum", 1, 2)),
        ('{"features": []}', ("features", "shortest", 1, 0)),
        ('{"features": ["x1", "x1"]}', ("features", "duplicate", None, '["x1", "x1"]')),
        ('{"hidden_layer_sizes": [9]}', ("hidden_layer_sizes.0", "maximum", 8, 9)),
        ('{"hidden_layer_sizes": [3]}', ("initialization", "shape", "2-2-1, 3-2-1", "2-3-1")),
        ('{"hidden": 3}', ("hidden", "unknown", None, 3)),
        ('{"weights": [[[1001]]]}', ("weights.0.0.0", "maximum", 1000.0, 1001)),
        ('{"weights": {"a": [1]}}', ("weights", "type", None, '{"a": [1]}')),
        ("[]", ("experiment", "type", None, "[]")),
    ],
)
def test_a_problem_names_field_rule_bound_and_value(text, problem):
    assert wrong_experiment(text) == [problem]


def test_a_choice_names_what_can_be_chosen():
    ((field, rule, bound, value),) = wrong_experiment('{"encoding": "ternary"}')
    assert (field, rule, value) == ("encoding", "choice", "ternary")
    assert "bipolar" in bound
    assert "binary" in bound


def test_weights_that_do_not_fit_name_the_shape():
    text = '{"initialization": "explicit", "weights": [[[1, 2]]], "biases": [[0, 0], [0]]}'
    assert wrong_experiment(text) == [("weights", "shape", "[[2, 2], [1, 2]]", "[[1, 2]]")]


@pytest.mark.parametrize(
    ("text", "field", "bound", "value"),
    [
        ('{"loss": "cross_entropy"}', "output_activation", "sigmoid", "cross_entropy"),
        ('{"loss": "cross_entropy", "output_activation": "sigmoid"}', "encoding", "binary", "cross_entropy"),
        ('{"dataset": "own"}', "points", "own", None),
    ],
)
def test_a_choice_that_needs_another_names_both(text, field, bound, value):
    assert wrong_experiment(text) == [(field, "needs", bound, value)]


def test_a_long_list_of_what_would_do_is_cut_short():
    text = (
        '{"loss": "cross_entropy", "output_activation": "sigmoid", "encoding": "binary", "dataset": "plane"}'
    )
    ((field, rule, bound, value),) = wrong_experiment(text)
    assert (field, rule, value) == ("dataset", "needs", "cross_entropy")
    assert bound.startswith("and, or, xor")
    assert len(bound) == LONGEST_VALUE


def test_settings_of_the_view_begin_with_view():
    text = '{"version": 3, "experiment": {}, "view": {"frames": 9999, "epoch": 1}}'
    assert wrong(text) == [("view.frames", "maximum", 1001, 9999)]
    text = '{"version": 3, "experiment": {}, "view": {"epoch": 999}}'
    assert wrong(text) == [("view.epoch", "shape", 201, 999)]


def test_a_new_shape_is_named_as_the_experiments_own():
    text = '{"version": 3, "experiment": {}, "reshape": {"features": ["x1"], "hidden_layer_sizes": [9]}}'
    assert wrong(text) == [("hidden_layer_sizes.0", "maximum", 8, 9)]
    text = (
        '{"version": 3, "experiment": {}, "reshape": {"features": ["x1", "x1"], "hidden_layer_sizes": [2]}}'
    )
    ((field, rule, _, _),) = wrong(text)
    assert (field, rule) == ("features", "duplicate")


def test_what_is_missing_has_no_value():
    assert wrong("{}") == [("version", "missing", None, None), ("experiment", "missing", None, None)]


def test_another_version_is_a_choice_there_is_not():
    assert wrong('{"version": 2, "experiment": {}}') == [("version", "choice", "3", 2)]


@pytest.mark.parametrize(
    "text",
    ["", "{", "nul", '{"version": 3,}', "[" * 10_000, '{"a":' * 10_000, "[" * 10_000 + "]" * 10_000,
     b"\xff\xfe", b'{"version": 3, "experiment": {"dataset": "\xff"}}', '"\\ud800"', "9" * 5000, "\0"]
)  # fmt: skip
def test_what_is_no_json_is_a_problem_of_the_body(text):
    assert wrong(text) == [("body", "json", None, None)]


@pytest.mark.parametrize("text", ["[]", "3", "null", '"text"', "true", "1e400"])
def test_json_that_is_no_object_is_a_problem_of_the_body(text):
    ((field, rule, _, _),) = wrong(text)
    assert (field, rule) == ("body", "type")


def test_long_and_hostile_text_is_cut_short():
    hostile = "<script>alert(1)</script>\\u0000\\u202e" * 1000
    ((field, rule, _, value),) = wrong_experiment(f'{{"{hostile}": "{hostile}"}}')
    assert rule == "unknown"
    assert len(field) <= LONGEST_VALUE
    assert len(value) <= LONGEST_VALUE


def test_a_list_of_problems_ends_somewhere():
    many = ",".join(f'"field{n}": {n}' for n in range(1000))
    assert len(wrong_experiment("{" + many + "}")) == MOST_VIOLATIONS


def test_a_busy_server_says_when_to_come_again():
    answer = RefusedRequestError(503, Violation("server", "busy")).response()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Retry-After" not in RefusedRequestError(422, Violation("a", "type")).response().headers


def test_a_refusal_names_its_rules():
    error = RefusedRequestError(422, Violation("a", "minimum", 1, 0), Violation("b", "missing"))
    assert str(error) == "422: minimum, missing"
