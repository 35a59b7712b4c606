"""Ctrl-C, and when it has to wait."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from types import FrameType


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until the end. Processes started meanwhile never hear it: each would say where it hit it."""
    heard: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        with _deaf_children():
            yield
    finally:
        signal.signal(signal.SIGINT, handler)
        for number in heard[:1]:
            signal.raise_signal(number)


@contextmanager
def hearing() -> Iterator[Callable[[], bool]]:
    """Note a first Ctrl-C, and let whoever asks know whether it came; a second one strikes at once.

    An exception out of the blue is lost where Python cannot pass it on, in the middle of a callback of its own.

    Yields:
        What says whether work is still wanted.
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
def _deaf_children() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else it comes with the first process, and lets signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
