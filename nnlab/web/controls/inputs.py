"""Sliders, number fields and boxes to tick, with the scale of each setting and the value that a rule has when switched on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from nnlab.core import experiment
from nnlab.i18n import Translator
from nnlab.web.elements import data, error_id, number_id, slider_id, switch_id

POSITIONS = 600
"""Positions of a logarithmic slider."""


@dataclass(frozen=True)
class Slider:
    """A numeric setting's slider.

    Attributes:
        low, high: the setting's bounds.
        scale: of the track.
        whole: whether the setting is a whole number.
        step: of a linear track.
        percent: whether the number is shown with a percent sign.
    """

    low: float
    high: float
    scale: Literal["linear", "log"] = "linear"
    whole: bool = False
    step: float = 1.0
    percent: bool = False


def _of(setting: str, scale: Literal["linear", "log"], whole: bool) -> Slider:
    low, high = experiment.bounds(setting)
    return Slider(low, high, scale, whole)


SLIDERS: Mapping[str, Slider] = MappingProxyType(
    {
        "hidden_units": Slider(0, experiment.MOST_UNITS, "linear", whole=True),
        "learning_rate": _of("learning_rate", "log", whole=False),
        "batch_size": _of("batch_size", "linear", whole=True),
        "epochs": _of("epochs", "log", whole=True),
        "scale": _of("scale", "log", whole=False),
        "samples": _of("samples", "linear", whole=True),
        "noise": replace(_of("noise", "linear", whole=False), percent=True),
        "train_share": replace(_of("train_share", "linear", whole=True), percent=True),
        "momentum": Slider(0.0, 0.99, step=0.01),
        "decay": Slider(0.0, 0.99, step=0.01),
        "regularization_rate": Slider(0.0001, experiment.bounds("regularization_rate")[1], "log"),
    }
)
"""The slider of each setting that has one. It may cover less than the setting's bounds; the field beside it does not."""

NUMBERS = ("seed", "data_seed", "beta1", "beta2", "epsilon")
"""Settings that have a number field and no slider."""

MOST_OF_START = 13
"""A network with more weights and biases than this has no sliders for them."""

SWITCHES = ("standardize", "l1_clamp", "shuffle", "stop_all_correct")
"""Settings that are on or off."""

OPTIONAL: Mapping[str, float] = MappingProxyType(
    {"stop_cost": 0.01, "stop_no_improvement": 50, "stop_test_rising": 20}
)
"""Settings that are a number or nothing, and the number when they are first switched on."""


def block(setting: str, text: Translator, *controls: Component) -> Component:
    """The frame around the controls of a setting, with its help and the line for its error, which screen readers announce."""
    return html.Div(
        [
            *controls,
            html.Div(text(f"help.{setting}"), className="setting-help"),
            html.Div(id=error_id(setting), className="setting-error", role="alert"),
        ],
        className="setting",
        **data(setting=setting),
    )


def slider(setting: str, text: Translator) -> Component:
    """A slider with its label and number field."""
    spec = SLIDERS[setting]
    label = text(f"setting.{setting}")
    return block(
        setting,
        text,
        html.Div(
            [
                html.Label(label, htmlFor=slider_id(setting), className="setting-label"),
                *labelled_number(setting, text("setting.exact", name=label)),
            ],
            className="setting-head",
        ),
        track(setting, spec),
    )


def field(setting: str, text: Translator, *more: Component) -> Component:
    """A number field with its label, and more beside it."""
    label = html.Label(text(f"setting.{setting}"), htmlFor=number_id(setting), className="setting-label")
    return block(setting, text, html.Div([label, number(setting), *more], className="setting-head"))


def track(setting: str, spec: Slider) -> Component:
    """The range control alone. Its positions are the values, or steps of a logarithmic scale."""
    low, high, step = (0.0, POSITIONS, 1.0) if spec.scale == "log" else (spec.low, spec.high, spec.step)
    field: Component = dbc.Input(
        id=slider_id(setting), type="range", min=low, max=high, step=step, class_name="form-range track"
    )
    return field


def labelled_number(setting: str, label: str) -> list[Component]:
    """A number field with a label for screen readers alone."""
    return [html.Label(label, htmlFor=number_id(setting), className="visually-hidden"), number(setting)]


def number(setting: str) -> Component:
    """A number field alone."""
    field: Component = dbc.Input(
        id=number_id(setting), type="text", inputmode="decimal", autocomplete="off", class_name="number"
    )
    return field


def switch(setting: str, text: Translator) -> Component:
    """A box to tick, for a setting that is on or off."""
    return block(setting, text, _box(setting, text))


def optional(setting: str, text: Translator) -> Component:
    """A box to tick with a number field, for a number that may be left out."""
    label = text("setting.exact", name=text(f"setting.{setting}"))
    fields = labelled_number(setting, label)
    return block(setting, text, html.Div([_box(setting, text), *fields], className="setting-head"))


def _box(setting: str, text: Translator) -> Component:
    box: Component = dbc.Checkbox(id=switch_id(setting), label=text(f"setting.{setting}"), value=False)
    return box
