"""Why runs ended, in words."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from nnlab.command.table import table
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.ends import COMPLETED, DIVERGED, ENDS
from nnlab.core.experiment import Experiment

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
"""How a run ended, one for each of ``ends.ENDS``."""

TOO_LONG = (
    "Numbers grew too large for a computer: the steps are too long for activations without bounds ({unbounded}), "
    "so that each overshoots further than the last. A smaller learning rate helps, or a bounded activation ({bounded})."
)
TOO_STRONG = (
    "Numbers grew too large for a computer: the penalty is too strong for steps so long. Learning rate times "
    "regularization rate is more than 2, so each update throws a weight further beyond 0 than it was. Make one of "
    "the two smaller."
)


def why(experiment: Experiment, end: str, epoch: int) -> str:
    """How a run ended.

    Args:
        experiment: what was trained.
        end: one of ``ends.ENDS``.
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


def counted(runs_of_each_end: NDArray[np.int64], experiment: Experiment, learning_rate: float) -> list[str]:
    """How many runs ended in each way, and why some diverged; nothing if all were completed.

    Args:
        runs_of_each_end: in the order of ``ends.ENDS``.
        experiment: what the runs share.
        learning_rate: the greatest of theirs.
    """
    count, diverged = int(runs_of_each_end.sum()), int(runs_of_each_end[DIVERGED])
    if runs_of_each_end[COMPLETED] == count:
        return []
    rows = [(end, int(runs)) for end, runs in zip(ENDS, runs_of_each_end, strict=True) if runs]
    said = [table(("end", "runs"), rows)]
    if diverged:
        reason = why_diverged(experiment, learning_rate)
        said.append(f"{diverged:,} of {count:,} runs diverged. {reason}")
    return said
