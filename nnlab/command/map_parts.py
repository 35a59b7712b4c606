"""Stores the finished parts of a map on disk, so that an interrupted map resumes."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnlab.command.command_error import CommandError
from nnlab.command.files import whole_file
from nnlab.command.map_plan import MapPlan
from nnlab.core.many.many_training import ManyHistory

OUTCOME = np.dtype([("final_cost", "<f8"), ("solved_since", "<i8"), ("end", "i1"), ("last_epoch", "<i4")])
"""The columns of a part, one row for each run; end is an index into ``ends.ENDS``."""

LOCK = "lock"
"""The name of the file that is locked in a folder."""


class Parts:
    """The finished parts of one plan, in a folder that other plans share.

    Each plan has its own folder in there, so that no other plan reads or removes its parts.

    Attributes:
        folder: that the plans share.
        plan: whose parts they are.
    """

    def __init__(self, folder: Path, plan: MapPlan, *, alone: bool = True) -> None:
        """Keep the folder and the plan.

        Args:
            folder: that the plans share.
            plan: whose parts they are.
            alone: whether ``locked`` also refuses a process with another plan, since both would write the same files.
        """
        self.folder, self.plan, self._alone = folder, plan, alone
        self._own = folder / plan.signature()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder, and keep other processes from the same parts as long as the block lasts.

        Raises:
            CommandError: another process fills the folder, or a file is in its place.
        """
        with ExitStack() as locks:
            for folder in (self.folder, self._own) if self._alone else (self._own,):
                locks.enter_context(self._locked(folder))
            yield

    @contextmanager
    def _locked(self, folder: Path) -> Iterator[None]:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise CommandError(f"out: must have room for the folder {folder}, which is a file now") from error
        with ExitStack() as opened:
            try:
                file = opened.enter_context((folder / LOCK).open("ab"))
                locked = _lock(file) and _is_there(file, folder / LOCK)
            except FileNotFoundError:  # the process that was done just now has removed the folder
                locked = False
            if not locked:
                raise CommandError(
                    f"out: must be a map that no other process makes just now; another fills {self.folder}"
                )
            yield

    def missing(self) -> list[int]:
        """The numbers of the parts to train; a damaged file is reported on stderr and removed, and its part is among them.

        Raises:
            CommandError: a folder has the name of a part.
        """
        parts = range(self.plan.parts)
        for part in parts:
            path = self._path(part)
            if path.is_dir():
                raise CommandError(f"out: must have files for its parts, got the folder {path}; remove it")
            if path.exists() and not self._is_whole(part):
                print(f"{path} is not whole: its runs are trained again", file=sys.stderr)
                path.unlink()
        return [part for part in parts if not self._path(part).exists()]

    def keep(self, part: int, history: ManyHistory) -> None:
        """Write to disk how the runs of a part ended."""
        outcome = np.empty(len(history.variations), OUTCOME)
        outcome["final_cost"] = history.final_cost
        outcome["solved_since"] = history.solved_since
        outcome["end"] = history.ends
        outcome["last_epoch"] = history.last_epochs
        packed = BytesIO()
        np.save(packed, outcome)
        with whole_file(self._path(part)) as file:
            file.write(packed.getbuffer())

    def __iter__(self) -> Iterator[NDArray[Any]]:
        """How all runs ended, row by row, one part at a time; each of type OUTCOME."""
        return map(np.load, map(self._path, range(self.plan.parts)))

    def drop(self) -> None:
        """Remove the parts; what belongs to other plans stays."""
        shutil.rmtree(
            self._own, ignore_errors=sys.platform == "win32"
        )  # where an open lock cannot be removed
        with suppress(OSError):  # it is not empty
            if self._alone:
                (self.folder / LOCK).unlink(missing_ok=True)
            self.folder.rmdir()

    def others(self) -> bool:
        """Whether the folder holds parts of other plans, once this plan's are dropped."""
        return any(self.folder.glob("*/*.npy"))

    def _is_whole(self, part: int) -> bool:
        try:
            found = np.load(self._path(part))
        except (OSError, ValueError, EOFError):
            return False
        return bool(found.dtype == OUTCOME and found.shape == (self.plan.part_size(part),))

    def _path(self, part: int) -> Path:
        return self._own / f"{part:06}.npy"


def _lock(file: BinaryIO) -> bool:
    """Lock a file, until it is closed or the process ends; False if another process has the lock."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_there(file: BinaryIO, path: Path) -> bool:
    """Whether an open file still has its name: the process that held the lock may have removed it when it was done."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
