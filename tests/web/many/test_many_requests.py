"""Which requests about many networks are valid, and the errors of the others."""

import json

import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import Experiment
from nnlab.core.many.trainability import Axis
from nnlab.web.http.errors import violations
from nnlab.web.many.many_requests import (
    EXAMPLE_NAMES,
    LandscapeRequest,
    MapRequest,
    PointRequest,
    StartsRequest,
)

from .sample_requests import SLICE

UNIFORM = {"initialization": "uniform"}
RATE = {"setting": "learning_rate", "low": 0.1, "high": 1}
WEIGHT = {"setting": "weights.0.1.0", "low": -2, "high": 2}
AXIS_NAMES = f"learning_rate, scale, seed, {EXAMPLE_NAMES}"
LARGEST_SEED = 2**32 - 1


def ask(model, experiment=None, **parts):
    return model.model_validate_json(json.dumps({"version": 3, "experiment": experiment or {}} | parts))


def wrong(model, experiment=None, **parts):
    """The one problem of a request, as a tuple; what is said is strict JSON."""
    with pytest.raises(ValidationError) as caught:
        ask(model, experiment, **parts)
    (problem,) = violations(caught.value)
    json.dumps(problem.as_dict(), allow_nan=False).encode()
    return problem.field, problem.rule, problem.bound, problem.value


def changed_slice(**view):
    return SLICE | {"view": SLICE["view"] | view}


# --- what is left out ---------------------------------------------------------------------------


def test_a_thousand_starts_and_24_pictures_unless_something_else_is_asked():
    view = ask(StartsRequest).view
    assert (view.starts, view.wall) == (1000, 24)


def test_the_map_is_of_learning_rate_and_scale_unless_something_else_is_asked():
    asked = ask(MapRequest)
    assert asked.axes() == (Axis("learning_rate", 0.01, 10.0, "log"), Axis("scale", 0.05, 5.0, "log"))
    assert (asked.view.size, asked.view.numbers) == (256, False)


def test_the_landscape_is_of_a_weight_of_each_layer_unless_something_else_is_asked():
    asked = ask(LandscapeRequest, parameters=[0] * 9, view={"x_path": [0, 1], "y_path": [0, 0]})
    assert asked.axes() == (("weights", 0, 0, 1), ("weights", 1, 0, 0))
    assert asked.view.size == 60


@pytest.mark.parametrize("part", ["parameters", "view"])
def test_a_landscape_needs_a_network_and_a_path(part):
    parts = {name: value for name, value in SLICE.items() if name != part}
    assert wrong(LandscapeRequest, **parts) == (part, "missing", None, None)


# --- what is meant ------------------------------------------------------------------------------


def test_starts_are_the_experiment_with_its_seed_and_those_after_it():
    variations = ask(StartsRequest, UNIFORM | {"seed": 5}, view={"starts": 12}).variations()
    assert variations.experiment_of(0) == Experiment(initialization="uniform", seed=5)
    assert variations.experiment_of(11) == Experiment(initialization="uniform", seed=16)


@pytest.mark.parametrize("start", ["notebook", "zeros", "equal"])
def test_where_nothing_is_drawn_the_starts_are_uniform(start):
    asked = ask(StartsRequest, {"initialization": start})
    assert asked.experiment.initialization == start
    assert asked.variations().experiment.initialization == "uniform"


@pytest.mark.parametrize(
    ("start", "setting", "meant"),
    [
        ("notebook", "scale", "uniform"),
        ("xavier", "scale", "uniform"),
        ("xavier", "seed", "xavier"),
        ("equal", "scale", "equal"),
        ("equal", "seed", "uniform"),
        ("notebook", "weights.0.1.0", "notebook"),
    ],
)
def test_an_axis_that_would_do_nothing_makes_the_starts_uniform(start, setting, meant):
    y = {"setting": setting, "low": 1, "high": 5}
    assert ask(MapRequest, {"initialization": start}, view={"y": y}).varied().initialization == meant


def test_an_axis_can_be_a_weight_a_bias_or_a_seed():
    bias = {"setting": "biases.1.0", "low": -1, "high": 0}
    asked = ask(MapRequest, view={"x": WEIGHT, "y": bias})
    assert asked.axes() == (Axis(("weights", 0, 1, 0), -2, 2), Axis(("biases", 1, 0), -1, 0))
    seeds, _ = ask(MapRequest, UNIFORM, view={"x": {"setting": "seed", "low": 0, "high": 9}}).axes()
    assert seeds.values(4).tolist() == [0, 3, 6, 9]


def test_a_point_is_the_experiment_at_its_row_and_column():
    view = {"x": RATE, "y": WEIGHT, "size": 4}
    point = ask(PointRequest, view=view, row=3, column=0).point()
    assert point.learning_rate == 0.1
    assert point.weights[0][1] == (2, 0.7)
    assert point.changed(weights=None, biases=None, initialization="notebook") == Experiment(
        learning_rate=0.1
    )


@pytest.mark.parametrize("row", [0, 255])
@pytest.mark.parametrize("column", [0, 255])
def test_the_corners_of_the_map_are_points(row, column):
    assert ask(PointRequest, row=row, column=column).point().scale == (5.0 if row else 0.05)


def test_parameters_fill_the_network_in_order():
    network = ask(LandscapeRequest, **SLICE | {"parameters": list(range(9))}).network()
    assert network.weights[0].tolist() == [[0, 1], [3, 4]]
    assert [biases.tolist() for biases in network.biases] == [[2, 5], [8]]


def test_a_new_shape_comes_before_everything_that_must_fit_it():
    shape = {"features": ["x1", "x2"], "hidden_layer_sizes": [3]}
    asked = ask(LandscapeRequest, reshape=shape, **SLICE | {"parameters": [0] * 13})
    assert asked.experiment.layer_sizes == (2, 3, 1)
    assert wrong(LandscapeRequest, reshape=shape, **SLICE) == ("parameters", "shape", 13, 9)
    third = WEIGHT | {"setting": "weights.0.2.0"}
    assert ask(MapRequest, reshape=shape, view={"x": third}).axes()[0].name == "weights.0.2.0"


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ({"starts": 9}, ("view.starts", "minimum", 10, 9)),
        ({"starts": 10_001}, ("view.starts", "maximum", 10_000, 10_001)),
        ({"starts": 10.5}, ("view.starts", "type", None, 10.5)),
        ({"starts": "10"}, ("view.starts", "type", None, "10")),
        ({"starts": True}, ("view.starts", "type", None, "true")),
        ({"wall": 0}, ("view.wall", "minimum", 1, 0)),
        ({"wall": 61}, ("view.wall", "maximum", 60, 61)),
        ({"grid": 32}, ("view.grid", "unknown", None, 32)),
        ({"size": 5}, ("view.size", "unknown", None, 5)),
    ],
)
def test_starts_out_of_bounds_are_refused(view, problem):
    assert wrong(StartsRequest, view=view) == problem


def test_the_last_seed_must_be_one_too():
    assert ask(StartsRequest, {"seed": LARGEST_SEED - 9}, view={"starts": 10})
    problem = wrong(StartsRequest, {"seed": LARGEST_SEED - 8}, view={"starts": 10})
    assert problem == ("seed", "maximum", LARGEST_SEED - 9, LARGEST_SEED - 8)


@pytest.mark.parametrize(
    ("axis", "problem"),
    [
        ({"low": 0.0001}, ("view.x", "range", "0.001 – 10", "0.0001 – 1")),
        ({"high": 11}, ("view.x", "range", "0.001 – 10", "0.1 – 11")),
        ({"low": 1}, ("view.x", "range", "0.001 – 10", "1 – 1")),
        ({"low": 1, "high": 0.1}, ("view.x", "range", "0.001 – 10", "1 – 0.1")),
        ({"low": 0, "spacing": "log"}, ("view.x", "range", "0.001 – 10", "0 – 1")),
        (WEIGHT | {"high": 1001}, ("view.x", "range", "-1000 – 1000", "-2 – 1001")),
        (WEIGHT | {"spacing": "log"}, ("view.x", "range", "> 0 – 1000", "-2 – 2")),
        (WEIGHT | {"low": 0, "spacing": "log"}, ("view.x", "range", "> 0 – 1000", "0 – 2")),
        ({"setting": "seed", "low": -1}, ("view.x", "range", "0 – 4294967295", "-1 – 1")),
        ({"setting": "momentum"}, ("view.x.setting", "choice", AXIS_NAMES, "momentum")),
        ({"setting": "epochs"}, ("view.x.setting", "choice", AXIS_NAMES, "epochs")),
        ({"setting": "weights.0.2.0"}, ("view.x.setting", "shape", "2-2-1", "weights.0.2.0")),
        ({"setting": "biases.0"}, ("view.x.setting", "choice", AXIS_NAMES, "biases.0")),
        ({"setting": "weights.٠.٠.٠"}, ("view.x.setting", "choice", AXIS_NAMES, "weights.٠.٠.٠")),
        ({"setting": "weights.0.0.0\n"}, ("view.x.setting", "choice", AXIS_NAMES, "weights.0.0.0\n")),
        ({"setting": "<" * 9000}, ("view.x.setting", "choice", AXIS_NAMES, "<" * 59 + "…")),
        ({"setting": ["learning_rate"]}, ("view.x.setting", "type", None, '["learning_rate"]')),
        ({"spacing": "cubic"}, ("view.x.spacing", "choice", "'linear' or 'log'", "cubic")),
        ({"low": float("nan")}, ("view.x.low", "finite", None, "NaN")),
        ({"high": float("inf")}, ("view.x.high", "finite", None, "Infinity")),
        ({"low": "0.1"}, ("view.x.low", "type", None, "0.1")),
        ({"steps": 3}, ("view.x.steps", "unknown", None, 3)),
    ],
)
def test_an_axis_out_of_bounds_is_refused(axis, problem):
    assert wrong(MapRequest, view={"x": RATE | axis}) == problem


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ({"size": 1}, ("view.size", "minimum", 2, 1)),
        ({"size": 513}, ("view.size", "maximum", 512, 513)),
        ({"numbers": 1}, ("view.numbers", "type", None, 1)),
        ({"x": {"setting": "seed", "low": 1}}, ("view.x.high", "missing", None, None)),
        ({"x": [0, 1, 2]}, ("view.x", "type", None, "[0, 1, 2]")),
        ({"y": RATE}, ("view.y", "duplicate", None, "learning_rate")),
        ({"x": WEIGHT, "y": WEIGHT | {"low": 0}}, ("view.y", "duplicate", None, "weights.0.1.0")),
    ],
)
def test_a_map_out_of_bounds_is_refused(view, problem):
    assert wrong(MapRequest, view=view) == problem


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ({"row": 256, "column": 0}, ("row", "maximum", 255, 256)),
        ({"row": 0, "column": 10**20}, ("column", "maximum", 255, str(10**20))),
        ({"row": -1, "column": 0}, ("row", "minimum", 0, -1)),
        ({"row": 0, "column": 1.5}, ("column", "type", None, 1.5)),
        ({"row": 0}, ("column", "missing", None, None)),
    ],
)
def test_a_point_off_the_map_is_refused(place, problem):
    assert wrong(PointRequest, **place) == problem


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ({"size": 1}, ("view.size", "minimum", 2, 1)),
        ({"size": 121}, ("view.size", "maximum", 120, 121)),
        ({"x": "weights.1.0.2"}, ("view.x", "shape", "2-2-1", "weights.1.0.2")),
        ({"y": "learning_rate"}, ("view.y", "choice", EXAMPLE_NAMES, "learning_rate")),
        ({"y": "weights.0.0.1"}, ("view.y", "duplicate", None, "weights.0.0.1")),
        ({"x_path": [0, 1, 2]}, ("view.x_path", "longest", 2, 3)),
        ({"x_path": [0]}, ("view.x_path", "shortest", 2, 1)),
        ({"y_path": [1, 0]}, ("view.y_path", "range", "-1e+100 – 1e+100", "1 – 0")),
        ({"y_path": [0, 1.5e100]}, ("view.y_path.1", "maximum", "1e+100", "1.5e+100")),
        ({"y_path": [float("-inf"), 0]}, ("view.y_path.0", "finite", None, "-Infinity")),
        ({"y_path": 3}, ("view.y_path", "type", None, 3)),
    ],
)
def test_a_landscape_out_of_bounds_is_refused(view, problem):
    assert wrong(LandscapeRequest, **changed_slice(**view)) == problem


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ([0] * 8, ("parameters", "shape", 9, 8)),
        ([0] * 501, ("parameters", "longest", 500, 501)),
        ([0] * 8 + [-1.5e100], ("parameters.8", "minimum", "-1e+100", "-1.5e+100")),
        ([0] * 8 + [float("nan")], ("parameters.8", "finite", None, "NaN")),
        ([[0] * 9], ("parameters.0", "type", None, "[0, 0, 0, 0, 0, 0, 0, 0, 0]")),
    ],
)
def test_parameters_that_do_not_fit_are_refused(parameters, problem):
    assert wrong(LandscapeRequest, **SLICE | {"parameters": parameters}) == problem


def test_the_largest_network_there_is_has_a_landscape():
    deep = {
        "features": ["x1", "x2", "x1*x2", "x1 and x2"],
        "hidden_layer_sizes": [8] * 6,
        "initialization": "xavier",
    }
    count = Experiment(**deep).parameter_count
    asked = ask(LandscapeRequest, deep, **SLICE | {"parameters": [1] * count})
    assert len(asked.network().vector) == count
    assert np.isfinite(asked.network().vector).all()
