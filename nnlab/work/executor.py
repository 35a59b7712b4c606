"""Who does the work: anyone who takes a call and gives a future."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")

CHUNK_SECONDS = 0.08
"""How long a chunk takes on this machine: a cancelled job is gone, and another's turn comes, as soon."""


class Executor(Protocol):
    """A number of workers.

    Attributes:
        workers: how many chunks they work on at once.
        chunk_seconds: how long a chunk should take, so that sending it is worth while.
    """

    @property
    def workers(self) -> int: ...  # noqa: D102

    @property
    def chunk_seconds(self) -> float: ...  # noqa: D102

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Have a function called, with arguments that can be pickled.

        The future may end in ``concurrent.futures.BrokenExecutor``: a worker died, and the call may be made again.
        """

    def close(self) -> None:
        """Let everybody go."""


class SerialExecutor:
    """No executor: calls are carried out at once, here. For tests, and where processes are not to be had."""

    workers = 1
    chunk_seconds = CHUNK_SECONDS

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Call the function now."""
        future: Future[Result] = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Nothing is held."""
