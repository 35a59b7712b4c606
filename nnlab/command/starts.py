"""``python -m nnlab starts``: one experiment from many random starts."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from nnlab.command.crew import add_crew, crew_for
from nnlab.command.ending import counted
from nnlab.command.estimate import estimate
from nnlab.command.interruption import hearing
from nnlab.command.parser import Parser, whole
from nnlab.command.progress import Progress
from nnlab.command.refusal import refusing
from nnlab.command.settings import add_settings, experiment_of, given_settings, say_start
from nnlab.command.table import table, write_csv
from nnlab.command.writing import check_file
from nnlab.core import outcomes
from nnlab.core.ends import ENDS
from nnlab.core.many import starts
from nnlab.core.many.many_training import ManyHistory, joined, looks, slices
from nnlab.core.many.starts import ManyStarts
from nnlab.core.many.statistics import QUANTILES
from nnlab.core.many.variations import Variations
from nnlab.work.job import train_on

MOST_STARTS = 1_000_000
ROWS = 11
COLUMNS = ("seed", "final_cost", "solved_since", "end", "last_epoch", "accuracy")
NEAR = 0.05
"""A run stands on a plateau if its final cost is within this share of it."""


def add_starts(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument(
        "--starts", type=whole(1, MOST_STARTS), default=1000, metavar="N", help="how many (default: 1000)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="each run's seed, cost, success and end, as CSV"
    )
    add_crew(parser)
    add_settings(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train them all, and print what they have in common."""
    given = given_settings(arguments)
    experiment = starts.random(experiment_of({"initialization": "uniform"} | given))
    runs = refusing(lambda: starts.variations(experiment, arguments.starts))
    if arguments.out is not None:
        check_file("out", arguments.out)
    say_start(experiment, given)
    many = ManyStarts(train(arguments, runs))
    if arguments.out is not None:
        write_csv(arguments.out, COLUMNS, rows_of(many))
    print(described(many))
    return 0


def train(arguments: argparse.Namespace, runs: Variations) -> ManyHistory:
    """Train on a crew; the numbers are those of ``many_starts``."""
    parts = [runs[cut] for cut in slices(runs)]
    at = looks(runs.experiment.epochs)
    histories: dict[int, ManyHistory] = {}
    with crew_for(arguments, len(parts)) as crew, hearing() as wanted:
        print(estimate(crew, parts[0], at.tolist(), arguments.precision, len(runs)), file=sys.stderr)
        with Progress(len(runs), 0) as progress:
            for report in train_on(crew, parts, at.tolist(), precision=arguments.precision, wanted=wanted):
                if report.history is not None:
                    histories[report.part] = report.history
                progress.reach(report.share * len(runs))
    return joined(runs, [histories[part] for part in range(len(parts))])


def rows_of(many: ManyStarts) -> Iterable[tuple[object, ...]]:
    """How each run ended, in COLUMNS."""
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


def described(many: ManyStarts) -> str:
    """The share of success, how runs ended, where the others stand, and how the costs fall."""
    experiment, share = many.history.variations.experiment, many.success
    blocks = [
        f"{share.successes:,} of {share.count:,} runs train: {share.value:.2%} "
        f"(95 % interval: {share.low:.2%} to {share.high:.2%})"
    ]
    if many.all_right is not None:
        blocks[0] += f"\n{many.all_right:,} of {share.count:,} tell every training row right"
    ends = np.bincount(many.history.ends, minlength=len(ENDS))
    blocks += counted(ends, experiment, experiment.learning_rate)
    if outcomes.is_xor(experiment):
        rows = [(level, _near(many, level)) for level in outcomes.plateaus(experiment)]
        blocks.append(table(("plateau", "runs that end there"), rows))
    epochs = many.history.epochs
    shown = np.unique(np.rint(np.linspace(0, len(epochs) - 1, min(ROWS, len(epochs)))).astype(int))
    rows_of_fan = [(int(epochs[at]), *many.fan[:, at].tolist()) for at in shown]
    blocks.append(table(("epoch", *(f"{quantile:.0%} of cost" for quantile in QUANTILES)), rows_of_fan))
    return "\n\n".join(blocks)


def _near(many: ManyStarts, level: float) -> int:
    return int((np.abs(many.final_cost / level - 1) < NEAR).sum())
