"""ExperimentRequest, the base of every request about an experiment, and the head of its stream."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from nnlab.core.experiment import MOST_LAYERS, Experiment, FeatureName, InitializationName, Units
from nnlab.core.reshaping import reshape


class Shape(BaseModel):
    """Another shape for the experiment's network, within the experiment's own bounds.

    Attributes:
        features: of the network.
        hidden_layer_sizes: of the network.
        rule: the initialization that the start came from, if only changes of shape have made it explicit since.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    features: Annotated[tuple[FeatureName, ...], Field(min_length=1, max_length=8)]
    hidden_layer_sizes: Annotated[tuple[Units, ...], Field(max_length=MOST_LAYERS)]
    rule: InitializationName | None = None


class ExperimentRequest(BaseModel):
    """The body of a request about an experiment. Validation makes the requested change of shape.

    Attributes:
        version: of the format of request and stream.
        experiment: all that decides how its networks train.
        reshape: features and layers to give the network first; the weights that survive start where they did.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[3]
    experiment: Experiment
    reshape: Shape | None = None

    @model_validator(mode="after")
    def _apply_shape(self) -> Self:
        if self.reshape is None:
            return self
        shape = self.reshape
        new = reshape(self.experiment, shape.features, shape.hidden_layer_sizes, shape.rule)
        return self.model_copy(update={"experiment": new, "reshape": None})


def experiment_head(request: ExperimentRequest) -> dict[str, Any]:
    """The experiment's part of a stream's head: all its settings, and the initial weights and biases."""
    start = request.experiment.initial_parameters()
    return {
        "version": request.version,
        "experiment": request.experiment.model_dump(mode="json"),
        "weights": [weights.tolist() for weights in start.weights],
        "biases": [biases.tolist() for biases in start.biases],
    }
