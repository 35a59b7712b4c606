"""``nnlab train`` and ``nnlab export``: one run, as tables on the terminal, as JSON, and as CSV."""

import math
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from nnlab.command.experiment_settings import experiment_of, given_settings, say_needs
from nnlab.command.files import check_file, is_stdout, whole_file, write_csv
from nnlab.command.options import FILE, SectionedCommand, setting_options
from nnlab.command.report import json_text, outputs, score_table, scores, table, why_ended
from nnlab.core.experiment import GATE_NAMES, Experiment
from nnlab.core.many.many_training import cost_epochs
from nnlab.core.solved_runs import solved_cost
from nnlab.core.training import History
from nnlab.core.training import train as train_network

ROWS = 21
"""The approximate default number of rows in the printed table."""

RUN_FILE = "run.json"
SETTINGS_FILE = "nnlab-experiment.json"
"""The name under which the lab, too, saves an experiment."""


@click.command(
    "train", cls=SectionedCommand, short_help="one run: its costs, how well it does at the end, why it ended"
)
@click.option(
    "--every",
    type=click.IntRange(min=1),
    metavar="K",
    help="a row for every so many epochs (default: about 20 rows)",
)
@click.option("--out", type=FILE, metavar="FILE", help="the costs after every epoch, as CSV: costs.csv, say")
@click.option("--json", "as_json", is_flag=True, help="print all of it as JSON, to the last digit")
@click.pass_context
def train(context: click.Context, every: int | None, out: Path | None, as_json: bool) -> None:
    """Train one network, and print its costs, how well it does at the end, and why the run ended."""
    experiment = _checked_experiment(context, out, ".csv")
    history = train_network(experiment)
    if out is not None:
        write_costs(out, history)
    last = len(history.cost)
    epochs = cost_epochs(last, ROWS).tolist() if every is None else [*range(0, last, every), last]
    answer = json_of(history, epochs) if as_json else tables_of(history, epochs)
    print(answer, file=sys.stderr if is_stdout(out) else sys.stdout)


@click.command(
    "export", cls=SectionedCommand, short_help="one run, trained and written into a file: JSON or CSV"
)
@click.option(
    "--out",
    type=FILE,
    metavar="FILE",
    help=f"what is written follows its ending (default: {RUN_FILE}, or {SETTINGS_FILE} with --settings-only)",
)
@click.option(
    "--settings-only", is_flag=True, help="train nothing; write the settings, as JSON that the lab opens"
)
@click.pass_context
def export(context: click.Context, out: Path | None, settings_only: bool) -> None:
    """Train one network, and write the run into a file.

    \b
    .json  all of it: the settings, the cost after every epoch, why it ended, rows, outputs, and the final
           weights and biases; --experiment takes the settings in it again
    .csv   the cost after every epoch, and the test cost if there are test rows

    Pictures, and links that open an experiment, are made in the lab.
    """  # noqa: D301  the backspace is click's sign for lines that stay lines
    out = out or Path(SETTINGS_FILE if settings_only else RUN_FILE)
    experiment = _checked_experiment(context, out, ".json", *([] if settings_only else [".csv"]))
    if settings_only:
        _write_text(out, experiment.model_dump_json(indent=2))
    else:
        _write_run(out, train_network(experiment))
    print(f"written: {out}", file=sys.stderr if is_stdout(out) else sys.stdout)


for command in (train, export):
    command.params.extend(setting_options())


def _checked_experiment(context: click.Context, out: Path | None, *endings: str) -> Experiment:
    """Build the experiment of a command, and check that its file can be written."""
    given = given_settings(context)
    experiment = experiment_of(given)
    if out is not None:
        check_file("out", out, *endings)
    say_needs(given)
    return experiment


def _write_run(path: Path, history: History) -> None:
    if path.suffix.lower() == ".csv":
        write_costs(path, history)
    else:
        _write_text(path, json_of(history, range(len(history.cost) + 1)))


def _write_text(path: Path, text: str) -> None:
    with whole_file(path) as file:
        file.write(f"{text}\n".encode())


def write_costs(path: Path, history: History) -> None:
    """Write the costs after every epoch as CSV."""
    columns = costs(history)
    write_csv(path, ("epoch", *columns), numbered_rows(columns))


def costs(history: History) -> dict[str, list[float]]:
    """The training cost and, if there are test rows, the test cost, before training and after each epoch."""
    of_test = [history.initial_test_cost, *history.test_cost.tolist()]
    tested = {} if math.isnan(history.initial_test_cost) else {"test_cost": of_test}
    return {"cost": [history.initial_cost, *history.cost.tolist()]} | tested


def numbered_rows(columns: dict[str, list[float]]) -> list[tuple[float, ...]]:
    """The rows of the table of costs: each epoch and its costs."""
    return [(epoch, *row) for epoch, row in enumerate(zip(*columns.values(), strict=True))]


def tables_of(history: History, epochs: Sequence[int]) -> str:
    """Costs at some epochs, a gate's truth table, how well the network does at the end, and why the run ended."""
    experiment, columns = history.experiment, costs(history)
    rows = numbered_rows(columns)
    head = ("epoch", *(name.replace("_", " ") for name in columns))
    blocks = [table(head, [rows[epoch] for epoch in epochs])]
    if experiment.dataset in GATE_NAMES:
        blocks.append(truth_table(history))
    blocks.append(score_table(scores(history)))
    learned, bound = "learned" if history.solved else "not learned", solved_cost(experiment)
    side = "below" if history.final_cost < bound else "not below"
    blocks.append(
        f"{learned}: final cost {history.final_cost:.6g}, {side} {bound:g}, the cost of a solved run"
    )
    blocks.append(f"why the run ended: {why_ended(experiment, history.end, len(history.cost))}")
    return "\n\n".join(blocks)


def truth_table(history: History) -> str:
    """Format a table with the target and the output of each row."""
    data = history.experiment.data()
    rows = zip(*data.points.T, data.targets, outputs(history, data.points), strict=True)
    return table(("x1", "x2", "target", "output"), [tuple(map(float, row)) for row in rows])


def json_of(history: History, epochs: Sequence[int]) -> str:
    """Return the tables and final parameters as JSON, unrounded; null where a number is not finite."""
    experiment, columns = history.experiment, costs(history)
    data = experiment.data()
    used = data.standardization
    answer = {
        "experiment": experiment.model_dump(mode="json"),
        "epochs": list(epochs),
        "cost": [columns["cost"][epoch] for epoch in epochs],
        "test_cost": [columns["test_cost"][epoch] for epoch in epochs] if "test_cost" in columns else None,
        "solved": history.solved,
        "end": history.end,
        "last_epoch": len(history.cost),
        "scores": scores(history),
        "standardization": used and [part.tolist() for part in used],
        "points": data.points.tolist(),
        "targets": data.targets.tolist(),
        "outputs": outputs(history, data.points).tolist(),
        "test_points": data.test_points.tolist(),
        "test_targets": data.test_targets.tolist(),
        "test_outputs": outputs(history, data.test_points).tolist(),
        "weights": [matrix.tolist() for matrix in history.weights],
        "biases": [row.tolist() for row in history.biases],
    }
    return json_text(answer)
