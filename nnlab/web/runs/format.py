"""The binary form of a run: the one place in Python where it is written and read.

docs/run-format.md describes it byte by byte; assets/js/streams/run_format.mjs is the other reader. Numbers are
little-endian.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnlab.core.arrays import Array, Surface
from nnlab.web.border import records

VERSION = 1
MEDIA_TYPE = "application/vnd.nnlab.run"
FRAME, TAIL = b"F", b"T"

MIDDLE_LEVEL = 127
"""The level of an output exactly between the classes; levels go from 0 to twice this."""

_FRAME = struct.Struct("<IIIId")  # epoch, costs, parameters, outputs; reach


@dataclass(frozen=True)
class FrameRecord:
    """A network after ``epoch`` completed epochs, as it is sent.

    Attributes:
        epoch: completed epochs.
        costs: after each epoch since the frame before; the first frame's begin with epoch 0.
        parameters: every weight and bias, laid out as ``Parameters.vector``.
        outputs: at the rows of the truth table.
        reach: how far the surface goes from the middle at most.
        levels: the surface, uint8 (size, size): output = middle + reach (level - 127) / 127.
    """

    epoch: int
    costs: Array
    parameters: Array
    outputs: Array
    reach: float
    levels: NDArray[np.uint8]


@dataclass(frozen=True)
class Tail:
    """Why the run ended and the last network's surface in full precision, empty if it was not asked for."""

    summary: dict[str, Any]
    surface: Array


def quantize(surface: Surface, middle: float) -> tuple[float, NDArray[np.uint8]]:
    """A surface in 255 levels, symmetric about the middle, so that level 127 is the boundary itself.

    Returns:
        reach and levels, with output = middle + reach (level - 127) / 127 to within reach / 254.
    """
    offset = surface - surface.dtype.type(middle)
    reach = float(np.abs(offset).max())
    if reach == 0.0:
        return 0.0, np.full(surface.shape, MIDDLE_LEVEL, dtype=np.uint8)
    levels = np.rint(offset / reach * MIDDLE_LEVEL) + MIDDLE_LEVEL  # 127 / reach could overflow
    return reach, levels.astype(np.uint8)


def dequantize(frame: FrameRecord, middle: float) -> Array:
    """The surface that a frame's levels stand for, float64 (size, size)."""
    return middle + frame.reach * (frame.levels.astype(np.float64) - MIDDLE_LEVEL) / MIDDLE_LEVEL


def write_head(head: dict[str, Any]) -> bytes:
    """The first record: the experiment and view as understood, and what will come."""
    return records.write_json(records.HEAD, head)


def write_frame(frame: FrameRecord) -> bytes:
    """A frame's record."""
    counts = len(frame.costs), len(frame.parameters), len(frame.outputs)
    numbers = np.concatenate([frame.costs, frame.parameters, frame.outputs]).astype("<f8")
    fixed = _FRAME.pack(frame.epoch, *counts, frame.reach)
    return records.write(FRAME, fixed + numbers.tobytes() + frame.levels.tobytes())


def write_tail(tail: Tail) -> bytes:
    """The last record."""
    return records.write_json(TAIL, tail.summary, tail.surface.astype("<f8").tobytes())


def read(source: BinaryIO) -> Iterator[dict[str, Any] | FrameRecord | Tail]:
    """The records of a stream, uncompressed, as they arrive: the head, the frames, the tail.

    Raises:
        ValueError: the stream breaks off or is not of this form.
    """
    for kind, body in records.read(source):
        if kind == records.HEAD:
            yield records.read_head(body)
        elif kind == FRAME:
            yield _read_frame(body)
        elif kind == TAIL:
            summary, surface = records.read_json(body)
            yield Tail(summary, _square(np.frombuffer(surface, "<f8")))
        else:
            raise ValueError(f"a record must be one of H, F and T, got {kind!r}")


def _read_frame(body: bytes) -> FrameRecord:
    epoch, n_costs, n_parameters, n_outputs, reach = _FRAME.unpack_from(body)
    n_numbers = n_costs + n_parameters + n_outputs
    numbers = np.frombuffer(body, "<f8", count=n_numbers, offset=_FRAME.size)
    costs, parameters, outputs = np.split(numbers, [n_costs, n_costs + n_parameters])
    levels = np.frombuffer(body, np.uint8, offset=_FRAME.size + 8 * n_numbers)
    return FrameRecord(epoch, costs, parameters, outputs, reach, _square(levels))


def _square(values: NDArray[Any]) -> NDArray[Any]:
    size = int(np.sqrt(values.size))
    return values.reshape(size, size)
