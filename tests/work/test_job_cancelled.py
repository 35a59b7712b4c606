"""Jobs that are cancelled, since their results are not wanted any more."""

from concurrent.futures import Future
from itertools import zip_longest

import pytest

from nnlab.work.chunk import train_chunk
from nnlab.work.executor import SerialExecutor
from nnlab.work.job import CancelledJobError, train_on
from tests.work.jobs import LONG, SHORT, assert_trained, executor_of, in_parts


def test_a_job_that_is_not_wanted_any_more_is_cancelled_and_submits_nothing():
    sent = []

    def submit(function, chunk):
        sent.append(Future())
        return sent[-1]

    answers = iter([True, True, True, False])
    _, parts = in_parts(SHORT, 50, 5)
    reports = train_on(executor_of(submit), parts, [201], wanted=lambda: next(answers))
    with pytest.raises(CancelledJobError, match="the result of this job is not wanted any more"):
        next(reports)
    assert len(sent) == 3
    assert all(future.cancelled() for future in sent)
    assert next(answers, "asked for the last time") == "asked for the last time"


def test_a_job_that_is_never_wanted_submits_nothing():
    _, parts = in_parts(SHORT, 50, 5)
    with pytest.raises(CancelledJobError):
        list(train_on(executor_of(None), parts, [201], wanted=lambda: False))


def test_a_job_that_is_not_wanted_any_more_submits_no_chunk_again(executor):
    """Between two reports its reader has gone."""
    sent, here = [], [True]

    def submit(function, chunk):
        sent.append(executor.submit(function, chunk))
        return sent[-1]

    _, parts = in_parts(LONG, 50, 10)
    reports = train_on(executor_of(submit, executor.workers), parts, [5000], wanted=lambda: here[0])
    next(reports)
    here[0], before = False, len(sent)
    with pytest.raises(CancelledJobError):
        list(reports)
    assert len(sent) == before
    assert all(future.cancelled() or not future.cancel() for future in sent)


def test_a_job_whose_reader_leaves_is_cancelled():
    pending = [Future(), Future()]
    _, parts = in_parts(SHORT, 50, 5)
    futures = iter(pending)

    def submit(function, chunk):
        return SerialExecutor().submit(train_chunk, chunk) if chunk.variations is parts[0] else next(futures)

    reports = train_on(executor_of(submit), parts, [201])
    assert next(reports).part == 0
    reports.close()
    assert all(future.cancelled() for future in pending)


def test_a_job_that_is_not_read_is_not_begun():
    train_on(executor_of(None), in_parts(SHORT, 5, 5)[1], [201]).close()


def test_the_executor_is_there_for_others_after_a_job_was_left(pool):
    _, parts = in_parts(LONG, 400, 50)
    left = train_on(pool, parts, [5000])
    next(left)
    left.close()
    variations, parts = in_parts(SHORT, 20, 5)
    assert_trained(train_on(pool, parts, [201]), variations, parts, [201])


def test_two_jobs_share_an_executor(pool):
    (one, ones), (other, others) = in_parts(SHORT, 40, 10), in_parts(SHORT.changed(seed=99), 40, 10)
    both = zip_longest(train_on(pool, ones, [0, 201]), train_on(pool, others, [0, 201]))
    of_one, of_other = zip(*both, strict=True)
    assert_trained(filter(None, of_one), one, ones, [0, 201])
    assert_trained(filter(None, of_other), other, others, [0, 201])
