"""``nnlab starts``: one experiment from many random starts."""

import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import numpy as np

from nnlab.command.command_error import refusing
from nnlab.command.experiment_settings import experiment_of, given_settings, refuse_unused_start, say_start
from nnlab.command.files import check_file, is_stdout, write_csv
from nnlab.command.options import FILE, SectionedCommand, setting_options
from nnlab.command.report import count_ends, json_text, table
from nnlab.command.workers import Workers, train_parts, worker_options
from nnlab.core import solved_runs
from nnlab.core.many import starts as many_starts
from nnlab.core.many.many_training import ManyHistory, cost_epochs, joined, slices
from nnlab.core.many.starts import ManyStarts
from nnlab.core.many.statistics import QUANTILES
from nnlab.core.many.variations import Variations
from nnlab.core.stop_rules import ENDS

MOST_STARTS = 1_000_000
ROWS = 11
"""The most rows in the printed table of costs."""

COLUMNS = ("seed", "final_cost", "solved_since", "end", "last_epoch", "accuracy")
NEAR = 0.05
"""A run has ended on a plateau if its final cost differs from it by less than this share."""


@click.command(
    "starts", cls=SectionedCommand, short_help="one experiment from many random starts: the share that trains"
)
@click.option(
    "--starts",
    type=click.IntRange(1, MOST_STARTS),
    default=1000,
    show_default=True,
    metavar="N",
    help="how many",
)
@click.option(
    "--out", type=FILE, metavar="FILE", help="each run's seed, cost, success and end, as CSV: starts.csv, say"
)
@click.option("--json", "as_json", is_flag=True, help="print the statistics as JSON, to the last digit")
@click.pass_context
def starts(context: click.Context, /, starts: int, out: Path | None, as_json: bool, **work: Any) -> None:
    """Train an experiment from many random starts, and print the share that trains, with its interval."""
    given = given_settings(context)
    experiment = many_starts.random(experiment_of(given_start(given)))
    refuse_unused_start(
        context, experiment.initialization, "must be left out where each run draws its own start"
    )
    runs = refusing(lambda: many_starts.variations(experiment, starts))
    if out is not None:
        check_file("out", out, ".csv")
    say_start(experiment, given)
    many = ManyStarts(train_starts(Workers(**work), runs))
    if out is not None:
        write_csv(out, COLUMNS, rows_of(many))
    answer = json_text(statistics(many)) if as_json else described(many)
    print(answer, file=sys.stderr if is_stdout(out) else sys.stdout)


starts.params.extend([*worker_options(), *setting_options()])


def given_start(given: dict[str, Any]) -> dict[str, Any]:
    """Use uniform initialization unless one is given: with the notebook's all runs would start the same."""
    return {"initialization": "uniform"} | given


def train_starts(workers: Workers, runs: Variations) -> ManyHistory:
    """Train every run; the results are those of ``many_starts``."""
    parts = dict(enumerate(runs[cut] for cut in slices(runs)))
    sizes = {number: len(part) for number, part in parts.items()}
    at = cost_epochs(runs.experiment.epochs).tolist()
    with closing(train_parts(workers, sizes, parts.__getitem__, at)) as trained:
        histories = dict(trained)
    return joined(runs, [histories[number] for number in parts])


def rows_of(many: ManyStarts) -> Iterable[tuple[object, ...]]:
    """The rows of the CSV file, one for each run, in the order of COLUMNS."""
    history = many.history
    columns = (
        history.variations.number("seed").tolist(),
        history.final_cost.tolist(),
        history.solved_since.tolist(),
        [ENDS[end] for end in history.ends],
        history.last_epochs.tolist(),
        history.accuracy.tolist(),
    )
    return zip(*columns, strict=True)


def statistics(many: ManyStarts) -> dict[str, Any]:
    """The statistics that ``described`` prints, unrounded, and the quantiles at every recorded epoch, for JSON."""
    history, share = many.history, many.success
    experiment = history.variations.experiment
    return {
        "experiment": experiment.model_dump(mode="json"),
        "starts": share.count,
        "solved": share.successes,
        "share": share.value,
        "interval": [share.low, share.high],
        "all_right": many.all_right,
        "ends": {end: int(runs) for end, runs in zip(ENDS, _ends(many), strict=True)},
        "plateaus": [{"cost": level, "runs": _near(many, level)} for level in _plateaus(many)],
        "epochs": history.epochs.tolist(),
        "cost": {
            f"{quantile:g}": costs.tolist() for quantile, costs in zip(QUANTILES, many.fan, strict=True)
        },
    }


def described(many: ManyStarts) -> str:
    """Format the results as text: the share that trains, how runs ended, runs on each plateau, quantiles of the cost."""
    experiment, share = many.history.variations.experiment, many.success
    blocks = [
        f"{share.successes:,} of {share.count:,} runs train: {share.value:.2%} "
        f"(95 % interval: {share.low:.2%} to {share.high:.2%})"
    ]
    if many.all_right is not None:
        blocks[0] += f"\n{many.all_right:,} of {share.count:,} tell every training row right"
    blocks += count_ends(_ends(many), experiment, experiment.learning_rate)
    if levels := _plateaus(many):
        blocks.append(
            table(("plateau", "runs that end there"), [(level, _near(many, level)) for level in levels])
        )
    epochs = many.history.epochs
    shown = np.unique(np.rint(np.linspace(0, len(epochs) - 1, min(ROWS, len(epochs)))).astype(int))
    rows_of_fan = [(int(epochs[at]), *many.fan[:, at].tolist()) for at in shown]
    blocks.append(table(("epoch", *(f"{quantile:.0%} of cost" for quantile in QUANTILES)), rows_of_fan))
    return "\n\n".join(blocks)


def _ends(many: ManyStarts) -> Any:
    return np.bincount(many.history.ends, minlength=len(ENDS))


def _plateaus(many: ManyStarts) -> list[float]:
    experiment = many.history.variations.experiment
    return solved_runs.plateaus(experiment) if solved_runs.is_xor(experiment) else []


def _near(many: ManyStarts, level: float) -> int:
    return int((np.abs(many.final_cost / level - 1) < NEAR).sum())
