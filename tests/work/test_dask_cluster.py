"""A real Dask cluster as the executor: a scheduler and its workers in processes of their own, on the loopback."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from nnlab.core.experiment import Experiment
from nnlab.core.many.many_training import cost_epochs, slices, train_variations
from nnlab.core.many.starts import variations
from nnlab.work.fallback_executor import FallbackExecutor, open_executor
from nnlab.work.job import train_on
from nnlab.work.process_pool import ProcessPool
from tests.machine import slowness
from tests.processes import free_port

ROOT = Path(__file__).parents[2]
EXPERIMENT = Experiment(initialization="uniform", epochs=900)
RUNS = variations(EXPERIMENT, 12000)
PARTS = [RUNS[part] for part in slices(RUNS, 1500)]
COST_EPOCHS = cost_epochs(EXPERIMENT.epochs).tolist()
QUIETLY = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")


def wait_until(holds):
    deadline = time.monotonic() + 30 * slowness()
    while not holds():
        assert time.monotonic() < deadline, "never came to be"
        time.sleep(0.05)


class Processes:
    """A scheduler and its workers."""

    def __init__(self, folder):
        self.folder, self.started = folder, []
        port = free_port()
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self.start("scheduler", "--port", str(port), knows_nnlab=False)
        self.workers = []

    def start(self, *command, knows_nnlab):
        paths = {"PYTHONPATH": str(ROOT)} if knows_nnlab else {}
        bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *command, *QUIETLY],
                cwd=self.folder,
                env=bare | paths | {"OMP_NUM_THREADS": "1", "DASK_TEMPORARY_DIRECTORY": str(self.folder)},
                stdout=log,
                stderr=log,
            )
        self.started.append(process)
        return process

    def join(self, *, knows_nnlab=True):
        """One worker more."""
        self.workers.append(
            self.start("worker", self.address, "--nthreads", "1", "--no-nanny", knows_nnlab=knows_nnlab)
        )


@contextmanager
def cluster(folder, workers=2, *, knows_nnlab=True):
    """A cluster, and an executor for it that has all of its workers."""
    processes = Processes(folder)
    for _ in range(workers):
        processes.join(knows_nnlab=knows_nnlab)
    executor = open_executor(processes.address, 2, timeout=30)
    assert isinstance(executor, FallbackExecutor)
    try:
        wait_until(lambda: executor.primary.workers == workers)
        yield processes, executor
    finally:
        executor.shutdown(cancel_futures=True)
        for process in processes.started:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def expected():
    """What one process makes of it, one part after the other."""
    return train_variations(RUNS)


def results(reports):
    """The cost of every run at every epoch looked at, and where it ended."""
    parts = {report.part: report.history for report in reports if report.history}
    assert sorted(parts) == list(range(len(PARTS)))
    ordered = [parts[number] for number in sorted(parts)]
    cost = np.concatenate([history.cost for history in ordered])
    return cost, np.concatenate([history.parameters.vector for history in ordered], axis=1)


def assert_same(reports, expected):
    cost, vector = results(reports)
    assert cost.tobytes() == expected.cost.tobytes()
    assert vector.tobytes() == expected.parameters.vector.tobytes()


def lines(caplog):
    return [record.getMessage() for record in caplog.records if record.name == "nnlab.work"]


def test_a_cluster_gives_the_same_bits_and_is_counted_anew(tmp_path, expected, caplog):
    with cluster(tmp_path, workers=1) as (processes, executor):
        assert isinstance(executor, FallbackExecutor)
        assert (executor.workers, executor.chunk_seconds) == (1, 0.25)
        assert_same(train_on(executor, PARTS, COST_EPOCHS), expected)
        processes.join()
        wait_until(lambda: executor.workers == 2)
        assert_same(train_on(executor, PARTS, COST_EPOCHS), expected)
        assert executor.submit(divmod, 7, 3).result() == (2, 1)
        with pytest.raises(ZeroDivisionError):
            executor.submit(divmod, 7, 0).result()
        assert isinstance(executor.fallback, ProcessPool)
        assert not executor.fallback.processes()
    assert lines(caplog) == []


def test_a_call_that_wants_to_exit_ends_its_own_future_alone(tmp_path):
    with cluster(tmp_path, workers=1) as (_, executor):
        worker = executor.submit(os.getpid).result()
        assert isinstance(executor.submit(sys.exit, 4).exception(60), SystemExit)
        assert executor.submit(os.getpid).result() == worker


def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path, expected, caplog):
    with cluster(tmp_path) as (processes, executor):
        reports = train_on(executor, PARTS, COST_EPOCHS)
        early = list(islice(reports, 2))
        os.kill(processes.workers[0].pid, signal.SIGKILL)
        assert_same([*early, *reports], expected)
        wait_until(lambda: executor.workers == 1)
        assert lines(caplog) == []


def test_without_workers_this_machine_works_until_one_comes(tmp_path, expected, caplog):
    with cluster(tmp_path, workers=1) as (processes, executor):
        reports = train_on(executor, PARTS, COST_EPOCHS)
        early = list(islice(reports, 2))
        os.kill(processes.workers[0].pid, signal.SIGKILL)
        assert_same([*early, *reports], expected)
        (line,) = lines(caplog)
        assert (
            line
            == f"the Dask scheduler at {processes.address} has no workers: this machine works in its place"
        )
        processes.join()
        wait_until(lambda: executor.primary.workers == 1)
        there = executor.submit(os.getpid).result()
        assert there == processes.workers[1].pid


def test_a_call_that_is_cancelled_goes_from_the_cluster(tmp_path):
    import distributed

    with cluster(tmp_path) as (processes, executor):
        futures = [executor.submit(time.sleep, 600) for _ in range(9)]
        with distributed.Client(processes.address, set_as_default=False) as client:
            tasks = lambda: client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks))  # noqa: E731
            wait_until(lambda: tasks() == 9)
            assert all(future.cancel() for future in futures)
            wait_until(lambda: tasks() == 0)


def test_calls_that_are_pending_at_a_shutdown_are_done_unless_they_are_to_be_cancelled(tmp_path):
    with cluster(tmp_path, workers=1) as (processes, executor):
        pending = [executor.submit(divmod, n, 3) for n in range(5)]
        executor.shutdown()
        assert [future.result(0) for future in pending] == [divmod(n, 3) for n in range(5)]
        with pytest.raises(RuntimeError, match="is shut down"):
            executor.submit(divmod, 7, 3)
        again = open_executor(processes.address, 2, timeout=30)
        pending = [again.submit(time.sleep, 600) for _ in range(5)]
        again.shutdown(cancel_futures=True)
        assert all(future.cancelled() for future in pending)


def test_a_result_lost_on_its_way_ends_in_a_call_to_be_made_again(tmp_path, monkeypatch):
    async def broken(**_):
        raise ConnectionResetError

    with cluster(tmp_path, workers=1) as (_, executor):
        with monkeypatch.context() as lost:
            lost.setattr(executor.primary._client.scheduler, "gather", broken)
            with pytest.raises(BrokenExecutor):
                executor.submit(divmod, 7, 3).result()
        assert executor.submit(divmod, 7, 3).result() == (2, 1)


def test_a_job_goes_on_here_when_the_scheduler_dies(tmp_path, expected, caplog):
    with cluster(tmp_path) as (processes, executor):
        reports = train_on(executor, PARTS, COST_EPOCHS)
        early = list(islice(reports, 2))
        os.kill(processes.scheduler.pid, signal.SIGKILL)
        assert_same([*early, *reports], expected)
        assert_same(train_on(executor, PARTS, COST_EPOCHS), expected)
        assert executor.workers == 2
        assert executor.chunk_seconds == ProcessPool.chunk_seconds
        (line,) = lines(caplog)
        assert line == f"the Dask scheduler at {processes.address} is gone: this machine works in its place"


def test_workers_without_nnlab_are_said_and_left(tmp_path, expected, caplog):
    with cluster(tmp_path, workers=1, knows_nnlab=False) as (processes, executor):
        assert_same(train_on(executor, PARTS, COST_EPOCHS), expected)
        (line,) = lines(caplog)
        assert "has workers that lack nnlab (No module named 'nnlab')" in line
        assert processes.workers[0].poll() is None  # others may have work for it


def falls_back(executor):
    executor.start()
    return executor.primary is executor.fallback and isinstance(executor.fallback, ProcessPool)


def test_a_scheduler_that_is_not_there_is_said_in_one_line(expected, caplog):
    address = f"tcp://127.0.0.1:{free_port()}"
    with open_executor(address, 2, timeout=0.5) as executor:
        assert falls_back(executor)
        assert_same(train_on(executor, PARTS, COST_EPOCHS), expected)
    (line,) = lines(caplog)
    assert line.startswith(f"no Dask scheduler at {address} (")
    assert "\n" not in line


def test_an_address_that_is_none_is_said_in_one_line(caplog):
    with open_executor("127.0.0.1", 2) as executor:
        assert falls_back(executor)
    (line,) = lines(caplog)
    assert line.startswith("no Dask scheduler at 127.0.0.1 (")
    assert "\n" not in line


def test_distributed_that_is_not_installed_is_said_in_one_line(monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "nnlab.work.dask_cluster", raising=False)
    with open_executor("tcp://127.0.0.1:8786", 2) as executor:
        assert falls_back(executor)
    (line,) = lines(caplog)
    assert line.startswith("distributed is not installed: pip install distributed")


def test_without_an_address_distributed_is_not_imported():
    code = (
        "import sys; from nnlab.work.fallback_executor import open_executor;"
        "assert open_executor(None, 2).submit(int, '7').result() == 7; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "nnlab.work.process_pool" in done.stdout.split()
    assert not {"dask", "distributed", "nnlab.work.dask_cluster"} & set(done.stdout.split())
