"""Files that are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from nnlab.command.refusal import RefusalError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which takes its name only when it is complete."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def check_file(field: str, path: Path) -> Path:
    """The path itself, if a file can be there: to be asked before the work is done.

    Raises:
        RefusalError: its folder is not there, or it is one, or it is no name of a file.
    """
    try:
        if path.is_dir():
            raise RefusalError(f"{field}: must be a file, got the folder {path}")
        if not path.parent.is_dir():
            raise RefusalError(f"{field}: must be in a folder that is there, got {path}")
    except OSError as error:
        raise RefusalError(f"{field}: must be a name of a file, got {path} ({error.strerror})") from error
    return path
