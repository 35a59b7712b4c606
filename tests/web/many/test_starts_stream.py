"""The streamed results of many starts are those of nnlab.many_starts."""

from itertools import pairwise

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.core import solved_runs
from nnlab.core.many import statistics
from nnlab.web.http.connection import ClientGoneError
from nnlab.web.many import job_reports, starts_stream
from nnlab.web.many.job_reports import ManyProgress
from nnlab.web.many.many_requests import StartsRequest, StartsView
from nnlab.work.executor import SerialExecutor

from .sample_requests import Wide, record

EXPERIMENTS = {
    "uniform": Experiment(initialization="uniform", epochs=60, learning_rate=0.8),
    "binary and": Experiment(
        dataset="and",
        encoding="binary",
        activation="sigmoid",
        output_activation="sigmoid",
        initialization="normal",
        seed=77,
        epochs=40,
    ),
    "deep": Experiment(hidden_layer_sizes=(4, 3), initialization="xavier", batch_size=3, epochs=25),
    "the notebook's, drawn anew": Experiment(epochs=20),
}
COUNT, GRID = 300, 12


def ask(experiment, **view):
    return StartsRequest(version=3, experiment=experiment, view=StartsView(**view))


@pytest.fixture(scope="module", params=list(EXPERIMENTS.values()), ids=list(EXPERIMENTS))
def answered(request):
    """Experiment, what nnlab makes of it, what was sent of it."""
    experiment = request.param
    drawn = (
        experiment
        if experiment.initialization != "notebook"
        else experiment.changed(initialization="uniform")
    )
    sent = record(starts_stream.stream, ask(experiment, starts=COUNT), executor=Wide())
    return drawn, nnlab.many_starts(drawn, COUNT), sent


def final_costs(numbers, count=COUNT):
    return np.frombuffer(numbers, "<f8", count=count)


# --- the figures --------------------------------------------------------------------------------


def test_every_final_cost_is_sent_exactly_in_the_order_of_the_seeds(answered):
    experiment, offline, sent = answered
    costs = final_costs(sent.tail[1])
    np.testing.assert_array_equal(costs, offline.final_cost)
    for number in (0, COUNT - 1):
        alone = nnlab.train(experiment.changed(seed=experiment.seed + number)).cost[-1]
        assert costs[number] == pytest.approx(alone, rel=1e-9)


def test_the_share_that_trained_has_its_interval(answered):
    _, offline, sent = answered
    success, summary = offline.success, sent.tail[0]["success"]
    assert (summary["count"], summary["successes"]) == (COUNT, success.successes)
    assert (summary["low"], summary["high"]) == (success.low, success.high)


def test_the_histogram_counts_every_run_once(answered):
    experiment, offline, sent = answered
    summary = sent.tail[0]
    edges, counts = summary["edges"], summary["counts"]
    assert len(edges) == len(counts) + 1 == starts_stream.BINS + 1
    assert sum(counts) == COUNT
    assert counts == np.histogram(offline.final_cost, edges)[0].tolist()
    assert edges[0] == 0
    assert edges[-1] >= max(*solved_runs.plateaus(experiment), *offline.final_cost)


def test_the_fan_is_the_quantiles_to_five_digits(answered):
    _, offline, sent = answered
    summary = sent.tail[0]
    assert summary["epochs"] == offline.history.epochs.tolist()
    assert sent.head["quantiles"] == list(statistics.QUANTILES)
    np.testing.assert_allclose(summary["fan"], offline.fan, rtol=5e-5)
    for lower, upper in pairwise(summary["fan"]):
        assert (np.array(lower) <= np.array(upper)).all()


# --- the small pictures -------------------------------------------------------------------------


def test_the_wall_goes_from_the_worst_run_to_the_best(answered):
    _, offline, sent = answered
    wall = sent.tail[0]["wall"]
    assert [each["number"] for each in wall] == offline.wall(24)
    costs = [each["cost"] for each in wall]
    assert costs == offline.final_cost[[each["number"] for each in wall]].tolist()
    assert costs == sorted(costs, reverse=True)
    assert (costs[0], costs[-1]) == (offline.final_cost.max(), offline.final_cost.min())
    assert [each["solved"] for each in wall] == offline.solved[[each["number"] for each in wall]].tolist()


def test_each_network_of_the_wall_is_that_runs_own_to_the_last_bit(answered):
    experiment, offline, sent = answered
    summary, numbers = sent.tail
    networks = networks_of(numbers, experiment, COUNT)
    assert len(networks) == len(summary["wall"]) == 24
    for each, vector in zip(summary["wall"], networks, strict=True):
        np.testing.assert_array_equal(vector, offline.history.parameters.network(each["number"]).vector)


def test_a_network_is_what_the_run_by_itself_comes_to(answered):
    experiment, _, sent = answered
    summary, numbers = sent.tail
    best = networks_of(numbers, experiment, COUNT)[-1]
    alone = nnlab.train(experiment.changed(seed=experiment.seed + summary["wall"][-1]["number"]))
    np.testing.assert_allclose(best, alone.parameters.vector, atol=1e-6)


def networks_of(numbers, experiment, count):
    return np.frombuffer(numbers[8 * count : -count], "<f8").reshape(-1, experiment.parameter_count)


def test_fewer_starts_than_pictures_get_one_each():
    sent = record(starts_stream.stream, ask(Experiment(epochs=2), starts=10, wall=24))
    summary, numbers = sent.tail
    assert sorted(each["number"] for each in summary["wall"]) == list(range(10))
    assert len(numbers) == 8 * 10 + 10 * 8 * 9 + 10


# --- head, progress, tail -----------------------------------------------------------------------


def test_the_head_says_what_was_understood_and_what_costs_mean(answered):
    experiment, _, sent = answered
    head, data = sent.head, experiment.data()
    assert head["initialization"] == experiment.initialization
    assert head["view"] == {"starts": COUNT, "wall": 24}
    assert head["solved_cost"] == solved_runs.solved_cost(experiment)
    if experiment.dataset == "xor":
        assert head["plateaus"] == solved_runs.plateaus(experiment)
    assert head["domain"] == list(data.domain)
    assert (head["points"], head["targets"]) == (data.points.tolist(), data.targets.tolist())


def test_the_share_of_the_work_that_is_done_rises(monkeypatch):
    monkeypatch.setattr(job_reports, "TELL_EVERY_SECONDS", 0.0)
    asked = ask(Experiment(initialization="xavier", hidden_layer_sizes=(8, 8)), starts=2000, wall=1)
    shares = [content["share"] for content, _ in record(starts_stream.stream, asked).all("progress")]
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] == 1


def test_progress_counts_networks_and_bytes():
    progress, asked = ManyProgress(), ask(Experiment(epochs=2), starts=50, wall=1)
    data = b"".join(starts_stream.stream(asked, SerialExecutor(), lambda: True, progress))
    assert (progress.networks, progress.bytes, progress.reason) == (50, len(data), "completed")


def test_the_head_is_sent_before_anything_is_trained():
    progress = ManyProgress()
    assert next(starts_stream.stream(ask(Experiment(epochs=2)), SerialExecutor(), lambda: True, progress))
    assert progress.networks == 0


def test_at_the_deadline_the_tail_says_so_and_no_more(monkeypatch):
    monkeypatch.setattr(job_reports, "DEADLINE_SECONDS", 0.0)
    progress = ManyProgress()
    sent = record(starts_stream.stream, ask(Experiment(epochs=5000), starts=5000), progress=progress)
    assert sent.tail == ({"reason": "deadline"}, b"")
    assert progress.reason == "deadline"


def test_starts_that_nobody_wants_any_more_are_left():
    present = True
    chunks = starts_stream.stream(
        ask(Experiment(epochs=5000)), SerialExecutor(), lambda: present, ManyProgress()
    )
    next(chunks)
    present = False
    with pytest.raises(ClientGoneError):
        list(chunks)
