"""The map page: two settings as axes, and a run for every point."""

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from nnlab.figures.map_figure import map_figure
from nnlab.figures.theme import THEMES
from nnlab.i18n import Translator
from nnlab.web.elements import aria
from nnlab.web.many.many_requests import MapView
from nnlab.web.pages.view_frame import framed, picture

SIZES = (64, 128, 256, 512)
BUTTONS = ("back", "zoom-in", "zoom-out", "whole")


def body(text: Translator) -> list[Component]:
    """The map, and beside it the axes, the share of runs that train, and the legend."""
    canvas = html.Div(id="map-canvas", className="map", **aria(hidden="true"))
    shown = framed(
        "map", map_figure(THEMES["light"]), "map-square", text("panel.map"), canvas, role="application"
    )
    tools = html.Div([_button(name, text) for name in BUTTONS], className="map-buttons")
    readout = html.Div(
        [
            html.Div(text("map.hint"), id="map-readout", className="readout", **aria(live="polite")),
            html.Button(text("map.open"), id="map-open", type="button", className="quiet small", hidden=True),
        ],
        className="under",
    )
    return [html.Div([picture("map", text, [shown, readout], tools), _side(text)], className="map-page")]


def _side(text: Translator) -> Component:
    """The column beside the map. JavaScript fills the lists of axes, which depend on the network's shape."""
    return html.Section(
        [
            html.Div(
                [
                    *_list("map-x", text("map.x"), []),
                    *_list("map-y", text("map.y"), []),
                    *_list("map-size", text("map.size"), [(str(size), f"{size} × {size}") for size in SIZES]),
                ],
                className="map-axes",
            ),
            html.Div(
                [
                    html.Div([html.Span(id="map-share", className="share")], className="success"),
                    html.Div(id="map-words"),
                    html.Div(className="run-state", role="status"),
                ]
            ),
            html.Div(id="map-notice", className="notice", role="status"),
            _legend(text),
            html.Button(text("button.save_csv"), id="save-map", type="button", className="quiet small"),
        ],
        className="view map-side",
        **aria(label=text("map.axes")),
    )


def _list(name: str, label: str, options: list[tuple[str, str]]) -> list[Component]:
    choices = [{"value": value, "label": shown} for value, shown in options]
    first = str(MapView().size) if options else ""
    return [
        html.Label(label, htmlFor=name),
        dbc.Select(id=name, options=choices, value=first),
    ]


def _button(name: str, text: Translator) -> Component:
    return html.Button(
        text(f"map.{name}"),
        id=f"map-{name}",
        type="button",
        className="quiet small",
        title=text(f"map.{name}.hint"),
    )


def _legend(text: Translator) -> Component:
    """The legend of colours: runs that train, runs that do not, and those that diverge, if there are any."""
    families = [
        html.Div(
            [
                html.Span(text(f"map.{family}.first")),
                html.Span(className="ramp", id=f"ramp-{family}"),
                html.Span(text(f"map.{family}.last")),
            ],
            className="ramp-row",
        )
        for family in ("trained", "failed")
    ]
    diverged = [html.Span(text("map.diverged")), html.Span(className="ramp", id="ramp-diverged")]
    return html.Div(
        [
            *families,
            html.Div(diverged, id="legend-diverged", className="ramp-row", style={"display": "none"}),
        ],
        className="map-legend",
    )
