"""Controls of settings that are chosen from a few names, one or several, each with its short formula."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from nnlab.core import experiment
from nnlab.i18n import Translator
from nnlab.web.controls.inputs import block
from nnlab.web.elements import aria, choice_id

SEGMENTS = {
    "input_class_name": "btn-check",
    "label_class_name": "segment",
    "class_name": "segments",
}
"""Radio buttons and check boxes that look like buttons; for keyboard and screen readers they stay what they are."""

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

FIRST_IN_ROW = frozenset(
    (
        next(name for name in experiment.SAMPLE_NAMES if name not in experiment.REGRESSIONS),
        experiment.REGRESSIONS[0],
        "own",
    )
)
"""Data sets that start a new row of buttons: the first of the samples, the first regression, a student's own data."""

FORMULAS: dict[str, dict[str, str]] = {
    "optimizer": {
        "gradient_descent": "θ ← θ − η g",
        "momentum": "v ← μ v + g,  θ ← θ − η v",
        "nesterov": "v ← μ v + g,  θ ← θ − η (g + μ v)",
        "rmsprop": "s ← ρ s + (1 − ρ) g²,  θ ← θ − η g / (√s + ε)",
        "adam": "v ← β₁ v + (1 − β₁) g,  s ← β₂ s + (1 − β₂) g²,  θ ← θ − η v̂ / (√ŝ + ε)",
    },
    "initialization": {
        "notebook": "[0.2 0.4; 0.3 0.7], [0.4 0.9]",
        "zeros": "w = 0",
        "equal": "w = s",
        "uniform": "w ~ U(−s, s)",
        "normal": "w ~ N(0, s²)",
        "xavier": "w ~ U(−r, r),  r = √(6 / (n_in + n_out))",
        "he": "w ~ N(0, s² · 2 / n_in)",
        "explicit": "",
    },
}
"""The formula that is shown below a list, in one line of plain text; ``nnlab.formulas`` has the long forms.

There g is the gradient, η the learning rate, s the scale; the other letters are settings below the list."""


def one_of(setting: str, text: Translator) -> Component:
    """Buttons of which one is chosen."""
    chooser = dbc.RadioItems(name=choice_id(setting), **_chooser(setting, text), **SEGMENTS)
    return _group(setting, text, chooser, role="radiogroup")


def several_of(setting: str, text: Translator) -> Component:
    """Buttons of which any number is chosen."""
    chooser = dbc.Checklist(**_chooser(setting, text), **SEGMENTS)
    return _group(setting, text, chooser, role="group")


def from_list(setting: str, text: Translator, *more: Component) -> Component:
    """A drop-down list, and more below it."""
    label = html.Label(text(f"setting.{setting}"), htmlFor=choice_id(setting), className="setting-label")
    chooser = dbc.Select(**_chooser(setting, text))
    return block(setting, text, label, chooser, *more)


def _group(setting: str, text: Translator, chooser: Component, *, role: str) -> Component:
    name = f"label-{setting}"
    label = html.Div(text(f"setting.{setting}"), id=name, className="setting-label")
    group = html.Div(chooser, role=role, **aria(labelledby=name))
    return block(setting, text, label, group)


def _chooser(setting: str, text: Translator) -> dict[str, Any]:
    """The options, and the default, which is shown until the page knows its experiment."""
    default = experiment.Experiment.model_fields[setting].get_default()
    values = experiment.choices(setting)
    options = [{"label": _label(setting, value, text), "value": value} for value in values]
    return {"id": choice_id(setting), "options": options, "value": default}


def _label(setting: str, value: str, text: Translator) -> str | Component:
    word = text(f"{setting}.{value}")
    begins = setting == "dataset" and value in FIRST_IN_ROW
    return html.Span(word, className="first-of-its-kind") if begins else word
