"""A job trains many networks on an executor, chunk by chunk, until all are done or the job is cancelled."""

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
"""After so many workers in a row have died of a chunk, it is the chunk that kills them, and the job fails."""


class CancelledJobError(RuntimeError):
    """The job was cancelled, since its result is not wanted any more."""


@dataclass(frozen=True, eq=False)
class Report:
    """The progress of a job after a chunk.

    Attributes:
        part: the number of the part to which the chunk belongs.
        history: of that part if it is done, else None.
        share: of all network-epochs that have been trained, 0 to 1.
    """

    part: int
    history: ManyHistory | None
    share: float


@dataclass
class _Part:
    """Networks that are trained together: their next chunk, and what the chunks before it have recorded."""

    number: int
    chunk: Chunk
    costs: list[Array] = field(default_factory=list)
    accuracy: Array | None = None
    tries: int = 0

    def add(self, result: ChunkResult) -> None:
        recorded = result.cost.shape[1]
        self.costs.append(result.cost)
        self.accuracy = result.accuracy
        self.chunk = replace(self.chunk, epochs=self.chunk.epochs[recorded:], checkpoint=result.checkpoint)
        self.tries = 0

    @property
    def done(self) -> bool:
        return not self.chunk.epochs

    @property
    def trained(self) -> int:
        """The number of network-epochs that have been trained."""
        return self.chunk.checkpoint.epoch * len(self.chunk.variations) if self.chunk.checkpoint else 0

    def history(self, epochs: Sequence[int]) -> ManyHistory:
        assert self.chunk.checkpoint is not None
        assert self.accuracy is not None
        cost = np.concatenate(self.costs, axis=1)
        return history_of(
            self.chunk.variations,
            np.array(epochs, dtype=np.int64),
            cost,
            self.chunk.checkpoint,
            self.accuracy,
        )


def train_on(
    executor: Executor,
    parts: Sequence[Variations],
    epochs: Sequence[int],
    *,
    precision: Precision = "double",
    wanted: Callable[[], bool] = lambda: True,
) -> Generator[Report, None, None]:
    """Train networks on an executor.

    The numbers are those of ``train_variations``, bit for bit, however the work is split and whichever worker does it.

    Args:
        executor: its workers train the chunks.
        parts: the networks, each part trained together.
        epochs: completed epochs at which costs are recorded, in order; the last is the end.
        precision: see ``train_variations``.
        wanted: called again and again; once it returns False, the job is cancelled.

    Yields:
        A report after each chunk; the parts end in any order.

    Raises:
        CancelledJobError: the job is not wanted any more, and its chunks are cancelled.
        BrokenExecutor: workers died of one chunk again and again.
    """
    epochs = tuple(map(int, epochs))
    waiting = deque(
        _Part(number, Chunk(variations, precision, epochs)) for number, variations in enumerate(parts)
    )
    total = sum(map(len, parts)) * max(1, epochs[-1])
    trained = 0
    running: dict[Future[ChunkResult], _Part] = {}
    try:
        while waiting or running:
            if not wanted():
                raise CancelledJobError("the result of this job is not wanted any more")
            _submit(executor, waiting, running)
            finished, _ = wait(running, POLL_SECONDS, FIRST_COMPLETED)
            for future in finished:
                part = running.pop(future)
                before = part.trained
                _take_result(part, future)
                trained += part.trained - before
                if not part.done:
                    waiting.appendleft(part)  # parts that are begun are finished first
                yield Report(part.number, part.history(epochs) if part.done else None, trained / total)
    finally:
        for future in running:
            future.cancel()


def _submit(executor: Executor, waiting: deque[_Part], running: dict[Future[ChunkResult], _Part]) -> None:
    """Submit chunks until the executor has one more than it has workers, so that no worker waits for the next."""
    while waiting and len(running) <= executor.workers:
        part = waiting.popleft()
        chunk = replace(part.chunk, seconds=executor.chunk_seconds)
        running[executor.submit(train_chunk, chunk)] = part


def _take_result(part: _Part, future: Future[ChunkResult]) -> None:
    """Add a chunk's result to its part; a chunk whose worker died stays as it was, to be submitted again."""
    try:
        part.add(future.result())
    except BrokenExecutor:
        part.tries += 1
        if part.tries >= MOST_TRIES:
            raise
