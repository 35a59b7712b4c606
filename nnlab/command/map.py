"""``python -m nnlab map``: the map of what trains, as a picture and as numbers, of any size."""

import argparse
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from nnlab.command.axes import add_axes, axes_of
from nnlab.command.crew import add_crew, crew_for
from nnlab.command.ending import counted
from nnlab.command.estimate import estimate
from nnlab.command.interruption import hearing
from nnlab.command.numbers import write_numbers
from nnlab.command.parser import Parser, one_of, whole
from nnlab.command.parts import Parts
from nnlab.command.progress import Progress
from nnlab.command.refusal import RefusalError, refusing
from nnlab.command.request import MapRequest
from nnlab.command.settings import add_settings, experiment_of, given_settings, say_start
from nnlab.command.writing import check_file
from nnlab.core.ends import ENDS
from nnlab.core.many.trainability import varied
from nnlab.work.executor import Executor
from nnlab.work.job import CancelledJobError, train_on

INTERRUPTED = 130
LARGEST = 16384
WINDOW = 256
"""So many parts are made ready at a time: enough that nobody waits, and no more than 20 MB."""


def add_map(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument(
        "--size", type=whole(2, LARGEST), default=256, metavar="N", help="runs a side (default: 256)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("map.png"), metavar="FILE", help="(default: map.png)"
    )
    parser.add_argument(
        "--numbers", type=Path, metavar="FILE", help="for numpy.load (default: beside the picture, as .npz)"
    )
    parser.add_argument(
        "--theme", type=one_of(("light", "dark")), default="light", help="light, dark (default: light)"
    )
    add_axes(parser)
    add_crew(parser)
    add_settings(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train what is missing of the map, and write it."""
    given = given_settings(arguments)
    request = request_of(arguments, given)
    out, numbers = files_of(arguments)
    say_start(request.experiment, given)
    parts = Parts(numbers, request)
    try:
        train(arguments, parts)
        write(parts, out, numbers, arguments.theme)
    except (KeyboardInterrupt, CancelledJobError):
        done = request.parts - len(parts.missing())
        kept = f"{done} of {request.parts} parts are kept in {parts.folder}"
        print(f"stopped: {kept}; the same command goes on from there", file=sys.stderr)
        return INTERRUPTED
    return 0


def request_of(arguments: argparse.Namespace, given: dict[str, Any]) -> MapRequest:
    """The map that a command asks for; its starts are drawn if an axis would else make no difference.

    Args:
        arguments: of the command.
        given: the settings that it names.

    Raises:
        RefusalError: something in it does not hold.
    """
    experiment = experiment_of({"initialization": "uniform"} | given)
    x, y = axes_of(arguments)
    request = MapRequest(varied(experiment, x, y), x, y, arguments.size, arguments.precision)
    refusing(lambda: request.variations(0))
    return request


def write(parts: Parts, out: Path, numbers: Path, theme: str) -> None:
    """Make the files of the parts, and say what is in them."""
    from nnlab.command.picture import write_picture  # it brings Pillow and Plotly, which take their time

    write_numbers(numbers, parts)
    write_picture(out, parts, theme)
    said = described(parts)
    parts.drop()
    print("\n\n".join(said))
    print(f"picture: {out}")
    print(f"numbers: {numbers}")


def described(parts: Parts) -> list[str]:
    """The share that trains, and how runs ended."""
    request, solved, ends = parts.request, 0, np.zeros(len(ENDS), dtype=np.int64)
    for part in parts:
        solved += int((part["solved_since"] >= 0).sum())
        ends += np.bincount(part["end"], minlength=len(ENDS))
    fastest = max(
        [axis.high for axis in (request.x, request.y) if axis.setting == "learning_rate"], default=None
    )
    rate = request.experiment.learning_rate if fastest is None else fastest
    share = f"{solved / len(request):.2%} of {len(request):,} runs train"
    return [share, *counted(ends, request.experiment, rate)]


def train(arguments: argparse.Namespace, parts: Parts) -> None:
    """Have the missing parts trained, and keep each as it comes."""
    request, missing = parts.request, parts.missing()
    if not missing:
        return
    todo = sum(map(request.part_size, missing))
    done = len(request) - todo
    if done:
        print(f"going on: {done:,} of {len(request):,} runs are there", file=sys.stderr)
    with crew_for(arguments, len(missing)) as crew, hearing() as wanted:
        looks = request.looks.tolist()
        sample = request.variations(missing[0])
        print(estimate(crew, sample, looks, request.precision, todo), file=sys.stderr)
        with Progress(len(request), done) as progress:
            for window in _windows(missing, crew):
                _train_some(crew, parts, window, progress, done, wanted)
                done += sum(map(request.part_size, window))


def _train_some(
    crew: Executor, parts: Parts, window: list[int], progress: Progress, done: int, wanted: Callable[[], bool]
) -> None:
    request, runs = parts.request, sum(map(parts.request.part_size, window))
    some = [request.variations(part) for part in window]
    looks, precision = request.looks.tolist(), request.precision
    for report in train_on(crew, some, looks, precision=precision, wanted=wanted):
        if report.history is not None:
            parts.keep(window[report.part], report.history)
        progress.reach(done + report.share * runs)


def _windows(missing: list[int], crew: Executor) -> Iterator[list[int]]:
    left = iter(missing)
    while window := list(islice(left, max(WINDOW, 8 * crew.workers))):
        yield window


def files_of(arguments: argparse.Namespace) -> tuple[Path, Path]:
    """The picture and the numbers.

    Raises:
        RefusalError: a file cannot be there, or both are one.
    """
    out: Path = check_file("out", arguments.out)
    numbers: Path = check_file("numbers", arguments.numbers or out.with_suffix(".npz"))
    if out.resolve() == numbers.resolve():
        raise RefusalError(f"numbers: must be another file than the picture, got {numbers}")
    return out, numbers
