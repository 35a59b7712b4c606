"""Experiment: every setting that decides how a run trains, with its bounds and its default.

It is the one form in which a run is linked, stored, exported, compared and sent. The page builds its
controls from it, so a bound stands here and nowhere else. This is the only file of the core that knows
pydantic.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, LiteralString, Self, get_args

import numpy as np
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from nnlab.core import initializers, setting_help, shapes
from nnlab.core.activations import ACTIVATIONS, Activation
from nnlab.core.data import conversions, datasets, point_rows
from nnlab.core.data.own_data import LARGEST_COORDINATE, MOST_ROWS
from nnlab.core.data.samples import SAMPLERS
from nnlab.core.field_types import FieldType, field_type
from nnlab.core.network import Parameters, parameter_count, shape_name

LARGEST_WEIGHT = 1000.0
LARGEST_SEED = 2**32 - 1
MOST_LAYERS = 6
MOST_UNITS = 8

MOST_SAMPLES = 1000

DatasetName = Literal[
    "and",
    "or",
    "xor",
    "nand",
    "nor",
    "xnor",
    "custom",
    "circle",
    "gaussians",
    "quadrants",
    "spiral",
    "moons",
    "plane",
    "multi_gaussians",
    "own",
]
EncodingName = Literal["bipolar", "binary"]
FeatureName = Literal["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin x1", "sin x2", "x1 and x2"]
ActivationName = Literal["tanh", "sigmoid", "relu", "leaky_relu", "linear"]
OutputActivationName = Literal["tanh", "sigmoid", "linear"]
InitializationName = Literal["notebook", "zeros", "equal", "uniform", "normal", "xavier", "he", "explicit"]
LossName = Literal["squared_error", "cross_entropy"]
OptimizerName = Literal["gradient_descent", "momentum", "nesterov", "rmsprop", "adam"]
RegularizationName = Literal["none", "l1", "l2"]
BatchDivisor = Literal["nominal", "actual"]


def _checked_points(given: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    """Validate points row by row, and tell what is wrong with all of them alike as one problem."""
    wrong = point_rows.misshapen(given)
    if wrong is not None:
        raise _wrong_points(wrong)
    rows = conversions.rows(given)
    try:
        points = validate(rows)
    except ValidationError as error:
        first, *others = error.errors(include_url=False)
        if len(others) < point_rows.MOST_TOLD or not first["loc"]:
            raise
        raise _wrong_points(point_rows.alike(first["loc"], first["input"])) from None
    if points != rows:
        wrong = point_rows.lost_to_rounding(np.array([row[:2] for row in rows], dtype=np.float64))
        if wrong is not None:
            raise _wrong_points(wrong)
    return points


def _wrong_points(message: str) -> PydanticCustomError:
    must, got = message.split(", got ", 1)
    return PydanticCustomError(
        "shape", "{message}", {"setting": "points", "bound": must, "value": got, "message": message}
    )


Integer = Annotated[int, Field(strict=True), BeforeValidator(conversions.plain)]
Real = Annotated[float, Field(strict=True, allow_inf_nan=False), BeforeValidator(conversions.plain)]
Weight = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-LARGEST_WEIGHT, le=LARGEST_WEIGHT)]
Bit = Annotated[int, Field(strict=True, ge=0, le=1)]
Coordinate = Annotated[
    float,
    Field(strict=True, allow_inf_nan=False, ge=-LARGEST_COORDINATE, le=LARGEST_COORDINATE),
    AfterValidator(conversions.rounded),
]
Points = Annotated[
    tuple[tuple[Coordinate, Coordinate, Bit], ...] | None,
    Field(strict=True, min_length=1, max_length=MOST_ROWS),
    WrapValidator(_checked_points),
]
Flag = Annotated[bool, Field(strict=True)]
Share = Annotated[Real, Field(ge=0.0, le=0.9999)]
Patience = Annotated[Integer, Field(ge=1, le=5000)]
Units = Annotated[int, Field(strict=True, ge=1, le=MOST_UNITS)]
Row = Annotated[tuple[Weight, ...], Field(strict=True, max_length=MOST_UNITS)]
Matrix = Annotated[tuple[Row, ...], Field(strict=True, max_length=MOST_UNITS)]


GATE_NAMES = (*datasets.GATES, "custom")
REGRESSIONS = tuple(name for name, sampler in SAMPLERS.items() if sampler.regression)
SAMPLE_NAMES = tuple(SAMPLERS)

NEEDS: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        ("loss", "cross_entropy"): {
            "output_activation": ("sigmoid",),
            "encoding": ("binary",),
            "dataset": tuple(name for name in get_args(DatasetName) if name not in REGRESSIONS),
        }
    }
)
"""The other settings that a choice requires: cross-entropy reads the output as the probability of a target of 1."""

DRAWN_NAMES = (*SAMPLE_NAMES, "own")

USED_WITH: Mapping[str, tuple[str, tuple[Any, ...]]] = MappingProxyType(
    {
        "targets": ("dataset", GATE_NAMES),
        "samples": ("dataset", SAMPLE_NAMES),
        "noise": ("dataset", SAMPLE_NAMES),
        "train_share": ("dataset", DRAWN_NAMES),
        "data_seed": ("dataset", DRAWN_NAMES),
        "points": ("dataset", ("own",)),
        "standardize": ("dataset", ("own",)),
        "momentum": ("optimizer", ("momentum", "nesterov")),
        "decay": ("optimizer", ("rmsprop",)),
        "beta1": ("optimizer", ("adam",)),
        "beta2": ("optimizer", ("adam",)),
        "epsilon": ("optimizer", ("rmsprop", "adam")),
        "regularization_rate": ("regularization", ("l1", "l2")),
        "l1_clamp": ("regularization", ("l1",)),
        "seed": ("initialization", initializers.DRAWN_BY_SEED),
        "scale": ("initialization", initializers.SIZED_BY_SCALE),
    }
)
"""Settings that have an effect only with some choices of another; with other choices they are kept.

(A shuffled order is drawn by data_seed too, whatever the data.)
"""


class Experiment(BaseModel):
    """All settings that decide how a run trains. With no argument they are those of the teaching notebook's XOR run.

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
        tuple[Bit, ...], Field(strict=True, min_length=4, max_length=4), BeforeValidator(conversions.plain)
    ] = (0, 1, 1, 0)
    samples: Annotated[Integer, Field(ge=20, le=MOST_SAMPLES)] = 500
    noise: Annotated[Real, Field(ge=0.0, le=50.0)] = 0.0
    train_share: Annotated[Integer, Field(ge=10, le=90)] = 50
    data_seed: Annotated[Integer, Field(ge=0, le=LARGEST_SEED)] = 0
    points: Points = None
    standardize: Flag = False
    encoding: EncodingName = "bipolar"
    features: Annotated[
        tuple[FeatureName, ...],
        Field(strict=True, min_length=1, max_length=8),
        BeforeValidator(conversions.plain),
    ] = ("x1", "x2")
    hidden_layer_sizes: Annotated[
        tuple[Units, ...], Field(strict=True, max_length=MOST_LAYERS), BeforeValidator(conversions.plain)
    ] = (2,)
    activation: ActivationName = "tanh"
    output_activation: OutputActivationName = "tanh"
    initialization: InitializationName = "notebook"
    seed: Annotated[Integer, Field(ge=0, le=LARGEST_SEED)] = 0
    scale: Annotated[Real, Field(ge=0.01, le=5.0)] = 1.0
    loss: LossName = "squared_error"
    optimizer: OptimizerName = "gradient_descent"
    learning_rate: Annotated[Real, Field(ge=0.001, le=10.0)] = 0.2
    momentum: Annotated[Real, Field(ge=0.0, le=0.999)] = 0.9
    decay: Share = 0.9
    beta1: Share = 0.9
    beta2: Share = 0.999
    epsilon: Annotated[Real, Field(ge=1e-12, le=1.0)] = 1e-8
    regularization: RegularizationName = "none"
    regularization_rate: Annotated[Real, Field(ge=0.0, le=10.0)] = 0.003
    l1_clamp: Flag = True
    epochs: Annotated[Integer, Field(ge=1, le=5000)] = 201
    batch_size: Annotated[Integer, Field(ge=1, le=MOST_SAMPLES)] = 2
    batch_divisor: BatchDivisor = "nominal"
    shuffle: Flag = False
    stop_all_correct: Flag = False
    stop_cost: Annotated[Real, Field(ge=0.0, le=1000.0)] | None = None
    stop_no_improvement: Patience | None = None
    stop_test_rising: Patience | None = None
    weights: Annotated[
        tuple[Matrix, ...] | None,
        Field(strict=True, max_length=MOST_LAYERS + 1),
        BeforeValidator(conversions.plain),
    ] = None
    biases: Annotated[
        tuple[Row, ...] | None,
        Field(strict=True, max_length=MOST_LAYERS + 1),
        BeforeValidator(conversions.plain),
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
            raise _mismatch(
                "initialization",
                "2-2-1, 3-2-1",
                shape_name(sizes),
                remedy="; initialization='xavier', say, draws a start that fits",
            )
        if self.initialization == "explicit":
            needed = [list(pair) for pair in zip(sizes[1:], sizes[:-1], strict=True)]
            _check_shape("weights", needed, shapes.matrix_shapes(self.weights))
            _check_shape("biases", [[n_out] for n_out, _ in needed], shapes.row_shapes(self.biases))
        return self

    @model_validator(mode="after")
    def _choices_fit_each_other(self) -> Self:
        if self.dataset == "own" and self.points is None:
            raise PydanticCustomError(
                "needs",
                "points must be given for the dataset own",
                {"setting": "points", "bound": "own", "value": None},
            )
        for (setting, chosen), needs in NEEDS.items():
            if getattr(self, setting) != chosen:
                continue
            for other, allowed in needs.items():
                if getattr(self, other) not in allowed:
                    raise PydanticCustomError(
                        "needs",
                        "{setting} must be {bound} for this {value}",
                        {"setting": other, "bound": ", ".join(allowed), "value": chosen},
                    )
        return self

    @property
    def layer_sizes(self) -> tuple[int, ...]:
        """Units in each layer: the features, the hidden layers, the one output."""
        return (len(self.features), *self.hidden_layer_sizes, 1)

    @property
    def parameter_count(self) -> int:
        """How many weights and biases the network has."""
        return parameter_count(self.layer_sizes)

    @property
    def layer_activations(self) -> list[Activation]:
        """The activation function of each layer: the hidden one throughout, the output's own at the end."""
        hidden = [ACTIVATIONS[self.activation]] * len(self.hidden_layer_sizes)
        return [*hidden, ACTIVATIONS[self.output_activation]]

    def data(self) -> datasets.Dataset:
        """Return the dataset, targets in the chosen encoding: a truth table, samples, or own rows."""
        encoding = datasets.ENCODINGS[self.encoding]
        if self.dataset == "own":
            return datasets.own(
                self.points or (), self.train_share, self.data_seed, encoding, standardize=self.standardize
            )
        if self.dataset in GATE_NAMES:
            targets = self.targets if self.dataset == "custom" else datasets.GATES[self.dataset]
            return datasets.gate(targets, encoding)  # type: ignore[arg-type]
        return datasets.sampled(
            self.dataset, self.samples, self.noise, self.train_share, self.data_seed, encoding
        )

    @property
    def row_counts(self) -> tuple[int, int]:
        """The numbers of training rows and of test rows, counted without drawing any."""
        if self.dataset == "own":
            trains = datasets.own_split(len(self.points or ()), self.train_share, self.data_seed)
            return int(trains.sum()), int((~trains).sum())
        if self.dataset in GATE_NAMES:
            return len(datasets.ROWS), 0
        return datasets.sampled_counts(self.samples, self.train_share)

    @property
    def train_rows(self) -> int:
        """The number of training rows."""
        return self.row_counts[0]

    def initial_parameters(self) -> Parameters:
        """Return the parameters that training starts from: a new copy every time."""
        if self.initialization == "explicit":
            return Parameters.of(self.weights or (), self.biases or ())
        weights = initializers.INITIALIZERS[self.initialization](self.layer_sizes, self.scale, self.seed)
        return Parameters.of(weights, [np.zeros(len(matrix)) for matrix in weights])

    def with_start(self, parameters: Parameters) -> Self:
        """Return the experiment with these initial parameters.

        Raises:
            pydantic.ValidationError: they do not fit the network, or one is beyond 1,000.
        """
        return self.changed(initialization="explicit", weights=parameters.weights, biases=parameters.biases)

    def changed(self, **settings: Any) -> Self:
        """Return the experiment with other settings, validated anew.

        Raises:
            pydantic.ValidationError: the new settings do not hold.
        """
        return type(self).model_validate(dict(self) | settings)


def required(experiment: object) -> Experiment:
    """Return an argument, if it is an experiment.

    Raises:
        TypeError: it is something else; for a dictionary or the class the message says how to make an experiment of it.
    """
    if isinstance(experiment, Experiment):
        return experiment
    if experiment is Experiment:
        raise TypeError("experiment must be an Experiment, got the class; Experiment() makes one")
    remedy = "; Experiment(**settings) makes one of a dictionary" if isinstance(experiment, Mapping) else ""
    raise TypeError(f"experiment must be an Experiment, got {type(experiment).__name__}{remedy}")


def described(experiment: Experiment) -> str:
    """Describe data and network in a few words, for a line about a run: "xor, 2-2-1"."""
    return f"{experiment.dataset}, {shape_name(experiment.layer_sizes)}"


def field(setting: str) -> FieldType:
    """The type, choices and bounds of a setting."""
    found = Experiment.model_fields[setting]
    return field_type(found.annotation, found.metadata)


def choices(setting: str) -> tuple[Any, ...]:
    """The choices of a setting; for ``features``, all features."""
    return field(setting).innermost.choices


def bounds(setting: str) -> tuple[float, float]:
    """The least and the greatest value of a numeric setting."""
    kind = field(setting)
    assert kind.low is not None
    assert kind.high is not None
    return kind.low, kind.high


def _check_shape(setting: str, expected: list[list[int]], got: list[list[int]] | None) -> None:
    if got != expected:
        raise _mismatch(setting, str(expected), str(got))


def _mismatch(setting: str, expected: str, got: str, remedy: LiteralString = "") -> PydanticCustomError:
    return PydanticCustomError(
        "shape",
        "{setting} must fit the network: shape {bound}, got {value}" + remedy,
        {"setting": setting, "bound": expected, "value": got},
    )


Experiment.__doc__ = (
    f"{Experiment.__doc__}{setting_help.attributes({name: field(name) for name in Experiment.model_fields})}"
)
Experiment.__signature__ = Experiment.__signature__.replace(
    parameters=[each.replace(annotation=each.empty) for each in Experiment.__signature__.parameters.values()]
)
