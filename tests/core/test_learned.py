"""What it means that a run has learned its data, whatever stopped it."""

import numpy as np
import pytest

import nnlab
from nnlab.core import solved_runs
from nnlab.core.stop_rules import ALL_CORRECT, COMPLETED, COST_REACHED, DIVERGED, NO_IMPROVEMENT, TEST_RISING

UNIFORM = nnlab.Experiment(initialization="uniform")
RULES = [{"stop_all_correct": True}, {"stop_cost": 0.05}, {"stop_cost": 0.05, "stop_all_correct": True}]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_stops_what_has_learned_makes_no_run_fail(rule):
    plain, stopped = (nnlab.many_starts(UNIFORM.changed(**changes), 100) for changes in ({}, rule))
    assert plain.solved.sum() == 75
    assert (stopped.solved >= plain.solved).all()
    assert stopped.solved.sum() <= 80, "a run that stands still for good has not learned"
    assert (stopped.history.solved_since >= 0).tolist() == stopped.solved.tolist()
    assert (stopped.history.solved_since <= UNIFORM.epochs).all()


@pytest.mark.parametrize("rule", RULES)
def test_a_map_of_runs_that_stop_early_shows_as_much_that_trains(rule):
    plain, stopped = (nnlab.trainability_map(UNIFORM.changed(**changes), size=16) for changes in ({}, rule))
    assert stopped.solved.mean() >= plain.solved.mean() > 0.1


@pytest.mark.parametrize("rule", RULES)
def test_a_single_run_is_judged_like_one_among_many(rule):
    runs = nnlab.many_starts(UNIFORM.changed(**rule), 12)
    alone = [nnlab.train(UNIFORM.changed(seed=seed, **rule)) for seed in range(12)]
    assert [run.solved for run in alone] == runs.solved.tolist()
    np.testing.assert_allclose([run.accuracy for run in alone], runs.history.accuracy)


def test_only_a_rule_that_waits_for_it_says_that_a_run_has_learned():
    ended = np.array([COMPLETED, ALL_CORRECT, COST_REACHED, NO_IMPROVEMENT, TEST_RISING, DIVERGED])
    assert solved_runs.solved(np.full(6, 0.3), ended, UNIFORM).tolist() == [
        False,
        True,
        True,
        False,
        False,
        False,
    ]
    assert solved_runs.solved(np.full(6, 0.01), ended, UNIFORM).tolist() == [True] * 5 + [False]


def test_a_stopped_run_is_solved_since_the_first_look_at_its_end():
    cost = np.array([[0.5, 0.4, 0.3, 0.3], [0.5, 0.01, 0.01, 0.01], [0.5, 0.3, 0.3, 0.3]])
    ended, last = np.array([ALL_CORRECT, COST_REACHED, NO_IMPROVEMENT]), np.array([15, 7, 7])
    since = solved_runs.solved_since(cost, np.array([0, 10, 20, 30]), ended, last, UNIFORM)
    assert since.tolist() == [20, 10, -1]


def test_of_a_regression_no_row_is_right_or_wrong():
    plane = nnlab.Experiment(dataset="plane", initialization="uniform", epochs=3, samples=40)
    assert np.isnan(nnlab.many_starts(plane, 3).history.accuracy).all()
    assert np.isnan(nnlab.train(plane).accuracy)
