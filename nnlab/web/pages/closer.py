"""A closer look: the hidden space, the size of each layer's numbers, how right the network is."""

from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.pages.picture import foldable


def hidden(text: Translator) -> Component:
    """The plane as the last hidden layer sees it."""
    return foldable("hidden", text, [html.Div(id="hidden-space")])


def layers(text: Translator) -> Component:
    """Weights, gradients and activations of each layer over the epochs."""
    return foldable("layers", text, [html.Div(id="layer-charts")])


def metrics(text: Translator) -> Component:
    """Accuracy and confusion, or R^2 and RMSE, at the current epoch."""
    return html.Div(id="metrics")
