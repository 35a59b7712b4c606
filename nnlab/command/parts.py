"""Finished parts of a map, kept on disk until the whole is there."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.command.request import MapRequest
from nnlab.command.writing import whole_file
from nnlab.core.many.many_training import ManyHistory

OUTCOME = np.dtype([("final_cost", "<f8"), ("solved_since", "<i8"), ("end", "i1"), ("last_epoch", "<i4")])
"""How one run ended; end is a place in ``ends.ENDS``."""


class Parts:
    """The parts of one request in a folder beside the file of numbers.

    They lie in a folder of the request's own in there, so that another request neither takes them up nor
    loses them.
    """

    def __init__(self, numbers: Path, request: MapRequest) -> None:
        """Look for what is there, and make the folder."""
        self.folder = numbers.with_name(f"{numbers.name}.parts")
        self.request = request
        self._own = self.folder / request.signature()
        self._own.mkdir(parents=True, exist_ok=True)

    def missing(self) -> list[int]:
        """The numbers of the parts that are still to be done."""
        return [part for part in range(self.request.parts) if not self._path(part).exists()]

    def keep(self, part: int, history: ManyHistory) -> None:
        """Write down how a part's runs ended."""
        outcome = np.empty(len(history.variations), OUTCOME)
        outcome["final_cost"] = history.final_cost
        outcome["solved_since"] = history.solved_since
        outcome["end"] = history.ends
        outcome["last_epoch"] = history.last_epochs
        with whole_file(self._path(part)) as file:
            np.save(file, outcome)

    def __iter__(self) -> Iterator[NDArray[Any]]:
        """How all runs ended, row by row, one part at a time; each of type OUTCOME."""
        return map(np.load, map(self._path, range(self.request.parts)))

    def drop(self) -> None:
        """Remove the parts; what belongs to other requests stays."""
        shutil.rmtree(self._own)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _path(self, part: int) -> Path:
        return self._own / f"{part:06}.npy"
