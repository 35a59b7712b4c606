"""The map of what trains: one run for each point of a plane of two settings.

The border between what trains and what does not is a fractal (Sohl-Dickstein, "The boundary of neural
network trainability is fractal", 2024), so there is always more to see in a part of the map.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from nnlab.core.arguments import whole_number
from nnlab.core.arrays import Array
from nnlab.core.experiment import LARGEST_WEIGHT, Experiment, bounds, described, required
from nnlab.core.initializers import DRAWN_BY_SEED, SIZED_BY_SCALE
from nnlab.core.many.many_training import train_variations
from nnlab.core.many.variations import (
    VARIABLE,
    ParameterIndex,
    Precision,
    Variations,
    column_of,
    parameter_index,
    parameter_name,
)

Spacing = Literal["linear", "log"]
AxisSpec = tuple[str | ParameterIndex, float, float, Spacing]
GivenAxis = str | ParameterIndex | AxisSpec
FEWEST_A_SIDE = 2

USED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType({"seed": DRAWN_BY_SEED, "scale": SIZED_BY_SCALE})
"""The initializations that use a setting; any other starts alike whatever it is."""

DEFAULT_RANGES: Mapping[str, tuple[float, float, Spacing]] = MappingProxyType(
    {
        "learning_rate": (0.01, 10.0, "log"),
        "scale": (0.05, 5.0, "log"),
        "seed": (0, 511, "linear"),
        "parameter": (-5.0, 5.0, "linear"),
    }
)
"""The default range and spacing of an axis; ``parameter`` stands for any weight or bias."""


def bounds_of(setting: str | ParameterIndex) -> tuple[float, float]:
    """The least and the greatest value of the setting or parameter that an axis varies."""
    return bounds(setting) if isinstance(setting, str) else (-LARGEST_WEIGHT, LARGEST_WEIGHT)


def default_axis(setting: str | ParameterIndex) -> AxisSpec:
    """An axis over its default range.

    Raises:
        KeyError: the setting cannot vary.
    """
    return setting, *DEFAULT_RANGES[setting if isinstance(setting, str) else "parameter"]


DEFAULT_X: AxisSpec = default_axis("learning_rate")
DEFAULT_Y: AxisSpec = default_axis("scale")


@dataclass(frozen=True)
class Axis:
    """An axis of the map.

    Attributes:
        setting: learning_rate, scale or seed, or the index of an initial weight or bias.
        low, high: its ends, both on the map.
        spacing: whether equal steps are equal differences or equal ratios.

    Raises:
        ValueError: the setting cannot vary, or its ends are not in order and in its bounds.
    """

    setting: str | ParameterIndex
    low: float
    high: float
    spacing: Spacing = "linear"

    def __post_init__(self) -> None:
        if isinstance(self.setting, str) and self.setting not in VARIABLE:
            raise ValueError(
                f"an axis must be one of {', '.join(VARIABLE)} or a parameter, got {self.setting}"
            )
        if self.spacing not in ("linear", "log"):
            raise ValueError(f"{self.name} must be spaced linear or log, got {self.spacing!r}")
        least, greatest = bounds_of(self.setting)
        if not least <= self.low < self.high <= greatest:
            raise ValueError(
                f"{self.name} must rise within [{least:g}, {greatest:g}], got {self.low:g} to {self.high:g}"
            )
        if self.spacing == "log" and self.low <= 0:
            raise ValueError(f"{self.name} must be above 0 on a logarithmic axis, got {self.low:g}")

    @property
    def name(self) -> str:
        """The name of the setting or parameter as links and errors spell it."""
        return self.setting if isinstance(self.setting, str) else parameter_name(self.setting)

    def values(self, size: int) -> NDArray[Any]:
        """``size`` values from one end to the other, (size,); whole numbers for seeds."""
        spaced = np.geomspace if self.spacing == "log" else np.linspace
        values = spaced(self.low, self.high, size)
        # the ends exactly, and nothing beyond them: rounding must not carry a value out of its bounds
        values[0], values[-1] = self.low, self.high
        np.clip(values, self.low, self.high, out=values)
        return np.rint(values).astype(np.int64) if self.setting == "seed" else values


@dataclass(frozen=True, eq=False)
class TrainabilityMap:
    """A trained map: the axes, and how each run ended.

    Attributes:
        experiment: that all runs share but for the two settings.
        x, y: the axes.
        size: runs a side.
        final_cost: (size, size), rows follow y and columns x.
        solved_since: the first epoch, of those at which costs are taken, from which a run stays solved, (size, size);
            -1 if it is not.
    """

    experiment: Experiment
    x: Axis
    y: Axis
    size: int
    final_cost: Array
    solved_since: NDArray[np.int64]

    def __repr__(self) -> str:
        """Summarize it in one line."""
        which, share = described(self.experiment), self.solved.mean()
        return f"TrainabilityMap({which}: {self.x.name} by {self.y.name}, {share:.2%} of {self.size**2} runs solved)"

    @property
    def solved(self) -> NDArray[np.bool_]:
        """Which runs have learned their data, (size, size)."""
        return self.solved_since >= 0

    def experiment_at(self, row: int, column: int) -> Experiment:
        """The experiment behind one point."""
        points = np.array([row]), np.array([column])
        return variations(self.experiment, self.x, self.y, self.size, *points).experiment_of(0)


def varied(experiment: Experiment, x: Axis, y: Axis) -> Experiment:
    """The experiment itself if both axes make a difference; else with uniform initialization.

    The notebook's start, for one, asks neither for a seed nor for a scale.
    """
    if has_effect(experiment, x) and has_effect(experiment, y):
        return experiment
    return experiment.changed(initialization="uniform")


def has_effect(experiment: Experiment, axis: Axis) -> bool:
    """Whether runs along an axis start differently or train differently."""
    return axis.setting not in USED_BY or experiment.initialization in USED_BY[str(axis.setting)]


def _no_effect(experiment: Experiment, axis: Axis) -> str:
    return (
        f"the axis {axis.name} changes nothing: initialization={experiment.initialization!r} does not use it;"
        f" initialization must be one of {', '.join(USED_BY[axis.name])}"
    )


def axis_of(given: GivenAxis) -> Axis:
    """Make an axis of a setting's or a parameter's name, over its default range, or of its setting, ends and spacing.

    Raises:
        ValueError: the setting cannot vary, or its ends are not in order and in its bounds.
        TypeError: it is nothing of the kind.
    """
    if isinstance(given, str):
        return _over_its_range(parameter_index(given) or given)
    if isinstance(given, tuple | list) and given:
        setting, *ends = given
        if setting in ("weights", "biases"):
            return _over_its_range(tuple(given))
        if len(ends) in (2, 3):
            named = parameter_index(setting) if isinstance(setting, str) else None
            return Axis(named or setting, *ends)
    raise TypeError(f"an axis must be a setting or (setting, low, high, spacing), got {given!r}")


def _over_its_range(setting: Any) -> Axis:
    """The axis of a setting over its default range; what cannot vary has none, and Axis refuses it."""
    if isinstance(setting, str) and setting not in DEFAULT_RANGES:
        return Axis(setting, 0, 1)
    return Axis(*default_axis(setting))


def variations(
    experiment: Experiment,
    x: Axis,
    y: Axis,
    size: int,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> Variations:
    """The experiments at some points of a map of this size.

    Args:
        experiment: what they share.
        x, y: the axes.
        size: points a side, at least 2.
        rows, columns: of the points, (N,) each.

    Raises:
        ValueError: the axes are one and the same, the map has fewer than 2 points a side, or the network
            has no such weight.
    """
    if x.setting == y.setting:
        raise ValueError(f"the axes must be two settings, got {x.name} twice")
    size = whole_number("size", size, FEWEST_A_SIDE)
    numbers: dict[str, NDArray[Any]] = {}
    initial_values: dict[ParameterIndex, Array] = {}
    for axis, at in ((x, columns), (y, rows)):
        values = axis.values(size)[at]
        if isinstance(axis.setting, str):
            numbers[axis.setting] = values
        else:
            column_of(experiment, axis.setting)
            initial_values[axis.setting] = values
    return Variations(experiment, len(rows), numbers, initial_values)


def trainability_map(
    experiment: Experiment,
    x: GivenAxis = DEFAULT_X,
    y: GivenAxis = DEFAULT_Y,
    size: int = 64,
    *,
    precision: Precision = "double",
) -> TrainabilityMap:
    """Train the experiment once for each point of a plane of two settings.

    Args:
        experiment: what all runs share.
        x, y: a setting, which varies over its default range: learning_rate, scale, seed, or a parameter, which is
            spelled "weights.0.0.1" or ("weights", 0, 0, 1); or (setting, low, high, "linear" or "log").
        size: runs a side, at least 2.
        precision: see ``train_variations``.

    Raises:
        ValueError: an axis is no setting that varies, or out of its bounds, or the size is below 2.
        TypeError: ``experiment`` is no Experiment, ``size`` no whole number, or an axis nothing of the kind.

    Warns:
        UserWarning: an axis is the seed or the scale, and the initialization asks for neither.
    """
    required(experiment)
    size = whole_number("size", size, FEWEST_A_SIDE)
    across, up = axis_of(x), axis_of(y)
    for axis in (across, up):
        if not has_effect(experiment, axis):
            warnings.warn(_no_effect(experiment, axis), stacklevel=2)
    rows, columns = np.divmod(np.arange(size * size), size)
    runs = variations(experiment, across, up, size, rows, columns)
    history = train_variations(runs, precision=precision)
    square = size, size
    return TrainabilityMap(
        experiment,
        across,
        up,
        size,
        history.final_cost.reshape(square),
        history.solved_since.reshape(square),
    )


def refinements(size: int, coarsest: int = 16) -> list[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
    """The points of a map in the order in which they are trained, from a coarse picture to the sharp one.

    Each step halves the distance of the points and takes only those not taken before.

    Args:
        size: points a side.
        coarsest: points a side of the first step, about.

    Returns:
        (stride, rows, columns) of each step: every ``stride``-th point is there after it.
    """
    stride = 1
    while size / (2 * stride) >= coarsest:
        stride *= 2
    taken = np.zeros((size, size), dtype=bool)
    steps = []
    while stride:
        new = np.zeros((size, size), dtype=bool)
        new[::stride, ::stride] = True
        rows, columns = np.nonzero(new & ~taken)
        steps.append((stride, rows, columns))
        taken |= new
        stride //= 2
    return steps


def spec(axis: Axis) -> Sequence[str | float]:
    """An axis in plain values: name, low, high, spacing."""
    return [axis.name, axis.low, axis.high, axis.spacing]
