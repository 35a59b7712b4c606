"""What comes back from a call, as a notebook shows it, and calls that are given something else than an experiment."""

import math
from collections.abc import Callable
from typing import Any

import pytest

import nnlab

UNIFORM = nnlab.Experiment(initialization="uniform", epochs=5)
CALLS: dict[str, Callable[[Any], Any]] = {
    "train": nnlab.train,
    "stream": nnlab.stream,
    "many_starts": nnlab.many_starts,
    "train_many": lambda experiment: nnlab.train_many([experiment]),
    "trainability_map": lambda experiment: nnlab.trainability_map(experiment, size=4),
    "cost_landscape": lambda experiment: nnlab.cost_landscape(experiment, size=4),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_result_is_shown_in_one_line(name):
    result = CALLS[name](UNIFORM)
    if name == "stream":
        result = next(result)
    assert type(result).__name__ in repr(result)
    assert len(repr(result)) <= 120
    assert "\n" not in repr(result)


@pytest.mark.parametrize("given", [{}, {"epochs": 3}, None, 3, "xor"])
@pytest.mark.parametrize("name", CALLS)
def test_what_is_no_experiment_is_refused_by_name(name, given):
    with pytest.raises(TypeError, match="experiment must be an Experiment, got") as raised:
        CALLS[name](given)
    assert ("Experiment(**settings)" in str(raised.value)) == isinstance(given, dict)


def test_a_run_that_diverges_in_its_first_epoch_has_a_final_cost():
    wild = nnlab.Experiment(
        activation="relu", output_activation="linear", hidden_layer_sizes=(8,) * 6, initialization="normal",
        scale=5.0, learning_rate=10.0, dataset="spiral",
    )  # fmt: skip
    history = nnlab.train(wild)
    assert (history.end, len(history.cost)) == ("diverged", 0)
    assert history.final_cost == history.initial_cost
    assert history.final_test_cost == history.initial_test_cost
    assert 0 <= history.accuracy <= 1
    assert not history.solved


def test_a_finished_run_says_how_right_it_is():
    history = nnlab.train(nnlab.Experiment(dataset="circle", initialization="uniform", epochs=30))
    data = history.experiment.data()
    right = (history.predict(data.points) > 0) == (data.targets > 0)
    assert history.accuracy == pytest.approx(right.mean())
    right = (history.predict(data.test_points) > 0) == (data.test_targets > 0)
    assert history.test_accuracy == pytest.approx(right.mean())
    assert (history.final_cost, history.final_test_cost) == (history.cost[-1], history.test_cost[-1])
    assert math.isnan(nnlab.train(UNIFORM).test_accuracy)
