"""Limits on what one request may cost the server, checked before anything is computed or allocated."""

from bisect import bisect_right
from collections.abc import Callable


class LimitExceededError(ValueError):
    """A request that costs more than a limit allows.

    Attributes:
        rule: which limit: "work" or "bytes".
        bound: the limit, or, where ``field`` names a setting, the greatest value of it that stays within the limit.
        value: what the request costs, or the setting's value.
        field: "view", or the setting to reduce.
    """

    def __init__(self, rule: str, bound: int, value: int, field: str = "view") -> None:
        what = rule if field == "view" else f"{field}, by the {rule} of them,"
        super().__init__(f"{what} must be at most {bound}, got {value}")
        self.rule, self.bound, self.value, self.field = rule, bound, value, field


def check_limit(rule: str, limit: int, value: int) -> None:
    """Check a cost against its limit.

    Raises:
        LimitExceededError: it is greater.
    """
    if value > limit:
        raise LimitExceededError(rule, limit, value)


def check_epochs(limit: int, epochs: int, work: Callable[[int], int]) -> int:
    """Return the work of training for so many epochs; if it is too much, the error names how many epochs are possible.

    Args:
        limit: of the work.
        epochs: that are requested.
        work: of a number of epochs, which grows with them.

    Raises:
        LimitExceededError: the work exceeds the limit.
    """
    requested = work(epochs)
    if requested <= limit:
        return requested
    possible = bisect_right(range(1, epochs + 1), limit, key=work)
    if possible:
        raise LimitExceededError("work", possible, epochs, "epochs")
    raise LimitExceededError("work", limit, requested)
