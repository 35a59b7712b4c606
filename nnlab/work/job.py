"""A job: networks trained by an executor, part by part, until all are done or nobody wants them any more."""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field, replace

import numpy as np

from nnlab.core.arrays import Array
from nnlab.core.many.many_training import ManyHistory, history_of
from nnlab.core.many.variations import Precision, Variations
from nnlab.work.chunk import Chunk, ChunkResult, train_chunk
from nnlab.work.executor import Executor

POLL_SECONDS = 0.05
"""How often to ask whether the job is still wanted."""

MOST_TRIES = 4
"""How often a chunk is sent out whose workers die; then it is the chunk that kills them."""


class CancelledJobError(RuntimeError):
    """Nobody waits for the job any more."""


@dataclass(frozen=True, eq=False)
class Report:
    """How far a job has come.

    Attributes:
        part: the number of the part that was worked on.
        history: of that part if it is done, else None.
        share: of all network-epochs that have been trained, 0 to 1.
    """

    part: int
    history: ManyHistory | None
    share: float


@dataclass
class _Part:
    """A part on its way."""

    number: int
    chunk: Chunk
    costs: list[Array] = field(default_factory=list)
    accuracy: Array | None = None
    tries: int = 0

    def take(self, result: ChunkResult) -> None:
        taken = result.cost.shape[1]
        self.costs.append(result.cost)
        self.accuracy = result.accuracy
        rest = self.chunk.epochs[taken:]
        self.chunk = replace(self.chunk, epochs=rest, standing=result.standing)
        self.tries = 0

    @property
    def epoch(self) -> int:
        return self.chunk.standing.epoch if self.chunk.standing else 0


def train_on(
    executor: Executor,
    parts: Sequence[Variations],
    epochs: Sequence[int],
    *,
    precision: Precision = "double",
    wanted: Callable[[], bool] = lambda: True,
) -> Generator[Report, None, None]:
    """Train networks on an executor.

    The numbers are those of ``train_variations``, bit for bit, however the work is cut and whoever does it.

    Args:
        executor: who does the work.
        parts: the networks, in chunks that are trained together.
        epochs: completed epochs at which costs are taken, in order; the last is the end.
        precision: see ``train_variations``.
        wanted: asked all along.

    Yields:
        A report whenever a chunk has come back; the parts end in any order.

    Raises:
        CancelledJobError: ``wanted`` said no; what was under way is cancelled.
        BrokenExecutor: workers died of one chunk again and again.
    """
    at = tuple(int(epoch) for epoch in epochs)
    first = Chunk(parts[0], precision, at, seconds=executor.chunk_seconds) if parts else None
    waiting = deque(
        _Part(number, replace(first, variations=part)) for number, part in enumerate(parts) if first
    )
    total = sum(map(len, parts)) * max(1, at[-1])
    done = 0
    under_way: dict[Future[ChunkResult], _Part] = {}
    try:
        while waiting or under_way:
            if not wanted():
                raise CancelledJobError("nobody waits for this job any more")
            while waiting and len(under_way) <= executor.workers:  # one more, so that nobody waits for us
                part = waiting.popleft()
                under_way[executor.submit(train_chunk, part.chunk)] = part
            finished, _ = wait(under_way, POLL_SECONDS, FIRST_COMPLETED)
            for future in finished:
                part = under_way.pop(future)
                before = part.epoch
                _take(part, future)
                done += (part.epoch - before) * len(part.chunk.variations)
                if part.chunk.epochs:
                    waiting.appendleft(part)  # what is begun is finished first
                history = None if part.chunk.epochs else _history(part, at)
                yield Report(part.number, history, done / total)
    finally:
        for future in under_way:
            future.cancel()


def _take(part: _Part, future: Future[ChunkResult]) -> None:
    """Take in what came back; a chunk whose worker died stays as it was, to be sent again."""
    try:
        part.take(future.result())
    except BrokenExecutor:
        part.tries += 1
        if part.tries >= MOST_TRIES:
            raise


def _history(part: _Part, epochs: tuple[int, ...]) -> ManyHistory:
    chunk = part.chunk
    assert chunk.standing is not None
    assert part.accuracy is not None
    cost = np.concatenate(part.costs, axis=1)
    return history_of(chunk.variations, np.array(epochs, dtype=np.int64), cost, chunk.standing, part.accuracy)
