"""The sides of a map, as options."""

import argparse
from collections.abc import Mapping
from types import MappingProxyType
from typing import cast

from nnlab.command.parser import number, one_of
from nnlab.command.refusal import RefusalError, refusing
from nnlab.core.many.trainability import Axis, Spacing, bounds_of
from nnlab.core.many.variations import VARIABLE, Place

SIDES: Mapping[str, str] = MappingProxyType({"x": "learning_rate", "y": "scale"})
"""The sides, and what each varies if nothing is said."""

SPANS: Mapping[str, tuple[float, float, Spacing]] = MappingProxyType(
    {"learning_rate": (0.01, 10.0, "log"), "scale": (0.05, 5.0, "log")}
)
"""What a side shows if nothing is said; seeds are as many as the map has runs a side."""

LONGEST_INDEX = 9
"""Digits; thousands of them would be no number to Python."""

PLACE_SPAN: tuple[float, float, Spacing] = (-5.0, 5.0, "linear")


def add_axes(parser: argparse.ArgumentParser) -> None:
    """Let a command take both sides of a map."""
    group = parser.add_argument_group("sides of the map")
    for side, setting in SIDES.items():
        group.add_argument(
            f"--{side}",
            default=setting,
            metavar="SETTING",
            help=f"{', '.join(VARIABLE)}, or a place: weights.0.0.1 (layer, unit, input), biases.0.1 "
            f"(layer, unit) (default: {setting})",
        )
        group.add_argument(
            f"--{side}-range",
            nargs=2,
            type=number,
            metavar=("LOW", "HIGH"),
            help="its ends (default: 0.01 to 10 of the learning rate, 0.05 to 5 of the scale, a seed for each "
            "run from 0, -5 to 5 of a place)",
        )
        group.add_argument(
            f"--{side}-spacing",
            type=one_of(("linear", "log")),
            metavar="SPACING",
            help="linear, log (default: log for the learning rate and the scale, linear for others)",
        )


def axes_of(arguments: argparse.Namespace) -> tuple[Axis, Axis]:
    """Both sides of the map that a command asks for.

    Raises:
        RefusalError: one is nothing that varies, or its ends do not hold.
    """
    x, y = (_axis(arguments, side) for side in SIDES)
    return x, y


def _axis(arguments: argparse.Namespace, side: str) -> Axis:
    setting = _setting(side, getattr(arguments, side))
    low, high, spacing = _span(setting, arguments.size)
    low, high = getattr(arguments, f"{side}_range") or (low, high)
    spacing = getattr(arguments, f"{side}_spacing") or spacing
    return refusing(lambda: Axis(setting, low, high, spacing))


def _setting(side: str, text: str) -> str | Place:
    kind, *address = text.split(".")
    if kind in ("weights", "biases") and address and all(map(_is_index, address)):
        return cast(Place, (kind, *map(int, address)))
    setting = text.replace("-", "_")
    if setting not in VARIABLE:
        raise RefusalError(f"{side}: must be one of {', '.join(VARIABLE)} or a place, got {text!r}")
    return setting


def _is_index(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_INDEX


def _span(setting: str | Place, size: int) -> tuple[float, float, Spacing]:
    if not isinstance(setting, str):
        return PLACE_SPAN
    if setting == "seed":
        return 0, size - 1, "linear"
    return SPANS.get(setting, (*bounds_of(setting), "linear"))
