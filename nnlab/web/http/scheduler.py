"""A scheduler of short turns: the runs of a process compute one at a time, and each gets its fair share.

NumPy on small arrays holds Python's interpreter lock, so runs that compute at once only fight over it. One at
a time, in short turns, every one of 30 students gets a first frame soon.

Fair is what weighted fair queueing calls so (Demers, Keshav and Shenker, 1989), with equal weights: a clock advances by the
seconds of every turn, divided among all who wanted it. Somebody who wanted turns all along would have had as much. Whoever is
farthest behind the clock goes first, and a newcomer stands a turn behind it. So a newcomer is served at once, and a long run
is not held up for ever by others who come again and again.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from nnlab.web.http.response import BusyError, ClientGoneError

HEAD_START_SECONDS = 0.03
"""How far behind the clock a newcomer stands: about a turn, which is as far as those may be who share the process already."""

POLL_SECONDS = 0.05
"""How often a waiting run looks whether its client is still there."""


@dataclass(eq=False)
class Ticket:
    """A run's place among the others.

    Attributes:
        arrival: its number; the earlier of two equals goes first.
        spent: the seconds it has computed, counted from where the clock stood when it came.
    """

    arrival: int
    spent: float
    called: threading.Event = field(default_factory=threading.Event)


class Scheduler:
    """Fair turns among at most ``capacity`` runs, ``at_once`` of them computing at any moment."""

    def __init__(self, capacity: int, at_once: int = 1) -> None:
        """Open for runs."""
        self._capacity = capacity
        self._free = at_once
        self._at_once = at_once
        self._clock = 0.0
        self._admitted = 0
        self._arrivals = 0
        self._waiting: set[Ticket] = set()
        self._lock = threading.Lock()

    @contextmanager
    def admit(self) -> Iterator[Ticket]:
        """Hold a place for as long as a run lasts.

        Raises:
            BusyError: all places are taken.
        """
        with self._lock:
            if self._admitted >= self._capacity:
                raise BusyError(f"{self._capacity} runs are under way already")
            self._admitted += 1
            self._arrivals += 1
            ticket = Ticket(self._arrivals, self._clock - HEAD_START_SECONDS)
        try:
            yield ticket
        finally:
            with self._lock:
                self._admitted -= 1

    @contextmanager
    def time_slice(self, ticket: Ticket, wanted: Callable[[], bool]) -> Iterator[None]:
        """Wait for a turn, and compute for as long as the block takes.

        Args:
            ticket: of the run.
            wanted: whether anybody still waits for it; asked before the turn, and all along the wait.

        Raises:
            AbandonedError: ``wanted`` said no.
        """
        self._wait(ticket, wanted)
        start = time.perf_counter()
        try:
            yield
        finally:
            self._count(ticket, time.perf_counter() - start)
            self._release()

    def _count(self, ticket: Ticket, seconds: float) -> None:
        """Charge a turn to whoever had it, and advance the clock."""
        with self._lock:
            ticket.spent += seconds
            computing = self._at_once - self._free
            self._clock += seconds / (computing + len(self._waiting))

    @property
    def contended(self) -> bool:
        """Whether anybody waits for a turn."""
        return bool(self._waiting)

    def _wait(self, ticket: Ticket, wanted: Callable[[], bool]) -> None:
        if not wanted():
            raise ClientGoneError("nobody waits for this run any more")
        with self._lock:
            ticket.called.clear()
            # who did not ask for turns meanwhile, since its reader is slow, has none of them coming
            ticket.spent = max(ticket.spent, self._clock - HEAD_START_SECONDS)
            self._waiting.add(ticket)
            self._call_next()
        try:
            while not ticket.called.wait(POLL_SECONDS):
                if not wanted():
                    raise ClientGoneError("nobody waits for this run any more")
        except BaseException:  # whatever it was, a turn must not be given to a run that is gone
            self._leave(ticket)
            raise

    def _leave(self, ticket: Ticket) -> None:
        with self._lock:
            self._waiting.discard(ticket)
            called_meanwhile = ticket.called.is_set()
        if called_meanwhile:
            self._release()

    def _release(self) -> None:
        with self._lock:
            self._free += 1
            self._call_next()

    def _call_next(self) -> None:
        if self._free and self._waiting:
            ticket = min(self._waiting, key=lambda waiting: (waiting.spent, waiting.arrival))
            self._waiting.remove(ticket)
            self._free -= 1
            ticket.called.set()
