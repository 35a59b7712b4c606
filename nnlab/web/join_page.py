"""The /join page, to be projected: the lab's address for a class, in large letters and as a QR code."""

import segno
from flask import Flask, Response, render_template, request

from nnlab.i18n import translator
from nnlab.web.http.request import preferred_language
from nnlab.web.settings import LOOPBACK, Settings


def register(server: Flask, settings: Settings, version: str) -> None:
    """Serve the page at /join."""
    server.add_url_rule("/join", "join", lambda: show_join(settings, version))


def show_join(settings: Settings, version: str) -> Response:
    """The page with the address that students can reach, or with a sentence on how to set one."""
    language = preferred_language()
    url = class_url(settings)
    code = segno.make(url, error="m").svg_inline(border=2, omitsize=True, svgclass="qr") if url else None
    page = render_template(
        "join.html", url=url, code=code, text=translator(language), language=language, version=version
    )
    return Response(page, mimetype="text/html")


def class_url(settings: Settings) -> str | None:
    """The address to show: the one that was set, else the one that the teacher's browser used, if others can reach it."""
    if settings.public_url or request.host.startswith((*LOOPBACK, "0.0.0.0")):
        return settings.class_url()
    return request.host_url.rstrip("/")
