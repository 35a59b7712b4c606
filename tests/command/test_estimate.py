"""The estimate of the time that training takes, which is measured on a sample of the work itself."""

from concurrent.futures import Future
from typing import Any

import pytest

import nnlab
from nnlab.command import workers
from nnlab.command.workers import Estimate, duration, estimate
from nnlab.core.many import starts
from nnlab.work.executor import SerialExecutor

CIRCLE = {"dataset": "circle", "initialization": "uniform", "hidden_layer_sizes": (8, 8), "train_share": 90}


def runs_of(count=50, **settings):
    return starts.variations(nnlab.Experiment(**CIRCLE | settings), count)


@pytest.mark.parametrize("batch_size", [1, 1000])
def test_more_rows_take_longer_and_the_estimate_knows(batch_size, monkeypatch):
    """900 rows are 50 times the work of 18; of three tries the quickest, for others work on this machine too."""
    monkeypatch.setattr(workers, "MEASURED_SECONDS", 0.01)

    def throughput(samples):
        runs = runs_of(samples=samples, batch_size=batch_size)
        return max(estimate(SerialExecutor(), runs, range(7), "double", 100).throughput for _ in range(3))

    assert throughput(20) > 3 * throughput(1000)


class Noting:
    """An executor that notes what it is to try, and says that it does a thousand network-epochs a second."""

    workers = 2

    def __init__(self):
        self.chunks = []

    def submit(self, _, chunk, *__):
        self.chunks.append(chunk)
        done = Future()
        done.set_result(1000.0)
        return done


def test_what_is_tried_is_the_work_itself():
    executor: Any = Noting()
    runs = runs_of()
    assert str(estimate(executor, runs, [0, 201], "single", 500)) == str(Estimate(500, 201, 2, 1000.0))
    assert len(executor.chunks) == executor.workers
    for chunk in executor.chunks:
        assert (chunk.variations, chunk.epochs, chunk.precision) == (runs, (0, 201), "single")


def test_no_time_at_all_is_time_enough(monkeypatch):
    monkeypatch.setattr(workers, "MEASURED_SECONDS", 0.0)
    assert estimate(SerialExecutor(), runs_of(samples=20), [0, 100, 201], "double", 50).throughput > 0


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({}, "10,000 runs of 201 epochs with 2 workers: about 16 min 45 s"),
        (
            {"stop_cost": 0.1},
            "10,000 runs of 201 epochs with 2 workers: about 16 min 45 s, less if they stop early",
        ),
    ],
)
def test_an_estimate_is_a_line(rule, said):
    executor: Any = Noting()
    assert str(estimate(executor, runs_of(**rule), [0, 201], "double", 10_000)) == said


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")]
)
def test_a_duration_in_words(seconds, words):
    assert duration(seconds) == words
