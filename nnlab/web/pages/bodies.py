"""What is drawn when it is first needed: pages beside the Lab when they are gone to, the 3D view after the rest.

So the Lab shows its first picture without waiting for them.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from nnlab.i18n import Translator, translator
from nnlab.web import ids
from nnlab.web.attributes import aria
from nnlab.web.pages import landscape, starts, views
from nnlab.web.pages import map as map_page

Body = Callable[[Translator], list[Component]]

BODIES: Mapping[str, Body] = MappingProxyType(
    {"starts": starts.body, "map": map_page.body, "landscape": landscape.body}
)
"""What stands on each page."""

PAGES = ("lab", *BODIES)
"""In the order of the bar at the top."""

PARTS: Mapping[str, Body] = MappingProxyType({"surface": views.surface_graph})
"""What stands in the Lab, but comes later."""


def place(name: str, text: Translator) -> Component:
    """Where a page's body comes, and the store through which it is asked for."""
    loading = html.P(text("page.loading"), className="setting-help")
    return html.Div(
        [
            html.Div(loading, id=ids.body(name), className="page-body", **aria(label=text(f"page.{name}"))),
            dcc.Store(id=ids.body_request(name)),
        ],
        className=f"page on-{name}",
    )


def show_body(asked: bool, language: str, *, body: Body) -> list[Component]:
    """The part, before it shows anything."""
    return body(translator(language))


def register(app: Dash) -> None:
    """Answer a page's JavaScript when it is gone to."""
    for name, body in {**BODIES, **PARTS}.items():
        app.callback(
            Output(ids.body(name), "children"),
            Input(ids.body_request(name), "data"),
            State("language", "data"),
            prevent_initial_call=True,
        )(partial(show_body, body=body))
