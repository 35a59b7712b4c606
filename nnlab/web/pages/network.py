"""The network diagram: every unit with a small map of what it answers, every connection as strong as it is."""

from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.pages.picture import foldable


def section(text: Translator) -> Component:
    """The diagram's place; the page's JavaScript draws it."""
    return foldable("network", text, [html.Div(id="network")])
