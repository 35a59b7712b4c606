"""An address at which there is nothing: 404, said in the reader's language, with a way back."""

from dash.exceptions import DependencyException
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import NotFound

from nnlab.i18n import translator
from nnlab.web.http.request import preferred_language
from nnlab.web.pages.lazy_pages import PAGES

ANYTHING = "/<path:path>"
"""Dash takes any address for the Lab by this rule."""

CALLBACKS = "/_dash-update-component"
"""Where Dash would run callbacks, of which there is none in Python: it breaks at whatever is asked there."""


def register(server: Flask, version: str) -> None:
    """Let Dash answer at the lab's own pages alone."""

    def look() -> Response | None:
        anything = request.url_rule is not None and request.url_rule.rule == ANYTHING
        none = anything and request.path.strip("/") not in PAGES
        return show_missing(version) if none or request.path == CALLBACKS else None

    server.before_request(look)
    for error in (NotFound, DependencyException):  # the latter: a script of Dash's that there is not
        server.register_error_handler(error, lambda _: show_missing(version))


def show_missing(version: str) -> Response:
    """The page."""
    language = preferred_language()
    page = render_template("missing.html", text=translator(language), language=language, version=version)
    return Response(page, 404, mimetype="text/html")
