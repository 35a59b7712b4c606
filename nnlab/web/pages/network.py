"""The network diagram: every unit with a small map of what it answers, every connection as strong as it is."""

from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.attributes import aria
from nnlab.web.pages.picture import foldable


def section(text: Translator) -> Component:
    """The diagram's place, which the page's JavaScript fills, and what changes the number of layers."""
    layers = [
        html.Button(
            text(f"network.{name}"),
            id=f"network-{name.replace('_', '-')}",
            type="button",
            className="network-layers",
            title=text(f"network.{name}.hint"),
        )
        for name in ("fewer_layers", "more_layers")
    ]
    diagram = html.Div(
        id="network", role="group", **aria(label=text("network.label"), describedby="network-sizes")
    )
    editor = html.Div(
        id="network-editor",
        className="network-editor",
        role="dialog",
        hidden=True,
        **aria(labelledby="network-editor-title"),
    )
    save = html.Button(
        "PNG",
        id="save-network-png",
        type="button",
        className="quiet small",
        title=text("hint.save_picture", form="PNG"),
    )
    return foldable(
        "network",
        text,
        [
            html.Div(
                [*layers, html.Div(id="network-sizes", className="network-sizes")], className="network-bar"
            ),
            html.Div(
                [html.Div(diagram, id="network-scroll", className="network-scroll"), editor],
                className="network-place",
            ),
            html.Div(text("network.hint"), id="network-caption", className="network-caption"),
        ],
        save,
    )
