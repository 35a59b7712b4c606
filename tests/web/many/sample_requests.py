"""Small requests about many networks, the recordings of their responses, and executors to train them on."""

import io
import json
import zlib
from dataclasses import dataclass
from typing import Any

from nnlab.web.many import many_format
from nnlab.web.many.job_reports import ManyProgress
from nnlab.work.executor import SerialExecutor

STARTS, MAP, POINT, LANDSCAPE = "/starts/run", "/map/run", "/map/point", "/landscape/run"
PATHS = [STARTS, MAP, POINT, LANDSCAPE]
STREAMS = [STARTS, MAP, LANDSCAPE]

UNIFORM = {"initialization": "uniform", "epochs": 30}
"""An experiment whose start is random, and soon over."""

SLICE: dict[str, Any] = {"parameters": [0.5] * 9, "view": {"x_path": [-1, 1], "y_path": [-1, 1], "size": 5}}
"""What has to be said of a landscape of the notebook's network."""

SMALL: dict[str, dict[str, Any]] = {
    STARTS: {"view": {"starts": 10, "wall": 2}},
    MAP: {"view": {"size": 3}},
    POINT: {"view": {"size": 3}, "row": 2, "column": 0},
    LANDSCAPE: SLICE,
}
"""For each address, something that is soon answered."""


def body(experiment=None, **others):
    """The bytes of a request."""
    return json.dumps({"version": 3, "experiment": experiment or {}} | others).encode()


def small(path, experiment=None):
    """The bytes of a request that is soon answered at an address."""
    return body(experiment or {"epochs": 2}, **SMALL[path])


class Wide(SerialExecutor):
    """Cuts work as an executor of seven would have it cut."""

    workers = 7


@dataclass(frozen=True)
class Recording:
    """An answer as it was received.

    Attributes:
        records: (kind, content) each.
    """

    records: list

    @classmethod
    def of(cls, packed):
        unpacked = zlib.decompress(packed, 16 + zlib.MAX_WBITS)
        return cls(list(many_format.read(io.BytesIO(unpacked))))

    def all(self, kind):
        """What the records of a kind say."""
        return [content for each, content in self.records if each == kind]

    def one(self, kind):
        """What the only record of a kind says."""
        (content,) = self.all(kind)
        return content

    @property
    def head(self):
        """The first record."""
        assert self.records[0][0] == "head"
        return self.one("head")

    @property
    def tail(self):
        """What the last record says, and the numbers after it."""
        assert self.records[-1][0] == "tail"
        return self.one("tail")


def wanted():
    """Somebody waits."""
    return True


def record(stream, asked, executor=None, progress=None):
    """The answer that an executor gives to a request."""
    return Recording.of(
        b"".join(stream(asked, executor or SerialExecutor(), wanted, progress or ManyProgress()))
    )
