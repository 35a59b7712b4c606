"""How long a command will take, from a short piece of its very work."""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from itertools import count

from nnlab.core.ends import has_rule
from nnlab.core.many.variations import Precision, Variations
from nnlab.work.chunk import Chunk
from nnlab.work.executor import Executor
from nnlab.work.job import MOST_TRIES
from nnlab.work.throughput import throughput

SECONDS = 0.25
"""How long each worker is measured."""

MOST_MEASURED = 16
"""So many workers, at once, are enough: a busy machine is slower than one of its cores."""


@dataclass(frozen=True)
class Estimate:
    """What is to be done, and how fast.

    Attributes:
        runs: networks still to be trained.
        epochs: of each.
        width: how many workers there are.
        pace: network-epochs a second of each.
        may_stop: whether runs may end before their last epoch.
    """

    runs: int
    epochs: int
    width: int
    pace: float
    may_stop: bool = False

    def __str__(self) -> str:
        """One line."""
        seconds = self.runs * self.epochs / (self.pace * self.width)
        each = f"{self.width} workers" if self.width > 1 else "1 worker"
        less = ", less if they stop early" if self.may_stop else ""
        return f"{self.runs:,} runs of {self.epochs} epochs with {each}: about {duration(seconds)}{less}"


def estimate(
    crew: Executor, sample: Variations, looks: Sequence[int], precision: Precision, runs: int
) -> Estimate:
    """Have the crew try some of the work.

    Raises:
        BrokenExecutor: workers died of it again and again.
    """
    piece = Chunk(sample, precision, tuple(map(int, looks)), seconds=SECONDS)
    for tries in count(1):
        width = crew.workers
        tried = [crew.submit(throughput, piece, SECONDS) for _ in range(min(width, MOST_MEASURED))]
        try:
            paces = [future.result() for future in tried]
            break
        except BrokenExecutor:
            if tries == MOST_TRIES:
                raise
    may_stop = has_rule(sample.experiment)
    return Estimate(runs, int(looks[-1]), width, sum(paces) / len(paces), may_stop)


def duration(seconds: float) -> str:
    """A time in words: 8 s, 3 min 20 s, 2 h 5 min."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
