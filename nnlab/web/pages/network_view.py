"""The network diagram: units with a small map of their output, and connections as thick as their weight is large."""

from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.elements import aria
from nnlab.web.pages.view_frame import part, view


def section(text: Translator) -> Component:
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
