"""The player, which sets the epoch that all views show."""

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.elements import aria

BUTTONS = {"to-start": "⏮", "step-back": "◀", "play": "▶", "step-forward": "▶", "to-end": "⏭"}
SPEEDS = ("0.25", "0.5", "1", "2", "4")


def player(text: Translator) -> Component:
    """The player: transport buttons, a scrubber that shows how much has arrived, speed, loop, replay."""
    return html.Section(
        [
            html.Div([_button(name, text) for name in BUTTONS], className="transport"),
            html.Div(
                [
                    html.Label(text("player.scrub"), htmlFor="scrub", className="visually-hidden"),
                    html.Div(html.Div(id="arrived"), className="arrived"),
                    dbc.Input(id="scrub", type="range", min=0, max=1, step=1, class_name="form-range track"),
                ],
                className="scrubber",
            ),
            html.Div(
                [
                    html.Span(text("player.epoch")),
                    html.Span(id="epoch"),
                    html.Span(id="last-epoch"),
                    html.Div(
                        [
                            html.Span(id="run-state", className="run-state", role="status"),
                            html.Span(text("player.mid_run"), id="mid-run", hidden=True),
                        ],
                        className="run-line",
                    ),
                ],
                className="epoch",
            ),
            html.Label(text("player.speed"), htmlFor="speed", className="visually-hidden"),
            dbc.Select(
                id="speed", options=[{"label": f"{speed}×", "value": speed} for speed in SPEEDS], value="1"
            ),
            dbc.Checkbox(id="loop", label=text("player.loop"), value=False),
            dbc.Checkbox(id="replay", label=text("player.replay"), value=True),
        ],
        className="player on-lab on-landscape",
        **aria(label=text("player.title")),
    )


def _button(name: str, text: Translator) -> Component:
    label = text(f"player.{name}")
    return html.Button(
        html.Span(className=f"icon icon-{name}"),
        id=name,
        type="button",
        title=label,
        className="round",
        **aria(label=label),
    )
