"""The streamed landscape has the numbers of nnlab.cost_landscape, and the network's own point lies on it."""

import tracemalloc

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.web.http.connection import ClientGoneError
from nnlab.web.http.scheduler import Scheduler
from nnlab.web.many import landscape_stream
from nnlab.web.many.job_reports import ManyProgress
from nnlab.web.many.many_requests import LARGEST_PARAMETER, LandscapeRequest, LandscapeView

from .sample_requests import Recording, wanted

WEIGHTS = (("weights", 0, 0, 1), ("weights", 1, 0, 0))
SLICES = {
    "the notebook's": (Experiment(), WEIGHTS, 201),
    "before training": (Experiment(), WEIGHTS, 0),
    "on the way": (Experiment(learning_rate=1.0), (("biases", 0, 1), ("weights", 0, 1, 0)), 57),
    "binary and": (
        Experiment(
            dataset="and",
            encoding="binary",
            activation="sigmoid",
            output_activation="sigmoid",
            initialization="normal",
        ),
        WEIGHTS,
        201,
    ),
    "deep": (
        Experiment(
            features=("x1", "x2", "x1*x2"),
            hidden_layer_sizes=(5, 8, 3),
            initialization="xavier",
            batch_size=3,
            epochs=60,
        ),
        (("biases", 3, 0), ("weights", 2, 1, 7)),
        60,
    ),
}
DEEPEST = Experiment(
    features=("x1", "x2", "x1*x2", "x1 and x2"), hidden_layer_sizes=(8,) * 6, initialization="xavier"
)


def parameters_at(experiment, epoch):
    return next(frame.parameters for frame in nnlab.stream(experiment) if frame.epoch == epoch)


def ask(experiment, parameters, axes=WEIGHTS, x_path=(-1, 1), y_path=(-1, 1), size=60):
    x, y = (".".join(map(str, place)) for place in axes)
    view = LandscapeView(x=x, y=y, x_path=tuple(x_path), y_path=tuple(y_path), size=size)
    return LandscapeRequest(
        version=3, experiment=experiment, parameters=tuple(parameters.vector.tolist()), view=view
    )


def chunks_of(asked, scheduler=None, wanted=wanted, progress=None):
    """The chunks of an answer, lazily."""
    scheduler = scheduler or Scheduler(capacity=1)
    with scheduler.admit() as ticket:
        yield from landscape_stream.stream(asked, scheduler, ticket, wanted, progress or ManyProgress())


def answer(asked, **options):
    return Recording.of(b"".join(chunks_of(asked, **options)))


def deepest(size=120):
    return ask(DEEPEST, DEEPEST.initial_parameters(), size=size)


def drawn(sent):
    """The values and the cost of a slice."""
    values, numbers = sent.one("slice")
    size = sent.head["view"]["size"]
    return values, np.frombuffer(numbers, "<f4").reshape(size, size)


@pytest.fixture(scope="module", params=list(SLICES.values()), ids=list(SLICES))
def answered(request):
    """Parameters, what nnlab makes of them, what was sent of them."""
    experiment, axes, epoch = request.param
    offline = nnlab.cost_landscape(experiment, axes, 60, epoch=epoch)
    parameters = parameters_at(experiment, epoch)
    lows, highs = offline.path.min(axis=0), offline.path.max(axis=0)
    asked = ask(experiment, parameters, axes, *zip(lows.tolist(), highs.tolist(), strict=True))
    return parameters, offline, answer(asked)


def test_the_ground_is_that_of_the_run_in_single_precision(answered):
    _, offline, sent = answered
    values, cost = drawn(sent)
    assert values["x"] == offline.x.tolist()
    assert values["y"] == offline.y.tolist()
    np.testing.assert_array_equal(cost, offline.cost.astype(np.float32))


def test_the_height_at_the_point_is_the_runs_cost(answered):
    _, offline, sent = answered
    x, y, height = drawn(sent)[0]["point"]
    assert (x, y) == tuple(offline.path[offline.epoch])
    assert height == pytest.approx(offline.path_cost[offline.epoch], abs=1e-12, rel=1e-12)


def test_the_whole_path_is_in_sight(answered):
    _, offline, sent = answered
    values, _ = drawn(sent)
    for name, walked in (("x", offline.path[:, 0]), ("y", offline.path[:, 1])):
        assert values[name][0] < walked.min() <= walked.max() < values[name][-1]


def test_head_and_tail_say_what_was_understood_and_that_it_is_all(answered):
    parameters, _, sent = answered
    assert [kind for kind, _ in sent.records] == ["head", "slice", "tail"]
    assert Experiment.model_validate(sent.head["experiment"]).parameter_count == len(parameters.vector)
    assert sent.head["view"]["size"] == 60
    assert sent.tail == ({"reason": "completed"}, b"")


@pytest.mark.parametrize("size", [2, 3, 119, 120])
def test_any_size_is_whole_however_it_is_cut_into_time_slices(size):
    _, cost = drawn(answer(deepest(size)))
    assert cost.shape == (size, size)
    assert (cost > 0).all()


def test_the_farthest_parameters_there_may_be_have_a_cost():
    experiment = Experiment(activation="sigmoid", output_activation="sigmoid", encoding="binary")
    network = experiment.initial_parameters()
    network.vector[:] = LARGEST_PARAMETER
    x_path, y_path = (-LARGEST_PARAMETER, LARGEST_PARAMETER), (LARGEST_PARAMETER,) * 2
    _, cost = drawn(answer(ask(experiment, network, x_path=x_path, y_path=y_path, size=9)))
    assert np.isfinite(cost).all()


# --- how it is computed -------------------------------------------------------------------------


def test_the_largest_slice_takes_a_few_megabytes_at_a_time():
    asked = deepest()
    tracemalloc.start()
    try:
        answer(asked)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30_000_000  # at once it would be 400 MB


def test_others_have_their_turns_meanwhile():
    scheduler, served = Scheduler(capacity=2), []
    with scheduler.admit() as other:

        def wanted_and_served():
            """Called before each time slice: then no other is under way."""
            with scheduler.time_slice(other, wanted):
                served.append(other.spent)
            return True

        sent = answer(deepest(), scheduler=scheduler, wanted=wanted_and_served)
    assert len(served) > 20
    assert sent.tail[0]["reason"] == "completed"


def test_the_head_is_sent_before_a_time_slice_is_waited_for():
    scheduler = Scheduler(capacity=2)
    with scheduler.admit() as busy, scheduler.time_slice(busy, wanted):
        assert next(chunks_of(deepest(), scheduler=scheduler))


def test_a_slice_that_nobody_wants_any_more_is_left_before_its_next_time_slice():
    asked, progress = iter([True] * 3), ManyProgress()
    with pytest.raises(ClientGoneError):
        list(chunks_of(deepest(), wanted=lambda: next(asked, False), progress=progress))
    assert 0 < progress.networks < 120 * 120


def test_progress_counts_the_networks_of_the_slice():
    progress = ManyProgress()
    data = b"".join(
        chunks_of(ask(Experiment(), Experiment().initial_parameters(), size=7), progress=progress)
    )
    assert (progress.networks, progress.bytes, progress.reason) == (49, len(data), "completed")
