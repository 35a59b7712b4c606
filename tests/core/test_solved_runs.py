import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.core import solved_runs
from nnlab.core.stop_rules import COMPLETED

unhurried = settings(deadline=None, max_examples=50)

BIPOLAR, BINARY = Experiment(), Experiment(encoding="binary")
CROSS_ENTROPY = Experiment(loss="cross_entropy", encoding="binary", output_activation="sigmoid")


def solved(cost, experiment):
    """Of runs that went on to their last epoch."""
    return solved_runs.solved(cost, np.full(cost.shape, COMPLETED), experiment)


def solved_since(cost, epochs, experiment):
    """Likewise."""
    count = len(cost)
    return solved_runs.solved_since(
        cost, epochs, np.full(count, COMPLETED), np.full(count, epochs[-1]), experiment
    )


@pytest.mark.parametrize(("experiment", "cost"), [(BIPOLAR, 0.02), (BINARY, 0.005)])
def test_a_run_has_learned_its_data_below_a_share_of_the_distance_of_the_classes(experiment, cost):
    assert solved_runs.solved_cost(experiment) == pytest.approx(cost, rel=1e-12)


def test_outputs_a_fifth_off_are_just_not_learned():
    """Half the mean square of 0.2 is 0.02."""
    off_by = np.array([0.199, 0.2, 0.201])
    assert solved(off_by**2 / 2, BIPOLAR).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("experiment", "costs"), [(BIPOLAR, [1 / 2, 1 / 3, 1 / 4]), (BINARY, [1 / 8, 1 / 12, 1 / 16])]
)
def test_plateaus_are_what_the_mean_of_four_three_or_two_rows_costs(experiment, costs):
    data = experiment.data().targets
    rest = (data, data[1:], data[2:])  # the others are told, and cost nothing
    assert [((rows - rows.mean()) ** 2).sum() / 8 for rows in rest] == pytest.approx(costs)
    assert solved_runs.plateaus(experiment) == pytest.approx(costs)


def test_with_cross_entropy_a_run_has_learned_if_right_classes_have_nine_chances_in_ten():
    costs = np.array([-np.log(chance) for chance in (0.91, 0.9, 0.89)])
    assert solved(costs, CROSS_ENTROPY).tolist() == [True, False, False]


def test_plateaus_of_cross_entropy_are_what_the_mean_of_four_three_or_two_rows_costs():
    data = CROSS_ENTROPY.data().targets
    costs = []
    for rows in (data, data[1:], data[2:]):  # the others are told, and cost nothing
        p = rows.mean()
        costs.append(-sum(np.log(p) if y else np.log(1 - p) for y in rows) / 4)
    assert solved_runs.plateaus(CROSS_ENTROPY) == pytest.approx(costs)


@pytest.mark.parametrize("encoding", ["bipolar", "binary"])
def test_a_regression_is_learned_as_targets_from_minus_one_to_one_are(encoding):
    for dataset in ("plane", "multi_gaussians"):
        experiment = Experiment(dataset=dataset, encoding=encoding)
        assert solved_runs.solved_cost(experiment) == pytest.approx(0.02, rel=1e-12)


@pytest.mark.parametrize(
    ("changes", "is_one"),
    [
        ({}, True),
        ({"dataset": "xnor", "encoding": "binary"}, True),
        ({"dataset": "custom", "targets": (1, 0, 0, 1)}, True),
        ({"dataset": "custom", "targets": (1, 0, 1, 1)}, False),
        ({"dataset": "custom", "targets": (1, 1, 1, 1)}, False),
        ({"dataset": "and"}, False),
        ({"dataset": "quadrants"}, False),
        ({"dataset": "own", "points": [(0.0, 0.0, 0), (0.0, 1.0, 1), (1.0, 0.0, 1), (1.0, 1.0, 0)]}, False),
    ],
    ids=str,
)
def test_xor_is_only_the_gate_and_its_opposite(changes, is_one):
    assert solved_runs.is_xor(Experiment(**changes)) == is_one


def test_the_notebooks_run_has_learned_xor_and_a_start_of_zeros_has_not():
    costs = [nnlab.train(Experiment(initialization=start)).cost[-1] for start in ("notebook", "zeros")]
    assert solved(np.array(costs), BIPOLAR).tolist() == [True, False]


@pytest.mark.parametrize(
    ("cost", "since"),
    [
        ([0.5, 0.1, 0.01, 0.01], 20),
        ([0.5, 0.01, 0.5, 0.01], 30),
        ([0.5, 0.01, 0.01, 0.5], -1),
        ([0.01, 0.01, 0.01, 0.01], 0),
        ([0.5, 0.5, 0.5, 0.02], -1),
        ([0.5, 0.5, 0.5, 0.5], -1),
    ],
)
def test_a_run_is_solved_since_it_stays_below(cost, since):
    epochs = np.array([0, 10, 20, 30])
    assert solved_since(np.array([cost]), epochs, BIPOLAR).tolist() == [since]


def test_of_one_look_solved_is_since_then():
    cost = np.array([[0.01], [0.5]])
    assert solved_since(cost, np.array([201]), BIPOLAR).tolist() == [201, -1]


@unhurried
@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=8))
def test_since_is_the_first_look_after_which_every_look_is_solved(looked):
    epochs = np.array([0, 3, 5, 8, 13])
    expected = [next((int(epochs[look]) for look in range(5) if all(solved[look:])), -1) for solved in looked]
    cost = np.where(looked, 0.001, 0.5)
    assert solved_since(cost, epochs, BIPOLAR).tolist() == expected
