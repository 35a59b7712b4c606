"""The records that binary streams are made of: one byte for the kind, the length, and so many bytes. Little-endian."""

import json
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

HEAD = b"H"

_RECORD = struct.Struct("<c3xI")  # kind, bytes that follow
_JSON = struct.Struct("<I")  # bytes of JSON that follow


def write(kind: bytes, body: bytes) -> bytes:
    """Write one record."""
    return _RECORD.pack(kind, len(body)) + body


def write_json(kind: bytes, value: dict[str, Any], numbers: bytes = b"") -> bytes:
    """Write one record of JSON: a head is JSON alone; any other has the JSON's length before it and numbers after it."""
    text = json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
    return write(kind, text) if kind == HEAD else write(kind, _JSON.pack(len(text)) + text + numbers)


def read_head(body: bytes) -> dict[str, Any]:
    """The JSON of a head."""
    head: dict[str, Any] = json.loads(body)
    return head


def read_json(body: bytes) -> tuple[dict[str, Any], bytes]:
    """The JSON and the numbers of a record that is no head.

    Raises:
        ValueError: there is no JSON of the length that it says.
    """
    (length,) = unpack(_JSON, body)
    end = _JSON.size + length
    return json.loads(body[_JSON.size : end]), body[end:]


def unpack(form: struct.Struct, body: bytes) -> tuple[Any, ...]:
    """The fixed fields that a body begins with.

    Raises:
        ValueError: it is shorter than they are.
    """
    return form.unpack(_whole(body[: form.size], form.size))


def read(source: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each record of a stream, uncompressed, as they arrive.

    Raises:
        ValueError: the stream breaks off.
    """
    while start := source.read(_RECORD.size):
        kind, length = _RECORD.unpack(_whole(start, _RECORD.size))
        yield kind, _whole(source.read(length), length)


def _whole(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise ValueError(f"the stream breaks off: {length} bytes must follow, got {len(data)}")
    return data
