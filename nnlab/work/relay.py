"""A crew elsewhere and one here that steps in for it."""

import logging
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from typing import Any

from nnlab.work.crew import Crew, Result

logger = logging.getLogger("nnlab.work")


class Relay:
    """The first crew while it has workers, else the second.

    A call that the first crew loses ends in BrokenExecutor, as with a dead process; made again it goes to
    whoever is there. The second crew starts nothing before it is needed.
    """

    def __init__(self, first: Crew, second: Crew) -> None:
        """Work with the first. A crew that may vanish has a width of 0 when it has."""
        self.first, self.second = first, second
        self._said: set[str] = set()

    @property
    def width(self) -> int:
        """How many pieces are worked on at once, by whoever is there now."""
        return self.first.width or self.second.width

    @property
    def piece_seconds(self) -> float:
        """How long a piece should take for whoever is there now."""
        return self.first.piece_seconds if self.first.width else self.second.piece_seconds

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
