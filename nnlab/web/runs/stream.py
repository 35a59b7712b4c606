"""A run as it is sent: head, frames, tail, computed in short turns and compressed on the way."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlab.core import plane, training
from nnlab.core.arrays import Array
from nnlab.core.descent import network_activations
from nnlab.core.training import Training
from nnlab.web.border.answering import Packer, Progress
from nnlab.web.border.experiments import understood
from nnlab.web.runs import format as run_format
from nnlab.web.runs.request import RunRequest
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
        self._activations = network_activations(self.experiment)
        self._plane = plane.Plane.over(self.axis, self.experiment.features, np.float32)
        self.frames = 0
        self._epoch_shown = -1
        self._costs_sent = 0  # the one before training included

    @property
    def complete(self) -> bool:
        """Whether every frame has been written."""
        return self.frames >= len(self.epochs)

    def head(self) -> dict[str, Any]:
        """What was understood, and what will come."""
        return understood(self.request) | {
            "view": self.view.model_dump(mode="json"),
            "epochs": self.epochs,
            "axis": self.axis.tolist(),
            "middle": self.dataset.middle,
            "points": self.dataset.points.tolist(),
            "targets": self.dataset.targets.tolist(),
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
        exact = plane.Plane.over(self.axis, self.experiment.features)
        surface = exact.outputs(self.training.parameters, self._activations)
        summary = {
            "reason": reason,
            "epoch": self.training.epoch,
            "cost": self.training.current_cost(),
            "outputs": self._outputs().tolist(),
        }
        wanted = surface if self.view.exact else np.empty((0, 0))
        return last_frame + run_format.write_tail(run_format.Tail(summary, np.asarray(wanted, np.float64)))

    def _frame(self) -> bytes:
        epoch, parameters = self.training.epoch, self.training.parameters
        costs = np.concatenate([[self.training.initial_cost], self.training.cost[:epoch]])
        surface = self._plane.outputs(parameters, self._activations)
        reach, levels = run_format.quantize(surface, self.dataset.middle)
        frame = run_format.FrameRecord(
            epoch, costs[self._costs_sent :], parameters.vector, self._outputs(), reach, levels
        )
        self.frames += 1
        self._epoch_shown = epoch
        self._costs_sent = len(costs)
        return run_format.write_frame(frame)

    def _outputs(self) -> Array:
        return training.predict(self.experiment, self.training.parameters, self.dataset.points)


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
                progress.reason = "completed" if run.complete else "deadline"
                written += run.tail(progress.reason)
            progress.frames, progress.epoch = run.frames, run.training.epoch
            packed = list(packer.pack(written, last=ended))
        yield from packed
        if ended:
            return
