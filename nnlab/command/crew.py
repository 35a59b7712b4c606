"""Who does a command's work, as options."""

import argparse
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from nnlab.command.interruption import uninterrupted
from nnlab.command.parser import one_of, whole
from nnlab.core.many.variations import PRECISIONS
from nnlab.work.executor import Executor, SerialExecutor
from nnlab.work.fallback_executor import ADDRESS_VARIABLE, open_executor


def add_crew(parser: argparse.ArgumentParser) -> None:
    """Let a command say who works, and how exactly."""
    group = parser.add_argument_group("work")
    group.add_argument(
        "--dask",
        metavar="ADDRESS",
        default=os.environ.get(ADDRESS_VARIABLE),
        help=f"of a Dask scheduler whose workers do it: tcp://host:8786 (default: {ADDRESS_VARIABLE}, else none)",
    )
    group.add_argument(
        "--processes",
        metavar="N",
        type=whole(1),
        default=cores(),
        help="on this machine (default: its cores, %(default)s)",
    )
    group.add_argument(
        "--precision",
        type=one_of(tuple(PRECISIONS)),
        default="double",
        help="double, single (default: double); single is faster, and where a run is chaotic it ends elsewhere",
    )


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def crew_for(arguments: argparse.Namespace, parts: int) -> Iterator[Executor]:
    """The crew for so many parts: of a single one, nobody but this process."""
    if parts < 2 and not arguments.dask:
        yield SerialExecutor()
        return
    with _spoken():
        crew = open_executor(arguments.dask, min(arguments.processes, max(1, parts)))
        try:
            with uninterrupted():
                crew.start()
            yield crew
        finally:
            crew.shutdown(cancel_futures=True)


class _Beside(logging.Handler):
    """Lines that leave a progress bar whole."""

    def emit(self, record: logging.LogRecord) -> None:
        tqdm.write(self.format(record), file=sys.stderr)


@contextmanager
def _spoken() -> Iterator[None]:
    """Have the crew say on stderr what becomes of it."""
    logger, handler = logging.getLogger("nnlab.work"), _Beside()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
