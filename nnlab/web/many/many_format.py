"""The binary format of streams about many networks: writing and reading its records.

docs/many-format.md describes it; assets/js/server/many_format.mjs is the other reader. Numbers are little-endian.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnlab.core import solved_runs
from nnlab.core.arrays import Array
from nnlab.core.experiment import Experiment
from nnlab.core.solved_runs import worst_cost
from nnlab.web.http import binary_records

MEDIA_TYPE = "application/vnd.nnlab.many"
PROGRESS, PART, NUMBERS, SLICE, TAIL = b"P", b"M", b"N", b"L", b"T"

LEVELS = 254
"""Costs on a map are sent as levels from 0 to this, equal ratios apart."""

LOWEST_SHARE = 1 / 5000
"""The cost of level 0, as a share of that of a run that has just learned its data; the last level is all answers wrong."""

LARGEST_COST = 1e300
"""Sent for any higher cost, and for NaN: JSON has neither infinity nor NaN."""

LARGEST_HEIGHT = 1e30
"""Sent for any higher cost of a landscape, and for NaN; its costs are sent in single precision."""

_PART = struct.Struct("<III")  # stride, index of the first point, points


@dataclass(frozen=True)
class MapPart:
    """A record of some points of a map, in the order in which it is refined.

    Attributes:
        stride: every stride-th point of the map is complete once all parts of this stride have been sent.
        start: index of the first point among those that this stride adds, row by row.
        codes: how each run ended, uint8; see ``core.many.outcome_codes``.
        levels: the final cost of each, uint8.
    """

    stride: int
    start: int
    codes: NDArray[np.uint8]
    levels: NDArray[np.uint8]


def within(cost: Array, largest: float = LARGEST_COST) -> Array:
    """Replace costs that are too high, or no number, by the largest that is sent; any shape."""
    return np.fmin(cost, largest)  # of a number and NaN it takes the number


def cost_bounds(experiment: Experiment) -> tuple[float, float]:
    """The costs that the first and the last level stand for."""
    return LOWEST_SHARE * solved_runs.solved_cost(experiment), worst_cost(experiment)


def cost_levels(cost: Array, experiment: Experiment) -> NDArray[np.uint8]:
    """Costs as levels: cost = low (high / low)^(level / 254), cut off at both ends."""
    low, high = cost_bounds(experiment)
    places = np.log(np.maximum(within(cost, high), low) / low) / np.log(high / low)
    return np.asarray(np.rint(LEVELS * places), dtype=np.uint8)


def write_head(head: dict[str, Any]) -> bytes:
    """Write the first record: experiment and view with their defaults filled in, and what will follow."""
    return binary_records.write_json(binary_records.HEAD, head)


def write_progress(share: float) -> bytes:
    """Write the share of the work that is done, 0 to 1."""
    return binary_records.write_json(PROGRESS, {"share": share})


def write_part(part: MapPart) -> bytes:
    """Write some points of a map."""
    fixed = _PART.pack(part.stride, part.start, len(part.codes))
    return binary_records.write(PART, fixed + part.codes.tobytes() + part.levels.tobytes())


def write_numbers(final_cost: Array, solved_since: NDArray[np.int64]) -> bytes:
    """Write the final costs of all runs of a map in full precision, and since when each is solved, row by row."""
    costs = within(final_cost).astype("<f8")
    return binary_records.write(NUMBERS, costs.tobytes() + solved_since.astype("<i4").tobytes())


def write_slice(values: dict[str, Any], cost: Array) -> bytes:
    """Write a landscape: its axes, and the cost over them in single precision."""
    return binary_records.write_json(SLICE, values, within(cost, LARGEST_HEIGHT).astype("<f4").tobytes())


def write_tail(summary: dict[str, Any], numbers: bytes = b"") -> bytes:
    """Write the last record: why the stream ended, and the summary."""
    return binary_records.write_json(TAIL, summary, numbers)


def read(source: BinaryIO) -> Iterator[tuple[str, Any]]:
    """Read kind and content of each record: dicts, MapParts, and (dict, numbers) where numbers follow.

    Raises:
        ValueError: the stream breaks off or is not of this form.
    """
    for kind, body in binary_records.read(source):
        if kind == PART:
            yield "part", _read_part(body)
        elif kind == NUMBERS:
            yield "numbers", _read_numbers(body)
        elif kind == binary_records.HEAD:
            yield "head", binary_records.read_head(body)
        elif kind in (PROGRESS, SLICE, TAIL):
            name = {PROGRESS: "progress", SLICE: "slice", TAIL: "tail"}[kind]
            yield name, binary_records.read_json(body)
        else:
            raise ValueError(f"a record must be one of H, P, M, N, L and T, got {kind!r}")


def _read_part(body: bytes) -> MapPart:
    stride, start, count = binary_records.unpack(_PART, body)
    points = np.frombuffer(body, np.uint8, offset=_PART.size)
    if len(points) != 2 * count:
        raise ValueError(f"{count} points must take {2 * count} bytes, got {len(points)}")
    return MapPart(stride, start, points[:count], points[count:])


def _read_numbers(body: bytes) -> tuple[Array, NDArray[np.int32]]:
    runs, rest = divmod(len(body), 12)
    if rest:
        raise ValueError(f"the numbers of runs must take 12 bytes each, got {len(body)}")
    return np.frombuffer(body, "<f8", count=runs), np.frombuffer(body, "<i4", offset=8 * runs)
