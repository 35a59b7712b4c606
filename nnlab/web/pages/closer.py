"""A closer look: the hidden space, the size of each layer's numbers, how right the network is."""

from dash import html
from dash.development.base_component import Component

from nnlab.core.hidden_space import DIMENSIONS
from nnlab.i18n import Translator
from nnlab.web.attributes import aria, data
from nnlab.web.pages.picture import foldable

SIZES = ("weights", "gradient", "activations")
"""What of each layer has a chart over the epochs: measures of the stream."""


def hidden(text: Translator) -> Component:
    """The plane as the last hidden layer sees it; where it has another number of units, a way to two or three."""
    save = html.Button(
        "PNG",
        id="save-hidden-png",
        type="button",
        className="quiet small",
        title=text("hint.save_picture", form="PNG"),
    )
    shown = html.Div(
        html.Canvas(id="hidden-canvas", **aria(hidden="true")),
        id="hidden-picture",
        className="hidden-picture",
        role="img",
        **aria(label=text("panel.hidden"), describedby="hidden-turn"),
    )
    place = html.Div([shown, _otherwise(text)], className="picture square hidden-place")
    turn = html.Span(text("hidden.turn"), id="hidden-turn", className="hidden-turn")
    caption = html.P([html.Span(id="hidden-caption"), " ", turn])
    under = html.Div(caption, className="under hidden-under")
    return foldable("hidden", text, [place, under], save)


def _otherwise(text: Translator) -> Component:
    """What stands in the picture's place while there is none."""
    ways = [
        html.Button(
            text(f"hidden.give_{units}"), id=f"hidden-give-{units}", type="button", className="segment"
        )
        for units in DIMENSIONS
    ]
    return html.Div(
        [html.P(id="hidden-why"), html.Div(ways, className="hidden-ways")],
        className="hidden-otherwise",
    )


def layers(text: Translator) -> Component:
    """Weights, gradients and activations of each layer over the epochs."""
    charts = [_chart(name, text) for name in SIZES]
    columns = [*SIZES, "dead", "saturated"]
    head = html.Tr(
        [html.Th(text("layers.layer"), scope="col")]
        + [html.Th(text(f"layers.{name}"), scope="col", **data(column=name)) for name in columns]
    )
    table = html.Table(
        [html.Caption(id="layer-caption"), html.Thead(head), html.Tbody(id="layer-rows")],
        className="numbers layer-numbers",
        id="layer-table",
    )
    scroll = html.Div(
        table, className="scroll", tabIndex="0", role="group", **aria(label=text("panel.layers"))
    )
    help_text = html.P(text("layers.help"), className="setting-help layer-help")
    return foldable("layers", text, [html.Div(charts, className="layer-charts"), scroll, help_text])


def _chart(name: str, text: Translator) -> Component:
    """One chart's place; the page's JavaScript draws in it."""
    return html.Div(
        [
            html.H3(text(f"layers.{name}"), id=f"layer-title-{name}"),
            html.Div(
                [
                    html.Canvas(id=f"layer-canvas-{name}", **aria(hidden="true")),
                    html.Div(id=f"layer-mark-{name}", className="layer-mark"),
                ],
                id=f"layer-chart-{name}",
                className="layer-chart",
                role="img",
                **aria(label=text(f"layers.chart_{name}")),
            ),
        ]
    )


def metrics(text: Translator) -> Component:
    """Accuracy and confusion, or R^2 and RMSE, at the current epoch."""
    return html.Div(id="metrics", className="metrics")
