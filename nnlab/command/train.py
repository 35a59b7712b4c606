"""``python -m nnlab train``: one run, its costs and where it ends."""

import argparse
import json
import math
from pathlib import Path
from typing import Any

from nnlab.command.ending import why
from nnlab.command.parser import Parser, whole
from nnlab.command.scores import as_table, outputs, scores
from nnlab.command.settings import add_settings, experiment_of, given_settings, say_needs
from nnlab.command.table import table, write_csv
from nnlab.command.writing import check_file
from nnlab.core.experiment import GATE_NAMES
from nnlab.core.many.many_training import looks
from nnlab.core.outcomes import solved_cost
from nnlab.core.training import History, train

ROWS = 21
"""Of the table, about, if nothing is said."""


def add_train(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument(
        "--every", type=whole(1), metavar="K", help="a row for every so many epochs (default: about 20 rows)"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="the costs after every epoch, as CSV")
    parser.add_argument("--json", action="store_true", help="print all of it as JSON, to the last digit")
    add_settings(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train, and print."""
    given = given_settings(arguments)
    experiment = experiment_of(given)
    if arguments.out is not None:
        check_file("out", arguments.out)
    say_needs(given)
    history = train(experiment)
    if arguments.out is not None:
        columns = costs(history)
        write_csv(arguments.out, ("epoch", *columns), enumerate_rows(columns))
    last = len(history.cost)
    epochs = (
        looks(last, ROWS).tolist() if arguments.every is None else [*range(0, last, arguments.every), last]
    )
    print(as_json(history, epochs) if arguments.json else as_tables(history, epochs))
    return 0


def costs(history: History) -> dict[str, list[float]]:
    """Before training, and after each epoch: of the training rows, and of test rows if there are any."""
    of_test = [history.initial_test_cost, *history.test_cost.tolist()]
    tested = {} if math.isnan(history.initial_test_cost) else {"test_cost": of_test}
    return {"cost": [history.initial_cost, *history.cost.tolist()]} | tested


def enumerate_rows(columns: dict[str, list[float]]) -> list[tuple[float, ...]]:
    """The epoch and its costs, for each epoch."""
    return [(epoch, *row) for epoch, row in enumerate(zip(*columns.values(), strict=True))]


def as_tables(history: History, epochs: list[int]) -> str:
    """Costs at some epochs, a gate's truth table, how well the network does at the end, and why that came."""
    experiment, columns = history.experiment, costs(history)
    rows = enumerate_rows(columns)
    head = ("epoch", *(name.replace("_", " ") for name in columns))
    blocks = [table(head, [rows[epoch] for epoch in epochs])]
    if experiment.dataset in GATE_NAMES:
        blocks.append(truth_table(history))
    blocks.append(as_table(scores(history)))
    learned, bound = "learned" if history.solved else "not learned", solved_cost(experiment)
    side = "below" if history.final_cost < bound else "not below"
    blocks.append(
        f"{learned}: final cost {history.final_cost:.6g}, {side} {bound:g}, the cost of a solved run"
    )
    blocks.append(f"why the run ended: {why(experiment, history.end, len(history.cost))}")
    return "\n\n".join(blocks)


def truth_table(history: History) -> str:
    """Each row's target and output."""
    data = history.experiment.data()
    rows = zip(*data.points.T, data.targets, outputs(history, data.points), strict=True)
    return table(("x1", "x2", "target", "output"), [tuple(map(float, row)) for row in rows])


def as_json(history: History, epochs: list[int]) -> str:
    """The same and the final parameters, every number to its last digit; null where a number is not finite."""
    experiment, columns = history.experiment, costs(history)
    data = experiment.data()
    answer = {
        "experiment": experiment.model_dump(mode="json"),
        "epochs": epochs,
        "cost": [columns["cost"][epoch] for epoch in epochs],
        "test_cost": [columns["test_cost"][epoch] for epoch in epochs] if "test_cost" in columns else None,
        "solved": history.solved,
        "end": history.end,
        "last_epoch": len(history.cost),
        "scores": scores(history),
        "points": data.points.tolist(),
        "targets": data.targets.tolist(),
        "outputs": outputs(history, data.points).tolist(),
        "test_points": data.test_points.tolist(),
        "test_targets": data.test_targets.tolist(),
        "test_outputs": outputs(history, data.test_points).tolist(),
        "weights": [matrix.tolist() for matrix in history.weights],
        "biases": [row.tolist() for row in history.biases],
    }
    return json.dumps(_finite(answer), allow_nan=False)


def _finite(value: Any) -> Any:
    """JSON knows no infinity."""
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
