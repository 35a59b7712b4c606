"""A network at one epoch, as a browser sends it back to have it looked into."""

from typing import Annotated, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters

Finite = Annotated[float, Field(allow_inf_nan=False, strict=True)]


class Snapshot(BaseModel):
    """An experiment and its parameters after some epoch.

    Attributes:
        experiment: whose network it is.
        parameters: every weight and bias, laid out as ``Parameters.vector``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    experiment: Experiment
    parameters: Annotated[tuple[Finite, ...], Field(max_length=500)]

    @model_validator(mode="after")
    def _parameters_fit(self) -> Self:
        if len(self.parameters) != self.experiment.parameter_count:
            raise ValueError(
                f"parameters must be {self.experiment.parameter_count}, got {len(self.parameters)}"
            )
        return self

    def network(self) -> Parameters:
        """The parameters in the network's shape."""
        return Parameters(self.experiment.layer_sizes, np.array(self.parameters, dtype=np.float64))
