"""Handling Ctrl-C: it is noted while networks are trained, and delayed while processes start."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from types import FrameType


@contextmanager
def noted_interrupt() -> Iterator[Callable[[], bool]]:
    """Note a first Ctrl-C, and let a second one interrupt.

    A KeyboardInterrupt may be raised inside a callback, from which Python cannot pass it on, and be lost.

    Yields:
        A function that says whether work is still wanted.
    """
    received: list[int] = []
    handler = signal.getsignal(signal.SIGINT)

    def receive(number: int, _: FrameType | None) -> None:
        received.append(number)
        signal.signal(signal.SIGINT, handler)

    signal.signal(signal.SIGINT, receive)
    try:
        yield lambda: not received
    finally:
        signal.signal(signal.SIGINT, handler)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Delay Ctrl-C until the block ends. Processes started in it never receive it, since each would print a traceback."""
    received: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: received.append(number))
    try:
        with _blocked_in_children():
            yield
    finally:
        signal.signal(signal.SIGINT, handler)
        for number in received[:1]:
            signal.raise_signal(number)


@contextmanager
def _blocked_in_children() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else it comes with the first process, and lets signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
