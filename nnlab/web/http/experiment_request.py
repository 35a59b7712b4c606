"""What every request about an experiment has in common, and what every answer says first."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from nnlab.core.experiment import MOST_LAYERS, Experiment, FeatureName, InitializationName, Units
from nnlab.core.reshaping import reshape


class Shape(BaseModel):
    """Another shape for the experiment's network, within the experiment's own bounds.

    Attributes:
        features: of the network.
        hidden_layer_sizes: of the network.
        rule: the initialization that an explicit start had before changes of shape alone made it explicit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    features: Annotated[tuple[FeatureName, ...], Field(min_length=1, max_length=8)]
    hidden_layer_sizes: Annotated[tuple[Units, ...], Field(max_length=MOST_LAYERS)]
    rule: InitializationName | None = None


class ExperimentRequest(BaseModel):
    """The body of one POST. Once validated, its experiment is the one meant, its change of shape made.

    Attributes:
        version: of the request and the stream that answers it.
        experiment: what it is about.
        reshape: features and layers to give the network first; the weights that survive start where they did.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[3]
    experiment: Experiment
    reshape: Shape | None = None

    @model_validator(mode="after")
    def _take_on_the_shape(self) -> Self:
        if self.reshape is None:
            return self
        shape = self.reshape
        new = reshape(self.experiment, shape.features, shape.hidden_layer_sizes, shape.rule)
        return self.model_copy(update={"experiment": new, "reshape": None})


def experiment_head(asked: ExperimentRequest) -> dict[str, Any]:
    """How the experiment was understood, and where its network starts."""
    start = asked.experiment.initial_parameters()
    return {
        "version": asked.version,
        "experiment": asked.experiment.model_dump(mode="json"),
        "weights": [weights.tolist() for weights in start.weights],
        "biases": [biases.tolist() for biases in start.biases],
    }
