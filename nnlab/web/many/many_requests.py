"""What a browser may ask of many networks."""

import re
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from nnlab.core.experiment import LARGEST_SEED, Experiment
from nnlab.core.many import starts, trainability
from nnlab.core.many.trainability import DEFAULT_X, DEFAULT_Y, Axis, AxisSpec
from nnlab.core.many.variations import VARIABLE, ParameterIndex, Variations, column_of
from nnlab.core.network import Parameters
from nnlab.web.http.experiment_request import ExperimentRequest

LARGEST_PARAMETER = 1e100
"""What training may make of a weight before it diverges: so far from 0 squares and their sums are numbers still."""

Strict = Field(strict=True)
Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Parameter = Annotated[Real, Field(ge=-LARGEST_PARAMETER, le=LARGEST_PARAMETER)]
PLACE = re.compile(r"weights\.\d\.\d\.\d|biases\.\d\.\d", re.ASCII)
PLACES = "weights.0.0.0, biases.0.0 …"
"""How the names of a network's places are written; which of them there are depends on its shape."""


def place_of(name: str, experiment: Experiment, field: str, *others: str) -> ParameterIndex:
    """The weight or bias that a name stands for.

    Args:
        name: as a link has it.
        experiment: whose network it is.
        field: where the name stands.
        others: names that could have stood there too.

    Raises:
        PydanticCustomError: nothing has such a name, or the network has none of this name.
    """
    if not PLACE.fullmatch(name):
        raise _wrong("choice", field, ", ".join([*others, PLACES]), name)
    try:
        kind, *address = name.split(".")
        place: ParameterIndex = (kind, *map(int, address))  # type: ignore[assignment]  # the pattern counted them
        column_of(experiment, place)
    except ValueError as error:
        sizes = "-".join(map(str, experiment.layer_sizes))
        raise _wrong("shape", field, sizes, name) from error
    return place


class StartsView(BaseModel):
    """What of many starts to look at.

    Attributes:
        starts: how many.
        wall: of how many of them the network comes, for small pictures.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    starts: Annotated[int, Strict, Field(ge=10, le=10_000)] = 1000
    wall: Annotated[int, Strict, Field(ge=1, le=60)] = 24


class StartsRequest(ExperimentRequest):
    """The experiment from many random starts."""

    view: StartsView = StartsView()

    @model_validator(mode="after")
    def _seeds_are_in_bounds(self) -> Self:
        largest = LARGEST_SEED - self.view.starts + 1
        if self.experiment.seed > largest:
            raise _wrong("last", "seed", largest, self.experiment.seed)
        return self

    def variations(self) -> Variations:
        """The networks: the experiment's own starts if they are random, else uniform ones."""
        return starts.variations(starts.random(self.experiment), self.view.starts)


class AxisView(BaseModel):
    """A side of the map: a setting that varies, or an initial weight or bias; its ends; its spacing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    setting: Annotated[str, Strict]
    low: Real
    high: Real
    spacing: Literal["linear", "log"] = "linear"

    @classmethod
    def over(cls, spec: AxisSpec) -> Self:
        """The axis that the core describes so."""
        setting, low, high, spacing = spec
        return cls(setting=str(setting), low=low, high=high, spacing=spacing)

    def axis(self, experiment: Experiment, field: str) -> Axis:
        """For the core.

        Raises:
            PydanticCustomError: there is no such setting, or its ends are not in order within its bounds.
        """
        known = self.setting in VARIABLE
        setting = self.setting if known else place_of(self.setting, experiment, f"{field}.setting", *VARIABLE)
        try:
            return Axis(setting, self.low, self.high, self.spacing)
        except ValueError as error:
            least, greatest = trainability.bounds_of(setting)
            above = "> 0" if self.spacing == "log" and least <= 0 else f"{least:.10g}"
            raise _wrong("range", field, f"{above} – {greatest:.10g}", _span(self.low, self.high)) from error


class MapView(BaseModel):
    """What of the map to look at.

    Attributes:
        x, y: its sides.
        size: runs a side when it is sharpest.
        numbers: whether every final cost follows in full precision.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    x: AxisView = AxisView.over(DEFAULT_X)
    y: AxisView = AxisView.over(DEFAULT_Y)
    size: Annotated[int, Strict, Field(ge=2, le=512)] = 256
    numbers: Annotated[bool, Strict] = False


class MapRequest(ExperimentRequest):
    """The map of what trains."""

    view: MapView = MapView()

    @model_validator(mode="after")
    def _axes_are_two_of_the_network(self) -> Self:
        x, y = self.axes()
        if x.setting == y.setting:
            raise _wrong("duplicate", "view.y", None, y.name)
        return self

    def axes(self) -> tuple[Axis, Axis]:
        """Both sides, for the core."""
        return self.view.x.axis(self.experiment, "view.x"), self.view.y.axis(self.experiment, "view.y")

    def varied(self) -> Experiment:
        """What the runs share: the experiment, or with uniform starts where an axis would else do nothing."""
        return trainability.varied(self.experiment, *self.axes())


class PointRequest(MapRequest):
    """One point of a map, by its row and column."""

    row: Annotated[int, Strict, Field(ge=0)]
    column: Annotated[int, Strict, Field(ge=0)]

    @model_validator(mode="after")
    def _point_is_on_the_map(self) -> Self:
        for field in ("row", "column"):
            if getattr(self, field) >= self.view.size:
                raise _wrong("last", field, self.view.size - 1, getattr(self, field))
        return self

    def point(self) -> Experiment:
        """The experiment behind it."""
        at = np.array([self.row]), np.array([self.column])
        x, y = self.axes()
        return trainability.variations(self.varied(), x, y, self.view.size, *at).experiment_of(0)


class LandscapeView(BaseModel):
    """What of the landscape to look at.

    Attributes:
        x, y: names of two parameters.
        x_path, y_path: the least and the greatest value of each that must be seen.
        size: values of each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    x: Annotated[str, Strict] = "weights.0.0.1"
    y: Annotated[str, Strict] = "weights.1.0.0"
    x_path: Annotated[tuple[Parameter, ...], Field(min_length=2, max_length=2)]
    y_path: Annotated[tuple[Parameter, ...], Field(min_length=2, max_length=2)]
    size: Annotated[int, Strict, Field(ge=2, le=120)] = 60


class LandscapeRequest(ExperimentRequest):
    """The cost over two parameters, the others where ``parameters`` has them."""

    parameters: Annotated[tuple[Parameter, ...], Field(max_length=500)]
    view: LandscapeView

    @model_validator(mode="after")
    def _parameters_are_of_the_network(self) -> Self:
        count = self.experiment.parameter_count
        if len(self.parameters) != count:
            raise _wrong("shape", "parameters", count, len(self.parameters))
        x, y = self.places()
        if x == y:
            raise _wrong("duplicate", "view.y", None, self.view.y)
        for field, path in (("view.x_path", self.view.x_path), ("view.y_path", self.view.y_path)):
            if path[0] > path[1]:
                raise _wrong("range", field, _span(-LARGEST_PARAMETER, LARGEST_PARAMETER), _span(*path))
        return self

    def places(self) -> tuple[ParameterIndex, ParameterIndex]:
        """The two parameters, for the core."""
        return (
            place_of(self.view.x, self.experiment, "view.x"),
            place_of(self.view.y, self.experiment, "view.y"),
        )

    def network(self) -> Parameters:
        """The parameters in the network's shape."""
        return Parameters(self.experiment.layer_sizes, np.array(self.parameters, dtype=np.float64))


def _span(low: float, high: float) -> str:
    return f"{low:.10g} – {high:.10g}"


def _wrong(kind: str, field: str, bound: object, value: object) -> PydanticCustomError:
    context = {"setting": field, "bound": bound, "value": value}
    return PydanticCustomError(kind, "{setting} must fit {bound}, got {value}", context)
