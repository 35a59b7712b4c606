"""Saying how far a command has come, on a terminal."""

import sys
from types import TracebackType
from typing import Self

from tqdm import tqdm


class Progress:
    """A bar of networks trained; nothing at all if stderr is no terminal."""

    def __init__(self, runs: int, done: int) -> None:
        """Draw the bar.

        Args:
            runs: of all networks.
            done: how many are trained already.
        """
        self._bar = tqdm(
            total=runs,
            initial=done,
            unit="run",
            unit_scale=True,
            dynamic_ncols=True,
            file=sys.stderr,
            disable=not sys.stderr.isatty(),
        )

    def reach(self, runs: float) -> None:
        """So many networks are trained, the begun ones counted by their epochs."""
        self._bar.update(round(runs) - self._bar.n)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()
