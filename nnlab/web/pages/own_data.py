"""A student's own data: points set on the plane, a table, a CSV."""

from dash import Dash, html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.pages.picture import foldable


def section(text: Translator) -> Component:
    """The editor, in sight while the data set is the student's own."""
    return foldable("own-data", text, [html.Div(id="own-data")])


def register(app: Dash) -> None:
    """Answer the page when a table is pasted."""
