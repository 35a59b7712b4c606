"""The executor on this machine: processes of low priority, so that a page is never late for their sake."""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, InvalidStateError, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import wait
from typing import Any

from nnlab.work.executor import CHUNK_SECONDS, Result

LOWEST_PRIORITY = 19
BLAS_POOLS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, eq=False)
class _Call:
    """A call on its way, and the future that whoever made it holds."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    promise: Future[Any] = field(default_factory=Future)


class ProcessPool:
    """Processes that are started at the first call, and again after one of them has died.

    A process that dies breaks every call of its executor, and nobody can tell which of them it died of. So each of these is
    made again, by itself in a process of its own: only if that one dies too, the call ends badly.

    A fork server starts the processes where there is one: a process with threads, as a web server's is, must not be
    forked, and to start Python anew for each would take as long as a map.

    Attributes:
        workers: how many processes.
    """

    chunk_seconds = CHUNK_SECONDS

    def __init__(self, workers: int) -> None:
        """Start nothing yet."""
        self.workers = workers
        self._executor: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._suspects: deque[_Call] = deque()
        self._trying: threading.Thread | None = None

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Have a function called in one of the processes.

        The future ends in BrokenExecutor if a process dies of this very call.

        Raises:
            RuntimeError: the pool is closed.
        """
        call = _Call(function, arguments)
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is closed")
            future = self._send(call)
        call.promise.add_done_callback(lambda promise: promise.cancelled() and future.cancel())
        future.add_done_callback(partial(self._take, call))
        return call.promise

    def start(self) -> None:
        """Have every process started and NumPy loaded before the first call waits for it."""
        ready: set[int] = set()
        while len(ready) < self.workers:  # one that is early answers for others
            ready |= {future.result() for future in [self.submit(os.getpid) for _ in range(self.workers)]}

    def processes(self) -> list[int]:
        """Their process ids."""
        return sorted(getattr(self._executor, "_processes", None) or {})

    def close(self) -> None:
        """End the processes for good; what waits is dropped, what runs is over within a chunk."""
        with self._lock:
            self._closed = True
            executor, self._executor = self._executor, None
            trying = self._trying
        if executor is not None:
            # waited for: an executor that nobody holds any more would not drop what waits, but do it all
            executor.shutdown(wait=True, cancel_futures=True)
        if trying is not None:
            trying.join()

    def _send(self, call: _Call) -> Future[Any]:
        """Give a call to the executor; one that is found broken is replaced first."""
        try:
            return self._started().submit(call.function, *call.arguments)
        except BrokenExecutor:
            self._executor = None
            return self._started().submit(call.function, *call.arguments)

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = _processes(self.workers)
        return self._executor

    def _take(self, call: _Call, future: Future[Any]) -> None:
        """Pass on what became of a call, unless a process died: then it may have been another's fault."""
        if future.cancelled() or not isinstance(future.exception(), BrokenExecutor):
            _pass_on(future, call.promise)
            return
        with self._lock:
            self._suspects.append(call)
            if self._trying is None:
                self._trying = threading.Thread(target=self._try_suspects, daemon=True)
                self._trying.start()

    def _try_suspects(self) -> None:
        """In a thread: make each call again that a death has broken, alone, so that nobody else can be at fault."""
        while True:
            with self._lock:
                if not self._suspects:
                    self._trying = None
                    return
                call, closed = self._suspects.popleft(), self._closed
            if closed:
                call.promise.cancel()
            if call.promise.cancelled():
                continue
            with _processes(1) as alone:
                future = alone.submit(call.function, *call.arguments)
                wait_for([future])
            _pass_on(future, call.promise)


def _pass_on(future: Future[Any], promise: Future[Any]) -> None:
    """End a promise as a future has ended, if nobody has cancelled it before."""
    with suppress(InvalidStateError):
        if future.cancelled():
            promise.cancel()
        elif error := future.exception():
            promise.set_exception(error)
        else:
            promise.set_result(future.result())


def _processes(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=_context(), initializer=_settle)


def _context() -> Any:
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    for pool in BLAS_POOLS:  # read when NumPy is loaded, which the fork server does once for all
        os.environ.setdefault(pool, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["nnlab.work.chunk"])
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
