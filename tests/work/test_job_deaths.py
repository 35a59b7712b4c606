"""Jobs whose workers die, because of them or meanwhile."""

import os
import signal
from collections import Counter
from concurrent.futures import BrokenExecutor, Future

import pytest

from nnlab.work.executor import SerialExecutor
from nnlab.work.job import MOST_TRIES, train_on
from tests.work.jobs import LONG, SHORT, assert_trained, broken, executor_of, in_parts


def test_a_worker_that_is_killed_loses_nothing(pool):
    variations, parts = in_parts(LONG, 120, 30)
    reports = []
    for report in train_on(pool, parts, [0, 2000, 5000]):
        reports.append(report)
        if len(reports) == 3:
            os.kill(pool.processes()[0], signal.SIGKILL)
    assert_trained(reports, variations, parts, [0, 2000, 5000])


def test_all_workers_that_are_killed_lose_nothing(pool):
    variations, parts = in_parts(LONG, 60, 30)
    reports = []
    for report in train_on(pool, parts, [5000]):
        reports.append(report)
        if len(reports) == 3:
            for process in pool.processes():
                os.kill(process, signal.SIGKILL)
    assert_trained(reports, variations, parts, [5000])


def test_chunks_that_are_lost_now_and_then_are_sent_again():
    """Only tries in a row count, else a long job on a poor executor would be given up."""
    tries = Counter()

    def submit(function, chunk):
        sent = chunk.variations.number("seed")[0], chunk.checkpoint.epoch if chunk.checkpoint else 0
        tries[sent] += 1
        return SerialExecutor().submit(function, chunk) if tries[sent] == MOST_TRIES else broken()

    variations, parts = in_parts(SHORT, 4, 2)
    assert_trained(train_on(executor_of(submit), parts, [201]), variations, parts, [201])
    assert set(tries.values()) == {MOST_TRIES}
    assert len(tries) > len(parts)


def test_a_chunk_that_always_kills_its_worker_is_given_up(pool):
    sent = []

    def submit(function, chunk):
        sent.append(chunk)
        assert len(sent) < 100, "it would go on for ever"
        return pool.submit(os._exit, 1)

    _, parts = in_parts(SHORT, 3, 3)
    with pytest.raises(BrokenExecutor):
        list(train_on(executor_of(submit), parts, [201]))
    assert len(sent) == MOST_TRIES
    assert pool.submit(int, "7").result() == 7


def test_a_job_is_not_given_up_for_another_that_kills_its_workers(pool):
    variations, parts = in_parts(LONG, 120, 15)
    reports = []
    for number, report in enumerate(train_on(pool, parts, [5000])):
        reports.append(report)
        if number <= MOST_TRIES:
            with pytest.raises(BrokenExecutor):
                pool.submit(os._exit, 1).result()
    assert len(reports) > MOST_TRIES
    assert_trained(reports, variations, parts, [5000])


def test_an_executor_without_workers_ends_the_job():
    def submit(function, chunk):
        raise BrokenExecutor("no worker is there")

    _, parts = in_parts(SHORT, 3, 3)
    with pytest.raises(BrokenExecutor, match="no worker is there"):
        list(train_on(executor_of(submit), parts, [201]))


def test_what_goes_wrong_in_a_chunk_is_told_at_once_and_the_rest_is_cancelled():
    pending = [Future(), Future()]
    futures = iter([SerialExecutor().submit(int, "seven"), *pending])
    _, parts = in_parts(SHORT, 6, 2)
    with pytest.raises(ValueError, match="seven"):
        list(train_on(executor_of(lambda *_: next(futures)), parts, [201]))
    assert all(future.cancelled() for future in pending)
