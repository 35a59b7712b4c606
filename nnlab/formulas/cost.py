"""The loss of a row, and the cost: its mean over the training rows, which training makes small."""

from collections.abc import Sequence

from nnlab.core.experiment import Experiment
from nnlab.formulas import notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.layout import aligned, bracketed, chain, dotted, listed, thinned, total
from nnlab.formulas.network_notation import NetworkNotation
from nnlab.formulas.notation import factor, number, signed
from nnlab.formulas.row_values import RowValues

A, Y = notation.OUTPUT, notation.TARGET


def cost(experiment: Experiment, numbers: RowValues | None = None) -> list[Formula]:
    """The loss of one row, squared error or cross-entropy, and the cost, its mean.

    Args:
        experiment: whose data, network and loss they are of.
        numbers: put in after the letters, if given: the row's own loss, and the cost over all rows.
    """
    network, targets = NetworkNotation.of(experiment), experiment.data().targets
    wanted = [rf"{Y}_{_index(row)} = {number(value)}" for row, value in enumerate(targets, start=1)]
    write = _cross_entropy if experiment.loss == "cross_entropy" else _squared_error
    loss_steps, cost_steps = write(network, len(targets), numbers)
    of_row, values = ("", {}) if numbers is None else ("_row", {"row": numbers.row + 1})
    return [
        Formula("formulas.cost.targets", listed(wanted)),
        Formula("formulas.cost.output", f"{A} = {network.output}"),
        Formula(
            f"formulas.cost.{experiment.loss}{of_row}", aligned(chain(notation.LOSS, *loss_steps)), values
        ),
        Formula("formulas.cost.cost", aligned(chain(notation.COST, *cost_steps))),
    ]


Steps = list[list[str]]


def _squared_error(network: NetworkNotation, rows: int, numbers: RowValues | None) -> tuple[Steps, Steps]:
    loss = [[rf"\frac{{1}}{{2}} \left({A} - {Y}\right)^{{2}}"]]
    cost = [
        [_mean_loss(rows)],
        [rf"\frac{{1}}{{{2 * rows}}} \sum_{{r=1}}^{{{rows}}} \left({A}_r - {Y}_r\right)^{{2}}"],
    ]
    if numbers is not None:
        square = _square(numbers.outputs[numbers.row], numbers.target)
        loss.append([rf"\frac{{1}}{{2}} {square}", f"= {number(numbers.loss)}"])
        pairs = zip(thinned(list(numbers.outputs)), thinned(list(numbers.targets)), strict=True)
        squares = total(_square(output, target) for output, target in pairs)
        cost.append([*_mean(2 * rows, squares, rows), f"= {number(numbers.cost)}"])
    return loss, cost


def _square(output: float, target: float) -> str:
    return rf"\left({number(output)} - {factor(target)}\right)^{{2}}"


def _cross_entropy(network: NetworkNotation, rows: int, numbers: RowValues | None) -> tuple[Steps, Steps]:
    """The cross-entropy as in textbooks, and as it is computed: from the weighted sum of the output."""
    z = notation.weighted_sum(network.depth, 1)
    textbook = [rf"- {Y} \ln {A}", rf"- (1 - {Y}) \ln\left(1 - {A}\right)"]
    loss = [textbook, [rf"\ln\left(1 + e^{{{z}}}\right) - {Y} {z}"]]
    cost = [[_mean_loss(rows)]]
    if numbers is not None:
        z_value = numbers.weighted_sums[network.depth][0]
        put_in = [
            rf"\ln\left(1 + e^{{{number(z_value)}}}\right)",
            rf"- {number(numbers.target)} \cdot {factor(z_value)}",
        ]
        loss.append([*put_in, f"= {number(numbers.loss)}"])
        losses = [signed(each, first=not k) for k, each in enumerate(thinned(list(numbers.losses)))]
        cost.append([*_mean(rows, losses, rows), f"= {number(numbers.cost)}"])
    return loss, cost


def _mean_loss(rows: int) -> str:
    return rf"\frac{{1}}{{{rows}}} \sum_{{r=1}}^{{{rows}}} {notation.LOSS}_r"


def _mean(divisor: int, terms: Sequence[str], rows: int) -> list[str]:
    """The pieces of a sum over rows, divided; of many rows only some are written."""
    shown = dotted(list(terms), rows, r"+ \cdots")
    return bracketed(rf"\frac{{1}}{{{divisor}}} \Bigl(", shown, r"\Bigr)")


def _index(row: int) -> str:
    return str(row) if row < 10 else f"{{{row}}}"
