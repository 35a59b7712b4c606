"""The executor of a Dask cluster: workers on other machines, whose results are the same numbers.

This is the only file that knows ``distributed``, and only who has an address imports it.
"""

import logging
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, InvalidStateError
from contextlib import suppress
from functools import partial
from typing import Any

import distributed
from distributed.client import ClosedClientError
from distributed.comm import get_address_host_port
from distributed.scheduler import KilledWorker

from nnlab.work.executor import Result

CHUNK_SECONDS = 0.25
"""A chunk goes through a scheduler and over a network, which takes some 20 ms; shorter ones would pay more."""

PULSE_SECONDS = 1.0
"""How often the scheduler is asked who is there."""

PATIENCE_SECONDS = 10.0
"""A scheduler that has not answered for so long is given up, though its connection stands."""


class DaskCluster:
    """The workers of a Dask scheduler, as long as it is there.

    A worker that dies is the scheduler's business: it gives the call to another.

    ``Client.get_executor`` would be shorter. But in distributed 2026.8 a future of its own whose result is on its
    way when the scheduler dies never ends. So every future here is ours, a promise, and it ends whatever becomes
    of the cluster's.

    Attributes:
        address: the scheduler's.
        workers: how many threads the workers have, counted anew all the time; 0 while there is no worker, and
            once the scheduler is gone.

    Raises:
        OSError: no scheduler answers.
        ValueError: the address is none.
    """

    chunk_seconds = CHUNK_SECONDS

    def __init__(self, address: str, patience: float) -> None:
        """Find the scheduler, waiting no longer than ``patience`` seconds."""
        get_address_host_port(address, strict=True)  # or the client's thread would live on
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what has happened, we say ourselves
        self.address = address
        self._client = distributed.Client(address, timeout=patience, set_as_default=False)
        self._loop = self._client.loop
        self._promises: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._fault = ""  # why nobody may be called any more
        self._ended = threading.Event()
        self.workers = self._count_threads()
        self._watcher = threading.Thread(target=self._watch, name="nnlab-cluster", daemon=True)
        self._watcher.start()

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Have a function called by a worker.

        The future ends in BrokenExecutor if the scheduler goes away, or every worker, or if one after the
        other dies of this call.

        Raises:
            BrokenExecutor: there is no worker.
        """
        call = pickle.dumps(_Call(function, arguments))
        promise: Future[Result] = Future()
        with self._lock:
            if not self.workers:
                raise BrokenExecutor(self._absence())
            self._promises.add(promise)
        try:
            # not pure: else Dask would make one call of two that are alike, and cancel both with one
            future = self._client.submit(pickle.loads, call, pure=False)
        except (ClosedClientError, OSError) as error:
            self._promises.discard(promise)
            raise BrokenExecutor(self._absence()) from error
        promise.add_done_callback(partial(self._let_go, future))
        self._loop.add_callback(self._bring, future, promise)
        return promise

    def close(self) -> None:
        """Leave the cluster; what is under way is dropped, and the workers stay where they are."""
        self._end("is left", Future.cancel)
        self._watcher.join(PATIENCE_SECONDS)

    def _watch(self) -> None:
        """In a thread: count who is there, and leave when there is nobody to ask."""
        while not self._ended.wait(PULSE_SECONDS):
            try:
                self._look()
            except (ClosedClientError, OSError):
                self._end("is gone", self._break)
        with suppress(OSError):  # a scheduler that is gone hears no farewell
            self._client.close(timeout=PATIENCE_SECONDS)

    def _look(self) -> None:
        threads = self._count_threads()
        with self._lock:
            self.workers = 0 if self._fault else threads
        if not threads:  # nobody works on what is under way, and nobody knows when somebody will
            for promise in self._taken():
                self._break(promise)

    def _count_threads(self) -> int:
        if self._client.status != "running":
            raise ConnectionError("the connection is lost")
        threads: dict[str, int] = self._client.nthreads(callback_timeout=PATIENCE_SECONDS)
        return sum(threads.values())

    async def _bring(self, future: Any, promise: Future[Any]) -> None:
        """In the client's loop: end a promise as the cluster's future ends."""
        try:
            _keep(promise, await future)
        except Exception as error:
            if future.status == "error" and not isinstance(error, KilledWorker | ImportError):
                _fail(promise, error)  # the function's own
                return
            if isinstance(error, ImportError):
                self._end(f"has workers that lack nnlab ({error})", self._break)
            elif self._client.status != "running":
                self._end("is gone", self._break)
            self._break(promise)

    def _let_go(self, future: Any, promise: Future[Any]) -> None:
        """When a promise has ended: nobody need work on it any more."""
        self._promises.discard(promise)
        if future.status == "pending" and not self._fault:
            with suppress(ClosedClientError):
                future.cancel()

    def _end(self, fault: str, settle: Callable[[Future[Any]], object]) -> None:
        """Let nobody call any more; the thread sees to the rest."""
        with self._lock:
            if self._fault:
                return
            self._fault, self.workers = fault, 0
        for promise in self._taken():
            settle(promise)
        self._ended.set()

    def _taken(self) -> list[Future[Any]]:
        with self._lock:
            return list(self._promises)

    def _break(self, promise: Future[Any]) -> None:
        _fail(promise, BrokenExecutor(self._absence()))

    def _absence(self) -> str:
        return f"the Dask scheduler at {self.address} {self._fault or 'has no workers'}"


class _Call:
    """A call that is made by being unpickled.

    So all that the cluster is sent is bytes: a scheduler needs no nnlab, and a worker without it fails in the
    call, where it can be said; were our own classes in Dask's message, it would die of reading it.
    """

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        self.function, self.arguments = function, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.function, self.arguments


def _keep(promise: Future[Any], result: Any) -> None:
    """End a promise well, if nobody has cancelled it or given it up before."""
    with suppress(InvalidStateError):
        promise.set_result(result)


def _fail(promise: Future[Any], error: BaseException) -> None:
    """End a promise badly, likewise."""
    with suppress(InvalidStateError):
        promise.set_exception(error)
