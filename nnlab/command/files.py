"""How a command writes its files: each completely or not at all, through links, and into pipes and devices."""

import csv
import errno
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from nnlab.command.command_error import CommandError

REASONS: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the quota of this disk is used up",
        errno.EFBIG: "it would be larger than a file may be here",
    }
)
"""Why a file cannot be written, where the system's own words would not help."""

OPEN_FILES = re.compile(r"/(?:dev|proc/self)/fd/(\d+)", re.ASCII)
STANDARD_FILES: Mapping[str, int] = MappingProxyType({"/dev/stdout": 1, "/dev/stderr": 2})


class WritingError(OSError):
    """A file that could not be written; its message names the file and the reason."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to write.

    A file takes its name only when it is complete and on the disk; a link stays, and the file that it leads to is
    written. What is no file (a device, a pipe, what stdout leads to) is written as it comes.

    Raises:
        WritingError: it cannot be written; nothing of it stays.
    """
    try:
        if is_stream(path):
            with _open_stream(path) as stream:
                yield stream
        else:
            with _draft(Path(os.path.realpath(path))) as draft:
                yield draft
    except OSError as error:
        if isinstance(error, BrokenPipeError | WritingError):
            raise
        raise WritingError(f"{path}: {reason(error)}") from error


def flush_stdout() -> None:
    """Write what was printed to stdout now, and not at the end of Python, where an error is no longer caught.

    Raises:
        BrokenPipeError: its reader has closed it.
        WritingError: it cannot be written.
    """
    if sys.stdout is None:  # it was closed before Python started
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WritingError(f"stdout: {reason(error)}") from error


def discard_stdout() -> None:
    """Send what is printed to stdout, and what could not be written to it, nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def reason(error: OSError) -> str:
    """Why a file could not be written, in words."""
    return REASONS.get(error.errno or 0, error.strerror or str(error))


def is_stream(path: Path) -> bool:
    """Whether the path is an open descriptor or a device; it is then written in place."""
    return _descriptor(path) is not None or (path.exists() and not path.is_file())


def is_stdout(path: Path | None) -> bool:
    """Whether the path is stdout; the command then prints its tables on stderr instead."""
    return path is not None and _descriptor(path) == 1


def check_file(option: str, path: Path, *endings: str) -> Path:
    """Check, before any work is done, that a file can be written, and return its path.

    Args:
        option: that names the file.
        path: of the file.
        endings: that say what is written into it; a name without any will do.

    Raises:
        CommandError: its folder, or that of what it leads to, is not there or may not be written to; or it is one, or
            is no name of a file, or a descriptor that is closed, or ends in another format's way.
    """
    descriptor = _descriptor(path)
    if descriptor is not None and not _is_open(descriptor):
        raise CommandError(f"{option}: must be open, got {path}")
    try:
        if path.is_dir():
            raise CommandError(f"{option}: must be a file, got the folder {path}")
        stream = is_stream(path)
        folder = Path(os.path.realpath(path)).parent
        if not stream and not folder.is_dir():
            raise CommandError(f"{option}: must be in a folder that is there, got {path}")
        if not stream and not os.access(folder, os.W_OK):
            raise CommandError(f"{option}: must be in a folder that may be written to, got {path}")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise CommandError(f"{option}: must be a name of a file, got {path} ({why})") from error
    if not stream and path.suffix and path.suffix.lower() not in endings:
        raise CommandError(f"{option}: must end in {' or '.join(endings)}, got {path}")
    return path


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as CSV, its numbers unrounded."""
    with whole_file(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows(rows)
        text.flush()
        text.detach()


def _descriptor(path: Path) -> int | None:
    """The file descriptor that a path names, such as 1 for /dev/stdout; None if it names none."""
    found = OPEN_FILES.fullmatch(str(path))
    return int(found[1]) if found else STANDARD_FILES.get(str(path))


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except (OSError, OverflowError):
        return False
    return True


def _open_stream(path: Path) -> BinaryIO:
    descriptor = _descriptor(path)
    if descriptor is None:
        return path.open("wb")
    flush_stdout()
    return os.fdopen(os.dup(descriptor), "wb")  # the copy shares the position in the file


@contextmanager
def _draft(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file in the same folder, and rename it to the path once it is complete."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
        _sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Flush the folder to the disk, so that a renamed file survives a power cut; Windows cannot open a folder."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
