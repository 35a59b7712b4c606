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

VERSION = 2
MEDIA_TYPE = "application/vnd.nnlab.run"
FRAME, UNITS, HIDDEN, TAIL = b"F", b"U", b"S", b"T"

MIDDLE_LEVEL = 127
"""The level of an output exactly between the classes; levels go from 0 to twice this."""

LARGEST_DRAWN = float(np.finfo(np.float32).max) / 4
"""So that differences of what is drawn are numbers of single precision too."""

_FRAME = struct.Struct("<IIIIIId")  # epoch, costs, test costs, parameters, outputs, measures; reach
_UNITS = struct.Struct("<II")  # units, points a side
_HIDDEN = struct.Struct("<II")  # points, dimensions


@dataclass(frozen=True)
class FrameRecord:
    """A network after ``epoch`` completed epochs, as it is sent.

    Attributes:
        epoch: completed epochs.
        costs: after each epoch since the frame before; the first frame's begin with epoch 0.
        test_costs: likewise over the test rows; none if there are no such rows.
        parameters: every weight and bias, laid out as ``Parameters.vector``.
        outputs: at the training rows, if the head says so: of a gate, whose rows are a table.
        measures: what the head names in ``measures``, in its order; NaN where there is no such number.
        reach: how far the surface goes from the middle at most.
        levels: the surface, uint8 (size, size): output = middle + reach (level - 127) / 127.
    """

    epoch: int
    costs: Array
    test_costs: Array
    parameters: Array
    outputs: Array
    measures: Array
    reach: float
    levels: NDArray[np.uint8]


@dataclass(frozen=True)
class UnitsRecord:
    """What the units of the frame before it answer over the plane: features first, then each hidden layer.

    Attributes:
        reaches: how far each unit's map goes from its middle at most, float32 (n,).
        levels: uint8 (n, size, size), as in a frame.
    """

    reaches: NDArray[np.float32]
    levels: NDArray[np.uint8]


@dataclass(frozen=True)
class HiddenRecord:
    """Where the last hidden layer of the frame before it puts the training rows, the test rows and the lattice.

    Attributes:
        places: float32 (points, dimensions), in this order.
    """

    places: NDArray[np.float32]


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
    surface = finite(surface)
    offset = surface - surface.dtype.type(middle)
    reach = float(np.abs(offset).max())
    if reach == 0.0:
        return 0.0, np.full(surface.shape, MIDDLE_LEVEL, dtype=np.uint8)
    levels = np.rint(offset / reach * MIDDLE_LEVEL) + MIDDLE_LEVEL  # 127 / reach could overflow
    return reach, levels.astype(np.uint8)


def quantize_each(maps: Surface, middle: float) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Many small surfaces, each with a reach of its own, (n, size, size) -> (n,) and (n, size, size)."""
    offsets = finite(maps) - maps.dtype.type(middle)
    reaches = np.abs(offsets).max(axis=(1, 2))
    shares = offsets / np.where(reaches > 0, reaches, 1)[:, np.newaxis, np.newaxis]
    levels = np.rint(shares * MIDDLE_LEVEL) + MIDDLE_LEVEL
    return reaches.astype(np.float32), levels.astype(np.uint8)


def finite(surface: Surface) -> Surface:
    """A surface to be drawn: what is beyond LARGEST_DRAWN stands there, NaN at 0.

    A run that is about to diverge can still have finite parameters, and outputs beyond all numbers.
    """
    if np.abs(surface).max() <= LARGEST_DRAWN:  # not so of NaN
        return surface
    return np.asarray(np.clip(np.nan_to_num(surface, nan=0.0), -LARGEST_DRAWN, LARGEST_DRAWN))


def dequantize(frame: FrameRecord, middle: float) -> Array:
    """The surface that a frame's levels stand for, float64 (size, size)."""
    return middle + frame.reach * (frame.levels.astype(np.float64) - MIDDLE_LEVEL) / MIDDLE_LEVEL


def differences(levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each level less those before it in its row and its column, plus the one before both, modulo 256.

    Where a surface is smooth these are mostly 0, 1 and 255, which gzip packs in half the bytes (samples over
    -6..6, several layers), or as well as the levels themselves (a gate). The last two axes are rows and columns.
    """
    across = np.diff(levels, axis=-1, prepend=np.zeros_like(levels[..., :1]))
    return np.diff(across, axis=-2, prepend=np.zeros_like(across[..., :1, :]))


def summed(steps: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The levels whose differences these are: sums down the columns and along the rows, modulo 256."""
    down = np.cumsum(steps, axis=-2, dtype=np.uint8)
    return np.asarray(np.cumsum(down, axis=-1, dtype=np.uint8))


def write_head(head: dict[str, Any]) -> bytes:
    """The first record: the experiment and view as understood, and what will come."""
    return records.write_json(records.HEAD, head)


def write_frame(frame: FrameRecord) -> bytes:
    """A frame's record."""
    parts = frame.costs, frame.test_costs, frame.parameters, frame.outputs, frame.measures
    counts = map(len, parts)
    numbers = np.concatenate(parts).astype("<f8")
    fixed = _FRAME.pack(frame.epoch, *counts, frame.reach)
    return records.write(FRAME, fixed + numbers.tobytes() + differences(frame.levels).tobytes())


def write_units(units: UnitsRecord) -> bytes:
    """The record of the units' maps."""
    fixed = _UNITS.pack(len(units.reaches), units.levels.shape[-1])
    return records.write(
        UNITS, fixed + units.reaches.astype("<f4").tobytes() + differences(units.levels).tobytes()
    )


def write_hidden(hidden: HiddenRecord) -> bytes:
    """The record of the hidden space."""
    return records.write(HIDDEN, _HIDDEN.pack(*hidden.places.shape) + hidden.places.astype("<f4").tobytes())


def write_tail(tail: Tail) -> bytes:
    """The last record."""
    return records.write_json(TAIL, tail.summary, tail.surface.astype("<f8").tobytes())


def read(source: BinaryIO) -> Iterator[dict[str, Any] | FrameRecord | UnitsRecord | HiddenRecord | Tail]:
    """The records of a stream, uncompressed, as they arrive: the head, the frames and what belongs to each, the tail.

    Raises:
        ValueError: the stream breaks off or is not of this form.
    """
    for kind, body in records.read(source):
        if kind == records.HEAD:
            yield records.read_head(body)
        elif kind == FRAME:
            yield _read_frame(body)
        elif kind == UNITS:
            yield _read_units(body)
        elif kind == HIDDEN:
            points, _ = records.unpack(_HIDDEN, body)
            yield HiddenRecord(np.frombuffer(body, "<f4", offset=_HIDDEN.size).reshape(points, -1))
        elif kind == TAIL:
            summary, surface = records.read_json(body)
            yield Tail(summary, _square(np.frombuffer(surface, "<f8")))
        else:
            raise ValueError(f"a record must be one of H, F, U, S and T, got {kind!r}")


def _read_frame(body: bytes) -> FrameRecord:
    epoch, *counts, reach = _FRAME.unpack_from(body)
    numbers = np.frombuffer(body, "<f8", count=sum(counts), offset=_FRAME.size)
    costs, test_costs, parameters, outputs, measures = np.split(numbers, np.cumsum(counts)[:-1])
    levels = np.frombuffer(body, np.uint8, offset=_FRAME.size + numbers.nbytes)
    return FrameRecord(
        epoch, costs, test_costs, parameters, outputs, measures, reach, summed(_square(levels))
    )


def _read_units(body: bytes) -> UnitsRecord:
    count, size = records.unpack(_UNITS, body)
    reaches = np.frombuffer(body, "<f4", count=count, offset=_UNITS.size)
    levels = np.frombuffer(body, np.uint8, offset=_UNITS.size + reaches.nbytes)
    return UnitsRecord(reaches, summed(levels.reshape(count, size, size)))


def _square(values: NDArray[Any]) -> NDArray[Any]:
    size = int(np.sqrt(values.size))
    return values.reshape(size, size)
