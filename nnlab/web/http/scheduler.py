"""A fair scheduler: the requests of a process compute one at a time, each in short time slices.

NumPy on small arrays holds Python's interpreter lock, so requests that compute at once only fight over it. One at
a time, in short slices, every one of 30 students gets a first frame soon.

The scheduling is weighted fair queueing (Demers, Keshav and Shenker, 1989) with equal weights: a virtual clock
advances by the seconds of every time slice, divided among all who wanted to compute. It is what a request that always
wanted to compute would have had. The request farthest behind the clock goes first, and a new one starts a time slice
behind it. So a new request is served at once, and a stream of new requests does not hold up a long one for ever.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from nnlab.web.http.connection import ClientGoneError

TIME_SLICE_SECONDS = 0.03
"""How long a request computes before another may: most runs end in their first time slice."""

HEAD_START_SECONDS = TIME_SLICE_SECONDS
"""How far behind the virtual clock a new request starts: as far as those may be who share the process already."""

POLL_SECONDS = 0.05
"""How often a waiting request checks that its client is still there."""


class BusyError(RuntimeError):
    """As many requests as the scheduler admits are under way already."""


@dataclass(eq=False)
class Ticket:
    """A request that the scheduler has admitted.

    Attributes:
        arrival: its number; the earlier of two equals goes first.
        spent: the seconds it has computed, counted from where the virtual clock was when it came.
        called: set when its time slice begins.
    """

    arrival: int
    spent: float
    called: threading.Event = field(default_factory=threading.Event)


class Scheduler:
    """Admits up to ``capacity`` requests, and lets ``at_once`` of them compute at any moment, the least served first."""

    def __init__(self, capacity: int, at_once: int = 1) -> None:
        """Start with no requests."""
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
        """Admit a request; it counts as under way until the block ends.

        Raises:
            BusyError: as many as there may be are under way.
        """
        with self._lock:
            if self._admitted >= self._capacity:
                raise BusyError(f"{self._capacity} requests are under way already")
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
        """Wait for a time slice, which lasts as long as the block.

        Args:
            ticket: of the request.
            wanted: whether the client still waits; called first, and again and again while waiting.

        Raises:
            ClientGoneError: ``wanted`` returned false.
        """
        self._wait(ticket, wanted)
        start = time.perf_counter()
        try:
            yield
        finally:
            self._count(ticket, time.perf_counter() - start)
            self._release()

    def _count(self, ticket: Ticket, seconds: float) -> None:
        """Charge a time slice to its request, and advance the virtual clock."""
        with self._lock:
            ticket.spent += seconds
            computing = self._at_once - self._free
            self._clock += seconds / (computing + len(self._waiting))

    @property
    def contended(self) -> bool:
        """Whether any request is waiting."""
        return bool(self._waiting)

    def _wait(self, ticket: Ticket, wanted: Callable[[], bool]) -> None:
        if not wanted():
            raise ClientGoneError("the client of this request has left")
        with self._lock:
            ticket.called.clear()
            # a request that did not want to compute meanwhile, since its client reads slowly, does not catch up on that
            ticket.spent = max(ticket.spent, self._clock - HEAD_START_SECONDS)
            self._waiting.add(ticket)
            self._call_next()
        try:
            while not ticket.called.wait(POLL_SECONDS):
                if not wanted():
                    raise ClientGoneError("the client of this request has left")
        except BaseException:  # whatever it was, no time slice may go to a request that has ended
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
