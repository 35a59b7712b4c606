"""An executor elsewhere and one here that steps in for it."""

import logging
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from typing import Any

from nnlab.work.executor import Executor, Result

logger = logging.getLogger("nnlab.work")


class FallbackExecutor:
    """The first executor while it has workers, else the second.

    A call that the first executor loses ends in BrokenExecutor, as with a dead process; made again it goes to
    whoever is there. The second executor starts nothing before it is needed.
    """

    def __init__(self, first: Executor, second: Executor) -> None:
        """Work with the first. An executor that may vanish has a workers of 0 when it has."""
        self.first, self.second = first, second
        self._said: set[str] = set()

    @property
    def workers(self) -> int:
        """How many chunks are worked on at once, by whoever is there now."""
        return self.first.workers or self.second.workers

    @property
    def chunk_seconds(self) -> float:
        """How long a chunk should take for whoever is there now."""
        return self.first.chunk_seconds if self.first.workers else self.second.chunk_seconds

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Have a function called; whoever steps in is said once."""
        try:
            return self.first.submit(function, *arguments)
        except BrokenExecutor as error:
            self._say(f"{error}: this machine works in its place")
            return self.second.submit(function, *arguments)

    def close(self) -> None:
        """Let both go."""
        self.first.close()
        self.second.close()

    def _say(self, line: str) -> None:
        if line not in self._said:
            self._said.add(line)
            logger.warning(line)
