"""Why runs ended, in words."""

import numpy as np
import pytest

import nnlab
from nnlab.command.report import SENTENCES, count_ends, why_diverged, why_ended
from nnlab.core.stop_rules import ENDS

RELU = {"activation": "relu", "output_activation": "linear"}
WIDE = {"dataset": "circle", "samples": 40, "initialization": "uniform", "epochs": 30}


def ended(**settings):
    """How a run ends, the epoch, and what is said."""
    experiment = nnlab.Experiment(**settings)
    history = nnlab.train(experiment)
    return history.end, len(history.cost), why_ended(experiment, history.end, len(history.cost))


def test_every_end_has_a_sentence():
    assert tuple(SENTENCES) == ENDS


def test_the_notebooks_run_reaches_its_last_epoch():
    assert ended() == ("completed", 201, "it reached its last epoch, 201")


def test_a_run_that_is_all_right_stops():
    end, epoch, said = ended(stop_all_correct=True)
    assert (end, said) == (
        "all_correct",
        f"it stopped after epoch {epoch} of 201: every training row is told right",
    )


def test_a_run_that_costs_little_stops():
    end, epoch, said = ended(stop_cost=0.25)
    assert (end, said) == ("cost_reached", f"it stopped after epoch {epoch} of 201: its cost is below 0.25")


def test_a_run_that_gets_no_better_says_since_when():
    settings = {"learning_rate": 3.0, "stop_no_improvement": 1}
    end, epoch, said = ended(**settings)
    low = 1 + int(np.argmin(nnlab.train(nnlab.Experiment(**settings)).cost))
    assert end == "no_improvement"
    assert said == f"it stopped after epoch {epoch} of 201: its cost has reached no new low since epoch {low}"


def test_a_run_whose_test_cost_rises_says_since_when():
    settings = {"dataset": "moons", "noise": 50.0, "train_share": 10, "batch_size": 5, "stop_test_rising": 2}
    end, epoch, said = ended(**settings)
    rising = nnlab.train(nnlab.Experiment(**settings)).test_cost
    assert end == "test_rising"
    assert (
        said
        == f"it stopped after epoch {epoch} of 201: its test cost has been rising since epoch {epoch - 2}"
    )
    assert rising[epoch - 3] < rising[epoch - 2] < rising[epoch - 1]


def test_a_run_that_diverges_says_in_which_epoch_and_why():
    end, epoch, said = ended(**WIDE, **RELU, learning_rate=10.0)
    assert end == "diverged"
    assert said.startswith(f"it diverged in epoch {epoch + 1} of 30, ")
    assert "without bounds (relu, linear)" in said
    assert "A smaller learning rate helps, or a bounded activation (tanh, sigmoid)." in said


def test_a_penalty_that_throws_weights_out_is_another_reason():
    end, _, said = ended(regularization="l2", regularization_rate=3.0, learning_rate=1.0, epochs=5000)
    assert end == "diverged"
    assert "Learning rate times regularization rate is more than 2" in said
    assert "activation" not in said


@pytest.mark.parametrize(("rate", "penalty"), [(2.0, False), (2.01, True)])
def test_a_penalty_throws_weights_out_if_it_more_than_turns_them_over(rate, penalty):
    experiment = nnlab.Experiment(**RELU, regularization="l2", regularization_rate=1.0)
    assert ("penalty" in why_diverged(experiment, rate)) == penalty


def test_of_many_runs_ends_are_counted_and_none_is_left_out():
    experiment = nnlab.Experiment(**WIDE, **RELU)
    ends = np.arange(1, len(ENDS) + 1)
    said, diverged = count_ends(ends, experiment, 0.2)
    assert [line.split() for line in said.splitlines()[1:]] == [
        [end, str(runs)] for end, runs in zip(ENDS, ends, strict=True)
    ]
    assert diverged.startswith("2 of 21 runs diverged. ")


def test_nothing_is_said_of_runs_that_were_all_completed():
    assert count_ends(np.array([7, 0, 0, 0, 0, 0]), nnlab.Experiment(), 0.2) == []


def test_runs_that_stopped_are_counted_and_no_divergence_is_made_up():
    (said,) = count_ends(np.array([3, 0, 4, 0, 0, 0]), nnlab.Experiment(), 0.2)
    assert [line.split() for line in said.splitlines()] == [
        ["end", "runs"],
        ["completed", "3"],
        ["all_correct", "4"],
    ]
