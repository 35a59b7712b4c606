"""Completing a future that its owner may cancel at any time."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import suppress
from typing import TypeVar

Result = TypeVar("Result")


def complete(future: Future[Result], outcome: Callable[[], Result]) -> None:
    """Complete a future with what a call returns or raises; one that is done already stays as it is.

    Every exception completes it, SystemExit too: raised in an executor's own thread, it would end that thread, and no
    later call would be answered.
    """
    try:
        result = outcome()
    except CancelledError:
        future.cancel()
    except BaseException as error:  # the future carries it to the caller
        fail(future, error)
    else:
        with suppress(InvalidStateError):
            future.set_result(result)


def fail(future: Future[Result], error: BaseException) -> None:
    """Complete a future with an error; one that is done already stays as it is."""
    with suppress(InvalidStateError):
        future.set_exception(error)
