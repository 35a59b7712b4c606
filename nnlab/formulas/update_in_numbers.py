"""The first update of a run in numbers: of every parameter under plain gradient descent, else of one weight."""

from collections.abc import Mapping
from dataclasses import dataclass

from nnlab.core.checkpoint import Checkpoint
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.core.regularizers import REGULARIZERS
from nnlab.core.update import Update, updates
from nnlab.formulas import notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.layout import LINE_WIDTH, aligned, bracketed, chain, dotted, matrix, thinned
from nnlab.formulas.network_notation import NetworkNotation
from nnlab.formulas.notation import factor, number, signed
from nnlab.formulas.optimizer import OPTIMIZER_NOTATION
from nnlab.formulas.width import width


@dataclass(frozen=True)
class Step:
    """The first batch of a run: its gradient and its update.

    Attributes:
        update: worked out by the core.
        by_row: the own gradient of each row that is written out, laid out as ``Parameters.vector``.
    """

    update: Update
    by_row: Mapping[int, Parameters]

    @classmethod
    def first(cls, experiment: Experiment, parameters: Parameters) -> "Step":
        """Compute the first batch's update of these parameters, with an empty optimizer memory."""
        update = next(updates(experiment, Checkpoint.at_start(experiment, parameters)))
        rows = update.rows.tolist()
        return cls(update, {row: _own_gradient(update, rows.index(row)) for row in thinned(rows)})


def _own_gradient(update: Update, place: int) -> Parameters:
    """The gradient of one row of the batch, not yet divided."""
    part = update.passes.row_gradient(place)
    return Parameters(part.layer_sizes, part.vector * update.divisor)


MOST_CHANGE = 0.75 * LINE_WIDTH
"""A change of a parameter narrower than this stays on one line."""

CLAMPED = r"\Longrightarrow"
"""Stands for an equals sign where a weight was put at 0."""


def all_parameters(network: NetworkNotation, experiment: Experiment, step: Step) -> list[Formula]:
    """The update of all parameters by plain gradient descent, one by one, or in matrices when there are many."""
    write = _parameters if network.spelled_out else _matrices
    return [
        Formula(
            "formulas.update.step",
            aligned(write(network, layer, experiment, step)),
            {"layer": layer, "batch": 1},
        )
        for layer in network.layers
    ]


def one_weight(network: NetworkNotation, experiment: Experiment, step: Step) -> list[Formula]:
    """The update of the first weight of the first layer: the optimizer's steps, then the pull."""
    name, rule = notation.weight(1, 1, 1), OPTIMIZER_NOTATION[experiment.optimizer]
    before = {"theta": _first(step.update.before), "g": _first(step.update.gradient)}
    after = {"theta": _first(step.update.stepped)}
    # behind the optimizer's vectors the memory says which weights are held at 0
    remembered = zip(rule.memory, step.update.memory[: len(rule.memory)], strict=True)
    after |= {letter: float(vector[0]) for letter, vector in remembered}
    mean = _mean(rf"\frac{{1}}{{{step.update.divisor}}} \bigl(", step, 0)
    lines = [
        *chain(notation.GRADIENT, [*mean, f"= {number(before['g'])}"]),
        *rule.in_numbers(experiment, name, before, after),
    ]
    where = {"layer": 1, "unit": 1, "input": 1}
    formulas = [Formula("formulas.update.first_step", aligned(lines), where | {"batch": 1})]
    if experiment.regularization in REGULARIZERS:
        pieces = [number(after["theta"]), _pull(experiment, _first(step.update.slope)), *_results(step, 0)]
        formulas.append(
            Formula("formulas.update.pull", aligned(chain(name, pieces, relation=r"\leftarrow")), where)
        )
    return formulas


def _first(parameters: Parameters) -> float:
    return float(parameters.vector[0])


def _mean(opening: str, step: Step, index: int) -> list[str]:
    """The bracket of all rows' gradients in a parameter, opened with what it is multiplied by."""
    gradients = [
        signed(gradient.vector[index], first=not k) for k, gradient in enumerate(step.by_row.values())
    ]
    return bracketed(opening, dotted(gradients, len(step.update.rows), r"+ \cdots"), r"\bigr)")


def _pull(experiment: Experiment, slope: float) -> str:
    rate, strength = number(experiment.learning_rate), number(experiment.regularization_rate)
    return rf"- {rate} \cdot {strength} \cdot {factor(slope)}"


def _results(step: Step, index: int) -> list[str]:
    pulled, after = step.update.pulled.vector[index], step.update.after.vector[index]
    return [f"= {number(pulled)}", *([f"{CLAMPED} {number(after)}"] if pulled != after else [])]


def _parameters(network: NetworkNotation, layer: int, experiment: Experiment, step: Step) -> list[str]:
    lines: list[str] = []
    regularized = experiment.regularization in REGULARIZERS
    for index, address in enumerate(network.addresses()):
        if address[0] != layer:
            continue
        head = rf"- {number(experiment.learning_rate)} \cdot \frac{{1}}{{{step.update.divisor}}} \bigl("
        change = _mean(head, step, index)
        whole = [" ".join(change)]
        pieces = [
            number(step.update.before.vector[index]),
            *(whole if width(whole[0]) <= MOST_CHANGE else change),
        ]
        if regularized and address[2] is not None:
            pieces.append(_pull(experiment, step.update.slope.vector[index]))
        pieces += _results(step, index)
        lines += chain(notation.parameter(*address), pieces, relation=r"\leftarrow")
    return lines


def _matrices(network: NetworkNotation, layer: int, experiment: Experiment, step: Step) -> list[str]:
    """The update of a whole layer in matrices; the batch's gradient is already divided here."""
    lines: list[str] = []
    regularized = experiment.regularization in REGULARIZERS
    rate, strength = number(experiment.learning_rate), number(experiment.regularization_rate)
    for letter in ("W", "b"):
        before, gradient, slope, pulled, after = (
            (each.weights if letter == "W" else each.biases)[layer - 1]
            for each in (
                step.update.before,
                step.update.gradient,
                step.update.slope,
                step.update.pulled,
                step.update.after,
            )
        )
        pieces = [matrix(before), rf"- {rate} \cdot {matrix(gradient)}"]
        if regularized and letter == "W":
            pieces.append(rf"- {rate} \cdot {strength} \cdot {matrix(slope)}")
        pieces.append(f"{'=' if (pulled == after).all() else CLAMPED} {matrix(after)}")
        lines += chain(notation.matrix(letter, layer), pieces, relation=r"\leftarrow")
    return lines
