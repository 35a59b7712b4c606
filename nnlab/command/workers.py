"""The training of many networks for a command: its executor, an estimate of the time, and a progress bar.

This is the only file of the commands that knows ``nnlab.work``.
"""

import logging
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

import click

from nnlab.command.interruption import noted_interrupt, uninterrupted
from nnlab.command.options import SectionOption
from nnlab.core.many.many_training import ManyHistory
from nnlab.core.many.variations import PRECISIONS, Precision, Variations
from nnlab.core.stop_rules import has_rule
from nnlab.work.chunk import Chunk
from nnlab.work.executor import Executor, SerialExecutor
from nnlab.work.fallback_executor import ADDRESS_VARIABLE, open_executor
from nnlab.work.job import MOST_TRIES, CancelledJobError, train_on
from nnlab.work.process_pool import available_cores
from nnlab.work.throughput import throughput

try:
    from tqdm import tqdm
except ModuleNotFoundError:  # then there is no progress bar
    tqdm = None

SECTION = "Work"

MEASURED_SECONDS = 0.25
"""How long the throughput of each worker is measured."""

MOST_MEASURED = 16
"""The most workers that are measured; more would not make the estimate better."""

LEAST_AT_ONCE = 256
"""The fewest parts that are prepared at a time: enough that no worker waits, and no more than 20 MB."""

StoppedError = CancelledJobError
"""Work that Ctrl-C has ended."""


@dataclass(frozen=True)
class Workers:
    """The values of ``worker_options``.

    Attributes:
        dask: the address of a Dask scheduler, or None.
        processes: on this machine.
        precision: to train in.
    """

    dask: str | None
    processes: int
    precision: Precision


def worker_options() -> list[click.Option]:
    """The options for the executor, and for the precision of training."""
    return [
        SectionOption(
            ["--dask"],
            section=SECTION,
            metavar="ADDRESS",
            envvar=ADDRESS_VARIABLE,
            help=f"of a Dask scheduler whose workers do it: tcp://host:8786 (default: {ADDRESS_VARIABLE}, else none)",
        ),
        SectionOption(
            ["--processes"],
            section=SECTION,
            metavar="N",
            type=click.IntRange(min=1),
            default=available_cores(),
            show_default=True,
            help="on this machine, by default one a core",
        ),
        SectionOption(
            ["--precision"],
            section=SECTION,
            type=click.Choice(tuple(PRECISIONS)),
            default="double",
            show_default=True,
            help="single is faster, and where a run is chaotic it ends elsewhere",
        ),
    ]


@dataclass(frozen=True)
class Estimate:
    """An estimate of the time that training takes.

    Attributes:
        runs: networks still to be trained.
        epochs: of each.
        width: how many workers there are.
        throughput: network-epochs a second of each.
        may_stop: whether runs may end before their last epoch.
    """

    runs: int
    epochs: int
    width: int
    throughput: float
    may_stop: bool = False

    def __str__(self) -> str:
        """Return the estimate as one line."""
        seconds = self.runs * self.epochs / (self.throughput * self.width)
        each = f"{self.width} workers" if self.width > 1 else "1 worker"
        less = ", less if they stop early" if self.may_stop else ""
        return f"{self.runs:,} runs of {self.epochs} epochs with {each}: about {duration(seconds)}{less}"


def train_parts(
    workers: Workers,
    sizes: Mapping[int, int],
    variations: Callable[[int], Variations],
    epochs: Sequence[int],
    *,
    trained: int = 0,
) -> Generator[tuple[int, ManyHistory], None, None]:
    """Train networks part by part, with an estimate and a bar on stderr.

    Args:
        workers: the options for the executor.
        sizes: how many networks each part has, by its number.
        variations: makes the networks of a part; of all parts together they would fill the memory.
        epochs: completed epochs at which costs are taken.
        trained: networks that were trained before, for the bar.

    Yields:
        The number of each part that is done, in any order, and its history.

    Raises:
        StoppedError: Ctrl-C was pressed; what was under way is dropped.
        BrokenExecutor: workers died of one chunk again and again.
    """
    todo = sum(sizes.values())
    with _executor(workers, len(sizes)) as executor, noted_interrupt() as wanted:
        sample = variations(next(iter(sizes)))
        print(estimate(executor, sample, epochs, workers.precision, todo), file=sys.stderr)
        with _bar(trained + todo, trained) as show:
            for window in _windows(sizes, executor):
                some, runs = [variations(part) for part in window], sum(map(sizes.__getitem__, window))
                for report in train_on(executor, some, epochs, precision=workers.precision, wanted=wanted):
                    if report.history is not None:
                        yield window[report.part], report.history
                    show(trained + report.share * runs)
                trained += runs


def _windows(parts: Iterable[int], executor: Executor) -> Iterator[list[int]]:
    left = iter(parts)
    while window := list(islice(left, max(LEAST_AT_ONCE, 8 * executor.workers))):
        yield window


def estimate(
    executor: Executor, sample: Variations, epochs: Sequence[int], precision: Precision, runs: int
) -> Estimate:
    """Measure the throughput of every worker on a sample of the work.

    Raises:
        BrokenExecutor: workers died of it again and again.
    """
    chunk = Chunk(sample, precision, tuple(map(int, epochs)), seconds=MEASURED_SECONDS)
    for tries in count(1):
        workers = executor.workers
        tried = [
            executor.submit(throughput, chunk, MEASURED_SECONDS) for _ in range(min(workers, MOST_MEASURED))
        ]
        try:
            found = [future.result() for future in tried]
            break
        except BrokenExecutor:
            if tries == MOST_TRIES:
                raise
    may_stop = has_rule(sample.experiment)
    return Estimate(runs, int(epochs[-1]), workers, sum(found) / len(found), may_stop)


@contextmanager
def _executor(workers: Workers, parts: int) -> Iterator[Executor]:
    """Open an executor for a number of parts; a single one is trained in this process, unless on a cluster."""
    if parts < 2 and not workers.dask:
        yield SerialExecutor()
        return
    with _reported():
        executor = open_executor(workers.dask, min(workers.processes, max(1, parts)))
        try:
            with uninterrupted():
                executor.start()
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)


@contextmanager
def _bar(total: int, done: int) -> Iterator[Callable[[float], None]]:
    """A progress bar of trained networks; there is none if stderr is no terminal, or without tqdm."""
    if tqdm is None:
        yield lambda _: None
        return
    form: dict[str, Any] = {"unit": "run", "unit_scale": True, "dynamic_ncols": True, "file": sys.stderr}
    form["disable"] = None  # that is, where stderr is no terminal
    with tqdm(total=total, initial=done, **form) as bar:
        yield lambda runs: bar.update(round(runs) - bar.n)


class _StderrHandler(logging.Handler):
    """A logging handler that writes to stderr without breaking a progress bar."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the record as one line."""
        if tqdm is None:
            print(self.format(record), file=sys.stderr)
        else:
            tqdm.write(self.format(record), file=sys.stderr)


@contextmanager
def _reported() -> Iterator[None]:
    """Print the messages of ``nnlab.work`` on stderr while the block lasts."""
    logger, handler = logging.getLogger("nnlab.work"), _StderrHandler()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def duration(seconds: float) -> str:
    """Format a duration: 8 s, 3 min 20 s, 2 h 5 min."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
