"""Training a chunk, and sending it and its result between processes."""

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
from nnlab.work.chunk import MOST_EPOCHS_AT_ONCE, Chunk, train_chunk

UNIFORM = Experiment(initialization="uniform")
CIRCLE = UNIFORM.changed(dataset="circle", samples=40, batch_size=10, learning_rate=0.1, epochs=60)
AT_ONCE, IN_NO_TIME = float("inf"), 0.0


def rest_of(chunk, result):
    """The chunk as it goes out again."""
    left = chunk.epochs[result.cost.shape[1] :]
    return replace(chunk, epochs=left, checkpoint=result.checkpoint)


def worked_through(chunk, send=lambda message: message):
    """Every result until the chunk is done."""
    results = []
    while chunk.epochs:
        result = send(train_chunk(send(chunk)))
        before = chunk.checkpoint.epoch if chunk.checkpoint else 0
        assert result.checkpoint.epoch > before or result.cost.size, "it would go on for ever"
        results.append(result)
        chunk = rest_of(chunk, result)
    return results


def assert_trained(results, chunk, epochs):
    expected = train_variations(chunk.variations, epochs=epochs, precision=chunk.precision)
    cost = np.concatenate([result.cost for result in results], axis=1)
    np.testing.assert_array_equal(cost, expected.cost)
    np.testing.assert_array_equal(results[-1].checkpoint.vector, expected.parameters.vector)
    assert results[-1].checkpoint.vector.dtype == expected.parameters.vector.dtype
    np.testing.assert_array_equal(results[-1].checkpoint.ends, expected.ends)
    np.testing.assert_array_equal(results[-1].checkpoint.last_epochs, expected.last_epochs)


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("epochs", [(0, 60, 70, 201), (201,)], ids=str)
@pytest.mark.parametrize("seconds", [AT_ONCE, IN_NO_TIME, 0.002])
def test_a_chunk_trains_to_the_bits_of_a_whole_run_however_often_it_comes_back(
    precision, count, epochs, seconds
):
    chunk = Chunk(starts.variations(UNIFORM, count), precision, epochs, seconds=seconds)
    assert_trained(worked_through(chunk), chunk, epochs)


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
def test_a_chunk_takes_along_all_that_a_run_remembers(change, precision):
    chunk = Chunk(starts.variations(CIRCLE.changed(**change), 4), precision, (7, 30, 60), seconds=IN_NO_TIME)
    results = worked_through(chunk, lambda message: pickle.loads(pickle.dumps(message)))
    assert len(results) > 3
    assert_trained(results, chunk, (7, 30, 60))


@settings(deadline=None, max_examples=30)
@given(st.sets(st.integers(0, 90)), st.integers(1, 4))
def test_costs_are_recorded_once_at_any_epochs(recorded, batch_size):
    experiment = UNIFORM.changed(epochs=91, batch_size=batch_size)
    epochs = (*sorted(recorded), 91)
    chunk = Chunk(starts.variations(experiment, 3), "double", epochs, seconds=IN_NO_TIME)
    assert_trained(worked_through(chunk), chunk, epochs)


def test_a_chunk_with_all_the_time_there_is_comes_back_done():
    chunk = Chunk(starts.variations(UNIFORM, 3), "double", (0, 100, 201), seconds=AT_ONCE)
    result = train_chunk(chunk)
    assert (result.checkpoint.epoch, result.cost.shape) == (201, (3, 3))


def test_a_chunk_without_time_comes_back_after_an_epoch():
    chunk = Chunk(starts.variations(UNIFORM, 3), "double", (5, 41), seconds=IN_NO_TIME)
    epochs = [result.checkpoint.epoch for result in worked_through(chunk)]
    assert epochs == list(range(1, 42))


def test_the_clock_is_looked_at_after_one_epoch_and_then_less_and_less_often(monkeypatch):
    """An epoch of many rows takes long; of few rows, looking would."""
    stands = []
    advance = ManyTraining.advance

    def watched(training, epoch):
        advance(training, epoch)
        stands.append(epoch)

    monkeypatch.setattr(ManyTraining, "advance", watched)
    train_chunk(Chunk(starts.variations(UNIFORM, 3), "double", (201,), seconds=AT_ONCE))
    assert stands[:6] == [1, 2, 4, 8, 16, 32]
    assert set(np.diff(stands[6:-1])) == {MOST_EPOCHS_AT_ONCE}


def test_a_result_between_two_recorded_epochs_brings_no_cost():
    result = train_chunk(Chunk(starts.variations(UNIFORM, 3), "double", (201,), seconds=IN_NO_TIME))
    assert result.cost.shape == (3, 0)


def test_a_chunk_and_a_result_can_be_sent():
    chunk = Chunk(
        Variations(UNIFORM, 4, {"seed": np.arange(4)}, {("biases", 0, 1): np.linspace(-1, 1, 4)}),
        "double",
        (0, 50, 201),
        seconds=IN_NO_TIME,
    )
    results = worked_through(chunk, lambda message: pickle.loads(pickle.dumps(message)))
    assert_trained(results, chunk, (0, 50, 201))


def test_a_chunk_is_not_changed_by_work_on_it():
    """A worker may be given memory that it may not write to, and a chunk may be sent again."""
    remembering = UNIFORM.changed(optimizer="adam", regularization="l1", stop_no_improvement=100)
    chunk = Chunk(starts.variations(remembering, 3), "double", (40, 201), seconds=IN_NO_TIME)
    begun = rest_of(chunk, train_chunk(chunk))
    for numbers in vars(begun.checkpoint).values():
        if isinstance(numbers, np.ndarray):
            numbers.flags.writeable = False
    first, again = train_chunk(begun), train_chunk(begun)
    np.testing.assert_array_equal(again.checkpoint.vector, first.checkpoint.vector)
    assert first.checkpoint.epoch > begun.checkpoint.epoch
