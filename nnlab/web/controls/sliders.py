"""Sliders: which settings have one, on what scale, and how it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from nnlab.core import experiment
from nnlab.i18n import Translator
from nnlab.web.controls.block import block
from nnlab.web.elements import number_id, slider_id

POSITIONS = 600
"""Places of a logarithmic slider's thumb."""


@dataclass(frozen=True)
class Slider:
    """A numeric setting's slider.

    Attributes:
        low, high: the setting's bounds.
        scale: how the track's length is shared out.
        whole: whether only whole numbers count.
        step: of a linear track.
        percent: whether the number is one of a hundred: it is then said with its unit.
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
"""A track may show less than the bounds; the field beside it takes all of them."""

NUMBERS = ("seed", "data_seed", "beta1", "beta2", "epsilon")
"""Settings with a field alone."""

MOST_OF_START = 13
"""A network of more weights and biases has no slider for each."""


def slider(setting: str, text: Translator) -> Component:
    """A setting's label, number field, track, help and place for its error."""
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
    """A setting's label, number field, help and place for its error, without a track."""
    label = html.Label(text(f"setting.{setting}"), htmlFor=number_id(setting), className="setting-label")
    return block(setting, text, html.Div([label, number(setting), *more], className="setting-head"))


def track(setting: str, spec: Slider) -> Component:
    """The range control. Its positions are the values, or steps of a logarithmic scale."""
    low, high, step = (0.0, POSITIONS, 1.0) if spec.scale == "log" else (spec.low, spec.high, spec.step)
    field: Component = dbc.Input(
        id=slider_id(setting), type="range", min=low, max=high, step=step, class_name="form-range track"
    )
    return field


def labelled_number(setting: str, label: str) -> list[Component]:
    """A number field with a label of its own, for those who do not see the slider's."""
    return [html.Label(label, htmlFor=number_id(setting), className="visually-hidden"), number(setting)]


def number(setting: str) -> Component:
    """A field for the exact number."""
    field: Component = dbc.Input(
        id=number_id(setting), type="text", inputmode="decimal", autocomplete="off", class_name="number"
    )
    return field
