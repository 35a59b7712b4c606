"""Executors that run calls and return futures: the interface they share, and one that runs calls in this process."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent import futures
from typing import ParamSpec, TypeVar

from nnlab.work.completion import complete

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

CHUNK_SECONDS = 0.08
"""How long a chunk takes on this machine: a job is cancelled, and another job gets its turn, within this time."""


class Executor(futures.Executor, ABC):
    """A ``concurrent.futures.Executor`` that also says how work should be cut for it.

    A call and its arguments must be picklable. Its future may end in ``concurrent.futures.BrokenExecutor``: the worker
    died, and the call may be submitted again.
    """

    @property
    @abstractmethod
    def workers(self) -> int:
        """How many calls run at once; 0 while no call can run."""

    @property
    @abstractmethod
    def chunk_seconds(self) -> float:
        """How long a chunk should take, so that its transfer costs little in comparison."""

    @abstractmethod
    def submit(
        self,
        function: Callable[Parameters, Result],
        /,
        *arguments: Parameters.args,
        **named: Parameters.kwargs,
    ) -> futures.Future[Result]:
        """Have a worker call a function.

        Raises:
            RuntimeError: the executor is shut down; or its subclass BrokenExecutor: there is no worker.
        """

    def start(self) -> None:
        """Start the workers now, so that the first call does not wait for them."""
        return


class SerialExecutor(Executor):
    """Runs each call at once in this process, for tests and for work that is not worth a process."""

    workers = 1
    chunk_seconds = CHUNK_SECONDS
    _closed = False

    def submit(
        self,
        function: Callable[Parameters, Result],
        /,
        *arguments: Parameters.args,
        **named: Parameters.kwargs,
    ) -> futures.Future[Result]:
        """Call the function now, in this process.

        Raises:
            RuntimeError: the executor is shut down.
        """
        if self._closed:
            raise RuntimeError("the executor is shut down")
        future: futures.Future[Result] = futures.Future()
        complete(future, lambda: function(*arguments, **named))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002  none is pending
        """Accept no more calls."""
        self._closed = True
