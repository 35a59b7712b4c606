"""Experiment: every setting that decides how a run trains, with its bounds and its default.

It is the one form in which a run is linked, stored, exported, compared and sent. The page builds its
controls from it, so a bound stands here and nowhere else. This is the only file of the core that knows
pydantic.
"""

from typing import Annotated, Any, Literal, Self, get_args

import numpy as np
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from nnlab.core import datasets, initializers
from nnlab.core.network import Parameters, parameter_count

LARGEST_WEIGHT = 1000.0
LARGEST_SEED = 2**32 - 1
MOST_LAYERS = 6
MOST_UNITS = 8

DatasetName = Literal["and", "or", "xor", "nand", "nor", "xnor", "custom"]
EncodingName = Literal["bipolar", "binary"]
FeatureName = Literal["x1", "x2", "x1*x2", "x1 and x2"]
ActivationName = Literal["tanh", "sigmoid"]
InitializationName = Literal["notebook", "zeros", "equal", "uniform", "normal", "xavier", "explicit"]
BatchDivisor = Literal["nominal", "actual"]


def _plain(value: Any, *, depth: int = 3) -> Any:
    """Take lists for tuples and NumPy's numbers for what they hold, so that a trained network can be a start.

    No setting is nested deeper than the weights, three times; what lies deeper is left for its type to
    refuse.
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if depth and isinstance(value, list | tuple):
        return tuple(_plain(item, depth=depth - 1) for item in value)
    return value


Integer = Annotated[int, Field(strict=True), BeforeValidator(_plain)]
Real = Annotated[float, Field(strict=True, allow_inf_nan=False), BeforeValidator(_plain)]
Weight = Annotated[
    float,
    Field(strict=True, allow_inf_nan=False, ge=-LARGEST_WEIGHT, le=LARGEST_WEIGHT),
]
Bit = Annotated[int, Field(strict=True, ge=0, le=1)]
Units = Annotated[int, Field(strict=True, ge=1, le=MOST_UNITS)]
Row = Annotated[tuple[Weight, ...], Field(strict=True, max_length=MOST_UNITS)]
Matrix = Annotated[tuple[Row, ...], Field(strict=True, max_length=MOST_UNITS)]


class Experiment(BaseModel):
    """A run, described. With no argument it is the teaching notebook's XOR run.

    It is frozen, and equal to another when every field is. A field that the present choice does not use
    (the weights, say, while the start is drawn by seed) is kept, so that going to another choice and back
    loses nothing.

    Raises:
        pydantic.ValidationError: a field is unknown, of the wrong type or out of its bounds, or does not fit
            the others.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    dataset: DatasetName = "xor"
    targets: Annotated[
        tuple[Bit, ...], Field(strict=True, min_length=4, max_length=4), BeforeValidator(_plain)
    ] = (
        0,
        1,
        1,
        0,
    )
    encoding: EncodingName = "bipolar"
    features: Annotated[
        tuple[FeatureName, ...], Field(strict=True, min_length=1, max_length=4), BeforeValidator(_plain)
    ] = ("x1", "x2")
    hidden_layer_sizes: Annotated[
        tuple[Units, ...], Field(strict=True, max_length=MOST_LAYERS), BeforeValidator(_plain)
    ] = (2,)
    activation: ActivationName = "tanh"
    output_activation: ActivationName = "tanh"
    learning_rate: Annotated[Real, Field(ge=0.001, le=10.0)] = 0.2
    batch_size: Annotated[Integer, Field(ge=1, le=4)] = 2
    batch_divisor: BatchDivisor = "nominal"
    epochs: Annotated[Integer, Field(ge=1, le=5000)] = 201
    initialization: InitializationName = "notebook"
    seed: Annotated[Integer, Field(ge=0, le=LARGEST_SEED)] = 0
    scale: Annotated[Real, Field(ge=0.01, le=5.0)] = 1.0
    weights: Annotated[
        tuple[Matrix, ...] | None, Field(strict=True, max_length=MOST_LAYERS + 1), BeforeValidator(_plain)
    ] = None
    biases: Annotated[
        tuple[Row, ...] | None, Field(strict=True, max_length=MOST_LAYERS + 1), BeforeValidator(_plain)
    ] = None

    @field_validator("features")
    @classmethod
    def _each_feature_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(names)) < len(names):
            raise PydanticCustomError("duplicate", "features must each be named once")
        return names

    @model_validator(mode="after")
    def _start_fits_the_network(self) -> Self:
        sizes = self.layer_sizes
        if self.initialization == "notebook" and sizes not in initializers.NOTEBOOK_WEIGHTS:
            raise _mismatch("initialization", "2-2-1, 3-2-1", "-".join(map(str, sizes)))
        if self.initialization == "explicit":
            shapes = [list(pair) for pair in zip(sizes[1:], sizes[:-1], strict=True)]
            _check_shape("weights", shapes, _matrix_shapes(self.weights))
            _check_shape("biases", [[n_out] for n_out, _ in shapes], _row_shapes(self.biases))
        return self

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """Units in each layer: the features, the hidden layers, the one output."""
        return (len(self.features), *self.hidden_layer_sizes, 1)

    @property
    def parameter_count(self) -> int:
        """How many weights and biases the network has."""
        return parameter_count(self.layer_sizes)

    def data(self) -> datasets.Dataset:
        """The gate's truth table in the chosen encoding."""
        targets = self.targets if self.dataset == "custom" else datasets.GATES[self.dataset]
        return datasets.gate(targets, datasets.ENCODINGS[self.encoding])  # type: ignore[arg-type]

    def initial_parameters(self) -> Parameters:
        """Where training starts: a new copy every time."""
        if self.initialization == "explicit":
            return Parameters.of(self.weights or (), self.biases or ())
        weights = initializers.INITIALIZERS[self.initialization](self.layer_sizes, self.scale, self.seed)
        return Parameters.of(weights, [np.zeros(len(matrix)) for matrix in weights])

    def with_start(self, parameters: Parameters) -> Self:
        """The same experiment, started from exactly these parameters.

        Raises:
            pydantic.ValidationError: they do not fit the network, or one is beyond 1,000.
        """
        start = {
            "initialization": "explicit",
            "weights": parameters.weights,
            "biases": parameters.biases,
        }
        return self.changed(**start)

    def changed(self, **settings: Any) -> Self:
        """The same experiment with other settings, validated anew.

        Raises:
            pydantic.ValidationError: the new settings do not hold.
        """
        return type(self).model_validate(dict(self) | settings)


def choices(setting: str) -> tuple[Any, ...]:
    """What a setting can be chosen from; for ``features``, the features there are."""
    annotation = FeatureName if setting == "features" else Experiment.model_fields[setting].annotation
    return get_args(annotation)


def bounds(setting: str) -> tuple[float, float]:
    """The least and the greatest value of a numeric setting."""
    limits = Experiment.model_fields[setting].metadata
    low = next(limit.ge for limit in limits if hasattr(limit, "ge"))
    high = next(limit.le for limit in limits if hasattr(limit, "le"))
    return low, high


def _matrix_shapes(matrices: tuple[Matrix, ...] | None) -> list[list[int]] | None:
    if matrices is None:
        return None
    return [
        [len(matrix), len(matrix[0])] if matrix and len({len(row) for row in matrix}) == 1 else []
        for matrix in matrices
    ]


def _row_shapes(rows: tuple[Row, ...] | None) -> list[list[int]] | None:
    return None if rows is None else [[len(row)] for row in rows]


def _check_shape(setting: str, expected: list[list[int]], got: list[list[int]] | None) -> None:
    if got != expected:
        raise _mismatch(setting, str(expected), str(got))


def _mismatch(setting: str, expected: str, got: str) -> PydanticCustomError:
    return PydanticCustomError(
        "shape",
        "{setting} must fit the network: shape {bound}, got {value}",
        {"setting": setting, "bound": expected, "value": got},
    )
