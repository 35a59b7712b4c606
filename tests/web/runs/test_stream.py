"""A run as it is sent."""

import io
import time
import zlib

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.core import plane
from nnlab.core.plane import Plane
from nnlab.core.training import network_activations
from nnlab.web.border import answering
from nnlab.web.runs import format as run_format
from nnlab.web.runs import stream as run_stream
from nnlab.web.runs.request import MOST_ROWS_SENT, RunRequest, View
from nnlab.web.runs.stream import RunProgress, stream
from nnlab.web.runs.turns import AbandonedError, Turns

from .serving import Recording

EXPERIMENTS = {
    "notebook": Experiment(),
    "binary and": Experiment(
        dataset="and", encoding="binary", activation="sigmoid", output_activation="sigmoid"
    ),
    "perceptron": Experiment(
        hidden_layer_sizes=(), initialization="uniform", seed=3, batch_size=3, epochs=400
    ),
    "deep": Experiment(
        features=("x2", "x1*x2", "x1 and x2"),
        hidden_layer_sizes=(8, 3, 5),
        initialization="xavier",
        epochs=57,
    ),
    "chaotic": Experiment(learning_rate=2.0, epochs=5000),
    "one epoch": Experiment(epochs=1),
    "stopped": Experiment(stop_cost=0.01),
    "diverged": Experiment(
        activation="relu", output_activation="linear", initialization="he", learning_rate=5.0, seed=1
    ),
    "circle": Experiment(
        dataset="circle",
        hidden_layer_sizes=(4, 2),
        initialization="he",
        optimizer="adam",
        learning_rate=0.02,
        batch_size=10,
        shuffle=True,
        epochs=40,
    ),
    "cross-entropy": Experiment(
        dataset="moons",
        loss="cross_entropy",
        encoding="binary",
        output_activation="sigmoid",
        regularization="l1",
        initialization="xavier",
        epochs=25,
        batch_size=20,
    ),
    "regression": Experiment(
        dataset="multi_gaussians", output_activation="linear", initialization="xavier", epochs=30, samples=60
    ),
}


def wanted():
    return True


def chunks_of(experiment, view=None, progress=None, turns=None, wanted=wanted):
    """The chunks of a run, lazily."""
    turns = turns or Turns(capacity=1)
    with turns.admit() as ticket:
        request = RunRequest(version=2, experiment=experiment, view=View(**(view or {})))
        yield from stream(request, turns, ticket, wanted, progress or RunProgress())


def record(experiment, view=None, progress=None):
    return Recording.of(b"".join(chunks_of(experiment, view, progress)))


def exact_surface(experiment, parameters, grid):
    axis = plane.axis(experiment.data(), grid)
    return Plane.over(axis, experiment.features).outputs(parameters, network_activations(experiment))


@pytest.fixture(scope="module")
def notebook():
    return record(Experiment())


# --- what arrives is what training does, bit for bit --------------------------------------------


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_the_run_is_the_offline_run_bit_for_bit(experiment):
    history, recording = nnlab.train(experiment), record(experiment)
    costs = np.concatenate([frame.costs for frame in recording.frames])
    assert costs.tolist() == [history.initial_cost, *history.cost]
    assert recording.tail.summary["cost"] == [history.initial_cost, *history.cost][-1]
    assert recording.frames[-1].parameters.tobytes() == history.parameters.vector.tobytes()
    assert recording.tail.summary["reason"] == history.end
    assert recording.tail.summary["epoch"] == recording.frames[-1].epoch == len(history.cost)
    data = experiment.data()
    if len(data.test_targets):
        tests = np.concatenate([frame.test_costs for frame in recording.frames])
        assert tests.tolist() == [history.initial_test_cost, *history.test_cost]
        assert recording.tail.summary["test_cost"] == history.test_cost[-1]
    points = data.points if len(data.points) <= MOST_ROWS_SENT else data.points[:0]
    assert recording.tail.summary["outputs"] == history.predict(points).tolist()
    assert recording.frames[-1].outputs.tolist() == history.predict(points).tolist()
    np.testing.assert_array_equal(
        recording.tail.surface,
        run_format.finite(exact_surface(experiment, history.parameters, 120)),
        strict=True,
    )


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_every_frame_is_the_network_after_its_epoch(experiment):
    recording = record(experiment, {"frames": 6, "grid": 30})
    offline = {frame.epoch: frame for frame in nnlab.stream(experiment)}
    points, middle = experiment.data().points, experiment.data().middle
    points = points if len(points) <= MOST_ROWS_SENT else points[:0]
    for frame in recording.frames:
        true = offline[frame.epoch]
        assert frame.costs[-1] == true.cost
        assert frame.parameters.tobytes() == true.parameters.vector.tobytes()
        np.testing.assert_array_equal(frame.outputs, true.predict(points))
        exact = run_format.finite(exact_surface(experiment, true.parameters, 30))
        error = np.abs(run_format.dequantize(frame, middle) - exact)
        drawn = 1e-4 * max(1.0, frame.reach)  # a surface drawn in float32
        assert error.max() <= frame.reach / 254 + drawn


# --- head, frames, tail -------------------------------------------------------------------------


def test_the_head_says_what_was_understood_and_what_will_come(notebook):
    head, experiment = notebook.head, Experiment()
    assert head["version"] == 2
    assert Experiment.model_validate(head["experiment"]) == experiment
    assert View.model_validate(head["view"]) == View()
    assert head["epochs"] == [frame.epoch for frame in notebook.frames]
    assert head["axis"] == np.linspace(-1.5, 1.5, 120).tolist()
    assert head["points"] == [[-1, -1], [-1, 1], [1, -1], [1, 1]]
    assert head["targets"] == [-1, 1, 1, -1]
    assert head["middle"] == 0
    assert head["layer_sizes"] == [2, 2, 1]
    assert head["weights"] == [[[0.2, 0.4], [0.3, 0.7]], [[0.4, 0.9]]]
    assert head["biases"] == [[0, 0], [0]]


def test_about_120_frames_evenly_spaced_first_and_last_included(notebook):
    epochs = [frame.epoch for frame in notebook.frames]
    assert (epochs[0], epochs[-1], len(epochs)) == (0, 201, 120)
    assert set(np.diff(epochs)) == {1, 2}
    assert all(frame.levels.shape == (120, 120) for frame in notebook.frames)


def test_the_first_frame_brings_the_cost_before_training(notebook):
    assert notebook.frames[0].costs.tolist() == [nnlab.train(Experiment()).initial_cost]


def test_the_tail_says_why_it_ended_and_where(notebook):
    assert notebook.tail.summary["reason"] == "completed"
    assert notebook.tail.summary["epoch"] == 201


def test_every_kth_epoch():
    recording = record(Experiment(), {"every": 50})
    assert [frame.epoch for frame in recording.frames] == [0, 50, 100, 150, 200, 201]
    assert [len(frame.costs) for frame in recording.frames] == [1, 50, 50, 50, 50, 1]


@pytest.mark.parametrize("epoch", [0, 1, 137, 201])
def test_one_epoch_alone_where_the_run_ends(epoch):
    recording, history = record(Experiment(), {"epoch": epoch}), nnlab.train(Experiment())
    (frame,) = recording.frames
    assert frame.epoch == epoch
    assert frame.costs.tolist() == [history.initial_cost, *history.cost[:epoch]]
    assert recording.tail.summary["reason"] == "completed"
    assert recording.tail.summary["epoch"] == epoch
    assert recording.tail.summary["cost"] == frame.costs[-1]


def test_no_exact_surface_if_none_is_wanted():
    recording = record(Experiment(epochs=5), {"exact": False})
    assert recording.tail.surface.size == 0
    assert recording.tail.summary["epoch"] == 5


def test_another_grid():
    recording = record(Experiment(epochs=5), {"grid": 33})
    assert recording.frames[0].levels.shape == recording.tail.surface.shape == (33, 33)
    assert len(recording.head["axis"]) == 33


def test_where_the_network_is_undecided_the_level_is_127():
    recording = record(Experiment(initialization="zeros", epochs=1), {"epoch": 0})
    (frame,) = recording.frames
    assert frame.reach == 0
    assert (frame.levels == 127).all()
    np.testing.assert_array_equal(
        run_format.dequantize(frame, recording.head["middle"]), recording.tail.surface
    )


# --- how it is sent -----------------------------------------------------------------------------


def test_the_first_chunk_holds_the_head_and_the_first_frame():
    first = next(chunks_of(Experiment()))
    arrived = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(first)
    head, frame = run_format.read(io.BytesIO(arrived))
    assert head["version"] == 2
    assert frame.epoch == 0


def test_a_turn_that_wrote_nothing_sends_nothing():
    chunks = list(chunks_of(Experiment(epochs=5000), {"epoch": 5000, "grid": 4, "exact": False}))
    costs = 8 * 5001
    assert len(chunks) <= 1 + 1 + costs // answering.CHUNK_BYTES  # the head, and the frame with its costs


def test_chunks_are_small_and_none_is_empty():
    for chunk in chunks_of(Experiment(), {"every": 1, "grid": 240}):
        assert 0 < len(chunk) <= answering.CHUNK_BYTES


def test_a_frame_of_the_default_run_takes_less_than_3_kilobytes():
    progress = RunProgress()
    record(Experiment(), progress=progress)
    assert progress.bytes / progress.frames <= 3000


def test_no_turn_is_held_while_sending():
    turns, first = Turns(capacity=2), RunProgress()
    slow_reader = chunks_of(Experiment(), {"every": 1}, first, turns)
    next(slow_reader)
    # another run goes from its beginning to its end while the first one's chunk is on its way
    given_up = time.monotonic() + 10
    chunks = chunks_of(Experiment(), turns=turns, wanted=lambda: time.monotonic() < given_up)
    another = Recording.of(b"".join(chunks))
    assert another.tail.summary["reason"] == "completed"
    assert first.reason != "completed"
    rest = list(slow_reader)
    assert rest
    assert first.reason == "completed"


def test_progress_tells_what_was_sent():
    progress = RunProgress()
    data = b"".join(chunks_of(Experiment(), progress=progress))
    assert (progress.frames, progress.epoch, progress.reason) == (120, 201, "completed")
    assert progress.bytes == len(data)


def test_a_run_that_nobody_wants_any_more_ends_before_its_next_turn():
    present = True
    chunks = chunks_of(Experiment(epochs=5000), {"every": 1}, wanted=lambda: present)
    next(chunks)
    present = False
    with pytest.raises(AbandonedError):
        list(chunks)


# --- the deadline -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "due"), [({}, 120), ({"epoch": 5000}, 1), ({"frames": 2}, 2), ({"every": 1, "grid": 2}, 5001)]
)
def test_at_the_deadline_the_run_ends_with_what_it_has(view, due, monkeypatch):
    monkeypatch.setattr(run_stream, "DEADLINE_SECONDS", 0.0)
    experiment, progress = Experiment(epochs=5000), RunProgress()
    recording = record(experiment, view, progress)
    summary, last = recording.tail.summary, recording.frames[-1]
    assert summary["reason"] == progress.reason == "deadline"
    assert len(recording.head["epochs"]) == due
    assert summary["epoch"] == last.epoch == progress.epoch < 5000
    assert progress.frames == len(recording.frames)
    # costs, parameters and surface all belong to the epoch at which it stopped
    history = nnlab.train(experiment.changed(epochs=max(1, last.epoch)))
    costs = np.concatenate([frame.costs for frame in recording.frames])
    assert costs.tolist() == [history.initial_cost, *history.cost[: last.epoch]]
    assert summary["cost"] == costs[-1]
    if last.epoch:
        assert last.parameters.tobytes() == history.parameters.vector.tobytes()
        surface = exact_surface(experiment, history.parameters, recording.head["view"]["grid"])
        np.testing.assert_array_equal(recording.tail.surface, surface)
