"""A network at one epoch, as a browser sends it back to have it looked into."""

from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters

Finite = Annotated[float, Field(allow_inf_nan=False)]


class Snapshot(BaseModel):
    """An experiment and its parameters after some epoch.

    Attributes:
        experiment: whose network it is.
        parameters: every weight and bias, laid out as ``Parameters.vector``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    experiment: Experiment
    parameters: Annotated[tuple[Finite, ...], Field(max_length=500)]

    def network(self) -> Parameters:
        """The parameters in the network's shape.

        Raises:
            ValueError: there are too many or too few of them.
        """
        return Parameters(self.experiment.layer_sizes, np.array(self.parameters, dtype=np.float64))
