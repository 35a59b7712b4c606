"""The lazy pages: starts, map and landscape, fetched when they are first opened, so that the Lab loads faster."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from dash import Dash, html
from dash.development.base_component import Component
from flask import Response, abort
from plotly.utils import PlotlyJSONEncoder

from nnlab.i18n import LANGUAGES, Translator, translator
from nnlab.web.elements import page_body_id
from nnlab.web.pages import landscape_page, map_page, starts_page

Body = Callable[[Translator], list[Component]]

BODIES: Mapping[str, Body] = MappingProxyType(
    {"starts": starts_page.body, "map": map_page.body, "landscape": landscape_page.body}
)
"""The function that makes the components of each page."""

PAGES = ("lab", *BODIES)
"""In the order of the bar at the top."""

PATH = "/body"


def placeholder(name: str, text: Translator) -> Component:
    """An empty element for a page in the layout, until JavaScript has fetched its body."""
    loading = html.P(text("page.loading"), className="setting-help")
    return html.Div(
        html.Div(loading, id=page_body_id(name), className="page-body"),
        className=f"page on-{name}",
    )


def answer_body(language: str, name: str) -> Response:
    """Answer with the components of a page as JSON, which Dash renders."""
    if language not in LANGUAGES or name not in BODIES:
        abort(404)
    parts = BODIES[name](translator(language))
    return Response(json.dumps(parts, cls=PlotlyJSONEncoder), mimetype="application/json")


def register(app: Dash) -> None:
    """Add the endpoint from which JavaScript fetches a page."""
    app.server.add_url_rule(f"{PATH}/<language>/<name>", "body", answer_body)
