"""``Variations`` describes N experiments that differ only in numeric settings or initial parameters.

What differs is an array with one number a network; what they share stands in the experiment once. So
thousands of runs are described in a few arrays, cut into slices, and trained together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from nnlab.core.arrays import Array
from nnlab.core.experiment import LARGEST_WEIGHT, Experiment, bounds, described, required
from nnlab.core.initializers import INITIALIZERS
from nnlab.core.network import Parameters

VARIABLE = ("learning_rate", "scale", "seed")
"""Settings that are numbers and leave data, architecture and epochs as they are."""

START = ("initialization", "weights", "biases")
"""Settings that only say where training starts."""

ParameterIndex = tuple[Literal["weights"], int, int, int] | tuple[Literal["biases"], int, int]
"""A weight by layer, unit and input, or a bias by layer and unit."""

Precision = Literal["double", "single"]
PRECISIONS: Mapping[Precision, type[np.floating[Any]]] = MappingProxyType(
    {"double": np.float64, "single": np.float32}
)


@dataclass(frozen=True, eq=False)
class Variations:
    """N experiments that share everything but numbers.

    Attributes:
        experiment: what they share.
        count: N.
        numbers: settings of VARIABLE that differ, (N,) each.
        initial_values: initial weights and biases that differ, (N,) each; they stand in place of what is drawn.
        starts: every initial parameter, (n, N), where each network has a start of its own; else None.

    Raises:
        ValueError: a setting cannot vary, is out of its bounds, or has not N numbers.
    """

    experiment: Experiment
    count: int
    numbers: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    initial_values: Mapping[ParameterIndex, Array] = field(default_factory=dict)
    starts: Array | None = None

    def __post_init__(self) -> None:
        for setting, values in self.numbers.items():
            if setting not in VARIABLE:
                raise ValueError(f"a setting that varies must be one of {', '.join(VARIABLE)}, got {setting}")
            _check_numbers(setting, values, self.count, *bounds(setting))
        for index, values in self.initial_values.items():
            column_of(self.experiment, index)
            _check_numbers(parameter_name(index), values, self.count, -LARGEST_WEIGHT, LARGEST_WEIGHT)
        expected = self.experiment.parameter_count, self.count
        if self.starts is not None and self.starts.shape != expected:
            raise ValueError(f"starts must have shape {expected}, got {self.starts.shape}")

    @classmethod
    def of(cls, experiments: Sequence[Experiment]) -> "Variations":
        """Create variations from a list of experiments: what they share, and the numbers in which they differ.

        Raises:
            ValueError: there is none, or one differs in more than numbers.
            TypeError: there is no list, or one in it is no Experiment.
        """
        if isinstance(experiments, Experiment | Mapping | str | type) or not isinstance(
            experiments, Iterable
        ):
            raise TypeError(f"experiments must be a list of Experiments, got {type(experiments).__name__}")
        experiments = list(experiments)
        if not experiments:
            raise ValueError("at least 1 experiment is needed, got 0")
        for each in experiments:
            required(each)
        first = experiments[0]
        for number, other in enumerate(experiments):
            _check_shared(first, other, number)
        numbers = {name: np.array([getattr(each, name) for each in experiments]) for name in VARIABLE}
        starts = None
        if any(each.initialization == "explicit" or _other_start(first, each) for each in experiments):
            starts = np.stack([each.initial_parameters().vector for each in experiments], axis=-1)
        return cls(first, len(experiments), numbers, starts=starts)

    def __repr__(self) -> str:
        """Summarize it in one line."""
        differ = ", ".join(
            [*self.numbers, *map(parameter_name, self.initial_values)]
            + ["starts"] * (self.starts is not None)
        )
        return f"Variations({described(self.experiment)}: {self.count} networks that differ in {differ or 'nothing'})"

    def __len__(self) -> int:
        """The number of variations."""
        return self.count

    def __getitem__(self, chosen: slice) -> "Variations":
        """Select variations by slice."""
        return replace(
            self,
            count=len(range(*chosen.indices(self.count))),
            numbers={name: values[chosen] for name, values in self.numbers.items()},
            initial_values={index: values[chosen] for index, values in self.initial_values.items()},
            starts=None if self.starts is None else self.starts[:, chosen],
        )

    def number(self, setting: str) -> NDArray[Any]:
        """The value of a setting for each network, (N,); or (1,) where they share it."""
        return self.numbers.get(setting, np.array([getattr(self.experiment, setting)]))

    def initial_parameters(self, precision: Precision = "double") -> Parameters:
        """The initial parameters of all variations: a new array every time, drawn in double precision."""
        sizes = self.experiment.layer_sizes
        if self.starts is not None:
            vector = self.starts.copy()
        elif self.experiment.initialization == "explicit":
            alike = self.experiment.initial_parameters().vector
            vector = np.repeat(alike[:, np.newaxis], self.count, axis=1)
        else:
            vector = self._drawn()
        start = Parameters(sizes, vector)
        for index, values in self.initial_values.items():
            layer, unit, column = column_of(self.experiment, index)
            start.layers[layer][unit, column] = values
        return Parameters(sizes, vector.astype(PRECISIONS[precision], copy=False))

    def _drawn(self) -> Array:
        sizes = self.experiment.layer_sizes
        start = Parameters(sizes, np.zeros((self.experiment.parameter_count, self.count)))
        initializer = INITIALIZERS[self.experiment.initialization]
        drawn = initializer(sizes, self.number("scale"), self.number("seed"))
        for weights, matrix in zip(start.weights, drawn, strict=True):
            weights[...] = matrix
        return start.vector

    def experiment_of(self, number: int) -> Experiment:
        """One variation as an experiment, which trains alone to the same end.

        Raises:
            ValueError: there is none of this number.
        """
        if not 0 <= number < self.count:
            raise ValueError(f"number must be in [0, {self.count - 1}], got {number}")
        numbers = {name: values[number].item() for name, values in self.numbers.items()}
        experiment = self.experiment.changed(**numbers)
        if self.starts is None and not self.initial_values:
            return experiment
        return experiment.with_start(self[slice(number, number + 1)].initial_parameters().network(0))


def column_of(experiment: Experiment, index: ParameterIndex) -> tuple[int, int, int]:
    """Layer, unit and column of ``Parameters.layers`` of a weight or bias.

    Raises:
        ValueError: the network has no such weight or bias.
    """
    kind, *address = index
    sizes = experiment.layer_sizes
    if kind not in ("weights", "biases") or len(address) != (3 if kind == "weights" else 2):
        raise ValueError(
            f"a parameter must be a weight (layer, unit, input) or a bias (layer, unit), got {index}"
        )
    layer, unit, *source = address
    if not 0 <= layer < len(sizes) - 1 or not 0 <= unit < sizes[layer + 1]:
        raise ValueError(f"{parameter_name(index)} must be in the network {'-'.join(map(str, sizes))}")
    column = source[0] if source else sizes[layer]
    if source and not 0 <= column < sizes[layer]:
        raise ValueError(f"{parameter_name(index)} must be in the network {'-'.join(map(str, sizes))}")
    return layer, unit, column


def parameter_name(index: Iterable[object]) -> str:
    """A parameter's index as links and errors spell it: weights.0.1.1."""
    return ".".join(map(str, index))


def parameter_index(name: str) -> ParameterIndex | None:
    """The index of a parameter that is spelled as in links and on the command line: weights.0.1.1; None if it is none."""
    kind, *address = name.split(".")
    if kind not in ("weights", "biases") or not address or not all(map(str.isdecimal, address)):
        return None
    return cast(ParameterIndex, (kind, *map(int, address)))


def _check_numbers(name: str, values: NDArray[Any], count: int, low: float, high: float) -> None:
    if np.shape(values) != (count,):
        raise ValueError(f"{name} must be {count} numbers, got shape {np.shape(values)}")
    wrong = values[~((values >= low) & (values <= high))]  # NaN is wrong too
    if wrong.size:
        raise ValueError(f"{name} must be in [{low:g}, {high:g}], got {wrong[0]}")


def _check_shared(first: Experiment, other: Experiment, number: int) -> None:
    for name, value in dict(first).items():
        if name not in (*VARIABLE, *START) and getattr(other, name) != value:
            got = getattr(other, name)
            raise ValueError(
                f"{name} of experiment {number} must be that of the first, {value!r}, got {got!r}"
            )


def _other_start(first: Experiment, other: Experiment) -> bool:
    return other.initialization != first.initialization
