"""A run taken up from a checkpoint, wherever and under whatever settings, is the run that was never stopped."""

import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import nnlab
from nnlab.core import stop_rules
from nnlab.core.checkpoint import Checkpoint
from nnlab.core.many.many_training import ManyTraining, first_checkpoint, train_variations
from nnlab.core.many.starts import variations
from nnlab.core.optimizers import OPTIMIZERS
from nnlab.core.training import Training

RUN = nnlab.Experiment(
    dataset="circle",
    samples=40,
    noise=20.0,
    hidden_layer_sizes=(3,),
    initialization="uniform",
    batch_size=6,
    epochs=8,
)
RUNS: list[dict[str, Any]] = [
    *({"optimizer": name, "learning_rate": 0.05} for name in OPTIMIZERS),
    {"optimizer": "adam", "shuffle": True},
    {"regularization": "l1", "regularization_rate": 0.4, "l1_clamp": True},
    {"regularization": "l1", "regularization_rate": 0.4, "l1_clamp": True, "optimizer": "rmsprop", "shuffle": True},
    {"regularization": "l2", "regularization_rate": 0.4},
    {"stop_no_improvement": 2, "learning_rate": 3.0},
    {"stop_test_rising": 2, "learning_rate": 1.0},
    {"stop_cost": 0.4},
    {"stop_all_correct": True, "dataset": "gaussians"},
    {"activation": "relu", "output_activation": "linear", "learning_rate": 10.0, "optimizer": "momentum"},
]  # fmt: skip
each_run = pytest.mark.parametrize(
    "change", RUNS, ids=lambda change: "-".join(f"{value}" for value in change.values())
)


def sent(checkpoint):
    """Through a pipe and back; what comes out may not be written to."""
    arrived = pickle.loads(pickle.dumps(checkpoint))
    for name in ("vector", "memory", "stop_memory", "ends", "last_epochs"):
        getattr(arrived, name).flags.writeable = False
    return arrived


def assert_same(left, right):
    assert left.epoch == right.epoch
    for name in ("vector", "memory", "stop_memory", "ends", "last_epochs"):
        found, expected = getattr(left, name), getattr(right, name)
        assert found.dtype == expected.dtype, name
        np.testing.assert_array_equal(found, expected, err_msg=name)


# --- one run -----------------------------------------------------------------------------------------


@each_run
def test_taken_up_after_any_epoch_it_is_the_same_run(change):
    experiment = RUN.changed(**change)
    whole = Training(experiment)
    whole.advance(experiment.epochs)
    for epoch in range(experiment.epochs + 1):
        first = Training(experiment)
        first.advance(epoch)
        then = Training(experiment, sent(first.checkpoint()))
        assert (then.end, then.first_epoch) == (first.end, first.epoch)
        assert (then.current_cost(), then.initial_cost) == (first.current_cost(), first.current_cost())
        np.testing.assert_equal(then.current_test_cost(), first.current_test_cost())
        then.advance(experiment.epochs)
        assert then.end == whole.end
        assert_same(then.checkpoint(), whole.checkpoint())
        for name in ("cost", "test_cost"):
            after = getattr(then, name)
            np.testing.assert_array_equal(after[first.epoch :], getattr(whole, name)[first.epoch :])
            assert np.isnan(after[: first.epoch]).all()


def test_the_runs_above_end_in_every_way():
    found = {nnlab.train(RUN.changed(**change)).end for change in RUNS}
    assert found == set(stop_rules.ENDS)


def test_a_checkpoint_stays_while_the_run_goes_on():
    training = Training(RUN.changed(optimizer="adam", stop_no_improvement=3))
    training.advance(2)
    checkpoint = training.checkpoint()
    kept = sent(checkpoint)
    training.advance(2)
    assert_same(checkpoint, kept)


# --- other settings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [{"learning_rate": 0.01}, {"batch_size": 3}, {"data_seed": 4}, {"momentum": 0.2}, {"stop_cost": 1e-3}],
    ids=str,
)
def test_another_experiment_of_the_same_shape_goes_on_from_it(other):
    experiment = RUN.changed(optimizer="momentum", learning_rate=0.05)
    training = Training(experiment)
    training.advance(3)
    branch = Training(experiment.changed(**other), training.checkpoint())
    branch.advance(1)
    assert branch.epoch == 4
    training.advance(1)
    assert ("stop_cost" in other) == np.array_equal(branch.parameters.vector, training.parameters.vector)


def test_a_run_that_was_over_goes_on_if_there_are_more_epochs_now():
    training = Training(RUN)
    training.advance(8)
    longer = RUN.changed(epochs=12)
    branch = Training(longer, training.checkpoint())
    assert (training.end, branch.end) == ("completed", None)
    branch.advance(12)
    np.testing.assert_array_equal(branch.parameters.vector, nnlab.train(longer).parameters.vector)


def test_at_its_last_epoch_a_run_with_fewer_epochs_is_over():
    training = Training(RUN)
    training.advance(5)
    assert Training(RUN.changed(epochs=5), training.checkpoint()).end == "completed"


def test_a_run_that_a_rule_stopped_stays_stopped():
    training = Training(RUN.changed(stop_cost=10.0))
    training.advance(8)
    assert Training(RUN, training.checkpoint()).end == "cost_reached"


def test_with_nothing_remembered_any_optimizer_goes_on_after_an_epoch():
    training = Training(RUN)
    training.advance(3)
    adam = RUN.changed(optimizer="adam")
    branch = Training(adam, Checkpoint.at_start(adam, training.parameters, epoch=3))
    branch.advance(8)
    assert (branch.epoch, branch.end) == (8, "completed")


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"hidden_layer_sizes": (4,)}, "network 2-4-1 must have 17 parameters, got 13"),
        ({"optimizer": "adam"}, r"for adam .* must remember 2 vectors .*, got \(0, 13\)"),
        ({"regularization": "l1"}, "must remember 1 vectors"),
        ({"epochs": 2}, "must be at most 2, the run's last, got 3"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(other, message):
    training = Training(RUN)
    training.advance(3)
    with pytest.raises(ValueError, match=message):
        Training(RUN.changed(**other), training.checkpoint())


def test_a_run_that_a_rule_stopped_goes_on_from_a_checkpoint_at_its_parameters():
    training = Training(RUN.changed(stop_cost=10.0))
    training.advance(8)
    branch = Training(RUN, Checkpoint.at_start(RUN, training.parameters, training.epoch))
    branch.advance(8)
    assert (training.epoch, branch.epoch, branch.end) == (1, 8, "completed")
    np.testing.assert_array_equal(branch.parameters.vector, nnlab.train(RUN).parameters.vector)


WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"epoch": -3}, ValueError, "epoch of a checkpoint must be at least 0, got -3"),
    ({"epoch": 2.5}, TypeError, "epoch of a checkpoint must be a whole number, got 2.5"),
    ({"epoch": 2}, ValueError, "last_epochs of a checkpoint must be its epoch, 2, or less .*, got 3"),
    (
        {"last_epochs": np.array(1)},
        ValueError,
        "last_epochs of a checkpoint must be its epoch, 3, or less .*, got 1",
    ),
    (
        {"last_epochs": np.array([3])},
        ValueError,
        r"last_epochs of a checkpoint must have shape \(\), got \(1,\)",
    ),
    ({"ends": np.array(99)}, ValueError, "ends of a checkpoint must be within -1 and 5, got 99"),
    ({"ends": np.array(-2)}, ValueError, "ends of a checkpoint must be within -1 and 5, got -2"),
    ({"ends": 0}, TypeError, "ends of a checkpoint must be an array, got int"),
    ({"vector": np.full(13, np.nan)}, ValueError, "vector of a checkpoint must be finite numbers"),
    (
        {"vector": np.zeros(13, int)},
        TypeError,
        "vector of a checkpoint must be floating-point numbers, got int64",
    ),
    ({"vector": [0.0] * 13}, TypeError, "vector of a checkpoint must be an array, got list"),
    (
        {"vector": np.array(0.0)},
        ValueError,
        r"vector of a checkpoint must have shape \(n,\) or \(n, N\), got \(\)",
    ),
    ({"memory": None}, TypeError, "memory of a checkpoint must be an array, got NoneType"),
    (
        {"stop_memory": np.zeros(3)},
        ValueError,
        r"stop_memory of a checkpoint must have shape \(4,\), got \(3,\)",
    ),
]


@pytest.mark.parametrize(("change", "error", "message"), WRONG, ids=lambda value: str(value)[:40])
def test_a_checkpoint_that_no_training_made_is_refused(change, error, message):
    training = Training(RUN)
    training.advance(3)
    wrong = replace(training.checkpoint(), **change)
    with pytest.raises(error, match=message):
        wrong.check(RUN)
    with pytest.raises(error, match=message):
        Training(RUN, wrong)


@pytest.mark.parametrize("given", ["x", 3, {}])
def test_what_is_no_checkpoint_is_refused(given):
    with pytest.raises(TypeError, match=f"checkpoint must be a Checkpoint, got {type(given).__name__}"):
        Training(RUN, given)


def test_many_networks_are_no_single_run_and_not_as_many_as_others():
    some = variations(RUN, 3)
    checkpoint = first_checkpoint(some)
    with pytest.raises(ValueError, match=r"of one network, got 3; Checkpoint\.of takes one out"):
        Training(RUN, checkpoint)
    with pytest.raises(ValueError, match=r"of 4 networks, got \(3,\)"):
        ManyTraining(variations(RUN, 4), checkpoint)


# --- many runs ---------------------------------------------------------------------------------------


@each_run
@pytest.mark.parametrize("precision", ["double", "single"])
def test_many_runs_taken_up_after_any_epoch_are_the_same_runs(change, precision):
    some = variations(RUN.changed(**change), 5)
    whole = train_variations(some, precision=precision)
    for epoch in range(9):
        first = ManyTraining(some, first_checkpoint(some, precision))
        first.advance(epoch)
        then = ManyTraining(some, sent(first.checkpoint()))
        then.advance(8)
        np.testing.assert_array_equal(then.parameters.vector, whole.parameters.vector)
        np.testing.assert_array_equal(then.ends, whole.ends)
        np.testing.assert_array_equal(then.last_epochs, whole.last_epochs)


@each_run
def test_one_of_many_goes_on_alone_like_its_single_run(change):
    """Not to the bit: the two products sum in another order."""
    experiment = RUN.changed(**change)
    some = variations(experiment, 3)
    together = ManyTraining(some, first_checkpoint(some))
    together.advance(4)
    for number in range(3):
        single = Training(some.experiment_of(number))
        single.advance(4)
        taken, own = together.checkpoint().of(number), single.checkpoint()
        assert (taken.epoch, taken.ends, taken.last_epochs) == (own.epoch, own.ends, own.last_epochs)
        for name in ("vector", "memory", "stop_memory"):
            np.testing.assert_allclose(
                getattr(taken, name), getattr(own, name), rtol=1e-7, atol=1e-9, err_msg=name
            )
        alone = Training(some.experiment_of(number), taken)
        alone.advance(8)
        single.advance(8)
        assert alone.end == single.end
        np.testing.assert_allclose(alone.parameters.vector, single.parameters.vector, rtol=1e-6, atol=1e-8)


def test_runs_that_had_stopped_stand_still_where_no_rule_is_asked_any_more():
    some = variations(RUN.changed(stop_cost=0.42), 6)
    first = ManyTraining(some, first_checkpoint(some))
    first.advance(3)
    stopped = first.ends == stop_rules.COST_REACHED
    assert 0 < stopped.sum() < 6
    branch = ManyTraining(variations(RUN, 6), first.checkpoint())
    branch.advance(8)
    still = (branch.parameters.vector == first.parameters.vector).all(axis=0)
    np.testing.assert_array_equal(still, stopped)
    assert set(branch.ends[~stopped]) == {stop_rules.COMPLETED}
