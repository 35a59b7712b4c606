"""Gzip for everything textual, once for each file.

A class that opens the page together must not have Plotly packed 30 times.
"""

import gzip
from functools import partial
from threading import Lock
from typing import Protocol, runtime_checkable

from flask import Flask, Response, request


@runtime_checkable
class Closeable(Protocol):
    """What holds something open until it is told."""

    def close(self) -> None:
        """Let go of it."""


SMALLEST = 500
TEXTUAL = ("text/", "application/json", "application/javascript", "image/svg+xml")
STATIC = ("/static/", "/_dash-component-suites/")


def register(server: Flask) -> None:
    """Compress answers on a server."""
    server.after_request(partial(_compress, packed={}, lock=Lock()))


def _compress(response: Response, *, packed: dict[str, bytes], lock: Lock) -> Response:
    if not _wanted(response):
        return response
    response.direct_passthrough = False
    unpacked = response.response
    # a fingerprinted address always means the same bytes, so they are worth the slowest compression
    if request.path.startswith(STATIC) and request.method == "GET":
        with lock:
            if request.path not in packed:
                packed[request.path] = gzip.compress(response.get_data(), 9)
        data = packed[request.path]
    else:
        data = gzip.compress(response.get_data(), 6)
    if isinstance(unpacked, Closeable):
        unpacked.close()  # a file that was to be sent as it is
    response.set_data(data)
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _wanted(response: Response) -> bool:
    return (
        response.status_code == 200
        and "Content-Encoding" not in response.headers
        and (response.mimetype or "").startswith(TEXTUAL)
        and (response.content_length or SMALLEST) >= SMALLEST
        and "gzip" in request.headers.get("Accept-Encoding", "")
    )
