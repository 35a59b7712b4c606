"""What training makes small: the loss of a row, and its mean over the truth table."""

from nnlab.core.experiment import Experiment
from nnlab.formulas import notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.layout import aligned, bracketed, chain, total
from nnlab.formulas.numbers import Numbers
from nnlab.formulas.outline import Outline
from nnlab.formulas.rounding import factor, number


def cost(experiment: Experiment, numbers: Numbers | None = None) -> list[Formula]:
    """The loss of one row, half the squared error, and the cost, its mean.

    Args:
        experiment: whose gate and network they are of.
        numbers: put in after the letters, if given: the row's own loss, and the cost over all rows.
    """
    outline, targets = Outline.of(experiment), experiment.data().targets
    output, target, rows = notation.OUTPUT, notation.TARGET, len(targets)
    wanted = [rf"{target}_{row} = {number(value)}" for row, value in enumerate(targets, start=1)]
    loss_steps = [[rf"\frac{{1}}{{2}} \left({output} - {target}\right)^{{2}}"]]
    cost_steps = [
        [rf"\frac{{1}}{{{rows}}} \sum_{{r=1}}^{{{rows}}} {notation.LOSS}_r"],
        [rf"\frac{{1}}{{{2 * rows}}} \sum_{{r=1}}^{{{rows}}} \left({output}_r - {target}_r\right)^{{2}}"],
    ]
    if numbers is not None:
        loss_steps.append(
            [
                rf"\frac{{1}}{{2}} {_square(numbers.outputs[numbers.row], numbers.target)}",
                f"= {number(numbers.loss)}",
            ]
        )
        squares = total(_square(a, y) for a, y in zip(numbers.outputs, targets, strict=True))
        opened = bracketed(rf"\frac{{1}}{{{2 * rows}}} \Bigl(", squares, r"\Bigr)")
        cost_steps.append([*opened, f"= {number(numbers.cost)}"])
    loss_key, values = ("loss", {}) if numbers is None else ("loss_row", {"row": numbers.row + 1})
    return [
        Formula("formulas.cost.targets", r", \quad ".join(wanted)),
        Formula("formulas.cost.output", f"{output} = {outline.output}"),
        Formula(f"formulas.cost.{loss_key}", aligned(chain(notation.LOSS, *loss_steps)), values),
        Formula("formulas.cost.cost", aligned(chain(notation.COST, *cost_steps))),
    ]


def _square(output: float, target: float) -> str:
    return rf"\left({number(output)} - {factor(target)}\right)^{{2}}"
