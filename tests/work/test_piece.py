import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.core import starts
from nnlab.core.many import train_variations
from nnlab.core.variations import Variations
from nnlab.work.piece import EPOCHS_A_GLANCE, Piece, work_on

UNIFORM = Experiment(initialization="uniform")
AT_ONCE, IN_NO_TIME = float("inf"), 0.0


def rest_of(piece, stretch):
    """The piece as it goes out again."""
    left = piece.looks[stretch.cost.shape[1] :]
    return replace(piece, looks=left, standing=stretch.standing)


def worked_through(piece, send=lambda message: message):
    """Every stretch until the piece is done."""
    stretches = []
    while piece.looks:
        stretch = send(work_on(send(piece)))
        assert stretch.standing.epoch > (piece.standing.epoch if piece.standing else 0) or stretch.cost.size, "it would go on for ever"
        stretches.append(stretch)
        piece = rest_of(piece, stretch)
    return stretches


def assert_trained(stretches, piece, epochs):
    expected = train_variations(piece.variations, epochs=epochs, precision=piece.precision)
    cost = np.concatenate([stretch.cost for stretch in stretches], axis=1)
    np.testing.assert_array_equal(cost, expected.cost)
    np.testing.assert_array_equal(stretches[-1].standing.vector, expected.parameters.vector)
    assert stretches[-1].standing.vector.dtype == expected.parameters.vector.dtype


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("epochs", [(0, 60, 70, 201), (201,)], ids=str)
@pytest.mark.parametrize("seconds", [AT_ONCE, IN_NO_TIME, 0.002])
def test_a_piece_trains_to_the_bits_of_a_whole_run_however_often_it_comes_back(
    precision, count, epochs, seconds
):
    piece = Piece(starts.variations(UNIFORM, count), precision, epochs, seconds=seconds)
    assert_trained(worked_through(piece), piece, epochs)


@settings(deadline=None, max_examples=30)
@given(st.sets(st.integers(0, 90)), st.integers(1, 4))
def test_any_looks_are_taken_once_each(looks, batch_size):
    experiment = UNIFORM.changed(epochs=91, batch_size=batch_size)
    epochs = (*sorted(looks), 91)
    piece = Piece(starts.variations(experiment, 3), "double", epochs, seconds=IN_NO_TIME)
    assert_trained(worked_through(piece), piece, epochs)


def test_a_piece_with_all_the_time_there_is_comes_back_done():
    piece = Piece(starts.variations(UNIFORM, 3), "double", (0, 100, 201), seconds=AT_ONCE)
    stretch = work_on(piece)
    assert (stretch.standing.epoch, stretch.cost.shape) == (201, (3, 3))


def test_a_piece_without_time_comes_back_at_the_next_glance_at_the_clock():
    piece = Piece(starts.variations(UNIFORM, 3), "double", (5, 201), seconds=IN_NO_TIME)
    epochs = [stretch.standing.epoch for stretch in worked_through(piece)]
    assert epochs == [5, *range(5 + EPOCHS_A_GLANCE, 201, EPOCHS_A_GLANCE), 201]


def test_a_stretch_between_two_looks_brings_no_cost():
    stretch = work_on(Piece(starts.variations(UNIFORM, 3), "double", (201,), seconds=IN_NO_TIME))
    assert stretch.cost.shape == (3, 0)


def test_a_piece_and_a_stretch_can_be_sent():
    piece = Piece(
        Variations(UNIFORM, 4, {"seed": np.arange(4)}, {("biases", 0, 1): np.linspace(-1, 1, 4)}),
        "double",
        (0, 50, 201),
        seconds=IN_NO_TIME,
    )
    stretches = worked_through(piece, lambda message: pickle.loads(pickle.dumps(message)))
    assert_trained(stretches, piece, (0, 50, 201))


def test_a_piece_is_not_changed_by_work_on_it():
    """A worker may be given memory that it may not write to, and a piece may be sent again."""
    piece = Piece(starts.variations(UNIFORM, 3), "double", (40, 201), seconds=IN_NO_TIME)
    begun = rest_of(piece, work_on(piece))
    begun.standing.vector.flags.writeable = False
    first, again = work_on(begun), work_on(begun)
    np.testing.assert_array_equal(again.standing.vector, first.standing.vector)
    assert first.standing.epoch > begun.standing.epoch
