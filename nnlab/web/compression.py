"""Gzip compression of whole responses; a static file is compressed once and kept. Streams compress themselves.

A class that opens the page together must not have Plotly compressed 30 times.
"""

import gzip
import hashlib
from concurrent.futures import Future
from functools import partial
from threading import Lock
from typing import Protocol, runtime_checkable

from flask import Flask, Response, request


@runtime_checkable
class Closeable(Protocol):
    """A response body that holds a file open until it is closed."""

    def close(self) -> None:
        """Close the file."""


SMALLEST = 500
"""Bytes of the smallest response that is worth compressing."""

TEXTUAL = ("text/", "application/json", "application/javascript", "image/svg+xml")
STATIC = ("/static/", "/_dash-component-suites/")


class Packed:
    """A cache of compressed files; threads that ask for one wait while it is compressed, threads that ask for another do not.

    The key is the content, not the address: anybody can invent any number of addresses for a file
    (``/static/<version>/x/../main.mjs``), which must not fill the memory.
    """

    def __init__(self) -> None:
        self._files: dict[bytes, Future[bytes]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """The number of files in the cache."""
        return len(self._files)

    def of(self, content: bytes) -> bytes:
        """The compressed file, at the highest level of gzip."""
        key = hashlib.sha256(content).digest()
        with self._lock:
            is_new = key not in self._files
            file = self._files.setdefault(key, Future())
        if is_new:
            try:
                file.set_result(gzip.compress(content, 9))
            except BaseException as error:
                with self._lock:
                    del self._files[key]
                file.set_exception(error)
        return file.result()


def register(server: Flask) -> None:
    """Compress the responses of a server."""
    server.after_request(partial(_compress, packed=Packed()))


def _compress(response: Response, *, packed: Packed) -> Response:
    if not _wanted(response):
        return response
    response.direct_passthrough = False
    unpacked = response.response
    # a fingerprinted address always means the same bytes, so they are worth the slowest compression
    if request.path.startswith(STATIC) and request.method == "GET":
        data = packed.of(response.get_data())
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
