"""The crew on this machine: processes of low priority, so that a page is never late for their sake."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import Any

from nnlab.work.crew import PIECE_SECONDS, Result

LOWEST_PRIORITY = 19
BLAS_POOLS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Pool:
    """Processes that are started at the first call, and again after one of them has died.

    A fork server starts them where there is one: a process with threads, as a web server's is, must not be
    forked, and to start Python anew for each would take as long as a map.

    Attributes:
        width: how many processes.
    """

    piece_seconds = PIECE_SECONDS

    def __init__(self, width: int) -> None:
        """Start nothing yet."""
        self.width = width
        self._executor: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Have a function called in one of the processes.

        A pool that is found broken is replaced first. The future ends in BrokenExecutor if its process dies.

        Raises:
            RuntimeError: the pool is closed.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is closed")
            try:
                return self._started().submit(function, *arguments)
            except BrokenExecutor:
                self._executor = None
                return self._started().submit(function, *arguments)

    def warm(self) -> None:
        """Have every process started and NumPy loaded before the first call waits for it."""
        ready: set[int] = set()
        while len(ready) < self.width:  # one that is early answers for others
            ready |= {future.result() for future in [self.submit(os.getpid) for _ in range(self.width)]}

    def processes(self) -> list[int]:
        """Their process ids."""
        return sorted(getattr(self._executor, "_processes", None) or {})

    def close(self) -> None:
        """End the processes for good; what waits is dropped, what runs is over within a piece."""
        with self._lock:
            self._closed = True
            if self._executor is not None:
                # waited for: an executor that nobody holds any more would not drop what waits, but do it all
                self._executor.shutdown(wait=True, cancel_futures=True)
                self._executor = None

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            context = _context()
            self._executor = ProcessPoolExecutor(self.width, mp_context=context, initializer=_settle)
        return self._executor


def _context() -> Any:
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    for pool in BLAS_POOLS:  # read when NumPy is loaded, which the fork server does once for all
        os.environ.setdefault(pool, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["nnlab.work.piece"])
    return context


def _settle() -> None:
    """In a new process: give way to everybody, leave Ctrl-C to the parent, and end when the parent does."""
    if hasattr(os, "nice"):
        os.nice(LOWEST_PRIORITY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: Any) -> None:
    """A parent that is killed cannot say so; its end of a pipe closes all the same."""
    wait([sentinel])
    os._exit(1)
