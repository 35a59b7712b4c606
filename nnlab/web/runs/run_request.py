"""The body of a request for a run: the experiment, and which frames of it to send."""

from typing import Annotated, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from nnlab.core.experiment import Experiment
from nnlab.web.http.experiment_request import ExperimentRequest

Strict = Field(strict=True)

MOST_FRAMES = 1001
"""The most frames of a request: a thousand epochs, and the network before training."""

MOST_NUMBERS = 125_000
"""The most parameters of all frames together, a megabyte."""


class View(BaseModel):
    """What to send of a run. It never changes how the run trains.

    Attributes:
        frames: at most so many frames: every epoch if there is room, else evenly spaced, the first and the last
            included.
        epoch: one frame alone, after so many completed epochs, instead; the run ends there.
        gradients: whether each frame brings the size of each layer's gradient.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    frames: Annotated[int, Strict, Field(ge=2, le=MOST_FRAMES)] = MOST_FRAMES
    epoch: Annotated[int, Strict, Field(ge=0, le=5000)] | None = None
    gradients: Annotated[bool, Strict] = False

    def epochs(self, experiment: Experiment) -> list[int]:
        """The completed epochs that get a frame, in order."""
        if self.epoch is not None:
            return [self.epoch]
        room = min(self.frames, MOST_NUMBERS // experiment.parameter_count)
        spaced = np.linspace(0, experiment.epochs, min(room, experiment.epochs + 1))
        return [int(epoch) for epoch in np.rint(spaced)]


class RunRequest(ExperimentRequest):
    """A request for a run.

    Attributes:
        view: what to send of it.
    """

    view: View = View()

    @model_validator(mode="after")
    def _epoch_is_within_the_run(self) -> Self:
        if self.view.epoch is not None and self.view.epoch > self.experiment.epochs:
            raise PydanticCustomError(
                "shape",
                "epoch must be at most {bound}, got {value}",
                {"setting": "view.epoch", "bound": self.experiment.epochs, "value": self.view.epoch},
            )
        return self
