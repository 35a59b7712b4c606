"""Serving the files of assets/ under one fingerprint.

The fingerprint of the whole folder is part of every file's address, so a browser may keep them for good,
and modules and styles that name each other by relative paths stay within the same version.
"""

import hashlib
import mimetypes
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory

from nnlab.web import styles
from nnlab.web.asset_folder import FOLDER as FOLDER

PLOTLY = "vendor/plotly"
"""Plotly in parts, built by ``make plotly``: the flat part is loaded with the page, the solid one when it is first needed."""

CACHED_FOR_EVER = "public, max-age=31536000, immutable"

mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("font/woff2", ".woff2")


def fingerprint(folder: Path = FOLDER) -> str:
    """A short hash of the names and contents of all files, and of the colours."""
    digest = hashlib.sha256(styles.colors().encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def register(server: Flask, version: str) -> None:
    """Serve the folder at /static/<version>/, with headers that let browsers keep the files for ever."""

    def serve(requested: str, name: str) -> Response:
        if requested != version:
            abort(404)
        if name in styles.SHEETS:
            response = Response(styles.sheet(name), mimetype="text/css")
        else:
            response = send_from_directory(FOLDER, name)
        response.headers["Cache-Control"] = CACHED_FOR_EVER
        return response

    server.add_url_rule("/static/<requested>/<path:name>", "assets", serve)
