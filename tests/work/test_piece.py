import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.core.many import starts
from nnlab.core.many.many_training import ManyTraining, train_variations
from nnlab.core.many.variations import Variations
from nnlab.work.piece import EPOCHS_A_GLANCE, Piece, work_on

UNIFORM = Experiment(initialization="uniform")
CIRCLE = UNIFORM.changed(dataset="circle", samples=40, batch_size=10, learning_rate=0.1, epochs=60)
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
        before = piece.standing.epoch if piece.standing else 0
        assert stretch.standing.epoch > before or stretch.cost.size, "it would go on for ever"
        stretches.append(stretch)
        piece = rest_of(piece, stretch)
    return stretches


def assert_trained(stretches, piece, epochs):
    expected = train_variations(piece.variations, epochs=epochs, precision=piece.precision)
    cost = np.concatenate([stretch.cost for stretch in stretches], axis=1)
    np.testing.assert_array_equal(cost, expected.cost)
    np.testing.assert_array_equal(stretches[-1].standing.vector, expected.parameters.vector)
    assert stretches[-1].standing.vector.dtype == expected.parameters.vector.dtype
    np.testing.assert_array_equal(stretches[-1].standing.ends, expected.ends)
    np.testing.assert_array_equal(stretches[-1].standing.last_epochs, expected.last_epochs)


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("epochs", [(0, 60, 70, 201), (201,)], ids=str)
@pytest.mark.parametrize("seconds", [AT_ONCE, IN_NO_TIME, 0.002])
def test_a_piece_trains_to_the_bits_of_a_whole_run_however_often_it_comes_back(
    precision, count, epochs, seconds
):
    piece = Piece(starts.variations(UNIFORM, count), precision, epochs, seconds=seconds)
    assert_trained(worked_through(piece), piece, epochs)


@pytest.mark.parametrize(
    "change",
    [
        {"optimizer": "momentum", "shuffle": True},
        {"optimizer": "adam", "regularization": "l1", "regularization_rate": 0.1},
        {"optimizer": "rmsprop", "stop_no_improvement": 3},
        {"stop_test_rising": 2},
        {"stop_cost": 0.4},
        {"stop_all_correct": True, "features": ("x1^2", "x2^2")},
        {"activation": "relu", "output_activation": "linear", "learning_rate": 10.0},
    ],
    ids=str,
)
@pytest.mark.parametrize("precision", ["double", "single"])
def test_a_piece_takes_along_all_that_a_run_remembers(change, precision):
    piece = Piece(starts.variations(CIRCLE.changed(**change), 4), precision, (7, 30, 60), seconds=IN_NO_TIME)
    stretches = worked_through(piece, lambda message: pickle.loads(pickle.dumps(message)))
    assert len(stretches) > 3
    assert_trained(stretches, piece, (7, 30, 60))


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


def test_a_piece_without_time_comes_back_after_an_epoch():
    piece = Piece(starts.variations(UNIFORM, 3), "double", (5, 41), seconds=IN_NO_TIME)
    epochs = [stretch.standing.epoch for stretch in worked_through(piece)]
    assert epochs == list(range(1, 42))


def test_the_clock_is_looked_at_after_one_epoch_and_then_less_and_less_often(monkeypatch):
    """An epoch of many rows takes long; of few rows, looking would."""
    stands = []
    advance = ManyTraining.advance

    def watched(training, epoch):
        advance(training, epoch)
        stands.append(epoch)

    monkeypatch.setattr(ManyTraining, "advance", watched)
    work_on(Piece(starts.variations(UNIFORM, 3), "double", (201,), seconds=AT_ONCE))
    assert stands[:6] == [1, 2, 4, 8, 16, 32]
    assert set(np.diff(stands[6:-1])) == {EPOCHS_A_GLANCE}


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
    remembering = UNIFORM.changed(optimizer="adam", regularization="l1", stop_no_improvement=100)
    piece = Piece(starts.variations(remembering, 3), "double", (40, 201), seconds=IN_NO_TIME)
    begun = rest_of(piece, work_on(piece))
    for numbers in vars(begun.standing).values():
        if isinstance(numbers, np.ndarray):
            numbers.flags.writeable = False
    first, again = work_on(begun), work_on(begun)
    np.testing.assert_array_equal(again.standing.vector, first.standing.vector)
    assert first.standing.epoch > begun.standing.epoch
