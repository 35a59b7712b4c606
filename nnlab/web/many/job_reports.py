"""The reports of a job that is run for a response: it has a deadline, and its progress is counted for the log."""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from nnlab.core.many.many_training import FEWEST, cost_epochs, slice_size
from nnlab.core.many.variations import Variations
from nnlab.web.http.connection import ClientGoneError
from nnlab.web.http.response import Progress
from nnlab.work.executor import Executor
from nnlab.work.job import CancelledJobError, Report, train_on

DEADLINE_SECONDS = 120.0
TELL_EVERY_SECONDS = 0.1


@dataclass
class ManyProgress(Progress):
    """The progress of a job, for its line in the log.

    Attributes:
        networks: how many are trained to their end.
    """

    networks: int = 0


def reports(
    executor: Executor, parts: Sequence[Variations], wanted: Callable[[], bool], progress: ManyProgress
) -> Generator[Report, None, None]:
    """Train networks on the executor, and yield the job's reports until it is done or its deadline has passed.

    Raises:
        ClientGoneError: ``wanted`` returned false.
    """
    epochs = cost_epochs(parts[0].experiment.epochs).tolist()
    try:
        with closing(train_on(executor, parts, epochs, wanted=wanted)) as coming:
            for report in coming:
                if report.history is not None:
                    progress.networks += len(report.history.variations)
                yield report
                if progress.seconds() > DEADLINE_SECONDS:
                    progress.reason = "deadline"
                    return
    except CancelledJobError as error:
        raise ClientGoneError(str(error)) from error
    progress.reason = "completed"


def size_of_parts(variations: Variations, executor: Executor) -> int:
    """The number of networks in each part of a job, such that every worker has some of them."""
    each = -(-len(variations) // executor.workers)
    return min(slice_size(variations.experiment), max(FEWEST, each))


class ProgressThrottle:
    """Limits how often a job's progress is sent."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def due(self) -> bool:
        """Whether progress should be sent now, since some time has passed."""
        now = time.monotonic()
        if now - self._last < TELL_EVERY_SECONDS:
            return False
        self._last = now
        return True
