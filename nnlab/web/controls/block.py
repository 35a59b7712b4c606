"""The frame around every control: its parts, a line of help, and the place where its error is said."""

from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.elements import data, error_id


def block(setting: str, text: Translator, *parts: Component) -> Component:
    """A setting as a whole. The error line is announced when it is filled."""
    return html.Div(
        [
            *parts,
            html.Div(text(f"help.{setting}"), className="setting-help"),
            html.Div(id=error_id(setting), className="setting-error", role="alert"),
        ],
        className="setting",
        **data(setting=setting),
    )
