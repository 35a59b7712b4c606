import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.core.many import statistics
from nnlab.core.many.starts import random, variations

UNIFORM = Experiment(initialization="uniform", seed=7)


def test_start_number_i_is_the_experiment_with_seed_plus_i():
    runs = nnlab.many_starts(UNIFORM, 30)
    for number in (0, 1, 29):
        experiment = UNIFORM.changed(seed=7 + number)
        assert runs.history.variations.experiment_of(number) == experiment
        assert runs.final_cost[number] == pytest.approx(nnlab.train(experiment).cost[-1], abs=1e-12)


def test_another_seed_is_the_same_row_of_starts_begun_elsewhere():
    later = nnlab.many_starts(UNIFORM.changed(seed=17), 20)
    np.testing.assert_array_equal(later.final_cost, nnlab.many_starts(UNIFORM, 30).final_cost[10:])


@pytest.mark.filterwarnings("ignore:all 5 starts are the same")
@pytest.mark.parametrize("initialization", ["notebook", "zeros", "equal"])
def test_a_start_that_draws_nothing_is_the_same_every_time(initialization):
    runs = nnlab.many_starts(UNIFORM.changed(initialization=initialization), 5)
    assert len(set(runs.final_cost)) == 1


@pytest.mark.parametrize("initialization", ["uniform", "normal", "xavier", "he"])
def test_an_experiment_that_draws_its_start_is_random_as_it_is(initialization):
    experiment = UNIFORM.changed(initialization=initialization)
    assert random(experiment) == experiment


@pytest.mark.parametrize("initialization", ["notebook", "zeros", "equal"])
def test_an_experiment_that_draws_nothing_is_made_random_by_uniform_starts(initialization):
    experiment = UNIFORM.changed(initialization=initialization, learning_rate=0.3)
    assert random(experiment) == experiment.changed(initialization="uniform")


def test_success_is_the_share_of_runs_that_have_learned():
    runs = nnlab.many_starts(UNIFORM, 200)
    assert runs.success == statistics.wilson(int((runs.final_cost < 0.02).sum()), 200)
    assert runs.success.low < 0.78 < runs.success.high


def test_the_fan_lies_between_the_best_run_and_the_worst():
    runs = nnlab.many_starts(UNIFORM, 50)
    assert runs.fan.shape == (5, len(runs.history.epochs))
    assert (np.diff(runs.fan, axis=0) >= 0).all()
    assert (runs.fan[0] >= runs.history.cost.min(axis=0)).all()
    assert (runs.fan[-1] <= runs.history.cost.max(axis=0)).all()
    np.testing.assert_allclose(runs.fan[2], np.median(runs.history.cost, axis=0), rtol=1e-12)


def test_single_precision_ends_near_the_double_one():
    double, single = nnlab.many_starts(UNIFORM, 100), nnlab.many_starts(UNIFORM, 100, precision="single")
    np.testing.assert_allclose(single.final_cost, double.final_cost, atol=1e-4)


# --- the wall -------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 24, 50])
def test_the_wall_goes_from_the_worst_run_to_the_best(count):
    runs = nnlab.many_starts(UNIFORM, 50)
    wall = runs.wall(count)
    costs = runs.final_cost[wall]
    assert len(set(wall)) == count
    assert (costs[0], costs[-1]) == (runs.final_cost.max(), runs.final_cost.min())
    assert (np.diff(costs) <= 0).all()


def test_the_wall_is_evenly_spaced_among_the_runs_in_order():
    runs = nnlab.many_starts(UNIFORM, 49)
    in_order = np.argsort(-runs.final_cost, kind="stable")
    assert runs.wall(25) == in_order[::2].tolist()


def test_the_wall_of_few_runs_has_each_once():
    assert sorted(nnlab.many_starts(UNIFORM, 5).wall(24)) == list(range(5))


@pytest.mark.filterwarnings("ignore:all 4 starts are the same")
def test_equal_runs_hang_in_the_order_of_their_seeds():
    assert nnlab.many_starts(UNIFORM.changed(initialization="zeros"), 4).wall() == [0, 1, 2, 3]


# --- what does not hold ---------------------------------------------------------------------------


@pytest.mark.parametrize("starts", [0, -1])
def test_no_start_is_rejected(starts):
    with pytest.raises(ValueError, match=f"starts must be at least 1, got {starts}"):
        nnlab.many_starts(UNIFORM, starts)


def test_the_largest_seed_may_be_the_last_start():
    last = variations(UNIFORM.changed(seed=2**32 - 10), 10)
    assert last.experiment_of(9).seed == 2**32 - 1


def test_a_seed_beyond_the_largest_is_rejected():
    with pytest.raises(ValueError, match="seed must be at most 4294967286, got 4294967287"):
        nnlab.many_starts(UNIFORM.changed(seed=2**32 - 9), 10)


def test_it_is_counted_how_many_runs_tell_every_row_right():
    runs = nnlab.many_starts(UNIFORM, 30)
    right = sum(nnlab.train(UNIFORM.changed(seed=7 + number)).accuracy == 1 for number in range(30))
    assert 0 < right < 30
    assert runs.all_right == right


def test_in_a_regression_no_row_is_told_right_or_wrong():
    plane = UNIFORM.changed(dataset="plane", output_activation="linear", samples=20, epochs=3)
    assert nnlab.many_starts(plane, 2).all_right is None


def test_the_cost_of_many_networks_is_over_all_rows_however_many_there_are():
    circle = UNIFORM.changed(dataset="circle", samples=260, batch_size=10, epochs=2)
    runs = nnlab.many_starts(circle, 2)
    for number in range(2):
        alone = nnlab.train(circle.changed(seed=7 + number))
        assert runs.final_cost[number] == pytest.approx(alone.final_cost, rel=1e-10)


@pytest.mark.parametrize("initialization", ["notebook", "zeros", "equal"])
def test_starts_that_are_all_the_same_are_warned_of_where_they_are_asked_for(initialization):
    experiment = nnlab.Experiment(initialization=initialization, epochs=1)
    message = f"all 3 starts are the same: initialization='{initialization}' draws nothing by the seed"
    with pytest.warns(UserWarning, match=message) as caught:
        nnlab.many_starts(experiment, 3)
    (warning,) = caught
    assert warning.filename == __file__
    assert nnlab.many_starts(experiment, 1).success.count == 1, "one start is no other's equal"
