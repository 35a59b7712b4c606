"""An executor of processes on this machine, which run at the lowest priority so that pages are answered first."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing.connection import wait
from typing import Any

from nnlab.work.completion import complete
from nnlab.work.executor import CHUNK_SECONDS, Executor, Parameters, Result

LOWEST_PRIORITY = 19
BLAS_POOLS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def available_cores() -> int:
    """The number of cores that this process may use; a container, for one, may restrict it to some of the machine's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class ProcessPool(Executor):
    """A ``ProcessPoolExecutor`` that starts at the first call, and again after one of its processes has died.

    A process that dies breaks every pending call of its ``ProcessPoolExecutor``, and which of them killed it is not
    known. So each of these calls is run once more, alone in a process of its own: only a call that kills that one too
    ends in ``BrokenExecutor``.

    A fork server starts the processes where there is one: a process with threads, as a web server's is, must not be
    forked, and to start Python anew for each would take as long as a map.
    """

    chunk_seconds = CHUNK_SECONDS

    def __init__(self, workers: int) -> None:
        """Keep the number of processes; none is started yet."""
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None
        self._retries = ThreadPoolExecutor(1, "nnlab-retries")
        self._lock = threading.Lock()
        self._closed = False

    @property
    def workers(self) -> int:
        """The number of processes."""
        return self._workers

    def submit(
        self,
        function: Callable[Parameters, Result],
        /,
        *arguments: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Future[Result]:
        """Have one of the processes call a function.

        The future ends in BrokenExecutor if a process dies of this very call.

        Raises:
            RuntimeError: the pool is shut down.
        """
        call = partial(function, *arguments, **named)
        future: Future[Result] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is shut down")
            attempt = self._attempt(call)
        _cancel_with(future, attempt)
        attempt.add_done_callback(partial(self._take_outcome, call, future))
        return future

    def start(self) -> None:
        """Start every process and load NumPy in it, before the first call waits for that."""
        ready: set[int] = set()
        with suppress(
            CancelledError, RuntimeError
        ):  # shut down meanwhile; or broken, which the next call will tell
            while len(ready) < self.workers:  # one that is early answers for others
                ready |= {future.result() for future in [self.submit(os.getpid) for _ in range(self.workers)]}

    def processes(self) -> list[int]:
        """The process ids."""
        return sorted(getattr(self._executor, "_processes", None) or {})

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes once the pending calls are done, or cancelled; a chunk that runs is soon over."""
        with self._lock:
            self._closed = True
        # It is kept: an executor that is collected while its processes end would run what it should cancel
        if self._executor is not None:
            self._executor.shutdown(wait, cancel_futures=cancel_futures)
        self._retries.shutdown(wait, cancel_futures=cancel_futures)

    def _attempt(self, call: Callable[[], Result]) -> Future[Result]:
        """Give a call to the processes; an executor that turns out to be broken is replaced first."""
        if self._executor is None:
            self._executor = _process_executor(self.workers)
        try:
            return self._executor.submit(call)
        except BrokenExecutor:
            self._executor = _process_executor(self.workers)
            return self._executor.submit(call)

    def _take_outcome(
        self, call: Callable[[], Result], future: Future[Result], attempt: Future[Result]
    ) -> None:
        """Complete the future, or call again if a process died, which another call may have killed."""
        if attempt.cancelled() or not isinstance(attempt.exception(), BrokenExecutor):
            complete(future, attempt.result)
            return
        try:
            retry = self._retries.submit(_run_alone, call, future)
        except RuntimeError:  # shut down meanwhile
            future.cancel()
        else:
            retry.add_done_callback(lambda retry: retry.cancelled() and future.cancel())


def _cancel_with(future: Future[Any], attempt: Future[Any]) -> None:
    """Cancel an attempt when the future that waits for it is cancelled."""
    future.add_done_callback(lambda future: future.cancelled() and attempt.cancel())


def _run_alone(call: Callable[[], Result], future: Future[Result]) -> None:
    """Run a call in a process of its own, so that no other call can kill it."""
    if not future.cancelled():
        with _process_executor(1) as executor:
            complete(future, executor.submit(call).result)


def _process_executor(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=_context(), initializer=_initialize)


def _context() -> Any:
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    for pool in BLAS_POOLS:  # read when NumPy is loaded, which the fork server does once for all
        os.environ.setdefault(pool, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["nnlab.work.chunk"])
    return context


def _initialize() -> None:
    """Set up a new process: lowest priority, Ctrl-C left to the parent, and an end when the parent ends."""
    if hasattr(os, "nice"):
        os.nice(LOWEST_PRIORITY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_with, args=(parent.sentinel,), daemon=True).start()


def _exit_with(sentinel: Any) -> None:
    """Exit when the parent ends; one that is killed cannot say so, but its end of a pipe closes all the same."""
    wait([sentinel])
    os._exit(1)
