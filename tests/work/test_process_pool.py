"""The pool of processes: its calls, its priority, and processes that die."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Future
from typing import Any

import pytest

from nnlab.work.executor import SerialExecutor
from nnlab.work.process_pool import LOWEST_PRIORITY, ProcessPool, _run_alone, available_cores
from tests.machine import slowness

PATIENCE_SECONDS = 60
"""Nothing is measured by it: it ends a test that would hang."""


@pytest.fixture(scope="module")
def pool():
    pool = ProcessPool(2)
    yield pool
    pool.shutdown(cancel_futures=True)


def ended(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_cores_are_those_that_the_process_may_use(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {2, 5, 6}, raising=False)
    assert available_cores() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    assert available_cores() == 8
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert available_cores() == 1


def in_the_end(condition):
    patience = time.monotonic() + PATIENCE_SECONDS * slowness()
    while not condition() and time.monotonic() < patience:
        time.sleep(0.005)
    return condition()


# --- calls ----------------------------------------------------------------------------------------


def test_a_call_is_made_in_another_process(pool):
    assert pool.submit(os.getpid).result() in pool.processes()
    assert os.getpid() not in pool.processes()


@pytest.mark.parametrize("executor", [ProcessPool(1), SerialExecutor()], ids=["pool", "serial"])
def test_what_a_call_gives_or_raises_comes_back(executor):
    assert executor.submit(divmod, 17, 5).result() == (3, 2)
    assert executor.submit(int, "77", base=8).result() == 63
    failed = executor.submit(int, "seven")
    with pytest.raises(ValueError, match="seven"):
        failed.result()
    executor.shutdown(cancel_futures=True)


@pytest.mark.parametrize("executor_type", [lambda: ProcessPool(1), SerialExecutor], ids=["pool", "serial"])
@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt])
def test_a_call_that_wants_to_exit_ends_its_own_future_alone(executor_type, error):
    with executor_type() as executor:
        assert type(executor.submit(raise_error, error).exception(PATIENCE_SECONDS)) is error
        assert executor.submit(abs, -3).result(PATIENCE_SECONDS) == 3


def raise_error(error):
    raise error


def test_a_call_that_exits_when_it_is_run_alone_ends_its_future():
    future = Future()
    _run_alone(sys.exit, future)
    assert isinstance(future.exception(PATIENCE_SECONDS), SystemExit)


def test_a_serial_executor_that_is_shut_down_accepts_no_call():
    executor = SerialExecutor()
    executor.shutdown()
    with pytest.raises(RuntimeError, match="the executor is shut down"):
        executor.submit(abs, -3)


def test_nothing_is_started_before_the_first_call():
    assert ProcessPool(2).processes() == []


def test_a_started_pool_has_all_its_processes():
    pool = ProcessPool(3)
    pool.start()
    assert len(pool.processes()) == 3
    pool.shutdown(cancel_futures=True)


# --- its processes --------------------------------------------------------------------------------


def test_its_processes_give_way_to_everybody_and_this_one_does_not(pool):
    before = os.getpriority(os.PRIO_PROCESS, 0)
    assert pool.submit(os.getpriority, os.PRIO_PROCESS, 0).result() == LOWEST_PRIORITY
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


def test_its_processes_leave_ctrl_c_to_their_parent(pool):
    pool.start()
    before = pool.processes()
    for process in before:
        os.kill(process, signal.SIGINT)
    assert pool.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
    assert pool.processes() == before


def test_its_processes_do_not_fight_over_cores_within_a_product(pool):
    assert pool.submit(os.getenv, "OMP_NUM_THREADS").result() == os.environ["OMP_NUM_THREADS"]


def test_after_a_death_others_are_started():
    pool = ProcessPool(2)
    pool.start()
    before = pool.processes()
    with pytest.raises(BrokenExecutor):
        pool.submit(os._exit, 1).result()
    assert pool.submit(os.getpid).result() not in before
    assert in_the_end(lambda: all(map(ended, before)))
    pool.shutdown(cancel_futures=True)


def test_calls_beside_one_that_kills_its_process_lose_nothing():
    pool = ProcessPool(2)
    pool.start()
    calls: list[Future[Any]] = [
        pool.submit(time.sleep, 0.02),
        pool.submit(os._exit, 1),
        *(pool.submit(divmod, n, 5) for n in range(6)),
    ]
    poison = calls.pop(1)
    with pytest.raises(BrokenExecutor):
        poison.result()
    assert [call.result() for call in calls] == [None, *(divmod(n, 5) for n in range(6))]
    pool.shutdown(cancel_futures=True)


def test_a_call_that_was_broken_can_be_cancelled_before_it_is_made_again():
    pool = ProcessPool(1)
    poison, behind = pool.submit(os._exit, 1), pool.submit(time.sleep, 3600)
    assert behind.cancel()
    with pytest.raises(BrokenExecutor):
        poison.result()
    assert pool.submit(int, "7").result() == 7
    pool.shutdown(cancel_futures=True)


def test_after_a_kill_between_two_calls_others_are_started():
    pool = ProcessPool(1)
    killed = pool.submit(os.getpid).result()
    os.kill(killed, signal.SIGKILL)

    def served():  # the first call may be the one that finds out
        try:
            return pool.submit(os.getpid).result() != killed
        except BrokenExecutor:
            return False

    assert in_the_end(served)
    assert killed not in pool.processes()
    pool.shutdown(cancel_futures=True)


# --- its end --------------------------------------------------------------------------------------


def test_a_pool_that_is_shut_down_has_ended_its_processes():
    pool = ProcessPool(2)
    pool.start()
    processes = pool.processes()
    pool.shutdown(cancel_futures=True)
    assert pool.processes() == []
    assert in_the_end(lambda: all(map(ended, processes)))


def test_what_waits_is_done_before_a_shutdown_that_cancels_nothing():
    with ProcessPool(1) as pool:
        poison = pool.submit(os._exit, 1)
        calls = [pool.submit(divmod, n, 5) for n in range(20)]
    assert [call.result(0) for call in calls] == [divmod(n, 5) for n in range(20)]
    assert isinstance(poison.exception(0), BrokenExecutor)


@pytest.mark.parametrize("cancel", [False, True])
def test_a_shutdown_need_not_be_waited_for(cancel):
    pool = ProcessPool(1)
    calls = [pool.submit(time.sleep, 0.2) for _ in range(10)]
    pool.shutdown(wait=False, cancel_futures=cancel)
    assert not calls[-1].done() or cancel
    assert in_the_end(lambda: all(call.done() for call in calls))
    assert calls[-1].cancelled() == cancel


def test_what_waits_is_cancelled_by_a_shutdown_that_says_so():
    pool = ProcessPool(1)
    calls = [pool.submit(time.sleep, 0.05) for _ in range(100)]
    pool.shutdown(cancel_futures=True)
    assert in_the_end(lambda: all(call.done() for call in calls))
    assert calls[-1].cancelled()


def test_a_pool_that_is_shut_down_starts_nothing_again():
    pool = ProcessPool(1)
    pool.shutdown(cancel_futures=True)
    pool.start()
    with pytest.raises(RuntimeError, match="the pool is shut down"):
        pool.submit(os.getpid)
    pool.shutdown(cancel_futures=True)
    assert pool.processes() == []


PARENT = """
import os, signal, sys, time
from nnlab.work.process_pool import ProcessPool
pool = ProcessPool(2)
pool.start()
if sys.argv[1] == "busy":
    calls = [pool.submit(time.sleep, 3600) for _ in range(4)]
print(*pool.processes(), flush=True)
if sys.argv[1] == "over":
    sys.exit()
time.sleep(3600)
"""


def parent(does):
    """A process with a pool, whose standard output its workers hold open as well."""
    process = subprocess.Popen([sys.executable, "-c", PARENT, does], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, [int(worker) for worker in process.stdout.readline().split()]


def assert_no_process_is_left(process, workers):
    """The end of the output is the end of all who could write to it."""
    try:
        assert process.communicate(timeout=PATIENCE_SECONDS * slowness())[0] == ""
    except subprocess.TimeoutExpired:
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        raise


@pytest.mark.parametrize("does", ["nothing", "busy"])
def test_the_processes_of_a_parent_that_is_killed_are_gone(does):
    process, workers = parent(does)
    assert len(workers) == 2
    process.kill()
    assert_no_process_is_left(process, workers)


def test_the_processes_of_a_parent_that_has_ended_are_gone():
    process, workers = parent("over")
    assert_no_process_is_left(process, workers)
    assert process.returncode == 0
