"""An executor that is gathered when it is first needed: a server forks its workers first."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from nnlab.work.executor import Executor, Result
from nnlab.work.process_pool import ProcessPool


class Late:
    """Stands for an executor until somebody needs it, and for the executor from then on."""

    def __init__(self, gather: Callable[[], Executor]) -> None:
        """Gather nobody yet."""
        self._gather = gather
        self._executor: Executor | None = None
        self._lock = threading.Lock()

    @property
    def executor(self) -> Executor:
        """The executor, gathered now if it was not."""
        with self._lock:
            if self._executor is None:
                self._executor = self._gather()
            return self._executor

    @property
    def workers(self) -> int:
        """Of the executor."""
        return self.executor.workers

    @property
    def chunk_seconds(self) -> float:
        """Of the executor."""
        return self.executor.chunk_seconds

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Have a function called by the executor."""
        return self.executor.submit(function, *arguments)

    def start(self) -> None:
        """Gather the executor now, so that the first job does not wait for it."""
        executor = self.executor
        if isinstance(executor, ProcessPool):
            with suppress(RuntimeError):  # it was let go meanwhile
                executor.start()

    def close(self) -> None:
        """Let everybody go, if anybody came."""
        with self._lock:
            if self._executor is not None:
                self._executor.close()
