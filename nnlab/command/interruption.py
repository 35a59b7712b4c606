"""Ctrl-C: noted while work is under way, and held back while processes start."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from types import FrameType


@contextmanager
def noted_interrupt() -> Iterator[Callable[[], bool]]:
    """Note a first Ctrl-C, and let a second one interrupt.

    An exception out of the blue is lost where Python cannot pass it on, in the middle of a callback of its own.

    Yields:
        A function that says whether work is still wanted.
    """
    heard: list[int] = []
    handler = signal.getsignal(signal.SIGINT)

    def hear(number: int, _: FrameType | None) -> None:
        heard.append(number)
        signal.signal(signal.SIGINT, handler)

    signal.signal(signal.SIGINT, hear)
    try:
        yield lambda: not heard
    finally:
        signal.signal(signal.SIGINT, handler)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back until the end. Processes that are started meanwhile never receive it: each would print a traceback."""
    heard: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        with _blocked_in_children():
            yield
    finally:
        signal.signal(signal.SIGINT, handler)
        for number in heard[:1]:
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
