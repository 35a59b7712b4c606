"""The network diagram: every unit with a small map of what it answers, every connection as strong as it is."""

from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.elements import aria
from nnlab.web.pages.view_frame import part, view


def section(text: Translator) -> Component:
    """The diagram's place, which the page's JavaScript fills, and what changes the number of layers."""
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
