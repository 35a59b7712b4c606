"""The formulas of an update: how a batch's gradient and the learning rate change every parameter."""

from nnlab.core import batches
from nnlab.core.experiment import Experiment
from nnlab.core.regularizers import REGULARIZERS
from nnlab.core.update_rule import UpdateRule
from nnlab.formulas import notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.layout import aligned, dotted, listed, side_by_side, thinned
from nnlab.formulas.network_notation import NetworkNotation
from nnlab.formulas.notation import number
from nnlab.formulas.optimizer import LETTERS, OPTIMIZER_NOTATION, settings
from nnlab.formulas.row_values import RowValues
from nnlab.formulas.update_in_numbers import Step, all_parameters, one_weight


def divisor_letter(experiment: Experiment, batch: str = notation.BATCH) -> str:
    """The symbol of the divisor of a batch's gradient: m under the nominal rule, its number of rows under the other."""
    return notation.BATCH_SIZE if experiment.batch_divisor == "nominal" else f"|{batch}|"


def update(experiment: Experiment, numbers: RowValues | None = None) -> list[Formula]:
    """The formulas of one mini-batch: its gradient, the optimizer's step, then the pull on the weights.

    Args:
        experiment: whose batches, divisor, optimizer and regularization apply.
        numbers: if given, the step that the first batch makes from these parameters is worked out: of every
            parameter under plain gradient descent, else of one weight, as if nothing were remembered yet.
    """
    every = [rows.tolist() for rows in batches.epoch_batches(experiment, 0, experiment.train_rows)]
    formulas = [
        _batches(experiment, every),
        _gradient(experiment),
        _divisors(experiment, every),
        *_short_batch(experiment, every),
        *_optimizer(experiment),
        *_regularization(experiment, "clamp" if numbers is None else "clamp_in_numbers"),
        _settings(experiment),
    ]
    if numbers is not None:
        step, network = Step.first(experiment, numbers.parameters), NetworkNotation.of(experiment)
        remembers = OPTIMIZER_NOTATION[experiment.optimizer].memory
        formulas += (one_weight if remembers else all_parameters)(network, experiment, step)
    return formulas


def _batches(experiment: Experiment, every: list[list[int]]) -> Formula:
    sets = [f"{_batch(k)} = {_set(rows)}" for k, rows in enumerate(every, start=1)]
    return Formula(f"formulas.update.{'shuffled' if experiment.shuffle else 'batches'}", listed(sets))


def _gradient(experiment: Experiment) -> Formula:
    slope = notation.slope(f"{notation.LOSS}_r", notation.PARAMETER)
    mean = rf"\frac{{1}}{{{divisor_letter(experiment)}}} \sum_{{r \in {notation.BATCH}}} {slope}"
    return Formula(f"formulas.update.{experiment.batch_divisor}", f"{notation.GRADIENT} = {mean}")


def _divisors(experiment: Experiment, every: list[list[int]]) -> Formula:
    values = {
        divisor_letter(experiment, _batch(k)): batches.divisor(experiment, experiment.train_rows, len(rows))
        for k, rows in enumerate(every, start=1)
    }
    return Formula(
        "formulas.update.divisor", listed([f"{letter} = {value}" for letter, value in values.items()])
    )


def _short_batch(experiment: Experiment, every: list[list[int]]) -> list[Formula]:
    """A note on a last batch with fewer rows, whose gradient the nominal rule divides by the full size."""
    last, k = every[-1], len(every)
    divided_by = batches.divisor(experiment, experiment.train_rows, len(last))
    if len(last) == divided_by:
        return []
    letter, slope = divisor_letter(experiment), notation.slope(f"{notation.LOSS}_r", notation.PARAMETER)
    latex = (
        rf"\frac{{1}}{{{letter}}} \sum_{{r \in {_batch(k)}}} {slope}"
        rf" = \frac{{1}}{{{divided_by}}} \sum_{{r \in {_set(last)}}} {slope}"
    )
    return [Formula("formulas.update.short_batch", latex, {"batch": k})]


def _optimizer(experiment: Experiment) -> list[Formula]:
    rule = OPTIMIZER_NOTATION[experiment.optimizer]
    formulas = [Formula(f"formulas.update.{experiment.optimizer}", aligned(rule.in_letters()))]
    if rule.memory:
        formulas.append(
            Formula("formulas.update.memory", listed([f"{LETTERS[name]} = 0" for name in rule.memory]))
        )
    return formulas


def _regularization(experiment: Experiment, clamp: str) -> list[Formula]:
    """The pull on weights, and what stops it at 0, whose caption has this key."""
    if experiment.regularization not in REGULARIZERS:
        return []
    before, strength = notation.WEIGHT_BEFORE, f"{notation.LEARNING_RATE} {notation.PENALTY_RATE}"
    slope = before if experiment.regularization == "l2" else rf"{notation.SIGN}({before})"
    formulas = [
        Formula(f"formulas.update.{experiment.regularization}", rf"w \leftarrow w - {strength} \, {slope}")
    ]
    if UpdateRule.of(experiment).clamps:
        latex = rf"w \left(w - {strength} \, {slope}\right) < 0 \Longrightarrow w \leftarrow 0"
        formulas.append(Formula(f"formulas.update.{clamp}", latex))
    return formulas


def _settings(experiment: Experiment) -> Formula:
    shown = {LETTERS[name]: value for name, value in settings(experiment).items()}
    if experiment.regularization in REGULARIZERS:
        shown[notation.PENALTY_RATE] = experiment.regularization_rate
    each = [f"{letter} = {number(value)}" for letter, value in shown.items()]
    return Formula("formulas.update.settings", side_by_side(each))


def _batch(k: int) -> str:
    return f"{notation.BATCH}_{{{k}}}" if k > 9 else f"{notation.BATCH}_{k}"


def _set(rows: list[int]) -> str:
    members = dotted([str(row + 1) for row in thinned(rows)], len(rows), r"\ldots")
    return rf"\{{{', '.join(members)}\}}"
