"""The update: how a batch's gradient and the learning rate change every parameter."""

from nnlab.core.experiment import Experiment
from nnlab.formulas import notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.layout import LINE_WIDTH, aligned, bracketed, broken, chain
from nnlab.formulas.matrix import matrix
from nnlab.formulas.numbers import Numbers
from nnlab.formulas.outline import Outline
from nnlab.formulas.rounding import number, signed
from nnlab.formulas.step import Step, batches, divisor
from nnlab.formulas.width import width

MOST_CHANGE = 0.75 * LINE_WIDTH
"""A change of a parameter narrower than this stays on one line."""


def learning_rate(experiment: Experiment) -> str:
    """The learning rate, as a number on paper."""
    return number(experiment.learning_rate)


def divisor_letter(experiment: Experiment, batch: str = notation.BATCH) -> str:
    """What a batch's gradient is divided by: m under the nominal rule, its number of rows under the other."""
    return notation.BATCH_SIZE if experiment.batch_divisor == "nominal" else f"|{batch}|"


def update(experiment: Experiment, numbers: Numbers | None = None) -> list[Formula]:
    """Mini-batch gradient descent: subtract the learning rate times the batch's gradient.

    Args:
        experiment: whose batches, divisor and learning rate apply.
        numbers: if given, the step that the first batch makes from these parameters is worked out.
    """
    formulas = [
        _rows(experiment),
        _rule(experiment),
        _divisors(experiment),
        *_short_batch(experiment),
        Formula("formulas.update.learning_rate", f"{notation.LEARNING_RATE} = {learning_rate(experiment)}"),
    ]
    if numbers is not None:
        step, outline = Step.first(experiment, numbers.parameters), Outline.of(experiment)
        write = _parameters if outline.spelled_out else _matrices
        formulas += [
            Formula(
                "formulas.update.step",
                aligned(write(outline, layer, experiment, step)),
                {"layer": layer, "batch": 1},
            )
            for layer in outline.layers
        ]
    return formulas


def _rows(experiment: Experiment) -> Formula:
    sets = [f"{_batch(k)} = {_set(rows)}" for k, rows in enumerate(batches(experiment), start=1)]
    return Formula("formulas.update.batches", _listed(sets))


def _rule(experiment: Experiment) -> Formula:
    theta, rate = notation.PARAMETER, notation.LEARNING_RATE
    slope = notation.slope(f"{notation.LOSS}_r", theta)
    mean = rf"\frac{{1}}{{{divisor_letter(experiment)}}} \sum_{{r \in {notation.BATCH}}} {slope}"
    latex = rf"{theta} \leftarrow {theta} - {rate} \cdot {mean}"
    return Formula(f"formulas.update.{experiment.batch_divisor}", latex)


def _divisors(experiment: Experiment) -> Formula:
    rows = dict(enumerate(batches(experiment), start=1))
    every = {divisor_letter(experiment, _batch(k)): divisor(experiment, rows[k]) for k in rows}
    return Formula(
        "formulas.update.divisor", _listed([f"{letter} = {value}" for letter, value in every.items()])
    )


def _short_batch(experiment: Experiment) -> list[Formula]:
    """Under the nominal rule a last batch with fewer rows is still divided by the full size."""
    last = batches(experiment)[-1]
    if len(last) == divisor(experiment, last):
        return []
    k = len(batches(experiment))
    letter, slope = divisor_letter(experiment), notation.slope(f"{notation.LOSS}_r", notation.PARAMETER)
    latex = (
        rf"\frac{{1}}{{{letter}}} \sum_{{r \in {_batch(k)}}} {slope}"
        rf" = \frac{{1}}{{{divisor(experiment, last)}}} \sum_{{r \in {_set(last)}}} {slope}"
    )
    return [Formula("formulas.update.short_batch", latex, {"batch": k})]


def _batch(k: int) -> str:
    return f"{notation.BATCH}_{k}"


def _set(rows: range) -> str:
    return rf"\{{{', '.join(str(row + 1) for row in rows)}\}}"


def _listed(items: list[str]) -> str:
    pieces = [rf"{item}, \quad" for item in items[:-1]] + items[-1:]
    lines = broken(pieces, LINE_WIDTH)
    return lines[0] if len(lines) == 1 else aligned(f"&{line}" for line in lines)


def _parameters(outline: Outline, layer: int, experiment: Experiment, step: Step) -> list[str]:
    lines: list[str] = []
    for index, address in enumerate(outline.addresses()):
        if address[0] != layer:
            continue
        gradients = [
            signed(gradient.vector[index], first=not row) for row, gradient in enumerate(step.by_row)
        ]
        head = rf"- {learning_rate(experiment)} \cdot \frac{{1}}{{{step.divisor}}} \bigl("
        change = bracketed(head, gradients, r"\bigr)")
        whole = [" ".join(change)]
        before, after = number(step.before.vector[index]), number(step.after.vector[index])
        pieces = [before, *(whole if width(whole[0]) <= MOST_CHANGE else change), f"= {after}"]
        lines += chain(notation.parameter(*address), pieces, relation=r"\leftarrow")
    return lines


def _matrices(outline: Outline, layer: int, experiment: Experiment, step: Step) -> list[str]:
    """A whole layer at once; here the batch's gradient is already divided."""
    lines: list[str] = []
    layers = zip(
        "Wb",
        (step.before.weights, step.before.biases),
        (step.gradient.weights, step.gradient.biases),
        (step.after.weights, step.after.biases),
        strict=True,
    )
    for letter, before, gradient, after in layers:
        rate, index = learning_rate(experiment), layer - 1
        pieces = [
            matrix(before[index]),
            rf"- {rate} \cdot {matrix(gradient[index])}",
            f"= {matrix(after[index])}",
        ]
        lines += chain(notation.matrix(letter, layer), pieces, relation=r"\leftarrow")
    return lines
