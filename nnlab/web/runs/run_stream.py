"""Training a run and streaming it: head, frames and tail, computed in time slices, compressed at a level of its own."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlab.core.arrays import Array
from nnlab.core.layer_statistics import gradient_sizes
from nnlab.core.training import Training
from nnlab.web.http.experiment_request import experiment_head
from nnlab.web.http.response import Chunks, GzipStream, Progress
from nnlab.web.http.scheduler import TIME_SLICE_SECONDS, Scheduler, Ticket
from nnlab.web.runs import run_format
from nnlab.web.runs.run_request import RunRequest

FIRST_SLICE_SECONDS = 0.008
"""How long the first time slice of a longer run is while others wait: every student is to see a network soon."""

CLOCK_CHECKS_A_SLICE = 8
"""How often, at least, a run checks the clock in a time slice: where epochs are short it need not do so at each."""

DEADLINE_SECONDS = 60.0

COMPRESSION_LEVEL = 1
"""The fastest level: numbers in full precision do not get smaller at any other."""


@dataclass
class RunProgress(Progress):
    """The progress of a run's response: besides bytes and seconds, its frames and epochs."""

    frames: int = 0
    epoch: int = 0


class Run:
    """A run in training, and the records that are written of it.

    Attributes:
        epochs: completed epochs at which a frame is due.
        frames: how many have been written.
    """

    def __init__(self, request: RunRequest) -> None:
        """Prepare the run; no epoch is trained yet."""
        self.request = request
        self.training = Training(request.experiment)
        self.epochs = request.view.epochs(request.experiment)
        self.frames = 0
        self._kept: list[
            tuple[int, Array]
        ] = []  # epoch and parameters of the frames that are not yet written
        self._taken = 0  # frames that are kept or written
        self._costs_written = 0  # the one before training included

    @property
    def complete(self) -> bool:
        """Whether all frames are computed, or the run has ended early."""
        if self._taken >= len(self.epochs):
            return True
        return self.training.end is not None and self.training.epoch < self.epochs[self._taken]

    @property
    def reason(self) -> str:
        """Why the run is over: its own end, all requested epochs, or the deadline."""
        return (self.training.end or "completed") if self.complete else "deadline"

    def head(self) -> dict[str, Any]:
        """The head of the stream: experiment and view, the data, and the epochs that get a frame."""
        data = self.training.dataset
        used = data.standardization
        return experiment_head(self.request) | {
            "view": self.request.view.model_dump(mode="json"),
            "epochs": self.epochs,
            "domain": list(data.domain),
            "middle": data.middle,
            "reach": data.reach,
            "regression": data.regression,
            "points": data.points.tolist(),
            "targets": data.targets.tolist(),
            "test_points": data.test_points.tolist(),
            "test_targets": data.test_targets.tolist(),
            "standardization": used and [part.tolist() for part in used],
        }

    def advance(self, seconds: float, unless_ending: float | None = None) -> None:
        """Train for some seconds, at least one epoch, and keep the frames that are due.

        Args:
            seconds: that may pass.
            unless_ending: seconds after which to stop already, if at this rate the run will not end within ``seconds``.
        """
        begun = time.perf_counter()
        step = 1
        while not self.complete:
            start = time.perf_counter()
            target = self.epochs[self._taken]
            if self.training.epoch < target:
                self.training.advance(min(step, target - self.training.epoch))
            if self.training.epoch == target:
                self._keep()
            now = time.perf_counter()
            passed = now - begun
            if passed >= seconds:
                return
            if unless_ending is not None and passed >= unless_ending and self._needed(passed) > seconds:
                return
            if now - start < TIME_SLICE_SECONDS / (2 * CLOCK_CHECKS_A_SLICE):
                step *= 2

    def _needed(self, passed: float) -> float:
        """Estimate the seconds of the whole run from those that have passed."""
        return passed * self.epochs[-1] / max(self.training.epoch, 1)

    def written(self) -> bytes:
        """Write the frames kept since the last call, and the costs: the newest network first, since students wait for it."""
        if not self._kept:
            return b""
        *older, newest = self._kept
        self._kept = []
        return self._frames([newest]) + (self._frames(older) if older else b"")

    def tail(self, reason: str) -> bytes:
        """Write the last frames and the tail.

        A run stopped between two frames first gets one more: the tail always belongs to the last frame.
        """
        training = self.training
        if not self._taken or self._last != training.epoch:
            self._keep()
        test_cost = training.current_test_cost()
        summary = {
            "reason": reason,
            "epoch": training.epoch,
            "cost": training.current_cost(),
            "test_cost": test_cost if np.isfinite(test_cost) else None,
        }
        return self.written() + run_format.write_tail(run_format.Tail(summary))

    def _keep(self) -> None:
        self._last = self.training.epoch
        self._kept.append((self._last, self.training.parameters.vector.copy()))
        self._taken += 1

    def _frames(self, kept: list[tuple[int, Array]]) -> bytes:
        training, first = self.training, self._costs_written
        costs = np.concatenate([[training.initial_cost], training.cost[: training.epoch]])[first:]
        tests = np.concatenate([[training.initial_test_cost], training.test_cost[: training.epoch]])[first:]
        epochs, vectors = zip(*kept, strict=True)
        parameters = np.stack(vectors)
        gradients = np.empty((len(kept), 0))
        if self.request.view.gradients:
            gradients = gradient_sizes(self.request.experiment, training.dataset, parameters.T).T
        self.frames += len(kept)
        self._costs_written += len(costs)
        tested = len(training.dataset.test_targets) > 0
        return run_format.write_frames(
            run_format.Frames(first, costs, tests if tested else tests[:0], epochs, parameters, gradients)
        )


def stream(
    request: RunRequest,
    scheduler: Scheduler,
    ticket: Ticket,
    wanted: Callable[[], bool],
    progress: RunProgress,
) -> Chunks:
    """Train a run and stream it, compressed, in time slices; none is held while bytes are sent.

    Raises:
        ClientGoneError: ``wanted`` returned false before a time slice.
    """
    gzip_stream = GzipStream(progress, level=COMPRESSION_LEVEL)
    run: Run | None = None
    while True:
        with scheduler.time_slice(ticket, wanted):
            if run is None:
                run = Run(request)
                written = run_format.write_head(run.head())
                run.advance(
                    TIME_SLICE_SECONDS, unless_ending=FIRST_SLICE_SECONDS if scheduler.contended else None
                )
            else:
                written = b""
                run.advance(TIME_SLICE_SECONDS)
            ended = run.complete or progress.seconds() > DEADLINE_SECONDS
            if ended:
                progress.reason = run.reason
                written += run.tail(progress.reason)
            else:
                written += run.written()
            progress.frames, progress.epoch = run.frames, run.training.epoch
            packed = list(gzip_stream.compress(written, last=ended))
        yield from packed
        if ended:
            return
