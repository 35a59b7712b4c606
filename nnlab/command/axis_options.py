"""The sides of a map, as options."""

from collections.abc import Mapping
from typing import Any, cast

import click

from nnlab.command.command_error import CommandError, refusing
from nnlab.command.options import SectionOption
from nnlab.core.many.trainability import DEFAULT_X, DEFAULT_Y, Axis, default_axis
from nnlab.core.many.variations import VARIABLE, ParameterIndex

SECTION = "Sides of the map"
SIDES: Mapping[str, str] = {"x": str(DEFAULT_X[0]), "y": str(DEFAULT_Y[0])}
"""The sides, and what each varies if nothing is said."""

LONGEST_INDEX = 9
"""Digits; thousands of them would be no number to Python."""


def axis_options() -> list[click.Option]:
    """Options that say what each side varies, from where to where, and how it is spaced."""
    return [option for side, setting in SIDES.items() for option in _side_options(side, setting)]


def _side_options(side: str, setting: str) -> list[click.Option]:
    return [
        SectionOption(
            [f"--{side}"],
            section=SECTION,
            default=setting,
            metavar="SETTING",
            help=f"{', '.join(VARIABLE)}, or a place: weights.0.0.1 (layer, unit, input), biases.0.1 "
            f"(layer, unit) (default: {setting})",
        ),
        SectionOption(
            [f"--{side}-range"],
            section=SECTION,
            nargs=2,
            type=float,
            metavar="LOW HIGH",
            help="its ends (default: 0.01 to 10 of the learning rate, 0.05 to 5 of the scale, a seed for each "
            "run from 0, -5 to 5 of a place)",
        ),
        SectionOption(
            [f"--{side}-spacing"],
            section=SECTION,
            type=click.Choice(("linear", "log")),
            help="(default: log for the learning rate and the scale, linear for others)",
        ),
    ]


def axes_of(size: int, asked: Mapping[str, Any]) -> tuple[Axis, Axis]:
    """Both sides of the map that a command asks for.

    Args:
        size: runs a side.
        asked: the values of ``axis_options``, by their names.

    Raises:
        CommandError: one is nothing that varies, or its ends do not hold.
    """
    x, y = (
        _axis(side, size, asked[side], asked[f"{side}_range"], asked[f"{side}_spacing"]) for side in SIDES
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
        raise CommandError(f"{side}: must be one of {', '.join(VARIABLE)} or a place, got {text!r}")
    return setting


def _is_index(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_INDEX
