"""``python -m nnlab train``: one run, its costs and where it ends."""

import argparse
import json
from pathlib import Path

from nnlab.command.parser import Parser, whole
from nnlab.command.settings import add_settings, experiment_of, given_settings
from nnlab.command.table import table, write_csv
from nnlab.command.writing import check_file
from nnlab.core.many import looks
from nnlab.core.outcomes import solved_cost
from nnlab.core.training import History, train

ROWS = 21
"""Of the table, about, if nothing is said."""


def add_train(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument(
        "--every", type=whole(1), metavar="K", help="a row for every so many epochs (default: about 20 rows)"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="the cost after every epoch, as CSV")
    parser.add_argument("--json", action="store_true", help="print all of it as JSON, to the last digit")
    add_settings(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train, and print."""
    experiment = experiment_of(given_settings(arguments))
    if arguments.out is not None:
        check_file("out", arguments.out)
    history = train(experiment)
    if arguments.out is not None:
        write_csv(arguments.out, ("epoch", "cost"), enumerate(costs(history)))
    last = experiment.epochs
    epochs = (
        looks(last, ROWS).tolist() if arguments.every is None else [*range(0, last, arguments.every), last]
    )
    print(as_json(history, epochs) if arguments.json else as_tables(history, epochs))
    return 0


def costs(history: History) -> list[float]:
    """Before training, and after each epoch."""
    return [history.initial_cost, *history.cost.tolist()]


def as_tables(history: History, epochs: list[int]) -> str:
    """Costs at some epochs, and the truth table at the end."""
    cost, data = costs(history), history.experiment.data()
    outputs = history.predict(data.points).tolist()
    rows = zip(data.points[:, 0], data.points[:, 1], data.targets, outputs, strict=True)
    verdict = "below" if cost[-1] < solved_cost(history.experiment) else "not below"
    return "\n\n".join(
        [
            table(("epoch", "cost"), [(epoch, cost[epoch]) for epoch in epochs]),
            table(("x1", "x2", "target", "output"), [tuple(map(float, row)) for row in rows]),
            f"final cost {cost[-1]:.6g}, {verdict} {solved_cost(history.experiment):g}, the cost of a solved run",
        ]
    )


def as_json(history: History, epochs: list[int]) -> str:
    """The same and the final parameters, every number to its last digit."""
    experiment, cost = history.experiment, costs(history)
    data = experiment.data()
    return json.dumps(
        {
            "experiment": experiment.model_dump(mode="json"),
            "epochs": epochs,
            "cost": [cost[epoch] for epoch in epochs],
            "solved": cost[-1] < solved_cost(experiment),
            "points": data.points.tolist(),
            "targets": data.targets.tolist(),
            "outputs": history.predict(data.points).tolist(),
            "weights": [matrix.tolist() for matrix in history.weights],
            "biases": [row.tolist() for row in history.biases],
        }
    )
