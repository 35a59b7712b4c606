"""An executor of the workers of a Dask cluster, on other machines; their results are the same numbers.

This is the only file that uses ``distributed``, and it is imported only if a scheduler's address is given.
"""

import logging
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from concurrent.futures import wait as wait_for
from contextlib import suppress
from functools import partial
from typing import Any

import distributed
from distributed.client import ClosedClientError
from distributed.comm import get_address_host_port
from distributed.scheduler import KilledWorker

from nnlab.work.completion import complete, fail
from nnlab.work.executor import Executor, Parameters, Result

CHUNK_SECONDS = 0.25
"""A chunk goes through a scheduler and over a network, which takes some 20 ms; shorter ones would pay more."""

POLL_SECONDS = 1.0
"""The interval at which the number of workers is requested from the scheduler."""

SILENCE_SECONDS = 10.0
"""A scheduler that has not answered for this long counts as gone, though its connection stands."""


class DaskCluster(Executor):
    """Runs calls on the workers of a Dask scheduler, as long as the scheduler answers.

    When a worker dies, the scheduler gives its call to another worker.

    ``Client.get_executor`` would be shorter. But in distributed 2026.8 its future never ends if the connection to the
    scheduler breaks while the result is on its way, or if a call kills every worker. So each call has a future of our
    own, which ends whatever becomes of Dask's.

    Attributes:
        address: the scheduler's.
        workers: how many threads the workers have, counted every second; 0 while there is no worker, and once the
            scheduler is gone.

    Raises:
        OSError: no scheduler answers.
        ValueError: the address is malformed.
    """

    workers = 0
    chunk_seconds = CHUNK_SECONDS

    def __init__(self, address: str, timeout: float) -> None:
        """Connect to the scheduler, waiting no longer than ``timeout`` seconds."""
        get_address_host_port(address, strict=True)  # or the client's thread would live on
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what happens, our own log says in one line
        self.address = address
        self._client = distributed.Client(address, timeout=timeout, set_as_default=False)
        self._loop = self._client.loop
        self._pending: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._fault = ""  # why no call is accepted any more
        self._closing = False
        self._ended = threading.Event()
        self.workers = self._count_threads()
        self._monitor = threading.Thread(target=self._monitor_scheduler, name="nnlab-cluster", daemon=True)
        self._monitor.start()

    def submit(
        self,
        function: Callable[Parameters, Result],
        /,
        *arguments: Parameters.args,
        **named: Parameters.kwargs,
    ) -> Future[Result]:
        """Have a worker call a function.

        The future ends in BrokenExecutor if the scheduler or every worker goes away, or if the call kills one worker
        after another.

        Raises:
            RuntimeError: the executor is shut down; or its subclass BrokenExecutor: there is no worker.
        """
        call = pickle.dumps(_CallWhenUnpickled(partial(_returned, partial(function, *arguments, **named))))
        future: Future[Result] = Future()
        with self._lock:
            if self._closing:
                raise RuntimeError("the cluster's executor is shut down")
            if not self.workers:
                raise BrokenExecutor(self._reason())
            self._pending.add(future)
        try:
            # not pure: else Dask would make one task of two equal calls, and cancel both with one
            task = self._client.submit(pickle.loads, call, pure=False)
        except (ClosedClientError, OSError) as error:
            self._pending.discard(future)
            raise BrokenExecutor(self._reason()) from error
        future.add_done_callback(partial(self._forget, task))
        self._loop.add_callback(self._await_outcome, task, future)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Disconnect once the pending calls are done, or cancelled; the workers stay where they are."""
        with self._lock:
            self._closing = True
        if cancel_futures:
            self._end("is left", Future.cancel)
        if wait:
            wait_for(self._still_pending())
            self._monitor.join(SILENCE_SECONDS)

    def _monitor_scheduler(self) -> None:
        """In a thread: count the workers again and again, and disconnect when the scheduler is gone or left."""
        while not self._ended.wait(POLL_SECONDS):
            try:
                self._update_workers()
            except (ClosedClientError, OSError):
                self._end("is gone", self._break)
            if self._closing and not self._still_pending():
                self._end("is left", Future.cancel)
        with suppress(OSError):  # there may be no scheduler to take leave of
            self._client.close(timeout=SILENCE_SECONDS)

    def _update_workers(self) -> None:
        threads = self._count_threads()
        with self._lock:
            self.workers = 0 if self._fault else threads
        if not threads:  # pending calls might wait for ever for a new worker
            for future in self._still_pending():
                self._break(future)

    def _count_threads(self) -> int:
        if self._client.status != "running":
            raise ConnectionError("the connection is lost")
        threads: dict[str, int] = self._client.nthreads(callback_timeout=SILENCE_SECONDS)
        return sum(threads.values())

    async def _await_outcome(self, task: Any, future: Future[Any]) -> None:
        """In the client's loop: complete a future as Dask's future for the task ends."""
        try:
            result = await task
        except Exception as error:
            if task.status == "error" and not isinstance(error, KilledWorker | ImportError):
                fail(future, error)  # the function raised it
                return
            if isinstance(error, ImportError):
                self._end(f"has workers that lack nnlab ({error})", self._break)
            elif self._client.status != "running":
                self._end("is gone", self._break)
            self._break(future)
        else:
            complete(future, lambda: _result(result))

    def _forget(self, task: Any, future: Future[Any]) -> None:
        """When a future is done: cancel its task if that is still to be run."""
        self._pending.discard(future)
        if task.status == "pending" and not self._fault:
            with suppress(ClosedClientError):
                task.cancel()

    def _end(self, fault: str, finish: Callable[[Future[Any]], object]) -> None:
        """Accept no more calls, and finish every pending future; the monitor disconnects."""
        with self._lock:
            if self._fault:
                return
            self._fault, self.workers = fault, 0
        for future in self._still_pending():
            finish(future)
        self._ended.set()

    def _still_pending(self) -> list[Future[Any]]:
        with self._lock:
            return list(self._pending)

    def _break(self, future: Future[Any]) -> None:
        fail(future, BrokenExecutor(self._reason()))

    def _reason(self) -> str:
        return f"the Dask scheduler at {self.address} {self._fault or 'has no workers'}"


class _CallWhenUnpickled:
    """A call that is made when it is unpickled.

    So all that the cluster is sent is bytes: a scheduler needs no nnlab, and a worker without it fails in the call,
    which can be reported. If the message held our own classes, that worker would crash as it unpickles it.
    """

    def __init__(self, call: Callable[[], Any]) -> None:
        self.call = call

    def __reduce__(self) -> tuple[Callable[[], Any], tuple[()]]:
        return self.call, ()


class _Exit:
    """The SystemExit or KeyboardInterrupt that a call raised, as a result: raised in a worker, it would end the worker."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def _returned(call: Callable[[], Any]) -> Any:
    """On a worker: what a call returns, or the _Exit that it raised."""
    try:
        return call()
    except (SystemExit, KeyboardInterrupt) as error:
        return _Exit(error)


def _result(returned: Any) -> Any:
    """What a call returned; raises what an _Exit holds."""
    if isinstance(returned, _Exit):
        raise returned.error
    return returned
