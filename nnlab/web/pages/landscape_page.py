"""The landscape page: the cost over two parameters, and the run's path through it."""

import dash_bootstrap_components as dbc
import numpy as np
from dash import html
from dash.development.base_component import Component

from nnlab.figures.landscape_figure import height_figure, levels_figure
from nnlab.figures.theme import THEMES
from nnlab.i18n import Translator
from nnlab.web.elements import aria
from nnlab.web.pages.view_frame import framed, picture


def body(text: Translator) -> list[Component]:
    """The lists of parameters, the landscape as a surface, and the landscape from above. The Lab's player is shown below."""
    theme = THEMES["light"]
    flat = np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.zeros((2, 2))
    height = height_figure(*flat, theme, title=text("cost.cost"))
    surface = framed("height", height, "square", text("panel.height"))
    levels = framed("levels", levels_figure(*flat, theme), "square", text("panel.levels"))
    pictures = [
        picture("height", text, [surface, html.Div(id="height-note", className="readout")]),
        picture("levels", text, [levels]),
    ]
    return [_summary(text), html.Div(pictures, className="pictures")]


def _summary(text: Translator) -> Component:
    """The lists of parameters, and what the landscape shows in words."""
    lists = [*_list("landscape-x", text("map.x")), *_list("landscape-y", text("map.y"))]
    words = [
        html.Div(id="landscape-notice", className="notice", role="status"),
        html.Div(id="landscape-words"),
        html.Div(text("landscape.projection")),
    ]
    return html.Section(
        [html.Div(lists, className="page-tools"), html.Div(words, className="success-words")],
        className="view summary",
        **aria(label=text("landscape.axes")),
    )


def _list(name: str, label: str) -> list[Component]:
    """A list of parameters, which JavaScript fills: it depends on the network's shape."""
    return [html.Label(label, htmlFor=name), dbc.Select(id=name, options=[], value="")]
