"""A job: networks trained by a crew, part by part, until all are done or nobody wants them any more."""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field, replace

import numpy as np

from nnlab.core.arrays import Array
from nnlab.core.many.many_training import ManyHistory, history_of
from nnlab.core.many.variations import Precision, Variations
from nnlab.work.crew import Crew
from nnlab.work.piece import Piece, Stretch, work_on

POLL_SECONDS = 0.05
"""How often to ask whether the job is still wanted."""

MOST_TRIES = 4
"""How often a piece is sent out whose workers die; then it is the piece that kills them."""


class UnwantedError(RuntimeError):
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
    piece: Piece
    costs: list[Array] = field(default_factory=list)
    accuracy: Array | None = None
    tries: int = 0

    def take(self, stretch: Stretch) -> None:
        taken = stretch.cost.shape[1]
        self.costs.append(stretch.cost)
        self.accuracy = stretch.accuracy
        rest = self.piece.looks[taken:]
        self.piece = replace(self.piece, looks=rest, standing=stretch.standing)
        self.tries = 0

    @property
    def epoch(self) -> int:
        return self.piece.standing.epoch if self.piece.standing else 0


def train_on(
    crew: Crew,
    parts: Sequence[Variations],
    looks: Sequence[int],
    *,
    precision: Precision = "double",
    wanted: Callable[[], bool] = lambda: True,
) -> Generator[Report, None, None]:
    """Train networks on a crew.

    The numbers are those of ``train_variations``, bit for bit, however the work is cut and whoever does it.

    Args:
        crew: who does the work.
        parts: the networks, in pieces that are trained together.
        looks: completed epochs at which costs are taken, in order; the last is the end.
        precision: see ``train_variations``.
        wanted: asked all along.

    Yields:
        A report whenever a piece has come back; the parts end in any order.

    Raises:
        UnwantedError: ``wanted`` said no; what was under way is cancelled.
        BrokenExecutor: workers died of one piece again and again.
    """
    epochs = tuple(int(look) for look in looks)
    first = Piece(parts[0], precision, epochs, seconds=crew.piece_seconds) if parts else None
    waiting = deque(
        _Part(number, replace(first, variations=part)) for number, part in enumerate(parts) if first
    )
    total = sum(map(len, parts)) * max(1, epochs[-1])
    done = 0
    under_way: dict[Future[Stretch], _Part] = {}
    try:
        while waiting or under_way:
            if not wanted():
                raise UnwantedError("nobody waits for this job any more")
            while waiting and len(under_way) <= crew.width:  # one more, so that nobody waits for us
                part = waiting.popleft()
                under_way[crew.submit(work_on, part.piece)] = part
            finished, _ = wait(under_way, POLL_SECONDS, FIRST_COMPLETED)
            for future in finished:
                part = under_way.pop(future)
                before = part.epoch
                _take(part, future)
                done += (part.epoch - before) * len(part.piece.variations)
                if part.piece.looks:
                    waiting.appendleft(part)  # what is begun is finished first
                history = None if part.piece.looks else _history(part, epochs)
                yield Report(part.number, history, done / total)
    finally:
        for future in under_way:
            future.cancel()


def _take(part: _Part, future: Future[Stretch]) -> None:
    """Take in what came back; a piece whose worker died stays as it was, to be sent again."""
    try:
        part.take(future.result())
    except BrokenExecutor:
        part.tries += 1
        if part.tries >= MOST_TRIES:
            raise


def _history(part: _Part, epochs: tuple[int, ...]) -> ManyHistory:
    piece = part.piece
    assert piece.standing is not None
    assert part.accuracy is not None
    looks, cost = np.array(epochs, dtype=np.int64), np.concatenate(part.costs, axis=1)
    return history_of(piece.variations, looks, cost, piece.standing, part.accuracy)
