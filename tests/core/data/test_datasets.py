import itertools

import numpy as np
import pytest

from nnlab.core.data.datasets import ENCODINGS, GATES, ROWS, Dataset, gate, verdicts
from nnlab.core.experiment import Experiment

BIPOLAR, BINARY = ENCODINGS["bipolar"], ENCODINGS["binary"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("and", lambda a, b: a and b),
        ("or", lambda a, b: a or b),
        ("xor", lambda a, b: a != b),
        ("nand", lambda a, b: not (a and b)),
        ("nor", lambda a, b: not (a or b)),
        ("xnor", lambda a, b: a == b),
    ],
)
def test_a_gate_answers_by_its_rule(name, rule):
    assert GATES[name] == tuple(int(rule(*row)) for row in ROWS)


def test_the_gates_are_these_six():
    assert set(GATES) == {"and", "or", "xor", "nand", "nor", "xnor"}


def test_rows_stand_in_the_order_of_a_truth_table():
    assert tuple(itertools.product((0, 1), repeat=2)) == ROWS


@pytest.mark.parametrize("name", ["bipolar", "binary"])
def test_encoding_writes_false_and_true_as_its_two_numbers(name):
    low, high = {"bipolar": (-1.0, 1.0), "binary": (0.0, 1.0)}[name]
    np.testing.assert_array_equal(ENCODINGS[name].encode([[0, 1], [1, 0]]), [[low, high], [high, low]])


@pytest.mark.parametrize(("encoding", "middle"), [(BIPOLAR, 0.0), (BINARY, 0.5)])
def test_the_middle_is_half_way_between_the_classes(encoding, middle):
    assert encoding.middle == middle


def test_a_bipolar_gate_has_inputs_and_targets_of_plus_and_minus_one():
    dataset = gate(GATES["xor"], BIPOLAR)
    np.testing.assert_array_equal(dataset.points, [[-1, -1], [-1, 1], [1, -1], [1, 1]])
    np.testing.assert_array_equal(dataset.targets, [-1, 1, 1, -1])
    assert dataset.middle == 0


def test_a_binary_gate_has_inputs_and_targets_of_zero_and_one():
    dataset = gate(GATES["nand"], BINARY)
    np.testing.assert_array_equal(dataset.points, [[0, 0], [0, 1], [1, 0], [1, 1]])
    np.testing.assert_array_equal(dataset.targets, [1, 1, 1, 0])
    assert dataset.middle == 0.5


@pytest.mark.parametrize("targets", list(itertools.product((0, 1), repeat=4)))
def test_each_of_the_sixteen_gates_is_written_as_given(targets):
    np.testing.assert_array_equal(gate(targets, BINARY).targets, targets)


@pytest.mark.parametrize(
    ("encoding", "output", "if_false", "if_true"),
    [
        (BIPOLAR, -0.1, 1, -1),
        (BIPOLAR, 0.0, 0, 0),
        (BIPOLAR, -0.0, 0, 0),
        (BIPOLAR, 0.1, -1, 1),
        (BIPOLAR, 5e-324, -1, 1),
        (BINARY, 0.4, 1, -1),
        (BINARY, 0.5, 0, 0),
        (BINARY, 0.6, -1, 1),
        (BINARY, np.nextafter(0.5, 0), 1, -1),
    ],
)
def test_an_output_is_right_on_its_targets_side_wrong_beyond_and_undecided_in_the_middle(
    encoding, output, if_false, if_true
):
    dataset = Dataset(np.zeros((2, 2)), encoding.encode([0, 1]), encoding.middle, (-1.0, 1.0))
    np.testing.assert_array_equal(verdicts(np.array([output, output]), dataset), [if_false, if_true])


def test_verdicts_come_row_by_row():
    outputs = np.array([-0.9, 0.0, -0.2, 0.3])
    np.testing.assert_array_equal(verdicts(outputs, gate(GATES["xor"], BIPOLAR)), [1, 0, -1, -1])


@pytest.mark.parametrize("encoding", [BIPOLAR, BINARY])
def test_the_reach_is_how_far_the_farthest_target_is_from_the_middle(encoding):
    data = gate(GATES["xor"], encoding)
    assert data.reach == (encoding.high - encoding.low) / 2
    flat = Dataset(np.zeros((2, 2)), np.full(2, 0.5), 0.5, (-1, 1))
    assert flat.reach == 1.0, "where all are in the middle"


def test_points_of_data_that_are_not_standardized_stay_as_they_are():
    points = np.array([[3.0, -4.0]])
    assert Experiment().data().standardized(points) is points
