"""A run as it is sent: head, frames, tail, computed in short turns and compressed on the way."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlab.core import plane, training
from nnlab.core.arrays import Array
from nnlab.core.training import Training
from nnlab.web.border.answering import Packer, Progress
from nnlab.web.border.experiments import understood
from nnlab.web.runs import format as run_format
from nnlab.web.runs.measures import Measures
from nnlab.web.runs.painter import Painter, reach_of
from nnlab.web.runs.request import MOST_ROWS_SENT, RunRequest
from nnlab.web.runs.turns import Ticket, Turns

TURN_SECONDS = 0.012
"""How long a run computes before it lets another: 15 students then wait 0.2 s for each other's turns."""

EPOCHS_A_LOOK = 50
"""How many epochs to train, at most, before looking at the clock again."""

DEADLINE_SECONDS = 60.0


@dataclass
class RunProgress(Progress):
    """What a run has done so far."""

    frames: int = 0
    epoch: int = 0


class Run:
    """A run under way, from its request to its tail.

    Attributes:
        epochs: completed epochs at which a frame is due.
        frames: how many have been written.
    """

    def __init__(self, request: RunRequest) -> None:
        """Lay out everything the first frame needs."""
        self.request = request
        self.experiment = request.experiment
        self.view = request.view
        self.training = Training(self.experiment)
        self.epochs = self.view.epochs(self.experiment.epochs)
        self.dataset = self.training.dataset
        self.axis = plane.axis(self.dataset, self.view.grid)
        self._measures = Measures(self.experiment, self.training.parameters, self.dataset)
        self._painter = Painter(self.experiment, self.dataset, self.axis, self.view)
        self.frames = 0
        self._epoch_shown = -1
        self._costs_sent = 0  # the one before training included

    @property
    def complete(self) -> bool:
        """Whether every frame has been written, or the run has ended and there will be no other."""
        if self.frames >= len(self.epochs):
            return True
        return self.training.end is not None and self.training.epoch < self.epochs[self.frames]

    @property
    def reason(self) -> str:
        """Why it is over: by its own end, or since nothing more was asked for."""
        return (self.training.end or "completed") if self.complete else "deadline"

    def head(self) -> dict[str, Any]:
        """What was understood, and what will come."""
        data = self.dataset
        used = data.standardization
        return understood(self.request) | {
            "view": self.view.model_dump(mode="json"),
            "epochs": self.epochs,
            "axis": self.axis.tolist(),
            "middle": data.middle,
            "reach": reach_of(data),
            "regression": data.regression,
            "points": data.points.tolist(),
            "targets": data.targets.tolist(),
            "test_points": data.test_points.tolist(),
            "test_targets": data.test_targets.tolist(),
            "standardization": used and [part.tolist() for part in used],
            "measures": self._measures.names,
            **self._painter.head(),
        }

    def advance(self, until: float) -> bytes:
        """Train, and write frames, until the clock says so; at least one look's worth of epochs.

        Args:
            until: by ``time.perf_counter``.
        """
        written = []
        while not self.complete:
            target = self.epochs[self.frames]
            if self.training.epoch < target:
                self.training.advance(min(EPOCHS_A_LOOK, target - self.training.epoch))
            if self.training.epoch == target:
                written.append(self._frame())
            if time.perf_counter() >= until:
                break
        return b"".join(written)

    def tail(self, reason: str) -> bytes:
        """Why it ended, and how the last network stands, exactly.

        A run stopped between two frames first gets one more: the tail always belongs to the last frame.
        """
        last_frame = b"" if self._epoch_shown == self.training.epoch else self._frame()
        test_cost = self.training.current_test_cost()
        summary = {
            "reason": reason,
            "epoch": self.training.epoch,
            "cost": self.training.current_cost(),
            "test_cost": test_cost if np.isfinite(test_cost) else None,
            "outputs": self._outputs().tolist(),
        }
        wanted = self._painter.exact(self.training.parameters) if self.view.exact else np.empty((0, 0))
        return last_frame + run_format.write_tail(run_format.Tail(summary, wanted))

    def _frame(self) -> bytes:
        training = self.training
        epoch = training.epoch
        costs = np.concatenate([[training.initial_cost], training.cost[:epoch]])
        tests = np.concatenate([[training.initial_test_cost], training.test_cost[:epoch]])
        reach, levels = self._painter.surface(training.parameters)
        new = slice(self._costs_sent, None)
        frame = run_format.FrameRecord(
            epoch,
            costs[new],
            tests[new] if len(self.dataset.test_targets) else tests[:0],
            training.parameters.vector,
            self._outputs(),
            self._measures.taken(),
            reach,
            levels,
        )
        self.frames += 1
        self._epoch_shown = epoch
        self._costs_sent = len(costs)
        return run_format.write_frame(frame) + self._painter.more(training.parameters)

    def _outputs(self) -> Array:
        """At the rows of a table that is short enough to be read."""
        points = self.dataset.points
        if len(points) > MOST_ROWS_SENT:
            points = points[:0]
        return training.predict(self.experiment, self.training.parameters, points)


def stream(
    request: RunRequest,
    turns: Turns,
    ticket: Ticket,
    wanted: Callable[[], bool],
    progress: RunProgress,
) -> Iterator[bytes]:
    """The bytes of a run, gzip-compressed, flushed after every turn that wrote any.

    No turn is held while they are sent.

    Raises:
        AbandonedError: ``wanted`` said no before a turn: the client left.
    """
    packer = Packer(progress)
    run: Run | None = None
    while True:
        with turns.turn(ticket, wanted):
            if run is None:
                run = Run(request)
                written = run_format.write_head(run.head()) + run.advance(until=0.0)
            else:
                written = run.advance(time.perf_counter() + TURN_SECONDS)
            ended = run.complete or progress.seconds() > DEADLINE_SECONDS
            if ended:
                progress.reason = run.reason
                written += run.tail(progress.reason)
            progress.frames, progress.epoch = run.frames, run.training.epoch
            packed = list(packer.pack(written, last=ended))
        yield from packed
        if ended:
            return
