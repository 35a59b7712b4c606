"""What a browser may ask for. Everything it sends is untrusted until it has come through here."""

from typing import Annotated, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from nnlab.web.border.experiments import ExperimentRequest

Strict = Field(strict=True)

MOST_ROWS_SENT = 16
"""Of so many training rows every output is sent with every frame; of more nobody would read them."""


class View(BaseModel):
    """What of a run to look at. It never changes how the run trains.

    Attributes:
        frames: about how many frames, evenly spaced, the first and the last included.
        every: a frame every so many epochs instead.
        epoch: one frame alone, after so many completed epochs, instead; the run ends there.
        grid: points a side of the surface.
        exact: whether the tail brings the last surface in full precision.
        units: whether each frame brings every unit's own map, for the diagram.
        hidden: whether it brings the places that the last hidden layer gives the points, if they can be drawn.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    frames: Annotated[int, Strict, Field(ge=2, le=1000)] = 120
    every: Annotated[int, Strict, Field(ge=1, le=5000)] | None = None
    epoch: Annotated[int, Strict, Field(ge=0, le=5000)] | None = None
    grid: Annotated[int, Strict, Field(ge=2, le=240)] = 120
    exact: Annotated[bool, Strict] = True
    units: Annotated[bool, Strict] = False
    hidden: Annotated[bool, Strict] = False

    def epochs(self, last: int) -> list[int]:
        """The completed epochs that get a frame, in order, of a run that ends after ``last``."""
        if self.epoch is not None:
            return [self.epoch]
        if self.every is not None:
            return sorted({*range(0, last, self.every), last})
        spaced = np.linspace(0, last, min(self.frames, last + 1))
        return [int(epoch) for epoch in np.unique(np.rint(spaced))]


class RunRequest(ExperimentRequest):
    """One run to be streamed.

    Attributes:
        view: what to look at.
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
