"""The binary format of a run's stream: writing and reading its records.

docs/run-format.md describes it byte by byte; assets/js/server/run_format.mjs is the other reader. Numbers are
little-endian.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from nnlab.core.arrays import Array
from nnlab.web.http import binary_records

VERSION = 3
MEDIA_TYPE = "application/vnd.nnlab.run"
FRAMES, TAIL = b"F", b"T"

_FRAMES = struct.Struct(
    "<IIIIII"
)  # epoch of the first cost, costs, test costs, frames, parameters, gradients


@dataclass(frozen=True)
class Frames:
    """A record of frames: networks, each after some completed epochs, and all costs since the record before.

    Attributes:
        first: the epoch that ``costs`` begin with.
        costs: after each epoch from ``first`` on, shape (c,); before training, if that is epoch 0.
        test_costs: likewise over the test rows; shape (0,) if there are no such rows.
        epochs: completed epochs of each network, shape (k,).
        parameters: of each network every weight and bias, laid out as ``Parameters.vector``, shape (k, p).
        gradients: of each network the root mean square of each layer's gradient, shape (k, layers); (k, 0) if
            they were not requested.
    """

    first: int
    costs: Array
    test_costs: Array
    epochs: Sequence[int]
    parameters: Array
    gradients: Array


@dataclass(frozen=True)
class Tail:
    """The last record: why the run ended, and at which epoch and cost."""

    summary: dict[str, Any]


def write_head(head: dict[str, Any]) -> bytes:
    """Write the first record: experiment and view with their defaults filled in, and the epochs that get a frame."""
    return binary_records.write_json(binary_records.HEAD, head)


def write_frames(frames: Frames) -> bytes:
    """Write a record of frames."""
    count, parameters = frames.parameters.shape
    counts = len(frames.costs), len(frames.test_costs), count, parameters, frames.gradients.shape[1]
    parts = (frames.costs, frames.test_costs, frames.parameters, frames.gradients)
    numbers = b"".join(part.astype("<f8").tobytes() for part in parts)
    epochs = np.asarray(frames.epochs, dtype="<u4").tobytes()
    return binary_records.write(FRAMES, _FRAMES.pack(frames.first, *counts) + numbers + epochs)


def write_tail(tail: Tail) -> bytes:
    """Write the last record."""
    return binary_records.write_json(TAIL, tail.summary)


def read(source: BinaryIO) -> Iterator[dict[str, Any] | Frames | Tail]:
    """Read the records of a decompressed stream as they arrive: the head, frames, the tail.

    Raises:
        ValueError: the stream breaks off or is not of this form.
    """
    for kind, body in binary_records.read(source):
        if kind == binary_records.HEAD:
            yield binary_records.read_head(body)
        elif kind == FRAMES:
            yield _read_frames(body)
        elif kind == TAIL:
            summary, _ = binary_records.read_json(body)
            yield Tail(summary)
        else:
            raise ValueError(f"a record must be one of H, F and T, got {kind!r}")


def _read_frames(body: bytes) -> Frames:
    first, costs, test_costs, count, parameters, gradients = binary_records.unpack(_FRAMES, body)
    sizes = costs, test_costs, count * parameters, count * gradients
    numbers = np.frombuffer(body, "<f8", count=sum(sizes), offset=_FRAMES.size)
    parts = np.split(numbers, np.cumsum(sizes)[:-1])
    epochs = np.frombuffer(body, "<u4", count=count, offset=_FRAMES.size + numbers.nbytes)
    return Frames(
        first,
        parts[0],
        parts[1],
        epochs.tolist(),
        parts[2].reshape(count, parameters),
        parts[3].reshape(count, gradients),
    )
