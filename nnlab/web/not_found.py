"""The 404 page, in the reader's language, for every address that is no page, file or endpoint."""

from dash.exceptions import DependencyException
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import NotFound

from nnlab.i18n import translator
from nnlab.web.http.request import preferred_language
from nnlab.web.pages.lazy_pages import PAGES

ANYTHING = "/<path:path>"
"""The rule by which Dash answers any address with its layout."""

CALLBACKS = "/_dash-update-component"
"""Dash's address for callbacks. The lab has none in Python, and Dash fails on any request to it."""


def register(server: Flask, version: str) -> None:
    """Answer with the 404 page wherever Dash would answer at an address that is no page of the lab."""

    def check_address() -> Response | None:
        anything = request.url_rule is not None and request.url_rule.rule == ANYTHING
        none = anything and request.path.strip("/") not in PAGES
        return show_missing(version) if none or request.path == CALLBACKS else None

    server.before_request(check_address)
    for error in (NotFound, DependencyException):  # the latter: a script that Dash does not have
        server.register_error_handler(error, lambda _: show_missing(version))


def show_missing(version: str) -> Response:
    """The 404 page."""
    language = preferred_language()
    page = render_template("missing.html", text=translator(language), language=language, version=version)
    return Response(page, 404, mimetype="text/html")
