"""Settings that are on or off, and numbers that may be left out."""

from collections.abc import Mapping
from types import MappingProxyType

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.controls import sliders
from nnlab.web.controls.block import block
from nnlab.web.elements import switch_id

SWITCHES = ("standardize", "l1_clamp", "shuffle", "stop_all_correct")

OPTIONAL: Mapping[str, float] = MappingProxyType(
    {"stop_cost": 0.01, "stop_no_improvement": 50, "stop_test_rising": 20}
)
"""Numbers that may be left out, and what each is when it is first switched on."""


def switch(setting: str, text: Translator) -> Component:
    """A box to tick."""
    return block(setting, text, _box(setting, text))


def optional(setting: str, text: Translator) -> Component:
    """A box to tick, and the number that counts while it is ticked."""
    label = text("setting.exact", name=text(f"setting.{setting}"))
    fields = sliders.labelled_number(setting, label)
    return block(setting, text, html.Div([_box(setting, text), *fields], className="setting-head"))


def _box(setting: str, text: Translator) -> Component:
    box: Component = dbc.Checkbox(id=switch_id(setting), label=text(f"setting.{setting}"), value=False)
    return box
