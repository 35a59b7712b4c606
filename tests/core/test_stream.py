from itertools import islice

import numpy as np
import pytest

import nnlab
from nnlab.core.training import Training

SHORT = nnlab.Experiment(epochs=10)
POINTS: list[list[float]] = [[-1, -1], [-1, 1], [0.3, -0.7]]


def epochs_of(frames):
    return [frame.epoch for frame in frames]


def test_every_epoch_has_a_frame_by_default():
    assert epochs_of(nnlab.stream(SHORT)) == list(range(11))


@pytest.mark.parametrize(
    ("every", "epochs"),
    [
        (2, [0, 2, 4, 6, 8, 10]),
        (4, [0, 4, 8, 10]),
        (9, [0, 9, 10]),
        (10, [0, 10]),
        (11, [0, 10]),
        (5000, [0, 10]),
    ],
)
def test_the_first_and_the_last_epoch_have_a_frame_whatever_the_step(every, epochs):
    assert epochs_of(nnlab.stream(SHORT, every=every)) == epochs


@pytest.mark.parametrize("every", [1, 3, 7])
def test_a_frames_cost_is_the_historys(every):
    history = nnlab.train(SHORT)
    for frame in nnlab.stream(SHORT, every=every):
        assert frame.cost == (history.cost[frame.epoch - 1] if frame.epoch else history.initial_cost)


def test_a_frame_has_the_parameters_that_a_run_of_so_many_epochs_ends_with():
    for frame in islice(nnlab.stream(SHORT, every=3), 1, None):
        shorter = nnlab.train(SHORT.changed(epochs=frame.epoch))
        np.testing.assert_array_equal(frame.parameters.vector, shorter.parameters.vector)


def test_the_first_frame_is_the_start():
    first = next(nnlab.stream(SHORT))
    np.testing.assert_array_equal(first.parameters.vector, SHORT.initial_parameters().vector)


@pytest.mark.parametrize("every", [1, 4])
def test_the_last_frame_is_where_the_run_ends(every):
    *_, last = nnlab.stream(SHORT, every=every)
    history = nnlab.train(SHORT)
    np.testing.assert_array_equal(last.parameters.vector, history.parameters.vector)
    np.testing.assert_array_equal(last.predict(POINTS), history.predict(POINTS))


def test_frames_hold_copies_of_their_own():
    frames = list(nnlab.stream(SHORT))
    vectors = [frame.parameters.vector for frame in frames]
    assert len({vector.tobytes() for vector in vectors}) == 11
    assert not any(np.shares_memory(vectors[k], vectors[k + 1]) for k in range(10))


def test_writing_in_a_frame_does_not_disturb_the_run():
    costs = []
    for frame in nnlab.stream(SHORT):
        costs.append(frame.cost)
        frame.parameters.vector[:] = 99.0
    np.testing.assert_array_equal(costs[1:], nnlab.train(SHORT).cost)


def test_epochs_are_trained_only_as_frames_are_asked_for(monkeypatch):
    asked = []
    advance = Training.advance
    monkeypatch.setattr(
        Training, "advance", lambda self, epochs: (asked.append(epochs), advance(self, epochs))
    )
    frames = nnlab.stream(SHORT, every=3)
    assert asked == []
    next(frames)
    assert asked == []
    next(frames)
    assert asked == [3]


def test_runs_taken_in_turns_do_not_disturb_each_other():
    other = SHORT.changed(dataset="and")
    pairs = zip(nnlab.stream(SHORT), nnlab.stream(other), strict=True)
    *_, (last, other_last) = pairs
    assert last.cost == nnlab.train(SHORT).cost[-1]
    assert other_last.cost == nnlab.train(other).cost[-1]


@pytest.mark.parametrize("every", [0, -1])
def test_a_step_below_one_is_rejected_at_the_call_not_at_the_first_frame(every):
    with pytest.raises(ValueError, match=f"every must be at least 1 epoch, got {every}"):
        nnlab.stream(SHORT, every=every)


@pytest.mark.parametrize("every", [1.5, 2.0, float("nan"), "2", None])
def test_a_step_that_is_no_whole_number_is_rejected_at_the_call(every):
    with pytest.raises(TypeError):
        nnlab.stream(SHORT, every=every)


def test_frames_and_histories_can_be_told_apart_and_hashed():
    frame, history = next(nnlab.stream(SHORT)), nnlab.train(SHORT)
    assert len({frame, next(nnlab.stream(SHORT)), history, nnlab.train(SHORT)}) == 4
