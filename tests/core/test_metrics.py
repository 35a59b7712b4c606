import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab import Experiment, train
from nnlab.core.data.datasets import Dataset, verdicts
from nnlab.core.metrics import accuracy, confusion, r_squared, root_mean_squared_error

unhurried = settings(deadline=None)

NOTHING = np.empty(0)
MEASURES = (
    lambda outputs, targets: accuracy(outputs, targets, 0.0),
    lambda outputs, targets: confusion(outputs, targets, 0.0),
    r_squared,
    root_mean_squared_error,
)


def test_a_confusion_matrix_counted_by_hand():
    """Class low: 0.1, 0.4 right, 0.9 wrong. Class high: 0.7 right; 0.2, 0.3, 0.0 wrong."""
    targets = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0])
    outputs = np.array([0.1, 0.4, 0.9, 0.7, 0.2, 0.3, 0.0])
    assert confusion(outputs, targets, 0.5).tolist() == [[2, 1], [3, 1]]
    assert accuracy(outputs, targets, 0.5) == 3 / 7


@pytest.mark.parametrize(("target", "counts"), [(-1.0, [[0, 1], [0, 0]]), (1.0, [[0, 0], [1, 0]])])
@pytest.mark.parametrize("output", [0.0, -0.0, np.nan])
def test_an_output_that_says_neither_class_counts_for_the_other(output, target, counts):
    answer = np.array([output]), np.array([target])
    assert confusion(*answer, 0.0).tolist() == counts
    assert accuracy(*answer, 0.0) == 0.0


def test_the_notebooks_run_tells_every_row_and_a_start_of_zeros_none():
    for initialization, share in (("notebook", 1.0), ("zeros", 0.0)):
        experiment = Experiment(initialization=initialization)
        data = experiment.data()
        assert accuracy(train(experiment).predict(data.points), data.targets, data.middle) == share


@unhurried
@given(
    st.lists(st.tuples(st.floats(-2, 2) | st.just(0.5), st.sampled_from([0.0, 1.0])), min_size=1, max_size=40)
)
def test_counts_and_accuracy_are_those_of_the_verdicts(rows):
    outputs, targets = np.array(rows).T
    counts = confusion(outputs, targets, 0.5)
    assert counts.sum(axis=1).tolist() == [(targets == 0).sum(), (targets == 1).sum()]
    right = verdicts(outputs, Dataset(np.zeros((len(rows), 2)), targets, 0.5, (-1, 1))) == 1
    assert np.diag(counts).tolist() == [(right & (targets == 0)).sum(), (right & (targets == 1)).sum()]
    assert accuracy(outputs, targets, 0.5) == right.mean()


def test_r_squared_and_error_worked_out_by_hand():
    """Residuals 1, 0, -1, 0 and a spread of 2.25 + 0.25 + 0.25 + 2.25 around the mean 2.5."""
    outputs, targets = np.array([2.0, 2.0, 2.0, 4.0]), np.array([1.0, 2.0, 3.0, 4.0])
    assert r_squared(outputs, targets) == pytest.approx(1 - 2 / 5, rel=1e-15)
    assert root_mean_squared_error(outputs, targets) == pytest.approx(math.sqrt(1 / 2), rel=1e-15)


@unhurried
@given(st.lists(st.integers(-50, 50), min_size=2, max_size=30).filter(lambda some: len(set(some)) > 1))
def test_r_squared_is_1_for_the_targets_and_0_for_their_mean(numbers):
    targets = np.array(numbers, dtype=np.float64)
    assert r_squared(targets, targets) == 1.0
    assert r_squared(np.full_like(targets, targets.mean()), targets) == pytest.approx(0.0, abs=1e-12)
    assert root_mean_squared_error(targets, targets) == 0.0
    assert root_mean_squared_error(targets + 3, targets) == pytest.approx(3.0)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e-200])
def test_targets_that_do_not_vary_leave_nothing_to_account_for(value):
    same = np.full(7, value)  # seven times 0.1 has a mean that is not 0.1
    assert math.isnan(r_squared(same, same))
    assert math.isnan(r_squared(same + 1, same))


def test_a_spread_too_small_for_a_number_is_none():
    assert math.isnan(r_squared(np.zeros(2), np.array([0.0, 1e-200])))


def test_of_no_rows_there_is_nothing_to_say():
    assert math.isnan(accuracy(NOTHING, NOTHING, 0.0))
    assert math.isnan(r_squared(NOTHING, NOTHING))
    assert math.isnan(root_mean_squared_error(NOTHING, NOTHING))
    assert confusion(NOTHING, NOTHING, 0.0).tolist() == [[0, 0], [0, 0]]


def test_outputs_that_a_run_has_thrown_far_out_are_said_without_a_warning():
    far, targets = np.array([1e200, -1e200]), np.array([1.0, -1.0])
    assert r_squared(far, targets) == -math.inf
    assert root_mean_squared_error(far, targets) == math.inf
    assert accuracy(far, targets, 0.0) == 1.0


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("shape", [(3, 1), (1, 3), (2,), (1,), ()])
def test_shapes_that_would_be_stretched_to_each_other_are_refused(measure, shape):
    with pytest.raises(ValueError, match="must have one shape"):
        measure(np.zeros(shape), np.zeros(3))
    with pytest.raises(ValueError, match="must have one shape"):
        measure(np.zeros((3, 1)), np.zeros((3, 1)))
