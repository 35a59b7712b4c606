"""The bodies of requests about many networks: starts, a map, a point of it, a landscape."""

import re
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from nnlab.core.experiment import LARGEST_SEED, Experiment
from nnlab.core.many import starts, trainability
from nnlab.core.many.landscape import ParameterPair
from nnlab.core.many.trainability import DEFAULT_X, DEFAULT_Y, Axis, AxisSpec
from nnlab.core.many.variations import VARIABLE, ParameterIndex, Variations, column_of
from nnlab.core.network import Parameters, shape_name
from nnlab.web.http.experiment_request import ExperimentRequest

LARGEST_PARAMETER = 1e100
"""The largest parameter that a landscape takes: training may reach it, and its square is still a finite number."""

Strict = Field(strict=True)
Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Parameter = Annotated[Real, Field(ge=-LARGEST_PARAMETER, le=LARGEST_PARAMETER)]
PARAMETER_NAME = re.compile(r"weights\.\d\.\d\.\d|biases\.\d\.\d", re.ASCII)
EXAMPLE_NAMES = "weights.0.0.0, biases.0.0 …"
"""How names of weights and biases look; which of them there are depends on the network's shape."""


def parameter_index(name: str, experiment: Experiment, field: str, *others: str) -> ParameterIndex:
    """The weight or bias with a name such as weights.0.0.1.

    Args:
        name: as a link has it.
        experiment: whose network it is.
        field: of the request, for the error.
        others: names that are allowed there too, for the error.

    Raises:
        PydanticCustomError: it is no such name, or the network has no such weight or bias.
    """
    if not PARAMETER_NAME.fullmatch(name):
        raise _wrong("choice", field, ", ".join([*others, EXAMPLE_NAMES]), name)
    try:
        kind, *address = name.split(".")
        index: ParameterIndex = (kind, *map(int, address))  # type: ignore[assignment]  # the pattern counted them
        column_of(experiment, index)
    except ValueError as error:
        sizes = shape_name(experiment.layer_sizes)
        raise _wrong("shape", field, sizes, name) from error
    return index


class StartsView(BaseModel):
    """How many starts to train, and what to send of them.

    Attributes:
        starts: how many.
        wall: how many of the networks to send, for small pictures.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    starts: Annotated[int, Strict, Field(ge=10, le=10_000)] = 1000
    wall: Annotated[int, Strict, Field(ge=1, le=60)] = 24


class StartsRequest(ExperimentRequest):
    """A request to train the experiment from many random starts."""

    view: StartsView = StartsView()

    @model_validator(mode="after")
    def _seeds_are_in_bounds(self) -> Self:
        largest = LARGEST_SEED - self.view.starts + 1
        if self.experiment.seed > largest:
            raise _wrong("last", "seed", largest, self.experiment.seed)
        return self

    def variations(self) -> Variations:
        """The networks to train: with the experiment's own initialization if it is random, else a uniform one."""
        return starts.variations(starts.random(self.experiment), self.view.starts)


class AxisView(BaseModel):
    """One axis of a map: the setting, or the initial weight or bias, that varies; its ends and its spacing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    setting: Annotated[str, Strict]
    low: Real
    high: Real
    spacing: Literal["linear", "log"] = "linear"

    @classmethod
    def over(cls, spec: AxisSpec) -> Self:
        """The view of an axis of the core."""
        setting, low, high, spacing = spec
        return cls(setting=str(setting), low=low, high=high, spacing=spacing)

    def axis(self, experiment: Experiment, field: str) -> Axis:
        """The axis for the core.

        Raises:
            PydanticCustomError: there is no such setting, or its ends are not in order within its bounds.
        """
        setting: str | ParameterIndex = self.setting
        if self.setting not in VARIABLE:
            setting = parameter_index(self.setting, experiment, f"{field}.setting", *VARIABLE)
        try:
            return Axis(setting, self.low, self.high, self.spacing)
        except ValueError as error:
            least, greatest = trainability.bounds_of(setting)
            above = "> 0" if self.spacing == "log" and least <= 0 else f"{least:.10g}"
            raise _wrong("range", field, f"{above} – {greatest:.10g}", _span(self.low, self.high)) from error


class MapView(BaseModel):
    """The axes and size of a map, and what to send of it.

    Attributes:
        x, y: its axes.
        size: runs along each axis.
        numbers: whether to send every final cost in full precision too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    x: AxisView = AxisView.over(DEFAULT_X)
    y: AxisView = AxisView.over(DEFAULT_Y)
    size: Annotated[int, Strict, Field(ge=2, le=512)] = 256
    numbers: Annotated[bool, Strict] = False


class MapRequest(ExperimentRequest):
    """A request for the map of what trains."""

    view: MapView = MapView()

    @model_validator(mode="after")
    def _axes_are_two_of_the_network(self) -> Self:
        x, y = self.axes()
        if x.setting == y.setting:
            raise _wrong("duplicate", "view.y", None, y.name)
        return self

    def axes(self) -> tuple[Axis, Axis]:
        """Both axes, for the core."""
        return self.view.x.axis(self.experiment, "view.x"), self.view.y.axis(self.experiment, "view.y")

    def varied(self) -> Experiment:
        """The experiment that the runs share, with uniform starts if an axis would change nothing otherwise."""
        return trainability.varied(self.experiment, *self.axes())


class PointRequest(MapRequest):
    """A request for the experiment behind one point of a map."""

    row: Annotated[int, Strict, Field(ge=0)]
    column: Annotated[int, Strict, Field(ge=0)]

    @model_validator(mode="after")
    def _point_is_on_the_map(self) -> Self:
        for field in ("row", "column"):
            if getattr(self, field) >= self.view.size:
                raise _wrong("last", field, self.view.size - 1, getattr(self, field))
        return self

    def point(self) -> Experiment:
        """The experiment behind the point."""
        at = np.array([self.row]), np.array([self.column])
        x, y = self.axes()
        return trainability.variations(self.varied(), x, y, self.view.size, *at).experiment_of(0)


class LandscapeView(BaseModel):
    """The axes and size of a landscape.

    Attributes:
        x, y: names of two parameters.
        x_path, y_path: the least and the greatest value of each that the landscape must include.
        size: points along each axis.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    x: Annotated[str, Strict] = "weights.0.0.1"
    y: Annotated[str, Strict] = "weights.1.0.0"
    x_path: Annotated[tuple[Parameter, ...], Field(min_length=2, max_length=2)]
    y_path: Annotated[tuple[Parameter, ...], Field(min_length=2, max_length=2)]
    size: Annotated[int, Strict, Field(ge=2, le=120)] = 60


class LandscapeRequest(ExperimentRequest):
    """A request for the cost over two parameters, the others fixed at ``parameters``."""

    parameters: Annotated[tuple[Parameter, ...], Field(max_length=500)]
    view: LandscapeView

    @model_validator(mode="after")
    def _parameters_are_of_the_network(self) -> Self:
        count = self.experiment.parameter_count
        if len(self.parameters) != count:
            raise _wrong("shape", "parameters", count, len(self.parameters))
        x, y = self.axes()
        if x == y:
            raise _wrong("duplicate", "view.y", None, self.view.y)
        for field, path in (("view.x_path", self.view.x_path), ("view.y_path", self.view.y_path)):
            if path[0] > path[1]:
                raise _wrong("range", field, _span(-LARGEST_PARAMETER, LARGEST_PARAMETER), _span(*path))
        return self

    def axes(self) -> ParameterPair:
        """The two parameters, for the core."""
        return (
            parameter_index(self.view.x, self.experiment, "view.x"),
            parameter_index(self.view.y, self.experiment, "view.y"),
        )

    def network(self) -> Parameters:
        """The parameters in the network's shape."""
        return Parameters(self.experiment.layer_sizes, np.array(self.parameters, dtype=np.float64))


def _span(low: float, high: float) -> str:
    return f"{low:.10g} – {high:.10g}"


def _wrong(kind: str, field: str, bound: object, value: object) -> PydanticCustomError:
    context = {"setting": field, "bound": bound, "value": value}
    return PydanticCustomError(kind, "{setting} must fit {bound}, got {value}", context)
