"""The pages beside the Lab, each drawn when it is first gone to: the Lab shows its first picture without them."""

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
"""What stands on each page."""

PAGES = ("lab", *BODIES)
"""In the order of the bar at the top."""

PATH = "/body"


def place(name: str, text: Translator) -> Component:
    """Where a page's body comes, which its JavaScript fetches."""
    loading = html.P(text("page.loading"), className="setting-help")
    return html.Div(
        html.Div(loading, id=page_body_id(name), className="page-body"),
        className=f"page on-{name}",
    )


def answer_body(language: str, name: str) -> Response:
    """The parts, before they show anything: JSON, as Dash draws it."""
    if language not in LANGUAGES or name not in BODIES:
        abort(404)
    parts = BODIES[name](translator(language))
    return Response(json.dumps(parts, cls=PlotlyJSONEncoder), mimetype="application/json")


def register(app: Dash) -> None:
    """Answer a page's JavaScript when it is gone to."""
    app.server.add_url_rule(f"{PATH}/<language>/<name>", "body", answer_body)
