"""Tables and sentences about runs: how well a network does, and why runs ended."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.core import metrics
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.arrays import Array
from nnlab.core.experiment import Experiment
from nnlab.core.prediction import outputs_at
from nnlab.core.stop_rules import COMPLETED, DIVERGED, ENDS
from nnlab.core.training import History

Scores = dict[str, dict[str, Any]]
"""training and, if there are any, test rows: their number and cost; accuracy and confusion, or r_squared and rmse."""

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "completed": "it reached its last epoch, {epochs}",
        "diverged": "it diverged in epoch {next_epoch} of {epochs}, and what is shown is from just before. {reason}",
        "all_correct": "it stopped after epoch {epoch} of {epochs}: every training row is told right",
        "cost_reached": "it stopped after epoch {epoch} of {epochs}: its cost is below {stop_cost:g}",
        "no_improvement": "it stopped after epoch {epoch} of {epochs}: its cost has reached no new low since epoch "
        "{low_epoch}",
        "test_rising": "it stopped after epoch {epoch} of {epochs}: its test cost has been rising since epoch "
        "{rise_epoch}",
    }
)
"""How a run ended, one for each of ``stop_rules.ENDS``."""

TOO_LONG = (
    "Numbers grew too large for a computer: the steps are too long for activations without bounds ({unbounded}), "
    "so that each overshoots further than the last. A smaller learning rate helps, or a bounded activation ({bounded})."
)
TOO_STRONG = (
    "Numbers grew too large for a computer: the penalty is too strong for steps so long. Learning rate times "
    "regularization rate is more than 2, so each update throws a weight further beyond 0 than it was. Make one of "
    "the two smaller."
)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Format a table as text, its columns aligned to the right."""
    lines = [list(head), *([_entry(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(entry.rjust(width) for entry, width in zip(line, widths, strict=True)) for line in lines
    )


def _entry(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def json_text(answer: dict[str, Any]) -> str:
    """Format an answer as JSON, its numbers unrounded; null where a number is not finite."""
    return json.dumps(_finite(answer), allow_nan=False)


def _finite(value: Any) -> Any:
    """Replace non-finite numbers by None, since JSON has none."""
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def scores(history: History) -> Scores:
    """The scores of a finished run on its training rows, and on its test rows if there are any."""
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
    """The outputs of the trained network at points of its dataset, (m, 2) -> (m,); maybe not finite if the run diverged."""
    with np.errstate(over="ignore", invalid="ignore"):
        return outputs_at(history.experiment, history.parameters, points)


def _measured(predicted: Array, targets: Array, middle: float | None) -> dict[str, Any]:
    with np.errstate(over="ignore", invalid="ignore"):
        if middle is None:
            return {
                "r_squared": metrics.r_squared(predicted, targets),
                "rmse": metrics.root_mean_squared_error(predicted, targets),
            }
        return {
            "accuracy": metrics.accuracy(predicted, targets, middle),
            "confusion": metrics.confusion(predicted, targets, middle).tolist(),
        }


def score_table(measured: Scores) -> str:
    """Format scores as a table; of the confusion matrix, the numbers of correct and wrong rows of each class."""
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


def why_ended(experiment: Experiment, end: str, epoch: int) -> str:
    """How a run ended, and why.

    Args:
        experiment: what was trained.
        end: one of ``stop_rules.ENDS``.
        epoch: the last that was completed.
    """
    return SENTENCES[end].format(
        **dict(experiment),
        epoch=epoch,
        next_epoch=epoch + 1,
        low_epoch=epoch - (experiment.stop_no_improvement or 0),
        rise_epoch=epoch - (experiment.stop_test_rising or 0),
        reason=why_diverged(experiment, experiment.learning_rate),
    )


def why_diverged(experiment: Experiment, learning_rate: float) -> str:
    """Why runs of an experiment diverge, and what helps.

    L2 multiplies a weight by 1 - learning rate x regularization rate, which is below -1 if the product is above 2;
    else it is only without bounds on the activations that numbers can grow so fast.
    """
    if experiment.regularization == "l2" and learning_rate * experiment.regularization_rate > 2:
        return TOO_STRONG
    used = [name for name in ACTIVATIONS if ACTIVATIONS[name] in experiment.layer_activations]
    unbounded = ", ".join(name for name in used if not ACTIVATIONS[name].bounded)
    bounded = ", ".join(name for name in ACTIVATIONS if ACTIVATIONS[name].bounded)
    return TOO_LONG.format(unbounded=unbounded, bounded=bounded)


def count_ends(
    runs_of_each_end: NDArray[np.int64], experiment: Experiment, learning_rate: float
) -> list[str]:
    """How many runs ended in each way, and why some diverged; nothing if all were completed.

    Args:
        runs_of_each_end: in the order of ``stop_rules.ENDS``.
        experiment: what the runs share.
        learning_rate: the greatest of theirs.
    """
    count, diverged = int(runs_of_each_end.sum()), int(runs_of_each_end[DIVERGED])
    if runs_of_each_end[COMPLETED] == count:
        return []
    rows = [(end, int(runs)) for end, runs in zip(ENDS, runs_of_each_end, strict=True) if runs]
    blocks = [table(("end", "runs"), rows)]
    if diverged:
        reason = why_diverged(experiment, learning_rate)
        blocks.append(f"{diverged:,} of {count:,} runs diverged. {reason}")
    return blocks
