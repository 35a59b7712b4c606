"""Settings that are one of a few words, or several of them."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from nnlab.core import experiment
from nnlab.i18n import Translator
from nnlab.web.controls.block import block
from nnlab.web.elements import aria, choice_id

SEGMENTS = {
    "input_class_name": "btn-check",
    "label_class_name": "segment",
    "class_name": "segments",
}
"""Radio buttons and check boxes drawn as buttons; for keyboard and screen reader they stay what they are."""

ONE_OF = (
    "dataset",
    "encoding",
    "activation",
    "output_activation",
    "loss",
    "regularization",
    "batch_divisor",
)
LISTS = ("initialization", "optimizer")
SEVERAL_OF = ("features",)
CHOICES = (*ONE_OF, *LISTS, *SEVERAL_OF)

FIRST_OF_THEIR_KIND = frozenset(
    (
        next(name for name in experiment.SAMPLE_NAMES if name not in experiment.REGRESSIONS),
        experiment.REGRESSIONS[0],
        "own",
    )
)
"""Data sets that begin a row of their own: samples of two classes, regressions, a student's own; gates stand before."""


def one_of(setting: str, text: Translator) -> Component:
    """Buttons of which one is down."""
    chooser = dbc.RadioItems(name=choice_id(setting), **_chooser(setting, text), **SEGMENTS)
    return _group(setting, text, chooser, role="radiogroup")


def several_of(setting: str, text: Translator) -> Component:
    """Buttons of which any are down."""
    chooser = dbc.Checklist(**_chooser(setting, text), **SEGMENTS)
    return _group(setting, text, chooser, role="group")


def from_list(setting: str, text: Translator, *more: Component) -> Component:
    """A drop-down list, with what belongs under it."""
    label = html.Label(text(f"setting.{setting}"), htmlFor=choice_id(setting), className="setting-label")
    chooser = dbc.Select(**_chooser(setting, text))
    return block(setting, text, label, chooser, *more)


def _group(setting: str, text: Translator, chooser: Component, *, role: str) -> Component:
    name = f"label-{setting}"
    label = html.Div(text(f"setting.{setting}"), id=name, className="setting-label")
    group = html.Div(chooser, role=role, **aria(labelledby=name))
    return block(setting, text, label, group)


def _chooser(setting: str, text: Translator) -> dict[str, Any]:
    """What there is to choose, and the default: until a run is here, that is what a hand changes."""
    default = experiment.Experiment.model_fields[setting].get_default()
    values = experiment.choices(setting)
    options = [{"label": _label(setting, value, text), "value": value} for value in values]
    return {"id": choice_id(setting), "options": options, "value": default}


def _label(setting: str, value: str, text: Translator) -> str | Component:
    word = text(f"{setting}.{value}")
    begins = setting == "dataset" and value in FIRST_OF_THEIR_KIND
    return html.Span(word, className="first-of-its-kind") if begins else word
