"""A crew that is gathered when it is first needed: a server forks its workers first."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from nnlab.work.crew import Crew, Result
from nnlab.work.pool import Pool


class Late:
    """Stands for a crew until somebody needs it, and for the crew from then on."""

    def __init__(self, gather: Callable[[], Crew]) -> None:
        """Gather nobody yet."""
        self._gather = gather
        self._crew: Crew | None = None
        self._lock = threading.Lock()

    @property
    def crew(self) -> Crew:
        """The crew, gathered now if it was not."""
        with self._lock:
            if self._crew is None:
                self._crew = self._gather()
            return self._crew

    @property
    def width(self) -> int:
        """Of the crew."""
        return self.crew.width

    @property
    def piece_seconds(self) -> float:
        """Of the crew."""
        return self.crew.piece_seconds

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Have a function called by the crew."""
        return self.crew.submit(function, *arguments)

    def warm(self) -> None:
        """Gather the crew now, so that the first job does not wait for it."""
        crew = self.crew
        if isinstance(crew, Pool):
            with suppress(RuntimeError):  # it was let go meanwhile
                crew.warm()

    def close(self) -> None:
        """Let everybody go, if anybody came."""
        with self._lock:
            if self._crew is not None:
                self._crew.close()
