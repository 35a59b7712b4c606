"""Sending requests to a server in a test, and reading its responses."""

import gzip
import http.client
import json
from contextlib import closing

import pytest

JSON = "application/json"

CANCEL_SECONDS = 0.25
"""How soon work must end on the server once its client is gone, on a machine that is not slow."""

TRIES = 5
"""The median of so many must keep the promise."""


def post(client, path, data, **headers):
    """What a server in this process answers."""
    return client.post(path, data=data, content_type=JSON, headers=headers)


def errors(response):
    """The problems in a refusal, which is strict JSON and nothing else."""
    assert response.mimetype == JSON
    listed = json.loads(response.data, parse_constant=pytest.fail)
    assert list(listed) == ["errors"]
    assert listed["errors"]
    assert all(set(each) == {"field", "rule", "bound", "value"} for each in listed["errors"])
    return listed["errors"]


def exchange(server, method, path, content=None, timeout=60, **headers):
    """A whole exchange over http, as a program would do it: status, headers, body."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=timeout)) as connection:
        connection.request(method, path, content, {"Content-Type": JSON} | headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()


def unchunked(data):
    """A body that came in chunks, whole."""
    pieces = []
    while data:
        size, data = data.split(b"\r\n", 1)
        pieces.append(data[: int(size, 16)])
        data = data[int(size, 16) + 2 :]
    return b"".join(pieces)


def told(response):
    """The JSON of an answer in one piece, which is always packed."""
    return json.loads(gzip.decompress(response.get_data()))
