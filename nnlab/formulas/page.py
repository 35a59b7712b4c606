"""All formulas of a run, section by section, in the order they are read."""

from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.formulas.backward import backward
from nnlab.formulas.boundary import boundary_line
from nnlab.formulas.cost import cost
from nnlab.formulas.expanded import expanded
from nnlab.formulas.formula import Section
from nnlab.formulas.forward import forward
from nnlab.formulas.numbers import Numbers
from nnlab.formulas.update import update


def sections(
    experiment: Experiment, parameters: Parameters | None = None, row: int | None = None
) -> list[Section]:
    """Every section that this run has; the one on the line needs parameters and no hidden units.

    Args:
        experiment: the run.
        parameters: the present ones; the boundary's equation needs them.
        row: of the truth table, 0 to 3: the one whose numbers are put in; none for letters alone.

    Raises:
        ValueError: there is no such row, or the parameters are of another network.
    """
    numbers = None
    if parameters is not None and row is not None:
        numbers = Numbers.of(experiment, parameters, row)
    parts = {
        "forward": forward(experiment, numbers),
        "expanded": expanded(experiment, parameters if numbers else None),
        "boundary": [] if parameters is None else boundary_line(experiment, parameters),
        "cost": cost(experiment, numbers),
        "backward": backward(experiment, numbers),
        "update": update(experiment, numbers),
    }
    return [Section(f"formulas.section.{name}", formulas) for name, formulas in parts.items() if formulas]
