"""Where XOR runs end that start at random: how many learn it, and the plateaus where the others stand."""

from functools import cache

import numpy as np
import pytest

import nnlab

RUNS = 2000
SAMPLE = 200
LEARNED = 0.02
PLATEAUS = np.array([1 / 2, 1 / 3, 1 / 4])


def start(scale, seed, **settings):
    return nnlab.Experiment(initialization="uniform", scale=scale, seed=seed, **settings)


@cache
def final_costs(scale, epochs=201):
    """The final cost for each seed below RUNS. A test below holds single runs to these costs, seed by seed."""
    return nnlab.many_starts(start(scale, 0, epochs=epochs), RUNS).final_cost


@pytest.mark.parametrize("scale", [0.1, 0.5, 1, 2, 4])
def test_a_single_run_ends_where_all_at_once_ends_it(scale):
    costs = [nnlab.train(start(scale, seed)).cost[-1] for seed in range(SAMPLE)]
    np.testing.assert_allclose(costs, final_costs(scale)[:SAMPLE], rtol=1e-9)


@pytest.mark.parametrize(("scale", "share"), [(0.1, 0.0), (0.5, 0.46), (1, 0.78), (2, 0.60), (4, 0.23)])
def test_the_share_of_random_starts_that_learn_xor(scale, share):
    two_standard_errors = 2 * np.sqrt(share * (1 - share) / RUNS)
    assert np.mean(final_costs(scale) < LEARNED) == pytest.approx(share, abs=0.02 + two_standard_errors)


@pytest.mark.parametrize("scale", [0.1, 0.5, 1, 2, 4])
def test_runs_that_have_not_learned_mostly_stand_on_a_plateau(scale):
    costs = final_costs(scale)
    stuck = costs[costs >= LEARNED]
    distance = np.abs(stuck[:, np.newaxis] - PLATEAUS).min(axis=1)
    assert np.mean(distance < 0.02) > 0.75


@pytest.mark.parametrize("plateau", [1 / 2, 1 / 4])
def test_a_plateau_holds_more_runs_than_the_costs_around_it(plateau):
    costs = final_costs(1)
    on_it = np.abs(costs - plateau) < 0.02
    beside_it = (np.abs(costs - plateau) < 0.06) & ~on_it
    assert on_it.sum() > 3 * beside_it.sum()


def test_a_plateau_is_not_a_minimum_for_given_time_many_runs_leave_it():
    soon, late = final_costs(4), final_costs(4, epochs=2001)
    on_a_plateau = np.abs(soon[:, np.newaxis] - PLATEAUS).min(axis=1) < 0.02
    assert np.mean(late[on_a_plateau] < LEARNED) > 0.1


# With saturated hidden units a row is told by the signs of both. Rows with the same signs get the same
# output, whatever they should get.
TELLS_ONE_ROW = {  # (1, 1) is told from the rest, whose targets -1, 1, 1 are answered by their mean
    "weights": [[[10, 10], [10, 10]], [[-2.3367, -2.3367]]],
    "biases": [[-10, -10], [-4.3267]],
}
TELLS_TWO_ROWS = {  # (-1, -1) and (1, -1) are told; the other two, whose targets differ, are not
    "weights": [[[10, 10], [10, -10]], [[4.5, 4.5]]],
    "biases": [[10, -10], [0]],
}
TELLS_NOTHING = {"weights": [[[0, 0], [0, 0]], [[0, 0]]], "biases": [[0, 0], [0]]}


@pytest.mark.parametrize(
    ("parameters", "cost"),
    [(TELLS_NOTHING, 1 / 2), (TELLS_ONE_ROW, 1 / 3), (TELLS_TWO_ROWS, 1 / 4)],
    ids=["1/2", "1/3", "1/4"],
)
def test_a_run_stands_still_on_a_plateau(parameters, cost):
    history = nnlab.train(nnlab.Experiment(initialization="explicit", batch_size=4, **parameters))
    np.testing.assert_allclose([history.initial_cost, *history.cost], cost, rtol=0, atol=1e-4)


def test_a_start_of_zeros_is_frozen_at_exactly_one_half():
    history = nnlab.train(nnlab.Experiment(initialization="zeros"))
    assert (history.cost == 0.5).all()
    assert not history.parameters.vector.any()
