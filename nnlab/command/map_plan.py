"""The plan of a map: its two axes from their options, all that decides its numbers, and the parts to train."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, cast

import click
import numpy as np

from nnlab.command.command_error import CommandError, refusing
from nnlab.command.options import SectionOption
from nnlab.core.experiment import Experiment
from nnlab.core.many import trainability
from nnlab.core.many.many_training import Epochs, cost_epochs, slice_size
from nnlab.core.many.trainability import DEFAULT_X, DEFAULT_Y, Axis, default_axis, spec
from nnlab.core.many.variations import VARIABLE, ParameterIndex, Precision, Variations

SIDES_SECTION = "Sides of the map"
SIDES: Mapping[str, str] = {"x": str(DEFAULT_X[0]), "y": str(DEFAULT_Y[0])}
"""The two axes of a map, and the setting that each varies by default."""

LONGEST_INDEX = 9
"""The most digits that an index on the command line may have; Python converts no number of thousands of them."""


@dataclass(frozen=True)
class MapPlan:
    """Everything that decides the numbers of a map.

    Attributes:
        experiment: that all runs share but for the axes.
        x, y: the axes.
        size: runs a side.
        precision: to train in.
    """

    experiment: Experiment
    x: Axis
    y: Axis
    size: int
    precision: Precision

    def __len__(self) -> int:
        """The number of runs."""
        return self.size * self.size

    @cached_property
    def cost_epochs(self) -> Epochs:
        """The epochs at which costs are taken."""
        return cost_epochs(self.experiment.epochs)

    @cached_property
    def cuts(self) -> list[int]:
        """The indices at which the runs, row by row, are divided into parts: part i is from cut i to the next."""
        parts = -(-len(self) // slice_size(self.experiment))
        edges = np.linspace(0, len(self), parts + 1).astype(int)
        return [int(edge) for edge in edges]

    @property
    def parts(self) -> int:
        """The number of parts."""
        return len(self.cuts) - 1

    def part_size(self, part: int) -> int:
        """The number of runs in a part."""
        return self.cuts[part + 1] - self.cuts[part]

    def variations(self, part: int) -> Variations:
        """The runs of a part; they are built at each call, since all parts together would fill the memory.

        Raises:
            ValueError: the axes are one and the same, or the network has no such parameter.
        """
        rows, columns = np.divmod(np.arange(self.cuts[part], self.cuts[part + 1]), self.size)
        return trainability.variations(self.experiment, self.x, self.y, self.size, rows, columns)

    def axes_text(self) -> str:
        """The axes as JSON."""
        return json.dumps({"x": spec(self.x), "y": spec(self.y)})

    def signature(self) -> str:
        """A hash of the plan and of the version of NumPy, with which the last bits of a result may change."""
        decisive = [
            self.experiment.model_dump_json(),
            self.axes_text(),
            str(self.size),
            self.precision,
            json.dumps(self.cost_epochs.tolist()),
            json.dumps(self.cuts),
            np.__version__,
        ]
        return sha256("\n".join(decisive).encode()).hexdigest()[:16]


def axis_options() -> list[click.Option]:
    """The options for each axis: its setting, its range and its spacing."""
    return [option for side, setting in SIDES.items() for option in _side_options(side, setting)]


def _side_options(side: str, setting: str) -> list[click.Option]:
    return [
        SectionOption(
            [f"--{side}"],
            section=SIDES_SECTION,
            default=setting,
            metavar="SETTING",
            help=f"{', '.join(VARIABLE)}, or a parameter: weights.0.0.1 (layer, unit, input), biases.0.1 "
            f"(layer, unit) (default: {setting})",
        ),
        SectionOption(
            [f"--{side}-range"],
            section=SIDES_SECTION,
            nargs=2,
            type=float,
            metavar="LOW HIGH",
            help="its ends (default: 0.01 to 10 of the learning rate, 0.05 to 5 of the scale, a seed for each "
            "run from 0, -5 to 5 of a parameter)",
        ),
        SectionOption(
            [f"--{side}-spacing"],
            section=SIDES_SECTION,
            type=click.Choice(("linear", "log")),
            help="(default: log for the learning rate and the scale, linear for others)",
        ),
    ]


def axes_of(size: int, options: Mapping[str, Any]) -> tuple[Axis, Axis]:
    """The two axes that the options of a command describe.

    Args:
        size: runs a side.
        options: the values of ``axis_options``, by their names.

    Raises:
        CommandError: a setting cannot vary from run to run, or a range is not valid.
    """
    x, y = (
        _axis(side, size, options[side], options[f"{side}_range"], options[f"{side}_spacing"])
        for side in SIDES
    )
    return x, y


def _axis(side: str, size: int, text: str, ends: tuple[float, float] | None, spacing: Any) -> Axis:
    setting = _setting(side, text)
    _, low, high, usual = default_axis(setting)
    if setting == "seed":
        low, high = 0, size - 1
    low, high = ends or (low, high)
    return refusing(lambda: Axis(setting, low, high, spacing or usual))


def _setting(side: str, text: str) -> str | ParameterIndex:
    kind, *address = text.split(".")
    if kind in ("weights", "biases") and address and all(map(_is_index, address)):
        return cast(ParameterIndex, (kind, *map(int, address)))
    setting = text.replace("-", "_")
    if setting not in VARIABLE:
        raise CommandError(f"{side}: must be one of {', '.join(VARIABLE)} or a parameter, got {text!r}")
    return setting


def _is_index(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_INDEX
