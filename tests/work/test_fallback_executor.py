"""The executor that opens a primary when it is needed, and falls back to another."""

from concurrent.futures import BrokenExecutor

import pytest

from nnlab.work.executor import SerialExecutor
from nnlab.work.fallback_executor import FallbackExecutor, open_executor
from nnlab.work.process_pool import ProcessPool


class Primary(SerialExecutor):
    """An executor that may lose its workers, and notes what is done with it."""

    def __init__(self):
        self.workers, self.chunk_seconds, self.calls, self.shut_down = 3, 0.5, 0, False

    def submit(self, function, /, *arguments, **named):
        if not self.workers:
            raise BrokenExecutor("no worker is there")
        self.calls += 1
        return super().submit(function, *arguments, **named)

    def shutdown(self, wait=True, *, cancel_futures=False):
        super().shutdown(wait, cancel_futures=cancel_futures)
        self.shut_down = True


def opened(primary):
    """A fallback executor, and each time that its primary was opened."""
    times = []

    def open_primary():
        times.append(1)
        return primary

    return FallbackExecutor(open_primary, SerialExecutor()), times


@pytest.mark.parametrize(
    "use",
    [
        lambda executor: executor.start(),
        lambda executor: executor.submit(int, "7"),
        lambda executor: executor.workers,
        lambda executor: executor.chunk_seconds,
    ],
    ids=["start", "submit", "workers", "chunk_seconds"],
)
def test_the_primary_is_opened_once_when_it_is_first_needed(use):
    executor, times = opened(Primary())
    assert times == []
    use(executor)
    use(executor)
    assert times == [1]


def test_a_primary_that_was_never_needed_is_not_opened_to_be_shut_down():
    executor, times = opened(Primary())
    executor.shutdown()
    assert times == []


def test_the_primary_is_shut_down_with_the_rest():
    primary = Primary()
    with opened(primary)[0] as executor:
        assert executor.submit(divmod, 7, 3).result() == (2, 1)
    assert primary.shut_down


def test_calls_run_on_the_fallback_while_the_primary_has_no_workers_which_is_logged_once(caplog):
    primary = Primary()
    executor, _ = opened(primary)
    assert (executor.workers, executor.chunk_seconds) == (3, 0.5)
    primary.workers = 0
    assert (executor.workers, executor.chunk_seconds) == (1, SerialExecutor.chunk_seconds)
    for _ in range(2):
        assert executor.submit(divmod, 7, 3).result() == (2, 1)
    assert [record.getMessage() for record in caplog.records] == [
        "no worker is there: this machine works in its place"
    ]
    primary.workers = 1
    executor.submit(divmod, 7, 3)
    assert primary.calls == 1


def test_a_primary_that_cannot_be_opened_leaves_the_fallback():
    executor, times = opened(None)
    assert executor.submit(divmod, 7, 3).result() == (2, 1)
    assert (executor.primary is executor.fallback, times) == (True, [1])


def test_without_an_address_the_executor_is_a_pool_that_has_started_nothing():
    executor = open_executor(None, 2)
    assert isinstance(executor, ProcessPool)
    assert executor.processes() == []
