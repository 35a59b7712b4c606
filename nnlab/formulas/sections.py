"""Builds all formulas of a run, section by section, in reading order."""

from collections.abc import Iterator

import numpy as np

from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.formulas.backward import backward
from nnlab.formulas.boundary import boundary_line
from nnlab.formulas.cost import cost
from nnlab.formulas.formula import Formula, Section
from nnlab.formulas.forward import expanded, forward
from nnlab.formulas.row_values import RowValues
from nnlab.formulas.start import start
from nnlab.formulas.update import update


def sections(
    experiment: Experiment, parameters: Parameters | None = None, row: int | None = None
) -> list[Section]:
    """Every section that this run has; the one on the boundary needs parameters and no hidden units.

    Args:
        experiment: the run.
        parameters: the present ones; the boundary's equation needs them. Of a run that is about to diverge
            they may be so large that what is computed from them is infinite, and is written so.
        row: of the training rows, from 0: the one whose numbers are put in; none for letters alone.

    Raises:
        ValueError: there is no such row, or the parameters are of another network.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return [
            Section(f"formulas.section.{name}", each) for name, each in _parts(experiment, parameters, row)
        ]


def _parts(
    experiment: Experiment, parameters: Parameters | None, row: int | None
) -> Iterator[tuple[str, list[Formula]]]:
    numbers = None
    if parameters is not None and row is not None:
        numbers = RowValues.of(experiment, parameters, row)
    yield "forward", forward(experiment, numbers)
    yield "expanded", expanded(experiment, parameters if numbers else None)
    if parameters is not None and (line := boundary_line(experiment, parameters)):
        yield "level" if experiment.data().regression else "boundary", line
    yield "cost", cost(experiment, numbers)
    yield "backward", backward(experiment, numbers)
    yield "start", start(experiment)
    yield "update", update(experiment, numbers)
