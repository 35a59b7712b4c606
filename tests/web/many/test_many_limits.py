"""The estimated work of many networks, and its limits."""

import tracemalloc

import numpy as np
import pytest

from nnlab import Experiment
from nnlab.core.many.many_training import slice_size
from nnlab.web.http.request_limits import LimitExceededError
from nnlab.web.many import many_limits
from nnlab.web.many.many_requests import (
    LandscapeRequest,
    LandscapeView,
    MapRequest,
    MapView,
    StartsRequest,
    StartsView,
)

DEEP = {"hidden_layer_sizes": (8,) * 6, "initialization": "xavier", "batch_size": 1}


def ask_starts(starts, **experiment):
    return StartsRequest(version=3, experiment=Experiment(**experiment), view=StartsView(starts=starts))


def ask_map(size, numbers=False, **experiment):
    view = MapView(size=size, numbers=numbers)
    return MapRequest(version=3, experiment=Experiment(**experiment), view=view)


SAMPLES = {"dataset": "circle", "hidden_layer_sizes": (4, 2), "initialization": "xavier", "batch_size": 10}
"""250 rows that train, 250 that test, batches of ten."""


def test_the_work_is_counted_as_by_hand():
    # 2-2-1 has 9 connections and 3 units, whose activation counts 8; four rows in two batches; 61 looks at the cost
    there, epochs = 9 + 8 * 3, 201
    training = epochs * 4 * (there + 2 * 9) + 61 * 4 * there
    assert many_limits.work(Experiment(), 10) == 10 * training + epochs * 2 * 2 * many_limits.CALLS
    # 2-4-2-1: 25 and 7; momentum counts 2 and the penalty 6 at each of 25 updates; the rules look at all rows, once
    # more for their outputs, and at those that test
    there, epochs = 25 + 8 * 7, 30
    asked = {"optimizer": "momentum", "regularization": "l2", "stop_all_correct": True, "stop_test_rising": 9}
    training = epochs * (250 * (there + 2 * 25) + 25 * 25 * (2 + 6)) + 31 * 250 * there
    watching = epochs * ((250 + 250 + 250) * there + 25 * 4)
    whole = 10 * (training + watching) + epochs * 25 * 3 * many_limits.CALLS
    assert many_limits.work(Experiment(**SAMPLES, **asked, epochs=epochs), 10) == whole


@pytest.mark.parametrize(
    "more",
    [
        {"epochs": 402},
        {"batch_size": 1},
        {"samples": 1000},
        {"train_share": 90},
        {"hidden_layer_sizes": (4, 3)},
        {"features": ("x1", "x2", "x1*x2")},
        {"optimizer": "adam"},
        {"regularization": "l1"},
        {"activation": "relu"},  # which may diverge, so that one has to look
        {"stop_cost": 0.0},
        {"stop_all_correct": True},
        {"stop_test_rising": 50},
    ],
    ids=str,
)
def test_whatever_asks_for_more_costs_more(more):
    assert many_limits.work(Experiment(**SAMPLES | more), 300) > many_limits.work(Experiment(**SAMPLES), 300)


def test_work_grows_with_networks_and_a_few_are_as_dear_in_calls_as_a_slice_of_them():
    experiment = Experiment(**SAMPLES)
    few, many = many_limits.work(experiment, 2), many_limits.work(experiment, 256)
    assert few < many < 128 * few
    slice_ = slice_size(experiment)
    assert many_limits.work(experiment, 10 * slice_) == 10 * many_limits.work(experiment, slice_)


@pytest.mark.parametrize("dataset", ["circle", "spiral", "multi_gaussians"])
def test_a_map_of_the_deepest_network_on_samples_is_within_at_some_size_and_not_at_the_largest(dataset):
    settings = {"dataset": dataset, "hidden_layer_sizes": (8,) * 6, "initialization": "xavier"}
    settings |= {"samples": 500, "batch_size": 10, "epochs": 500}
    many_limits.check_map(ask_map(16, **settings))
    with pytest.raises(LimitExceededError, match="work"):
        many_limits.check_map(ask_map(64, **settings))


def test_a_thousand_starts_of_a_playground_network_are_within():
    many_limits.check_starts(ask_starts(1000, **SAMPLES, epochs=1000))


def test_own_rows_cost_what_as_many_samples_do():
    rows = tuple((float(x), float(-x), x % 2) for x in range(1000))
    own = Experiment(**SAMPLES | {"dataset": "own"}, points=rows, train_share=50)
    trained = own.train_rows
    assert 400 < trained < 600
    few = own.changed(points=rows[:100])
    assert many_limits.work(own, 100) / many_limits.work(few, 100) == pytest.approx(
        trained / few.train_rows, rel=0.05
    )


def test_what_the_pages_ask_for_by_themselves_is_within_the_ceilings():
    for initialization in ("notebook", "uniform"):
        many_limits.check_starts(ask_starts(10_000, initialization=initialization, epochs=5000))
        many_limits.check_map(ask_map(512, numbers=True, initialization=initialization, epochs=1000))


def test_the_largest_landscape_is_within_the_ceilings():
    experiment = Experiment(features=("x1", "x2", "x1*x2", "x1 and x2"), **DEEP)
    view = LandscapeView(x_path=(-1, 1), y_path=(-1, 1), size=120)
    parameters = tuple(np.zeros(experiment.parameter_count).tolist())
    many_limits.check_landscape(
        LandscapeRequest(version=3, experiment=experiment, parameters=parameters, view=view)
    )


@pytest.mark.parametrize(
    ("check", "asked"),
    [
        (many_limits.check_starts, lambda: ask_starts(10_000, epochs=5000, **DEEP)),
        (many_limits.check_map, lambda: ask_map(512, epochs=5000)),
    ],
    ids=["starts", "map"],
)
def test_too_much_work_is_refused_with_the_bound_before_memory_is_taken(check, asked):
    tracemalloc.start()
    try:
        with pytest.raises(LimitExceededError, match="work must be at most") as caught:
            check(asked())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    error = caught.value
    assert (error.rule, error.bound) == ("work", many_limits.WORK_LIMIT)
    assert error.value > many_limits.WORK_LIMIT
    assert peak < 1_000_000  # one number for each network would be more


@pytest.mark.parametrize(
    ("check", "ask_many", "fewest"),
    [(many_limits.check_starts, ask_starts, 10), (many_limits.check_map, ask_map, 8)],
)
def test_where_even_the_fewest_are_too_much_work_it_is_the_epochs_that_are_too_many(
    check, ask_many, fewest, monkeypatch
):
    monkeypatch.setattr(many_limits, "WORK_LIMIT", 10_000_000)
    with pytest.raises(LimitExceededError) as caught:
        check(ask_many(fewest, epochs=5000, **DEEP))
    error = caught.value
    assert (error.field, error.rule, error.value) == ("epochs", "work", 5000)
    check(ask_many(fewest, epochs=error.bound, **DEEP))
    with pytest.raises(LimitExceededError):
        check(ask_many(fewest, epochs=error.bound + 1, **DEEP))


@pytest.mark.parametrize("numbers", [False, True])
def test_the_bytes_of_a_map_are_refused_beyond_their_ceiling(numbers, monkeypatch):
    sent = 9 * (14 if numbers else 2)
    monkeypatch.setattr(many_limits, "BYTES_LIMIT", sent)
    many_limits.check_map(ask_map(3, numbers))
    monkeypatch.setattr(many_limits, "BYTES_LIMIT", sent - 1)
    with pytest.raises(LimitExceededError, match=f"bytes must be at most {sent - 1}, got {sent}"):
        many_limits.check_map(ask_map(3, numbers))
