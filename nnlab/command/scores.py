"""How well a trained network does, on the rows that trained it and on those that only test it."""

from typing import Any

import numpy as np

from nnlab.command.table import table
from nnlab.core import metrics
from nnlab.core.arrays import Array
from nnlab.core.training import History

Scores = dict[str, dict[str, Any]]
"""training and, if there are any, test rows: their number and cost; accuracy and confusion, or r_squared and rmse."""


def scores(history: History) -> Scores:
    """All of a finished run's."""
    data = history.experiment.data()
    sets = {
        "training": (data.points, data.targets, history.final_cost),
        "test": (data.test_points, data.test_targets, history.final_test_cost),
    }
    return {
        rows: {"rows": len(targets), "cost": cost}
        | _measured(outputs(history, points), targets, None if data.regression else data.middle)
        for rows, (points, targets, cost) in sets.items()
        if len(targets)
    }


def outputs(history: History, points: Array) -> Array:
    """What the network says, (m, 2) -> (m,); where a run has diverged, that may be no finite number."""
    with np.errstate(over="ignore", invalid="ignore"):
        return history.predict(points)


def _measured(said: Array, targets: Array, middle: float | None) -> dict[str, Any]:
    with np.errstate(over="ignore", invalid="ignore"):
        if middle is None:
            return {
                "r_squared": metrics.r_squared(said, targets),
                "rmse": metrics.root_mean_squared_error(said, targets),
            }
        return {
            "accuracy": metrics.accuracy(said, targets, middle),
            "confusion": metrics.confusion(said, targets, middle).tolist(),
        }


def as_table(measured: Scores) -> str:
    """Scores in columns; of the confusion matrix, how many rows of each class are told right and wrong."""
    if "accuracy" not in measured["training"]:
        rows = [
            (name, each["rows"], each["cost"], each["r_squared"], each["rmse"])
            for name, each in measured.items()
        ]
        return table(("rows", "count", "cost", "R^2", "RMSE"), rows)
    head = ("rows", "count", "cost", "accuracy", "0 right", "0 wrong", "1 right", "1 wrong")
    return table(head, [_of_classes(name, each) for name, each in measured.items()])


def _of_classes(name: str, each: dict[str, Any]) -> tuple[object, ...]:
    (low_low, low_high), (high_low, high_high) = each["confusion"]
    counts = low_low, low_high, high_high, high_low
    return name, each["rows"], each["cost"], f"{each['accuracy']:.2%}", *counts
