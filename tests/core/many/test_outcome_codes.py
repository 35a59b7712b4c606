"""A byte for how a run ended."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.core import solved_runs
from nnlab.core.experiment import Experiment
from nnlab.core.many.outcome_codes import DIVERGED, FIRST_FAILED, LAST_FAILED, LAST_TRAINED, outcome_codes
from nnlab.core.solved_runs import worst_cost

BIPOLAR, BINARY = Experiment(), Experiment(encoding="binary", output_activation="sigmoid")
ENTROPY = BINARY.changed(loss="cross_entropy")


def codes(
    cost: list[float], since: list[int], epochs: int = 200, experiment: Experiment = BIPOLAR
) -> list[int]:
    coded = outcome_codes(np.array(cost), np.array(since), epochs, experiment)
    assert coded.dtype == np.uint8
    return [int(each) for each in coded]


def test_a_run_that_trained_is_coded_by_how_soon_and_how_well() -> None:
    assert codes([0.0002] * 4, [0, 50, 100, 200]) == [0, 24, 47, 94]
    assert codes([0.0, 1e-9, 0.0002, 0.002, 0.0199], [0] * 5) == [0, 0, 0, 16, 31]
    assert codes([0.02 - 1e-12], [200]) == [LAST_TRAINED]


@pytest.mark.parametrize("experiment", [BIPOLAR, BINARY])
def test_a_run_that_failed_is_coded_by_the_logarithm_of_its_cost(experiment: Experiment) -> None:
    solved = solved_runs.solved_cost(experiment)
    # all answers wrong costs 100 times as much as a solved run may
    assert codes([solved, 10 * solved, 100 * solved], [-1] * 3, experiment=experiment) == [128, 191, 254]


def test_all_answers_wrong_is_the_worst_that_is_told() -> None:
    targets = BIPOLAR.data().targets
    all_wrong = float(np.mean((-targets - targets) ** 2) / 2)
    assert codes([all_wrong, 10 * all_wrong, 1e300], [-1] * 3) == [LAST_FAILED] * 3


def test_with_cross_entropy_a_failure_goes_from_a_chance_of_nine_tenths_to_one_of_one_tenth() -> None:
    solved = solved_runs.solved_cost(ENTROPY)
    assert solved == pytest.approx(-np.log(0.9))
    assert worst_cost(ENTROPY) == pytest.approx(-np.log(0.1))
    middle = float(np.sqrt(solved * worst_cost(ENTROPY)))
    assert codes([solved, middle, -np.log(0.1), 50.0], [-1] * 4, experiment=ENTROPY) == [128, 191, 254, 254]


def test_a_regression_is_coded_by_targets_that_go_from_minus_1_to_1() -> None:
    plane = Experiment(dataset="plane", encoding="binary", output_activation="linear")
    assert codes([0.02, 0.2, 2.0], [-1] * 3, experiment=plane) == [128, 191, 254]


def test_what_diverged_has_a_code_of_its_own_whatever_it_was_before() -> None:
    cost, since = np.array([1e-9, 0.5, 1e308, 0.01]), np.array([3, -1, -1, 0])
    coded = outcome_codes(cost, since, 200, BIPOLAR, np.array([True, True, True, False]))
    assert coded[:3].tolist() == [DIVERGED] * 3
    assert coded[3] <= LAST_TRAINED


def test_a_cost_that_is_no_number_is_the_worst_failure() -> None:
    assert codes([np.inf, np.nan], [-1, -1]) == [LAST_FAILED] * 2


def test_a_run_that_was_solved_too_late_to_be_looked_at_is_the_mildest_failure() -> None:
    assert codes([0.0, 1e-300], [-1, -1]) == [FIRST_FAILED] * 2


@given(
    st.floats(0, 1e6), st.integers(-1, 5000), st.floats(0, 1e6), st.integers(-1, 5000), st.sampled_from([BIPOLAR, BINARY])
)  # fmt: skip
def test_whatever_the_run_its_code_is_of_its_family_and_in_its_order(
    cost: float, since: int, other_cost: float, other_since: int, experiment: Experiment
) -> None:
    one, other = codes([cost, other_cost], [since, other_since], 5000, experiment)
    for each, solved in ((one, since >= 0), (other, other_since >= 0)):
        assert 0 <= each <= LAST_TRAINED if solved else FIRST_FAILED <= each <= LAST_FAILED
    if since >= 0 and other_since >= 0 and since <= other_since and cost <= other_cost:
        assert one <= other
    if since < 0 and other_since < 0:
        assert (one <= other) == (cost <= other_cost) or one == other
    if since >= 0 > other_since:
        assert one < DIVERGED < other


def test_codes_have_the_shape_of_the_map() -> None:
    assert outcome_codes(np.ones((3, 5)), np.full((3, 5), -1), 10, BIPOLAR).shape == (3, 5)
