"""The starts page: the experiment trained from a thousand random starts at once."""

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from nnlab.core.experiment import Experiment
from nnlab.core.solved_runs import plateaus
from nnlab.figures.starts_figure import fan_figure, histogram_figure
from nnlab.figures.theme import THEMES
from nnlab.i18n import Translator
from nnlab.web.elements import aria
from nnlab.web.many.many_requests import StartsView
from nnlab.web.pages.view_frame import framed, picture

COUNTS = (100, 300, 1000, 3000, 10_000)


def body(text: Translator) -> list[Component]:
    """The share of successes, a histogram of final costs, their fall over the epochs, and a wall of small pictures."""
    theme = THEMES["light"]
    edges = [0.0, 1.2 * max(plateaus(Experiment()))]
    spread = histogram_figure(edges, [0], theme, cost=text("starts.final_cost"), starts=text("starts.runs"))
    fall = fan_figure([], [], theme, epoch=text("cost.epoch"), cost=text("cost.cost"))
    return [
        _success(text),
        html.Div(
            [
                picture(
                    "histogram",
                    text,
                    [framed("histogram", spread, "wide", text("panel.histogram")), _note("histogram", text)],
                ),
                picture("fan", text, [framed("fan", fall, "wide", text("panel.fan")), _note("fan", text)]),
            ],
            className="pictures",
        ),
        _wall(text),
    ]


def _success(text: Translator) -> Component:
    options = [{"label": text.number(count), "value": str(count)} for count in COUNTS]
    return html.Section(
        [
            html.Div(
                [html.Span(id="success-share", className="share"), html.Span(id="success-interval")],
                className="success",
            ),
            html.Div(
                [
                    html.Div(id="success-words"),
                    html.Div(id="starts-notice", className="notice", role="status"),
                    html.Div(className="run-state", role="status"),
                ],
                className="success-words",
            ),
            html.Div(
                [
                    html.Label(text("starts.count"), htmlFor="starts-count"),
                    dbc.Select(id="starts-count", options=options, value=str(StartsView().starts)),
                    html.Button(
                        text("button.save_csv"), id="save-starts", type="button", className="quiet small"
                    ),
                ],
                className="page-tools",
            ),
        ],
        className="view summary",
        **aria(label=text("page.starts")),
    )


def _note(name: str, text: Translator) -> Component:
    return html.Div(html.Div(text(f"{name}.hint"), className="readout"), className="under")


def _wall(text: Translator) -> Component:
    tiles = [
        html.Button(
            [
                html.Span(className="tile-map"),
                html.Span(className="tile-cost"),
                html.Span(className="tile-seed"),
            ],
            type="button",
            className="tile",
            disabled=True,
        )
        for _ in range(StartsView().wall)
    ]
    return html.Section(
        [
            html.Div([html.H2(text("panel.wall"), id="title-wall")], className="view-head"),
            html.P(text("wall.hint"), className="setting-help"),
            html.Div(tiles, id="wall", className="wall"),
        ],
        className="view",
        **aria(labelledby="title-wall"),
    )
