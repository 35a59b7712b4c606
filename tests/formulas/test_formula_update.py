"""The update subtracts, divides by what the experiment says, and does what training does."""

import re

import numpy as np
import pytest
from hypothesis import example, given, settings

from nnlab import Experiment
from nnlab.core.batches import epoch_batches, shuffled
from nnlab.core.optimizers import OPTIMIZERS
from nnlab.core.regularizers import REGULARIZERS, pull
from nnlab.core.training import Training
from nnlab.formulas import RowValues, update
from nnlab.formulas.notation import number, signed
from nnlab.formulas.update_in_numbers import Step
from tests.formulas.formula_runs import GATES, as_float, chains, evaluate, size, small, small_experiments


def latex_of(experiment: Experiment) -> dict[str, str]:
    return {formula.key.removeprefix("formulas.update."): formula.latex for formula in update(experiment)}


def test_the_learning_rate_times_the_gradient_is_subtracted() -> None:
    assert chains(latex_of(Experiment())["gradient_descent"])[r"\theta"] == [r"\theta - \eta g"]


@pytest.mark.parametrize("batch_divisor", ["nominal", "actual"])
def test_the_gradient_is_the_sum_over_the_batch_divided(batch_divisor: str) -> None:
    latex = latex_of(Experiment(batch_divisor=batch_divisor))[batch_divisor]
    assert latex.startswith(r"g = \frac{1}{")
    assert latex.endswith(r"\sum_{r \in \mathcal{B}} \frac{\partial \mathcal{L}_r}{\partial \theta}")


def test_the_nominal_rule_divides_every_batch_by_the_batch_size() -> None:
    latex = latex_of(Experiment(batch_size=3))
    assert r"\frac{1}{m}" in latex["nominal"]
    assert latex["divisor"] == "m = 3"
    assert r"\frac{1}{3} \sum_{r \in \{4\}}" in latex["short_batch"]


def test_the_actual_rule_divides_each_batch_by_its_rows() -> None:
    latex = latex_of(Experiment(batch_size=3, batch_divisor="actual"))
    assert r"\frac{1}{|\mathcal{B}|}" in latex["actual"]
    assert latex["divisor"] == r"|\mathcal{B}_1| = 3, \quad |\mathcal{B}_2| = 1"
    assert "short_batch" not in latex


@pytest.mark.parametrize("batch_size", [1, 2, 4])
def test_only_a_batch_that_is_short_is_called_so(batch_size: int) -> None:
    assert "short_batch" not in latex_of(Experiment(batch_size=batch_size))


def test_batches_are_rows_in_order() -> None:
    assert (
        latex_of(Experiment(batch_size=3))["batches"]
        == r"\mathcal{B}_1 = \{1, 2, 3\}, \quad \mathcal{B}_2 = \{4\}"
    )
    assert [rows.tolist() for rows in epoch_batches(Experiment(batch_size=1), 0, 4)] == [[0], [1], [2], [3]]


@pytest.mark.parametrize("batch_divisor", ["nominal", "actual"])
def test_a_batch_larger_than_the_data_is_all_rows(batch_divisor: str) -> None:
    latex = latex_of(Experiment(batch_size=1000, batch_divisor=batch_divisor))
    assert latex["batches"] == r"\mathcal{B}_1 = \{1, 2, 3, 4\}"
    assert latex["divisor"].endswith("= 4")
    assert "short_batch" not in latex


def test_of_many_batches_of_many_rows_some_are_written() -> None:
    experiment = Experiment(dataset="spiral", samples=1000, train_share=90, batch_size=100)
    latex = latex_of(experiment.changed(batch_divisor="actual"))
    assert re.sub(r"&|\\\\\[4pt\] |\\(?:begin|end)\{aligned\}", "", latex["batches"]).strip() == (
        r"\mathcal{B}_1 = \{1, 2, \ldots, 100\}, \quad \mathcal{B}_2 = \{101, 102, \ldots, 200\}, \quad "
        r"\ldots, \quad \mathcal{B}_9 = \{801, 802, \ldots, 900\}"
    )
    assert latex["divisor"].count("100") == 3


def test_shuffled_batches_are_those_of_the_first_epoch() -> None:
    experiment = Experiment(shuffle=True, data_seed=5, batch_size=3)
    first, second, third, fourth = shuffled(experiment, 0, 4) + 1
    latex = latex_of(experiment)
    assert latex["shuffled"] == (
        rf"\mathcal{{B}}_1 = \{{{first}, {second}, {third}\}}, \quad \mathcal{{B}}_2 = \{{{fourth}\}}"
    )
    assert "batches" not in latex


def test_what_is_set_is_written() -> None:
    assert latex_of(Experiment(learning_rate=1.5))["settings"] == r"\eta = 1.5"
    adam = Experiment(optimizer="adam", regularization="l2", beta2=0.99, epsilon=1e-6)
    for written in (
        r"\beta_1 = 0.9",
        r"\beta_2 = 0.99",
        r"\varepsilon = 1 \times 10^{-6}",
        r"\lambda = 0.003",
    ):
        assert written in latex_of(adam)["settings"]


LETTER_OF = {
    "momentum": r"\mu",
    "decay": r"\rho",
    "beta1": r"\beta_1",
    "beta2": r"\beta_2",
    "epsilon": r"\varepsilon",
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_rule_of_an_optimizer_in_letters_is_the_cores(name: str) -> None:
    optimizer, experiment = OPTIMIZERS[name], Experiment(optimizer=name, epsilon=0.01, beta2=0.99)
    steps = chains(latex_of(experiment)[name])
    own = {setting: getattr(experiment, setting) for setting in optimizer.settings}
    values = {r"\eta": 0.2, r"\theta": 0.7, "v": 0.0, "s": 0.0}
    values |= {LETTER_OF[setting]: value for setting, value in own.items()}
    theta, memory = np.array([0.7]), np.zeros((optimizer.memory, 1))
    for count, gradient in enumerate((0.5, -2.0, 0.25), start=1):
        given = {"update": count} if optimizer.counts else {}
        remembered = (memory,) if optimizer.memory else ()
        optimizer.step(theta, np.array([gradient]), 0.2, *remembered, **own, **given)
        values |= {"g": gradient, "t": count}
        for left, (right,) in steps.items():
            values[left] = evaluate(right, values)
        assert values[r"\theta"] == pytest.approx(theta[0], rel=1e-12)
        kept = [values[letter] for letter in ("v", "s") if letter in steps]
        assert kept == pytest.approx(memory[:, 0].tolist(), rel=1e-12)


@pytest.mark.parametrize("name", REGULARIZERS)
@pytest.mark.parametrize("before", [-0.4, 0.0, 2.0])
def test_the_pull_in_letters_is_the_cores(name: str, before: float) -> None:
    latex = latex_of(Experiment(regularization=name))[name].removeprefix(r"w \leftarrow ")
    after = np.array([0.5])
    pull(after, np.array([before]), REGULARIZERS[name].slope, np.array([0.2 * 0.003]))
    values = {r"\bar{w}": before, "w": 0.5, r"\eta": 0.2, r"\lambda": 0.003}
    assert evaluate(latex, values) == pytest.approx(after[0], rel=1e-12)


def test_only_l1_that_clamps_says_so() -> None:
    assert "clamp" in latex_of(Experiment(regularization="l1"))
    for other in ({"regularization": "l2"}, {"regularization": "l1", "l1_clamp": False}, {}):
        assert not {"clamp", "clamp_in_numbers"} & latex_of(Experiment(**other)).keys()


def steps_of(experiment: Experiment) -> tuple[Step, dict[str, list[str]]]:
    """The step by the core, and the chains of its numbers as written."""
    parameters = experiment.initial_parameters()
    written: dict[str, list[str]] = {}
    for formula in update(experiment, RowValues.of(experiment, parameters)):
        if formula.key in ("formulas.update.step", "formulas.update.first_step"):
            written |= chains(formula.latex)
        if formula.key == "formulas.update.pull":
            written |= {f"pull of {letter}": steps for letter, steps in chains(formula.latex).items()}
    return Step.first(experiment, parameters), written


ON_A_KINK = Experiment(
    dataset="and",
    features=("sin x1", "sin x2"),
    hidden_layer_sizes=(1,),
    activation="relu",
    initialization="equal",
    scale=0.01,
    optimizer="momentum",
    learning_rate=1.0,
    batch_size=4,
)
"""Two rows lie on the kink of the ReLU, where the last bit of a sum decides: alone it may be another."""


def rounded(latex: str) -> float:
    """How far it may be off, its numbers being rounded; a small difference below a fraction bar makes the whole large."""
    return 2e-3 * max(size(latex, {}), abs(evaluate(latex, {}))) + 1e-12


@given(small(optimizer="gradient_descent", datasets=(*GATES, "own"), batch_size=4))
@settings(max_examples=40, deadline=None)
def test_the_step_of_gradient_descent_in_numbers_is_the_cores(experiment: Experiment) -> None:
    step, written = steps_of(experiment)
    assert len(written) == experiment.parameter_count
    for index, (in_numbers, result) in enumerate(written.values()):
        pulled, after = (number(each.vector[index]) for each in (step.update.pulled, step.update.after))
        clamped = step.update.pulled.vector[index] != step.update.after.vector[index]
        assert result == (rf"{pulled} \Longrightarrow {after}" if clamped else after)
        assert evaluate(in_numbers, {}) == pytest.approx(
            step.update.pulled.vector[index], abs=rounded(in_numbers)
        )
        assert rf"\frac{{1}}{{{step.update.divisor}}}" in in_numbers
    summed = sum(row.vector for row in step.by_row.values()) / step.update.divisor
    assert np.allclose(step.update.gradient.vector, summed, rtol=1e-9, atol=1e-12)


@given(small(batch_size=4).filter(lambda experiment: experiment.optimizer != "gradient_descent"))
@example(ON_A_KINK)
@settings(max_examples=40, deadline=None)
def test_the_first_step_of_one_weight_in_numbers_is_the_cores(experiment: Experiment) -> None:
    step, written = steps_of(experiment)
    weight = "w_{11}^{(1)}"
    assert written[weight][-1] == number(step.update.stepped.vector[0])
    assert written["g"][-1] == number(step.update.gradient.vector[0])
    remembered = [written[letter][-1] for letter in ("v", "s") if letter in written]
    assert len(remembered) == OPTIMIZERS[experiment.optimizer].memory
    assert remembered == [number(vector[0]) for vector in step.update.memory[: len(remembered)]]
    for left, (in_numbers, result) in written.items():
        if not left.startswith("pull"):
            assert evaluate(in_numbers, {}) == pytest.approx(as_float(result), abs=rounded(in_numbers)), left
    if experiment.regularization != "none":
        in_numbers, result = written[f"pull of {weight}"]
        pulled, after = step.update.pulled.vector[0], step.update.after.vector[0]
        assert result.split()[-1] == number(after).split()[-1]
        assert evaluate(in_numbers, {}) == pytest.approx(pulled, abs=rounded(in_numbers))


def test_a_weight_that_l1_carries_across_0_is_put_there_in_numbers_too() -> None:
    start = {"initialization": "explicit", "weights": [[[0.001, 0.5]]], "biases": [[0.001]]}
    strong = {"regularization": "l1", "regularization_rate": 5.0, "learning_rate": 0.01}
    for optimizer, left in (("gradient_descent", "w_{11}^{(1)}"), ("momentum", "pull of w_{11}^{(1)}")):
        experiment = Experiment(hidden_layer_sizes=(), optimizer=optimizer, **start, **strong)
        step, written = steps_of(experiment)
        assert step.update.after.vector[0] == 0.0 != step.update.pulled.vector[0]
        assert written[left][-1] == rf"{number(step.update.pulled.vector[0])} \Longrightarrow 0"
        without = experiment.changed(l1_clamp=False)
        assert r"\Longrightarrow" not in steps_of(without)[1][left][-1]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_only_what_remembers_is_said_to_take_a_first_step(optimizer: str) -> None:
    experiment = Experiment(optimizer=optimizer)
    found = {
        formula.key
        for formula in update(experiment, RowValues.of(experiment, experiment.initial_parameters()))
    }
    remembers = OPTIMIZERS[optimizer].memory > 0
    assert ("formulas.update.first_step" in found) == remembers
    assert ("formulas.update.memory" in found) == remembers
    assert ("formulas.update.step" in found) != remembers


def test_of_a_batch_of_many_rows_the_gradients_of_some_are_written() -> None:
    experiment = Experiment(dataset="circle", samples=1000, batch_size=1000, optimizer="momentum")
    step, written = steps_of(experiment)
    row, gradients = step.update.rows[0], [each.vector[0] for each in step.by_row.values()]
    assert (row, len(step.by_row), step.update.divisor) == (0, 3, 500)
    first, second, last = gradients
    terms = [signed(first, first=True), signed(second), r"+ \cdots", signed(last)]
    assert written["g"][0] == rf"\frac{{1}}{{500}} \bigl({' '.join(terms)}\bigr)"


@given(small_experiments)
@settings(max_examples=40, deadline=None)
def test_with_one_batch_an_epoch_the_step_is_the_epoch(experiment: Experiment) -> None:
    experiment = experiment.changed(batch_size=1000)
    training = Training(experiment)
    step = Step.first(experiment, training.parameters.copy())
    training.advance(1)
    # what is rounded in another order, Adam may divide by its epsilon
    np.testing.assert_allclose(step.update.after.vector, training.parameters.vector, rtol=1e-9, atol=1e-6)
