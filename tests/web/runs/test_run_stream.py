"""The stream of a run: its head, frames and tail, and when it ends."""

import io
import time
import zlib
from typing import Any

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.core import features
from nnlab.core.layer_statistics import LayerStatistics
from nnlab.web.http import response
from nnlab.web.http.connection import ClientGoneError
from nnlab.web.http.scheduler import Scheduler
from nnlab.web.runs import run_format, run_stream
from nnlab.web.runs.run_request import MOST_FRAMES, RunRequest, View
from nnlab.web.runs.run_stream import RunProgress, stream

from .servers import Recording

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


def chunks_of(experiment, view=None, progress=None, scheduler=None, wanted=wanted):
    """The chunks of a run, lazily."""
    scheduler = scheduler or Scheduler(capacity=1)
    with scheduler.admit() as ticket:
        request = RunRequest(version=3, experiment=experiment, view=View(**(view or {})))
        yield from stream(request, scheduler, ticket, wanted, progress or RunProgress())


def record(experiment, view=None, progress=None):
    return Recording.of(b"".join(chunks_of(experiment, view, progress)))


@pytest.fixture(scope="module")
def notebook():
    return record(Experiment())


def costs_of(recording, name="costs"):
    """Every cost from epoch 0 on, each record's beginning where the one before it ended."""
    parts: list[Any] = []
    for block in recording.blocks:
        assert block.first == sum(len(part) for part in parts) or not len(getattr(block, name))
        parts.append(getattr(block, name))
    return np.concatenate(parts)


# --- what arrives is what training does, bit for bit --------------------------------------------


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_the_run_is_the_offline_run_bit_for_bit(experiment):
    history, recording = nnlab.train(experiment), record(experiment)
    assert costs_of(recording).tolist() == [history.initial_cost, *history.cost]
    summary = recording.tail.summary
    assert summary["cost"] == [history.initial_cost, *history.cost][-1]
    assert recording.frames[-1].parameters.tobytes() == history.parameters.vector.tobytes()
    assert summary["reason"] == history.end
    assert summary["epoch"] == recording.frames[-1].epoch == len(history.cost)
    if len(experiment.data().test_targets):
        tests = costs_of(recording, "test_costs")
        assert tests.tolist() == [history.initial_test_cost, *history.test_cost]
        assert summary["test_cost"] == history.test_cost[-1]
    else:
        assert summary["test_cost"] is None


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_every_frame_is_the_network_after_its_epoch(experiment):
    recording = record(experiment)
    offline = {frame.epoch: frame for frame in nnlab.stream(experiment)}
    for frame in recording.frames:
        assert frame.parameters.tobytes() == offline[frame.epoch].parameters.vector.tobytes()
        assert frame.gradients.size == 0


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_gradients_are_those_of_each_layer_if_they_are_asked_for(experiment):
    """Taken of all networks together, they are what each has by itself, but for the order of sums."""
    recording = record(experiment, {"frames": 7, "gradients": True})
    data = experiment.data()
    inputs = features.apply(experiment.features, data.points).T
    for frame in recording.frames:
        network = nnlab.core.network.Parameters(experiment.layer_sizes, frame.parameters.copy())
        with np.errstate(over="ignore", invalid="ignore"):
            states = LayerStatistics(experiment, network, inputs, data.targets).measure()
        expected = [state.gradient for state in states]
        np.testing.assert_allclose(frame.gradients, expected, rtol=1e-9, atol=1e-300)


# --- head, frames, tail -------------------------------------------------------------------------


def test_the_head_says_what_was_understood_and_what_will_come(notebook):
    head, experiment = notebook.head, Experiment()
    assert head["version"] == 3
    assert Experiment.model_validate(head["experiment"]) == experiment
    assert View.model_validate(head["view"]) == View()
    assert head["epochs"] == [frame.epoch for frame in notebook.frames]
    assert head["domain"] == [-1.5, 1.5]
    assert head["points"] == [[-1, -1], [-1, 1], [1, -1], [1, 1]]
    assert head["targets"] == [-1, 1, 1, -1]
    assert (head["middle"], head["reach"]) == (0, 1)
    assert "layer_sizes" not in head, "it is a function of the experiment"
    assert head["weights"] == [[[0.2, 0.4], [0.3, 0.7]], [[0.4, 0.9]]]
    assert head["biases"] == [[0, 0], [0]]


def test_every_epoch_is_a_frame(notebook):
    assert [frame.epoch for frame in notebook.frames] == list(range(202))


def test_a_long_run_is_thinned_as_its_head_says():
    recording = record(Experiment(epochs=3000))
    assert [frame.epoch for frame in recording.frames] == recording.head["epochs"]
    assert len(recording.frames) == MOST_FRAMES
    assert len(costs_of(recording)) == 3001


def test_the_first_record_brings_the_newest_network(monkeypatch):
    """It is what a student waits for; the way there follows. Here the first time slice is long enough for all of it."""
    monkeypatch.setattr(run_stream, "TIME_SLICE_SECONDS", 60.0)
    first, *rest = record(Experiment()).blocks
    assert first.epochs == [max(first.epochs[0], *(epoch for block in rest for epoch in block.epochs))]


def test_the_tail_says_why_it_ended_and_where(notebook):
    assert notebook.tail.summary["reason"] == "completed"
    assert notebook.tail.summary["epoch"] == 201


@pytest.mark.parametrize("epoch", [0, 1, 137, 201])
def test_one_epoch_alone_where_the_run_ends(epoch):
    recording, history = record(Experiment(), {"epoch": epoch}), nnlab.train(Experiment())
    (frame,) = recording.frames
    assert frame.epoch == epoch
    assert costs_of(recording).tolist() == [history.initial_cost, *history.cost[:epoch]]
    summary = recording.tail.summary
    assert (summary["reason"], summary["epoch"]) == ("completed", epoch)
    assert summary["cost"] == costs_of(recording)[-1]


# --- how it is sent -----------------------------------------------------------------------------


def test_the_first_chunk_holds_the_head_and_a_network(monkeypatch):
    monkeypatch.setattr(run_stream, "TIME_SLICE_SECONDS", 0.0)
    first = next(chunks_of(Experiment()))
    arrived = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(first)
    head, frames = run_format.read(io.BytesIO(arrived))
    assert isinstance(head, dict)
    assert isinstance(frames, run_format.Frames)
    assert head["version"] == 3
    assert frames.epochs == [0]


def test_a_time_slice_that_wrote_nothing_sends_nothing():
    chunks = list(chunks_of(Experiment(epochs=5000), {"epoch": 5000}))
    costs = 8 * 5001
    assert len(chunks) <= 1 + 1 + costs // response.CHUNK_BYTES  # the head, and the frame with its costs


def test_chunks_are_small_and_none_is_empty():
    for chunk in chunks_of(Experiment(epochs=1000)):
        assert 0 < len(chunk) <= response.CHUNK_BYTES


def test_the_default_run_takes_less_than_20_kilobytes_all_202_networks_of_it():
    progress = RunProgress()
    record(Experiment(), progress=progress)
    assert progress.frames == 202
    assert progress.bytes <= 20_000


def test_no_time_slice_is_held_while_sending(monkeypatch):
    monkeypatch.setattr(run_stream, "TIME_SLICE_SECONDS", 0.001)
    scheduler, first = Scheduler(capacity=2), RunProgress()
    slow_reader = chunks_of(Experiment(epochs=1000), {}, first, scheduler)
    next(slow_reader)
    # another run goes from its beginning to its end while the first one's chunk is on its way
    given_up = time.monotonic() + 10
    chunks = chunks_of(Experiment(), scheduler=scheduler, wanted=lambda: time.monotonic() < given_up)
    another = Recording.of(b"".join(chunks))
    assert another.tail.summary["reason"] == "completed"
    assert first.reason != "completed"
    rest = list(slow_reader)
    assert rest
    assert first.reason == "completed"


def test_progress_tells_what_was_sent():
    progress = RunProgress()
    data = b"".join(chunks_of(Experiment(), progress=progress))
    assert (progress.frames, progress.epoch, progress.reason) == (202, 201, "completed")
    assert progress.bytes == len(data)


def test_a_run_that_nobody_wants_any_more_ends_before_its_next_time_slice(monkeypatch):
    monkeypatch.setattr(run_stream, "TIME_SLICE_SECONDS", 0.001)
    present = True
    chunks = chunks_of(Experiment(epochs=5000), wanted=lambda: present)
    next(chunks)
    present = False
    with pytest.raises(ClientGoneError):
        list(chunks)


def test_a_time_slice_looks_at_the_clock_in_time(monkeypatch):
    """However long an epoch is: other runs wait. Epochs of a thousand updates are looked at one by one."""
    slow = Experiment(
        dataset="spiral", samples=1000, train_share=90, batch_size=1, initialization="xavier", epochs=300
    )
    run = run_stream.Run(RunRequest(version=3, experiment=slow, view=View(epoch=300)))
    trained = []
    advance = run.training.advance
    monkeypatch.setattr(run.training, "advance", lambda epochs: trained.append(epochs) or advance(epochs))
    run.advance(0.0)
    assert trained == [1]


class Ticking:
    """A clock that is a thousandth of a second later at each look."""

    def __init__(self):
        self.now = 0.0

    def perf_counter(self):
        self.now += 0.001
        return self.now


@pytest.mark.parametrize(("epochs", "least", "most"), [(10, 10, 10), (900, 3, 4)])
def test_a_first_time_slice_is_short_unless_the_run_ends_in_it(monkeypatch, epochs, least, most):
    """An epoch takes two looks at the clock, so that a whole time slice holds a good dozen of them."""
    monkeypatch.setattr(run_stream, "time", Ticking())
    run = run_stream.Run(RunRequest(version=3, experiment=Experiment(epochs=epochs)))
    run.advance(0.03, unless_ending=0.008)
    assert least <= run.training.epoch <= most
    assert run.complete == (epochs == 10)
    run.advance(0.03)
    assert run.training.epoch >= min(epochs, least + 14)


# --- the deadline -------------------------------------------------------------------------------


@pytest.mark.parametrize(("view", "due"), [({}, 1001), ({"epoch": 5000}, 1), ({"frames": 2}, 2)])
def test_at_the_deadline_the_run_ends_with_what_it_has(view, due, monkeypatch):
    monkeypatch.setattr(run_stream, "DEADLINE_SECONDS", 0.0)
    experiment, progress = Experiment(epochs=5000), RunProgress()
    recording = record(experiment, view, progress)
    summary, last = recording.tail.summary, recording.frames[-1]
    assert summary["reason"] == progress.reason == "deadline"
    assert len(recording.head["epochs"]) == due
    assert summary["epoch"] == last.epoch == progress.epoch < 5000
    assert progress.frames == len(recording.frames)
    # costs and parameters belong to the epoch at which it stopped
    history = nnlab.train(experiment.changed(epochs=max(1, last.epoch)))
    assert costs_of(recording).tolist() == [history.initial_cost, *history.cost[: last.epoch]]
    assert summary["cost"] == costs_of(recording)[-1]
    if last.epoch:
        assert last.parameters.tobytes() == history.parameters.vector.tobytes()
