"""Views of a network: its diagram, its hidden space, and the size of each layer's numbers over the epochs."""

from dash import html
from dash.development.base_component import Component

from nnlab.core.hidden_space import DIMENSIONS
from nnlab.i18n import Translator
from nnlab.web.elements import aria, data
from nnlab.web.pages.view_frame import part, view

SIZES = ("weights", "gradient", "activations")
"""The numbers of a layer that have a chart."""


def network(text: Translator) -> Component:
    """The diagram, which JavaScript draws, and the buttons that change the number of layers."""
    layers = [
        html.Button(
            text(f"network.{name}"),
            type="button",
            className="network-layers",
            title=text(f"network.{name}.hint"),
            **part(name.replace("_", "-")),
        )
        for name in ("fewer_layers", "more_layers")
    ]
    sizes = html.Div(className="network-sizes", **part("sizes"))
    diagram = html.Div(
        className="network", role="group", **part("diagram"), **aria(label=text("network.label"))
    )
    editor = html.Div(className="network-editor", role="dialog", hidden=True, **part("editor"))
    return view(
        "network",
        text,
        [
            html.Div([*layers, sizes], className="network-bar"),
            html.Div(
                [html.Div(diagram, className="network-scroll", **part("scroll")), editor],
                className="network-place",
            ),
            html.Div(text("network.hint"), className="network-caption", **part("caption")),
        ],
        saves=("png", "svg"),
        folds=True,
    )


def hidden(text: Translator) -> Component:
    """The hidden space: the plane as the last hidden layer sees it, if that has two or three units."""
    shown = html.Div(
        html.Canvas(className="hidden-canvas", **part("canvas"), **aria(hidden="true")),
        className="hidden-picture",
        role="img",
        **part("picture"),
        **aria(label=text("panel.hidden")),
    )
    place = html.Div([shown, _otherwise(text)], className="picture square hidden-place")
    turn = html.Span(text("hidden.turn"), className="hidden-turn")
    caption = html.P([html.Span(**part("caption")), " ", turn])
    under = html.Div(caption, className="under hidden-under")
    return view("hidden", text, [place, under], saves=("png", "svg"), folds=True)


def _otherwise(text: Translator) -> Component:
    """What is shown instead of the picture: why there is none, and buttons that give the layer two or three units."""
    ways = [
        html.Button(text(f"hidden.give_{units}"), type="button", className="segment", **part(f"give-{units}"))
        for units in DIMENSIONS
    ]
    return html.Div(
        [html.P(**part("why")), html.Div(ways, className="hidden-ways")],
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
        [html.Caption(**part("caption")), html.Thead(head), html.Tbody(**part("rows"))],
        className="numbers layer-numbers",
        **part("table"),
    )
    scroll = html.Div(
        table, className="scroll", tabIndex="0", role="group", **aria(label=text("panel.layers"))
    )
    help_text = html.P(text("layers.help"), className="setting-help layer-help")
    return view("layers", text, [html.Div(charts, className="layer-charts"), scroll, help_text], folds=True)


def _chart(name: str, text: Translator) -> Component:
    """An empty element for one chart, which JavaScript draws."""
    return html.Div(
        [
            html.H3(text(f"layers.{name}")),
            html.Div(
                [
                    html.Canvas(className="layer-canvas", **part(f"canvas-{name}"), **aria(hidden="true")),
                    html.Div(className="layer-mark", **part(f"mark-{name}")),
                ],
                className="layer-chart",
                role="img",
                **part(f"chart-{name}"),
                **aria(label=text(f"layers.chart_{name}")),
            ),
        ]
    )
