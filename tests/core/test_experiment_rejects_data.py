"""Bad data, flags and rules are refused at the border, and so are choices that do not fit each other."""

import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import Experiment
from nnlab.core.experiment import NEEDS, REGRESSIONS, choices

NAN, INF = float("nan"), float("inf")
ROW = (0.5, -1.0, 1)
CROSS_ENTROPY = {"loss": "cross_entropy", "encoding": "binary", "output_activation": "sigmoid"}


def errors_of(**given):
    with pytest.raises(ValidationError) as caught:
        Experiment(**given)
    return caught.value.errors(include_url=False)


# --- own rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "rule", "place"),
    [
        ([], "too_short", ()),
        ([ROW] * 1001, "too_long", ()),
        ([ROW, (0.5, 1)], "missing", (1, 2)),
        ([(0.5, 1.0, 1, 1)], "too_long", (0,)),
        ([(0.5, 1.0, 2)], "less_than_equal", (0, 2)),
        ([(0.5, 1.0, -2)], "greater_than_equal", (0, 2)),
        ([(0.5, 1.0, 0.5)], "int_type", (0, 2)),
        ([(0.5, 1.0, NAN)], "int_type", (0, 2)),
        ([ROW, (1_000_000.1, 0.0, 1)], "less_than_equal", (1, 0)),
        ([(0.0, -1_000_000.1, 1)], "greater_than_equal", (0, 1)),
        ([(NAN, 0.0, 1)], "finite_number", (0, 0)),
        ([(0.0, -INF, 1)], "finite_number", (0, 1)),
        ([("0.5", 0.0, 1)], "float_type", (0, 0)),
        ([(None, 0.0, 1)], "float_type", (0, 0)),
        ([[[0.5], 0.0, 1]], "float_type", (0, 0)),
        ("0.5,1,1", "tuple_type", ()),
        ({0: ROW}, "tuple_type", ()),
        ([{"x1": 0.5, "x2": 1.0, "label": 1}], "tuple_type", (0,)),
    ],
    ids=lambda value: str(value)[:30],
)
@pytest.mark.parametrize("dataset", ["own", "xor"])
def test_a_bad_row_is_refused_by_its_rule_used_or_not(dataset, points, rule, place):
    error, *_ = errors_of(dataset=dataset, points=points)
    assert (error["type"], error["loc"]) == (rule, ("points", *place))


def test_own_data_need_a_row():
    error, *_ = errors_of(dataset="own")
    assert error["type"] == "needs"
    assert error["ctx"] == {"setting": "points", "bound": "own", "value": None}


@pytest.mark.parametrize(
    ("given", "kept"),
    [(0.123449, 0.1234), (-0.00004, 0.0), (-0.0, 0.0), (7, 7.0), (1e6, 1e6), (2.00005000001, 2.0001)],
)
def test_a_coordinate_is_kept_to_four_decimals(given, kept):
    experiment = Experiment(points=[(given, given, 0)])
    assert experiment.points == ((kept, kept, 0),)
    assert str(experiment.points[0][0]) == str(kept), "there is no negative zero"


class Table:
    """What a data frame shows of itself."""

    def __init__(self, **columns):
        self.columns, self.values = list(columns), columns

    def __getitem__(self, names):
        return Table(**{name: self.values[name] for name in names})

    def to_numpy(self):
        return np.column_stack(list(self.values.values()))


@pytest.mark.parametrize(
    "given",
    [
        np.array([[0.5, 1.0, 0.0], [2.0, -3.0, 1.0]]),
        np.array([[0.5, 1.0, -1.0], [2.0, -3.0, 1.0]]),
        [(0.5, 1, -1), (2, -3, 1.0)],
        [(0.5, 1, False), (2, -3, True)],
        Table(label=[0, 1], x2=[1.0, -3.0], x1=[0.5, 2.0], row=[7, 8]),
        Table(height=[0.5, 2.0], weight=[1.0, -3.0], grown=[-1, 1]),
    ],
    ids=["array", "-1 and 1", "numbers", "booleans", "table", "table with names of its own"],
)
def test_arrays_tables_and_other_names_of_the_classes_are_taken_for_rows(given):
    assert Experiment(dataset="own", points=given).points == ((0.5, 1.0, 0), (2.0, -3.0, 1))


def test_lists_and_numpys_numbers_are_taken_for_rows():
    rows = np.array([[0.5, 1.0], [2.0, -3.0]])
    experiment = Experiment(points=[(*row, k) for k, row in enumerate(rows)])
    assert experiment.points == ((0.5, 1.0, 0), (2.0, -3.0, 1))
    assert hash(experiment) == hash(Experiment(points=[[0.5, 1.0, 0], [2.0, -3.0, 1]]))


def test_a_thousand_rows_are_allowed():
    points = [(k / 100, -k / 100, k % 2) for k in range(1000)]
    assert len(Experiment(dataset="own", points=points).points or ()) == 1000


# --- flags and rules ------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", ["standardize", "l1_clamp", "shuffle", "stop_all_correct"])
@pytest.mark.parametrize("value", [1, 0, "true", None, 1.0])
def test_a_flag_is_true_or_false_and_nothing_like_it(setting, value):
    error, *_ = errors_of(**{setting: value})
    assert (error["type"], error["loc"]) == ("bool_type", (setting,))


@pytest.mark.parametrize("setting", ["stop_no_improvement", "stop_test_rising"])
@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (0, "greater_than_equal"),
        (5001, "less_than_equal"),
        (2.0, "int_type"),
        (True, "int_type"),
        ("3", "int_type"),
    ],
)
def test_patience_is_a_whole_number_of_epochs(setting, value, rule):
    error, *_ = errors_of(**{setting: value})
    assert (error["type"], error["loc"][0]) == (rule, setting)


@pytest.mark.parametrize(
    ("value", "rule"),
    [(-0.1, "greater_than_equal"), (1000.1, "less_than_equal"), (NAN, "finite_number"), ("1", "float_type")],
)
def test_a_cost_to_stop_at_is_a_number(value, rule):
    error, *_ = errors_of(stop_cost=value)
    assert (error["type"], error["loc"][0]) == (rule, "stop_cost")


@pytest.mark.parametrize("setting", ["samples", "train_share", "data_seed", "noise", "momentum", "epsilon"])
def test_a_number_that_every_run_has_cannot_be_left_out(setting):
    error, *_ = errors_of(**{setting: None})
    assert error["type"] in ("int_type", "float_type")


# --- what a choice needs of others ----------------------------------------------------------------


def test_cross_entropy_is_all_that_needs_others():
    assert set(NEEDS) == {("loss", "cross_entropy")}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        *(("output_activation", name) for name in ("tanh", "linear")),
        ("encoding", "bipolar"),
        *(("dataset", name) for name in REGRESSIONS),
    ],
)
def test_cross_entropy_needs_a_sigmoid_bits_and_classes(setting, value):
    error, *_ = errors_of(**CROSS_ENTROPY | {setting: value})
    assert error["type"] == "needs"
    assert (error["ctx"]["setting"], error["ctx"]["value"]) == (setting, "cross_entropy")
    assert error["msg"] == f"{setting} must be {error['ctx']['bound']} for this cross_entropy"
    assert value not in error["ctx"]["bound"].split(", ")


@pytest.mark.parametrize("dataset", [name for name in choices("dataset") if name not in REGRESSIONS])
@pytest.mark.parametrize("activation", choices("activation"))
def test_with_those_it_is_allowed_on_any_classes_and_hidden_units(dataset, activation):
    experiment = Experiment(dataset=dataset, points=[ROW], activation=activation, **CROSS_ENTROPY)
    assert experiment.loss == "cross_entropy"


@pytest.mark.parametrize("output_activation", choices("output_activation"))
@pytest.mark.parametrize("encoding", choices("encoding"))
@pytest.mark.parametrize("dataset", choices("dataset"))
def test_squared_error_goes_with_everything(dataset, encoding, output_activation):
    Experiment(dataset=dataset, points=[ROW], encoding=encoding, output_activation=output_activation)
