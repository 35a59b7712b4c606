"""A task: what a teacher adds to a link, and what a student sees of it."""

from dash import Dash, html
from dash.development.base_component import Component

from nnlab.i18n import Translator


def card(text: Translator) -> Component:
    """The task that the address holds, above the pictures."""
    return html.Div(id="task")


def panel(text: Translator) -> list[Component]:
    """Where a teacher prepares one."""
    return [html.Div(id="task-panel")]


def register(app: Dash) -> None:
    """Answer the page when a playground link is pasted."""
