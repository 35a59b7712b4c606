"""``nnlab map``: the map of what trains, as a picture and as numbers, of any size."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import numpy as np

from nnlab.__main__ import INTERRUPTED
from nnlab.command.command_error import CommandError, refusing
from nnlab.command.experiment_settings import experiment_of, given_settings, refuse_unused_start, say_start
from nnlab.command.files import check_file, is_stdout, is_stream
from nnlab.command.map_parts import Parts
from nnlab.command.map_plan import MapPlan, axes_of, axis_options
from nnlab.command.options import FILE, SectionedCommand, setting_options
from nnlab.command.report import count_ends
from nnlab.command.workers import StoppedError, Workers, train_parts, worker_options
from nnlab.core.many.trainability import varied
from nnlab.core.stop_rules import ENDS

LARGEST = 16384


@click.command(
    "map", cls=SectionedCommand, short_help="the map of what trains: a run for each point of two settings"
)
@click.option(
    "--size", type=click.IntRange(2, LARGEST), default=256, show_default=True, metavar="N", help="runs a side"
)
@click.option(
    "--out", type=FILE, default=Path("map.png"), show_default=True, metavar="FILE", help="the picture, as PNG"
)
@click.option(
    "--numbers", type=FILE, metavar="FILE", help="for numpy.load (default: beside the picture, as .npz)"
)
@click.option(
    "--theme", type=click.Choice(("light", "dark")), default="light", show_default=True, help="its colours"
)
@click.pass_context
def map_command(
    context: click.Context, /, size: int, out: Path, numbers: Path | None, theme: str, **options: Any
) -> None:
    """Train a run for each point of a plane of two settings, and draw what trains.

    Stopped by Ctrl-C or by a crash, the same command goes on where it was.
    """
    from nnlab.command import map_files  # it brings Pillow and Plotly, which other commands do without

    given = given_settings(context)
    workers = Workers(**{name: options.pop(name) for name in Workers.__annotations__})
    plan = plan_of(context, given, size, workers, options)
    out, numbers, parts_folder = files_of(out, numbers)
    say_start(plan.experiment, given)
    parts = Parts(parts_folder, plan, alone=not is_stream(numbers))
    with parts.locked():
        try:
            train_missing(workers, parts)
            map_files.write_numbers(numbers, parts)
            map_files.write_picture(out, parts, theme)
        except (KeyboardInterrupt, StoppedError):
            done = plan.parts - len(parts.missing())
            kept = f"{done} of {plan.parts} parts are kept in {parts.folder}"
            print(f"stopped: {kept}; the same command goes on from there", file=sys.stderr)
            context.exit(INTERRUPTED)
        said = [*described(parts), f"picture: {out}\nnumbers: {numbers}"]
        parts.drop()
    if parts.others():
        print(f"kept parts of other maps: {parts.folder}", file=sys.stderr)
    print("\n\n".join(said), file=sys.stderr if is_stdout(out) or is_stdout(numbers) else sys.stdout)


map_command.params.extend([*axis_options(), *worker_options(), *setting_options()])


def plan_of(
    context: click.Context, given: dict[str, Any], size: int, workers: Workers, axes: dict[str, Any]
) -> MapPlan:
    """The plan for a command's options; starts are random where an axis would otherwise make no difference.

    Args:
        context: the command's context.
        given: the settings in its options and files.
        size: runs a side.
        workers: the options for the executor, and the precision.
        axes: the values of ``axis_options``.

    Raises:
        CommandError: something in it does not hold.
    """
    experiment = experiment_of({"initialization": "uniform"} | given)
    x, y = axes_of(size, axes)
    plan = MapPlan(varied(experiment, x, y), x, y, size, workers.precision)
    refuse_unused_start(
        context,
        plan.experiment.initialization,
        f"must be left out where {x.name} and {y.name} draw each start",
    )
    refusing(lambda: plan.variations(0))
    return plan


def files_of(out: Path, numbers: Path | None) -> tuple[Path, Path, Path]:
    """The paths of the picture, the numbers, and the folder of the parts, which is beside the numbers if they are a file.

    Raises:
        CommandError: a file cannot be there, or both are one.
    """
    check_file("out", out, ".png")
    if numbers is None:
        numbers = Path("map.npz") if is_stream(out) else out.with_suffix(".npz")
    if numbers == out:
        raise CommandError(f"numbers: must be another file than the picture, got {numbers}")
    check_file("numbers", numbers, ".npz")
    if not is_stream(out) and out.resolve() == numbers.resolve():
        raise CommandError(f"numbers: must be another file than the picture, got {numbers}")
    beside = Path("map.npz") if is_stream(numbers) else numbers
    return out, numbers, beside.with_name(f"{beside.name}.parts")


def train_missing(workers: Workers, parts: Parts) -> None:
    """Train the parts that are not yet on disk, and write each one when it is done."""
    plan = parts.plan
    sizes = {part: plan.part_size(part) for part in parts.missing()}
    if not sizes:
        return
    done = len(plan) - sum(sizes.values())
    if done:
        print(f"going on: {done:,} of {len(plan):,} runs are there", file=sys.stderr)
    epochs = plan.cost_epochs.tolist()
    with closing(train_parts(workers, sizes, plan.variations, epochs, trained=done)) as trained:
        for part, history in trained:
            parts.keep(part, history)


def described(parts: Parts) -> list[str]:
    """Describe a map in words: the share of runs that train, and how runs ended."""
    plan, solved, ends = parts.plan, 0, np.zeros(len(ENDS), dtype=np.int64)
    for part in parts:
        solved += int((part["solved_since"] >= 0).sum())
        ends += np.bincount(part["end"], minlength=len(ENDS))
    fastest = max([axis.high for axis in (plan.x, plan.y) if axis.setting == "learning_rate"], default=None)
    rate = plan.experiment.learning_rate if fastest is None else fastest
    share = f"{solved / len(plan):.2%} of {len(plan):,} runs train"
    return [share, *count_ends(ends, plan.experiment, rate)]
