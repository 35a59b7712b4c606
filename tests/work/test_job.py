"""The results and reports of a job."""

from concurrent.futures import Future

import pytest

from nnlab.core.many.many_training import cost_epochs
from nnlab.work.job import CancelledJobError, train_on
from tests.work.jobs import LONG, SHORT, assert_trained, executor_of, in_parts

# --- what comes of it -----------------------------------------------------------------------------


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("epochs", [cost_epochs(201).tolist(), [201], [0, 7, 201]], ids=len)
def test_a_short_job_ends_in_the_bits_of_one_training(executor, precision, epochs):
    variations, parts = in_parts(SHORT, 500, 60)
    reports = train_on(executor, parts, epochs, precision=precision)
    assert_trained(reports, variations, parts, epochs, precision)


def test_a_long_job_ends_in_the_bits_of_one_training(executor):
    variations, parts = in_parts(LONG, 200, 70)
    reports = list(train_on(executor, parts, [0, 10, 2500, 5000]))
    assert_trained(reports, variations, parts, [0, 10, 2500, 5000])
    assert len(reports) > len(parts)


def test_chaotic_runs_too_end_in_the_bits_of_one_training(executor):
    """A last bit lost on the way would be seen here."""
    variations, parts = in_parts(SHORT.changed(learning_rate=2.0, epochs=1000), 101, 1)
    assert_trained(train_on(executor, parts[:20], [1000]), variations[:20], parts[:20], [1000])


@pytest.mark.parametrize(
    "change",
    [
        {"optimizer": "adam", "regularization": "l1", "shuffle": True},
        {"stop_all_correct": True, "features": ("x1^2", "x2^2")},
        {"activation": "relu", "output_activation": "linear", "learning_rate": 10.0},
    ],
    ids=["memory", "a rule", "divergence"],
)
def test_what_runs_remember_and_why_they_end_goes_along(executor, change):
    experiment = SHORT.changed(dataset="circle", samples=40, batch_size=10, epochs=100, **change)
    variations, parts = in_parts(experiment, 40, 7)
    assert_trained(train_on(executor, parts, [0, 30, 100]), variations, parts, [0, 30, 100])


def test_the_share_that_is_done_rises_to_one(executor):
    _, parts = in_parts(LONG, 60, 20)
    shares = [report.share for report in train_on(executor, parts, [5000])]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(set(shares)) > len(parts)


def test_no_networks_are_done_at_once(executor):
    assert list(train_on(executor, [], [201])) == []


def test_one_chunk_more_than_there_are_workers_is_under_way():
    under_way = []

    def submit(function, chunk):
        under_way.append(chunk)
        return Future()

    _, parts = in_parts(SHORT, 50, 5)
    answers = iter([True, True, True, False])
    with pytest.raises(CancelledJobError):
        list(train_on(executor_of(submit, workers=3), parts, [201], wanted=lambda: next(answers)))
    assert [chunk.variations for chunk in under_way] == parts[:4]
