"""Checks an argument of a function, and says in one sentence what it must be and what it is."""

from operator import index


def whole_number(name: str, given: object, least: int) -> int:
    """Return a whole number that is given for an argument, if it is large enough.

    Raises:
        TypeError: it is no whole number; True and False are none.
        ValueError: it is below ``least``.
    """
    if isinstance(given, bool) or not hasattr(given, "__index__"):
        raise TypeError(f"{name} must be a whole number, got {given!r}")
    number = index(given)
    if number < least:
        raise ValueError(f"{name} must be at least {least}, got {number}")
    return number
