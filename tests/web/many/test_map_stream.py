"""The streamed map has every point once, coarse ones first, with the numbers of nnlab.trainability_map."""

import zlib

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.core import solved_runs
from nnlab.core.many import trainability
from nnlab.core.many.outcome_codes import FIRST_FAILED, LAST_TRAINED, outcome_codes
from nnlab.web.http.connection import ClientGoneError
from nnlab.web.many import job_reports, many_format, map_stream
from nnlab.web.many.job_reports import ManyProgress
from nnlab.web.many.many_format import MapPart
from nnlab.web.many.many_requests import MapRequest, MapView, PointRequest
from nnlab.work.executor import SerialExecutor

from .sample_requests import Wide, record

PLAIN = ("biases", 0, 0), -1.0, 1.0, "linear"
RATES = ("learning_rate", 0.1, 10.0, "log")
MAPS = {
    "rate and scale": (
        Experiment(initialization="uniform", epochs=40),
        RATES,
        ("scale", 0.05, 5.0, "log"),
        35,
    ),
    "seeds": (
        Experiment(initialization="xavier", epochs=30, encoding="binary", output_activation="sigmoid"),
        ("seed", 0, 1000, "linear"),
        RATES,
        20,
    ),
    "a weight and a bias": (
        Experiment(epochs=20),
        (("weights", 0, 1, 0), -3.0, 3.0, "linear"),
        (("biases", 1, 0), 0.01, 5.0, "log"),
        33,
    ),
    "the notebook's, drawn anew": (Experiment(epochs=10), RATES, ("scale", 0.05, 5.0, "log"), 16),
    "two a side": (Experiment(epochs=5), RATES, (("biases", 0, 1), -1.0, 1.0, "linear"), 2),
}


def axis_view(axis):
    setting, low, high, spacing = axis
    name = setting if isinstance(setting, str) else ".".join(map(str, setting))
    return {"setting": name, "low": low, "high": high, "spacing": spacing}


def ask(experiment, x, y, size, model=MapRequest, numbers=True, **more):
    view = MapView(x=axis_view(x), y=axis_view(y), size=size, numbers=numbers)
    return model(version=3, experiment=experiment, view=view, **more)


@pytest.fixture(scope="module", params=list(MAPS.values()), ids=list(MAPS))
def answered(request):
    """What was asked, what nnlab makes of it, what was sent of it."""
    experiment, x, y, size = request.param
    drawn = "scale" in (x[0], y[0]) or "seed" in (x[0], y[0])
    if drawn and experiment.initialization == "notebook":
        experiment = experiment.changed(initialization="uniform")
    asked = ask(*request.param)
    return (
        asked,
        nnlab.trainability_map(experiment, x, y, size),
        record(map_stream.stream, asked, executor=Wide()),
    )


def painted(sent, size, field):
    """The parts put where they belong, and how often each point came."""
    values, times = np.zeros((size, size), np.uint8), np.zeros((size, size), int)
    points = {stride: (rows, columns) for stride, rows, columns in trainability.refinements(size)}
    for part in sent.all("part"):
        rows, columns = (at[part.start : part.start + len(part.codes)] for at in points[part.stride])
        values[rows, columns] = getattr(part, field)
        np.add.at(times, (rows, columns), 1)
    return values, times


# --- every point --------------------------------------------------------------------------------


def test_every_point_comes_once(answered):
    asked, _, sent = answered
    _, times = painted(sent, asked.view.size, "codes")
    assert (times == 1).all()


def test_coarse_points_come_before_fine_ones(answered):
    _, _, sent = answered
    order = [(-part.stride, part.start) for part in sent.all("part")]
    assert order == sorted(order)
    assert sorted({-stride for stride, _ in order}, reverse=True) == sent.head["strides"]
    assert sent.head["strides"][-1] == 1


def test_the_numbers_are_exact(answered):
    _, offline, sent = answered
    cost, since = sent.one("numbers")
    np.testing.assert_array_equal(cost, offline.final_cost.ravel())
    np.testing.assert_array_equal(since, offline.solved_since.ravel())


def test_codes_and_levels_are_of_the_run_at_their_point(answered):
    asked, offline, sent = answered
    experiment, size = offline.experiment, asked.view.size
    codes, _ = painted(sent, size, "codes")
    expected = outcome_codes(offline.final_cost, offline.solved_since, experiment.epochs, experiment)
    np.testing.assert_array_equal(codes, expected)
    np.testing.assert_array_equal(codes <= LAST_TRAINED, offline.solved)
    np.testing.assert_array_equal(codes >= FIRST_FAILED, ~offline.solved)
    levels, _ = painted(sent, size, "levels")
    np.testing.assert_array_equal(levels, many_format.cost_levels(offline.final_cost, experiment))


def test_a_point_is_the_experiment_that_ends_so_by_itself(answered):
    asked, offline, _ = answered
    row, column = asked.view.size - 1, asked.view.size // 2
    point = PointRequest(**dict(asked), row=row, column=column).point()
    assert point == offline.experiment_at(row, column)
    assert nnlab.train(point).cost[-1] == pytest.approx(offline.final_cost[row, column], rel=1e-9)


def test_the_tail_says_which_share_has_trained(answered):
    _, offline, sent = answered
    assert sent.tail == ({"reason": "completed", "trained": offline.solved.mean(), "diverged": 0.0}, b"")


def test_the_bytes_are_those_that_were_priced(answered):
    asked, _, sent = answered
    points = sum(len(part.codes) + len(part.levels) for part in sent.all("part"))
    assert points == 2 * asked.view.size**2
    cost, since = sent.one("numbers")
    assert (cost.nbytes, since.nbytes) == (8 * asked.view.size**2, 4 * asked.view.size**2)


# --- head, tail ---------------------------------------------------------------------------------


def test_the_head_says_where_the_points_lie_and_what_costs_mean(answered):
    asked, offline, sent = answered
    head, size = sent.head, asked.view.size
    assert head["x"] == offline.x.values(size).tolist()
    assert head["y"] == offline.y.values(size).tolist()
    assert head["initialization"] == offline.experiment.initialization
    assert MapView.model_validate(head["view"]) == asked.view
    assert (head["cost_low"], head["cost_high"]) == many_format.cost_bounds(offline.experiment)
    assert head["solved_cost"] == solved_runs.solved_cost(offline.experiment)


def test_no_numbers_if_none_are_wanted():
    sent = record(
        map_stream.stream,
        ask(Experiment(epochs=1), RATES, PLAIN, 3, numbers=False),
    )
    assert not sent.all("numbers")
    assert sent.tail[0]["reason"] == "completed"


@pytest.mark.parametrize("steps", [3, 40, 90])
@pytest.mark.parametrize(
    ("setting", "end"), [("scale", 5.0), ("scale", 0.01), ("learning_rate", 10.0), ("learning_rate", 0.001)]
)
def test_the_deepest_zoom_at_the_edge_stays_within_the_bounds(setting, end, steps):
    inward = 0.0 if end > 1 else 1.0
    other = end
    for _ in range(steps):
        other = float(np.nextafter(other, inward))
    axis = (setting, min(end, other), max(end, other), "log")
    for size in range(2, 60):
        x, _ = ask(Experiment(), axis, PLAIN, size).axes()
        assert (x.values(size) >= axis[1]).all()
        assert (x.values(size) <= axis[2]).all()


# --- how it is sent -----------------------------------------------------------------------------


def test_the_coarsest_points_arrive_before_the_rest_is_trained():
    chunks = map_stream.stream(
        ask(Experiment(epochs=1), RATES, PLAIN, 64),
        SerialExecutor(),
        lambda: True,
        ManyProgress(),
    )
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    arrived = unpack.decompress(next(chunks)) + unpack.decompress(next(chunks))
    assert b"M\0\0\0" in arrived
    assert list(chunks)


def test_parts_are_sent_in_their_order_whichever_ends_first():
    parts = [MapPart(stride, 0, np.empty(0, np.uint8), np.empty(0, np.uint8)) for stride in (8, 4, 2, 1)]
    finished = map_stream.PartsInOrder()
    sent = []
    for number in (1, 0, 3):
        finished.add(number, parts[number])
        sent.append([part.stride for part in finished.next()])
    assert sent == [[], [8, 4], []]
    assert [part.stride for part in finished.rest()] == [1]


def test_progress_counts_networks_and_bytes():
    progress, asked = (
        ManyProgress(),
        ask(Experiment(epochs=1), RATES, PLAIN, 20),
    )
    data = b"".join(map_stream.stream(asked, SerialExecutor(), lambda: True, progress))
    assert (progress.networks, progress.bytes, progress.reason) == (400, len(data), "completed")


def test_at_the_deadline_the_map_ends_with_what_it_has(monkeypatch):
    monkeypatch.setattr(job_reports, "DEADLINE_SECONDS", 0.0)
    asked, progress = (
        ask(Experiment(epochs=20), RATES, PLAIN, 64),
        ManyProgress(),
    )
    sent = record(map_stream.stream, asked, progress=progress)
    assert sent.tail[0]["reason"] == progress.reason == "deadline"
    _, times = painted(sent, 64, "codes")
    assert times.max() <= 1
    assert times.sum() == progress.networks < 64 * 64
    assert not sent.all("numbers")


def test_a_map_that_nobody_wants_any_more_is_left():
    present = True
    chunks = map_stream.stream(
        ask(*MAPS["rate and scale"]), SerialExecutor(), lambda: present, ManyProgress()
    )
    next(chunks)
    present = False
    with pytest.raises(ClientGoneError):
        list(chunks)
