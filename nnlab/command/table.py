"""Numbers in columns, for a terminal and for a file."""

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path

from nnlab.command.writing import whole_file


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns, each as wide as its widest entry, to the right."""
    lines = [list(head), *([_entry(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(entry.rjust(width) for entry, width in zip(line, widths, strict=True)) for line in lines
    )


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """The same as a file, every number to its last digit."""
    with whole_file(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows(rows)
        text.flush()
        text.detach()


def _entry(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
