"""The rules that end a run before its last epoch, held against the same run without them."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.core import stop_rules
from nnlab.core.stop_rules import ENDS, StopRules, no_stop_memory
from nnlab.core.training import Training

RULES = ("stop_all_correct", "stop_cost", "stop_no_improvement", "stop_test_rising")
CIRCLE = Experiment(
    dataset="circle",
    samples=60,
    features=("x1^2", "x2^2", "x1"),
    hidden_layer_sizes=(4,),
    initialization="uniform",
    learning_rate=0.1,
    batch_size=10,
    epochs=40,
)
NOISY = CIRCLE.changed(dataset="moons", noise=30.0, features=("x1", "x2"))
NUMBERS: dict[str, list[Any]] = {
    "stop_all_correct": [True],
    "stop_cost": [0.0, 0.05, 0.1, 0.3, 1000.0],
    "stop_no_improvement": [1, 2, 3, 50],
    "stop_test_rising": [1, 2, 3, 50],
}
EACH_RULE = [(rule, value) for rule, values in NUMBERS.items() for value in values]


def watched(experiment):
    """Of the run without rules, after each epoch: cost, test cost, whether all rows are told right, parameters."""
    data, seen = experiment.data(), []
    for frame in nnlab.stream(experiment.changed(**dict.fromkeys(RULES[1:]), stop_all_correct=False)):
        said = frame.predict(data.points)
        correct = all(
            (a > data.middle) == (y > data.middle) and a != data.middle
            for a, y in zip(said, data.targets, strict=True)
        )
        seen.append((frame.cost, frame.test_cost, correct, frame.parameters.vector))
    return seen[1:]


def by_hand(experiment):
    """The end and the epoch that follow from what the run without rules would go through."""
    seen, best, stale, rising, last = watched(experiment), np.inf, 0, 0, None
    for epoch, (cost, test, correct, _) in enumerate(seen, start=1):
        best, stale = (cost, 0) if cost < best else (best, stale + 1)
        rising, last = rising + 1 if last is not None and test > last else 0, test
        holds = {
            "all_correct": experiment.stop_all_correct and correct,
            "cost_reached": experiment.stop_cost is not None and cost < experiment.stop_cost,
            "no_improvement": stale >= (experiment.stop_no_improvement or np.inf),
            "test_rising": rising >= (experiment.stop_test_rising or np.inf),
        }
        for end, holding in holds.items():
            if holding:
                return end, epoch, seen[epoch - 1]
    return "completed", len(seen), seen[-1]


def assert_ends(experiment, end, epoch, then):
    history = nnlab.train(experiment)
    assert (history.end, len(history.cost), len(history.test_cost)) == (end, epoch, epoch)
    cost, test_cost, _, vector = then
    np.testing.assert_array_equal(history.parameters.vector, vector)
    assert (history.cost[-1], history.test_cost[-1]) == (cost, pytest.approx(test_cost, nan_ok=True))
    many = nnlab.train_many([experiment, experiment.changed(learning_rate=0.001)])
    assert (ENDS[many.ends[0]], many.last_epochs[0]) == (end, epoch)
    np.testing.assert_allclose(many.final_cost[0], cost, rtol=1e-9)
    np.testing.assert_allclose(many.parameters.vector[:, 0], vector, rtol=1e-9, atol=1e-12)


# --- each rule ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "value"), EACH_RULE)
@pytest.mark.parametrize("experiment", [CIRCLE, NOISY], ids=["circle", "noisy moons"])
def test_a_run_ends_where_its_rule_first_holds_alone_and_among_many(experiment, rule, value):
    ruled = experiment.changed(**{rule: value})
    assert_ends(ruled, *by_hand(ruled))


@pytest.mark.parametrize("end", ["all_correct", "cost_reached", "no_improvement", "test_rising", "completed"])
def test_in_these_runs_every_end_is_come_to_in_the_midst(end):
    """Else it would not have been tested above."""
    found = [by_hand(each.changed(**{rule: value})) for each in (CIRCLE, NOISY) for rule, value in EACH_RULE]
    assert any(name == end and (1 < epoch < 40 or end == "completed") for name, epoch, _ in found)


@pytest.mark.parametrize(
    ("experiment", "rule"),
    [
        (CIRCLE, {"stop_all_correct": True}),
        (CIRCLE, {"stop_cost": 0.1}),
        (CIRCLE, {"stop_no_improvement": 1}),
        (NOISY, {"stop_test_rising": 2}),
    ],
    ids=["all correct", "cost", "no improvement", "test rising"],
)
def test_a_rule_that_holds_at_the_very_last_epoch_is_why_the_run_ended(experiment, rule):
    ruled = experiment.changed(**rule)
    end, epoch, then = by_hand(ruled)
    assert 1 < epoch < 40
    assert_ends(ruled.changed(epochs=epoch), end, epoch, then)
    before = nnlab.train(ruled.changed(epochs=epoch - 1))
    assert (before.end, len(before.cost)) == ("completed", epoch - 1)


def test_a_run_that_has_ended_does_not_go_on():
    training = Training(CIRCLE.changed(stop_cost=0.1))
    training.advance(40)
    epoch, vector = training.epoch, training.parameters.vector.copy()
    training.advance(5)
    assert (training.epoch, training.end) == (epoch, "cost_reached")
    np.testing.assert_array_equal(training.parameters.vector, vector)
    assert np.isnan(training.cost[epoch:]).all()


def test_a_stream_ends_with_the_frame_where_the_rule_held():
    ruled = CIRCLE.changed(stop_cost=0.1)
    history = nnlab.train(ruled)
    assert len(history.cost) % 7
    frames = list(nnlab.stream(ruled, every=7))
    assert [frame.epoch for frame in frames] == [*range(0, len(history.cost), 7), len(history.cost)]
    assert frames[-1].cost == history.cost[-1]


@pytest.mark.parametrize("dataset", ["plane", "multi_gaussians"])
def test_numbers_are_never_all_correct(dataset):
    experiment = CIRCLE.changed(dataset=dataset, stop_all_correct=True, learning_rate=0.01)
    assert nnlab.train(experiment).end == "completed"
    assert nnlab.train_many([experiment]).ends.tolist() == [stop_rules.COMPLETED]


def test_an_output_in_the_middle_is_not_correct():
    experiment = Experiment(initialization="zeros", stop_all_correct=True, batch_size=4, epochs=3)
    assert nnlab.train(experiment).end == "completed"


@pytest.mark.parametrize("dataset", ["xor", "own"])
def test_without_test_rows_their_cost_never_rises(dataset):
    experiment = Experiment(
        dataset=dataset,
        points=[(0.5, 1.0, 0), (1.0, -1.0, 1)],
        stop_test_rising=1,
        learning_rate=3.0,
        epochs=30,
    )
    assert nnlab.train(experiment).end == "completed"
    assert nnlab.train_many([experiment] * 3).ends.tolist() == [stop_rules.COMPLETED] * 3


# --- which comes first ----------------------------------------------------------------------------


@pytest.mark.parametrize("holding", range(1, 16))
def test_of_rules_that_hold_at_once_the_first_in_the_list_of_ends_is_the_reason(holding):
    names = ("all_correct", "cost_reached", "no_improvement", "test_rising")
    rules = {
        "stop_all_correct": True,
        "stop_cost": 0.7 if holding & 2 else 0.1,
        "stop_no_improvement": 1 if holding & 4 else 2,
        "stop_test_rising": 1 if holding & 8 else 2,
    }
    stop = StopRules(Experiment(**rules), no_stop_memory((2,)))
    low = np.array([0.4, 0.4])
    stop.check(low, low, np.array([False, False]))
    correct = np.array([bool(holding & 1), False])
    found = stop.check(np.array([0.6, 0.01]), np.array([0.6, 0.1]), correct)
    expected = next(name for place, name in enumerate(names) if holding & 2**place)
    assert ENDS[found[0]] == expected
    assert ENDS[found[1]] == "cost_reached", "another network's own reasons"


def test_a_run_under_way_has_no_end():
    stop = StopRules(Experiment(stop_no_improvement=2), no_stop_memory(()))
    assert [int(stop.check(np.asarray(cost))) for cost in (0.5, 0.5, 0.4, 0.4, 0.4)] == [-1, -1, -1, -1, 4]


def test_a_cost_is_reached_below_it_and_not_at_it():
    stop = StopRules(Experiment(stop_cost=0.25), no_stop_memory((3,)))
    at = 0.25
    assert stop.check(np.array([at, np.nextafter(at, 0), np.nextafter(at, 1)])).tolist() == [-1, 3, -1]


def first_end(stop, costs, tests):
    """The first epoch at which the rules end a run, and why; or neither."""
    for epoch, (cost, test) in enumerate(zip(costs, tests, strict=True), start=1):
        code = int(stop.check(np.float64(cost), np.float64(test)))
        if code != stop_rules.UNDER_WAY:
            return epoch, ENDS[code]
    return None


some_costs = st.lists(st.integers(0, 5), min_size=1, max_size=30)


@settings(deadline=None)
@given(some_costs, st.integers(1, 6))
def test_no_improvement_is_so_many_epochs_without_a_cost_below_all_before(costs, patience):
    stop = StopRules(Experiment(stop_no_improvement=patience), no_stop_memory(()))
    since = (t for t in range(patience + 1, len(costs) + 1) if min(costs[:t]) == min(costs[: t - patience]))
    epoch = next(since, None)
    assert first_end(stop, costs, costs) == (epoch and (epoch, "no_improvement"))


@settings(deadline=None)
@given(some_costs, st.integers(1, 6))
def test_a_rising_test_cost_is_one_above_the_epoch_before_so_many_times_in_a_row(costs, patience):
    stop = StopRules(Experiment(stop_test_rising=patience), no_stop_memory(()))
    rises = (
        t
        for t in range(patience + 1, len(costs) + 1)
        if all(a < b for a, b in pairwise(costs[t - patience - 1 : t]))
    )
    epoch = next(rises, None)
    assert first_end(stop, [1.0] * len(costs), costs) == (epoch and (epoch, "test_rising"))


@pytest.mark.parametrize("rules", [{}, {rule: NUMBERS[rule][0] for rule in RULES}], ids=len)
def test_whether_there_is_any_rule(rules):
    assert stop_rules.has_rule(CIRCLE.changed(**rules)) == bool(rules)


@pytest.mark.parametrize(("rule", "value"), EACH_RULE)
def test_one_rule_is_a_rule(rule, value):
    assert stop_rules.has_rule(CIRCLE.changed(**{rule: value}))
