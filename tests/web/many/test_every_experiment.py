"""Many starts, maps, points and landscapes of every kind of experiment, and of runs that stop early."""

import json
import tracemalloc
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.core.many.outcome_codes import DIVERGED, LAST_TRAINED, outcome_codes
from nnlab.core.stop_rules import ENDS
from nnlab.web.http import binary_records
from nnlab.web.http.scheduler import Scheduler
from nnlab.web.many import landscape_stream, map_stream, starts_stream
from nnlab.web.many.job_reports import ManyProgress
from nnlab.web.many.many_requests import (
    LandscapeRequest,
    LandscapeView,
    MapRequest,
    MapView,
    PointRequest,
    StartsRequest,
    StartsView,
)

from .sample_requests import Recording, Wide, record, wanted
from .varied_experiments import DIVERGING, EVERY, LEARNED_AND_LOST, LOST

COUNT, GRID, SIZE = 60, 6, 5
ENDING = {"diverging": DIVERGING, "all lost": LOST}
RATE: dict[str, Any]
BIAS: dict[str, Any]
RATE, BIAS = (
    {"setting": "learning_rate", "low": 0.01, "high": 10, "spacing": "log"},
    {"setting": "biases.0.0"},
)

anything = pytest.mark.parametrize("experiment", (EVERY | ENDING).values(), ids=EVERY | ENDING)


def ask_starts(experiment):
    return StartsRequest(version=3, experiment=experiment, view=StartsView(starts=COUNT, wall=9))


def ask_map(experiment, model=MapRequest, x=RATE, y=BIAS | {"low": -1, "high": 1}, **more):
    view = MapView(x=x, y=y, size=SIZE, numbers=True)
    return model(version=3, experiment=experiment, view=view, **more)


def ask_landscape(experiment, network, reach, size=9):
    names = ("weights.0.0.0", "biases.0.0")
    view = LandscapeView(x=names[0], y=names[1], x_path=reach, y_path=reach, size=size)
    parameters = tuple(network.vector.tolist())
    return LandscapeRequest(version=3, experiment=experiment, parameters=parameters, view=view)


def slice_of(asked):
    """What is said of a landscape, and its ground."""
    scheduler = Scheduler(1)
    with scheduler.admit() as ticket:
        chunks = landscape_stream.stream(asked, scheduler, ticket, wanted, ManyProgress())
        values, numbers = Recording.of(b"".join(chunks)).one("slice")
    return values, np.frombuffer(numbers, "<f4").reshape(asked.view.size, asked.view.size)


@pytest.fixture(autouse=True)
def strict(monkeypatch):
    """JSON that is read must be JSON: Python would take NaN and Infinity for numbers."""
    loads = partial(json.loads, parse_constant=pytest.fail)
    monkeypatch.setattr(binary_records, "json", SimpleNamespace(loads=loads, dumps=json.dumps))


# --- many starts --------------------------------------------------------------------------------


@anything
def test_starts_are_those_of_the_core_and_every_number_is_finite(experiment):
    offline, sent = (
        nnlab.many_starts(experiment, COUNT),
        record(starts_stream.stream, ask_starts(experiment), Wide()),
    )
    summary, numbers = sent.tail
    costs = np.frombuffer(numbers, "<f8", count=COUNT)
    assert np.isfinite(costs).all()
    np.testing.assert_array_equal(costs, np.minimum(offline.final_cost, 1e300))
    np.testing.assert_allclose(summary["fan"], np.minimum(offline.fan, 1e300), rtol=5e-5)
    assert sum(summary["counts"]) == COUNT
    assert summary["beyond"] == (costs > summary["edges"][-1]).sum()
    assert summary["edges"][-1] <= 1.2 * 2.303


@anything
def test_it_is_said_how_every_start_ended(experiment):
    history = nnlab.many_starts(experiment, COUNT).history
    summary, numbers = record(starts_stream.stream, ask_starts(experiment), Wide()).tail
    assert list(summary["ends"]) == list(ENDS)
    assert list(summary["ends"].values()) == np.bincount(history.ends, minlength=len(ENDS)).tolist()
    assert np.frombuffer(numbers[-COUNT:], np.uint8).tolist() == history.ends.tolist()
    assert [each["end"] for each in summary["wall"]] == [
        ENDS[history.ends[each["number"]]] for each in summary["wall"]
    ]


@anything
def test_every_network_of_the_wall_is_its_runs(experiment):
    sent = record(starts_stream.stream, ask_starts(experiment), Wide())
    summary, numbers = sent.tail
    networks = np.frombuffer(numbers[8 * COUNT : -COUNT], "<f8").reshape(9, experiment.parameter_count)
    history = nnlab.many_starts(experiment, COUNT).history
    for each, vector in zip(summary["wall"], networks, strict=True):
        np.testing.assert_array_equal(vector, history.parameters.network(each["number"]).vector)


@pytest.mark.parametrize("dataset", ["circle", "plane"])
def test_a_colour_is_full_at_the_target_that_is_farthest_from_the_middle(dataset):
    head = record(starts_stream.stream, ask_starts(EVERY[dataset]), Wide()).head
    assert head["reach"] == max(abs(target - head["middle"]) for target in head["targets"])


def test_runs_that_diverge_keep_their_last_cost_and_some_of_the_others_learn():
    summary, numbers = record(starts_stream.stream, ask_starts(DIVERGING), Wide()).tail
    diverged, costs = summary["ends"]["diverged"], np.frombuffer(numbers, "<f8", count=COUNT)
    assert 0.3 * COUNT < diverged < 0.9 * COUNT
    assert 0 < summary["success"]["successes"] <= COUNT - diverged
    number = int(np.flatnonzero(np.frombuffer(numbers[-COUNT:], np.uint8) == ENDS.index("diverged"))[0])
    alone = nnlab.train(DIVERGING.changed(seed=number))
    assert alone.end == "diverged"
    # the single run's sums differ in the last bits, which every epoch makes more of
    assert np.log(costs[number]) == pytest.approx(np.log(alone.cost[-1]), rel=0.05)


# --- the map ------------------------------------------------------------------------------------


@anything
def test_a_map_is_that_of_the_core_and_every_number_is_finite(experiment):
    sent = record(map_stream.stream, ask_map(experiment), Wide())
    offline = nnlab.trainability_map(
        experiment,
        (RATE["setting"], RATE["low"], RATE["high"], "log"),
        (("biases", 0, 0), -1.0, 1.0, "linear"),
        SIZE,
    )
    cost, since = sent.one("numbers")
    np.testing.assert_array_equal(cost, np.minimum(offline.final_cost.ravel(), 1e300))
    gone = codes_of(sent) == DIVERGED
    np.testing.assert_array_equal(since, offline.solved_since.ravel())
    expected = outcome_codes(offline.final_cost, offline.solved_since, experiment.epochs, experiment)
    np.testing.assert_array_equal(codes_of(sent)[~gone], expected.ravel()[~gone])
    assert sent.tail[0]["diverged"] == gone.mean()
    assert sent.tail[0]["trained"] == (codes_of(sent) <= LAST_TRAINED).mean()


def codes_of(sent):
    """The codes of a map so small that one stride brings all of it, row by row."""
    (part,) = sent.all("part")
    assert (part.stride, part.start) == (1, 0)
    return part.codes


def test_what_diverges_at_a_point_is_what_diverges_by_itself():
    codes = codes_of(record(map_stream.stream, ask_map(DIVERGING), Wide())).reshape(SIZE, SIZE)
    assert 0 < (codes == DIVERGED).sum() < SIZE * SIZE
    for row, column in ((0, 0), (2, 4), (4, 1)):
        point = ask_map(DIVERGING, PointRequest, row=row, column=column).point()
        assert (nnlab.train(point).end == "diverged") == (codes[row, column] == DIVERGED)


def test_a_run_that_had_learned_when_it_diverged_has_not_trained():
    alone = nnlab.train(LEARNED_AND_LOST)
    assert (alone.end, alone.cost[-1] < 1e-6) == ("diverged", True)
    asked = ask_map(LEARNED_AND_LOST, x=RATE | {"low": 9}, y=BIAS | {"low": -1e-3, "high": 1e-3})
    sent = record(map_stream.stream, asked, Wide())
    cost, since = sent.one("numbers")
    assert cost.max() < 1e-6
    assert set(since.tolist()) == {-1}
    assert set(codes_of(sent).tolist()) == {DIVERGED}
    assert (sent.tail[0]["trained"], sent.tail[0]["diverged"]) == (0.0, 1.0)


@anything
def test_a_point_is_the_whole_experiment_but_for_the_two_settings(experiment):
    point = ask_map(experiment, PointRequest, row=SIZE - 1, column=0).point()
    assert point.learning_rate == 0.01
    assert point.initial_parameters().biases[0][0] == 1.0
    back = {"learning_rate": experiment.learning_rate, "initialization": experiment.initialization}
    assert point.changed(**back, weights=None, biases=None) == experiment


# --- the landscape ------------------------------------------------------------------------------


@anything
@pytest.mark.parametrize(
    "reach", [(-1.0, 1.0), (-1e6, 1e6), (-1e100, 1e100)], ids=["near", "far", "farthest"]
)
def test_a_landscape_is_that_of_the_core_and_every_number_is_finite(experiment, reach):
    network = experiment.initial_parameters()
    values, ground = slice_of(ask_landscape(experiment, network, reach))
    assert np.isfinite(ground).all()
    with np.errstate(over="ignore", invalid="ignore"):
        cost = nnlab.core.many.landscape.cost_over(
            experiment, network, (("weights", 0, 0, 0), ("biases", 0, 0)), values["x"], values["y"]
        )
    # in how many rows at a time a cost is summed shows in its last bits
    np.testing.assert_allclose(ground, np.minimum(cost, 1e30), rtol=1e-6)
    assert values["point"][2] == pytest.approx(
        float(nnlab.core.training.Training(experiment).initial_cost), rel=1e-9
    )


DEEP = Experiment(
    dataset="circle", hidden_layer_sizes=(8,) * 6, initialization="xavier", samples=1000, train_share=90
)


def test_a_landscape_knows_no_batches_and_takes_no_memory_for_large_ones():
    network, grounds = DEEP.initial_parameters(), []
    for batch_size in (1, 1000):
        tracemalloc.start()
        try:
            asked = ask_landscape(DEEP.changed(batch_size=batch_size), network, (-1.0, 1.0), size=30)
            grounds.append(slice_of(asked)[1])
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 10_000_000  # all rows in one batch would take 60 MB more
    np.testing.assert_array_equal(*grounds)


def test_a_time_slice_takes_more_rows_of_a_small_network_than_of_a_large_one():
    assert landscape_stream.rows_a_time_slice(Experiment(), 60) > 10
    assert landscape_stream.rows_a_time_slice(DEEP, 60) == 1
