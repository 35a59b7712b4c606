"""What the formulas say is what the core computes."""

import numpy as np
import pytest
from formula_runs import (
    NUMBER,
    as_float,
    chains,
    evaluate,
    everything,
    experiments,
    letters,
    lines,
    rows,
    small_experiments,
)
from hypothesis import given, settings

from nnlab import Experiment
from nnlab.core.training import Training, predict
from nnlab.formulas import Numbers, backward, cost, expanded, forward
from nnlab.formulas.rounding import factor, number, signed

FIRST = r"\frac{\partial \mathcal{L}}{\partial "
few = settings(max_examples=40, deadline=None)


def by_key(formulas, key):
    return [formula for formula in formulas if formula.key == f"formulas.{key}"]


def gradient_of(experiment, row):
    """Each parameter's letter and the slope of the row's loss in it, from the core."""
    parameters = experiment.initial_parameters()
    numbers = Numbers.of(experiment, parameters, row)
    slopes = {}
    for l, layer in enumerate(numbers.gradient.layers, start=1):
        for i, unit in enumerate(layer, start=1):
            slopes |= {f"w_{{{i}{j}}}^{{({l})}}": slope for j, slope in enumerate(unit[:-1], start=1)}
            slopes[f"b_{{{i}}}^{{({l})}}"] = unit[-1]
    return slopes


@given(small_experiments, rows)
@few
def test_each_weight_has_its_own_product_and_it_is_its_slope(experiment: Experiment, row: int) -> None:
    parameters, slopes = experiment.initial_parameters(), gradient_of(experiment, row)
    values, seen = letters(experiment, parameters, row), []
    formulas = backward(experiment, Numbers.of(experiment, parameters, row))
    for formula in [*by_key(formulas, "backward.weight"), *by_key(formulas, "backward.bias")]:
        ((left, (rules, product, by_delta, in_numbers, result)),) = chains(formula.latex).items()
        letter = left.removeprefix(FIRST).removesuffix("}")
        seen.append(letter)
        assert evaluate(product, values) == pytest.approx(slopes[letter], rel=1e-9, abs=1e-15)
        assert evaluate(by_delta, values) == pytest.approx(slopes[letter], rel=1e-9, abs=1e-15)
        assert result == number(slopes[letter])
        assert evaluate(in_numbers, {}) == pytest.approx(slopes[letter], rel=1e-2, abs=1e-3)
        assert rf"{{\partial {letter}}}" in rules
    assert sorted(seen) == sorted(slopes)


@given(small_experiments, rows)
@few
def test_the_slopes_are_those_of_the_loss(experiment: Experiment, row: int) -> None:
    parameters, step = experiment.initial_parameters(), 1e-5
    numbers = Numbers.of(experiment, parameters, row)
    for index, slope in enumerate(numbers.gradient.vector):
        losses = []
        for sign in (1, -1):
            moved = parameters.copy()
            moved.vector[index] += sign * step
            losses.append(Numbers.of(experiment, moved, row).loss)
        assert (losses[0] - losses[1]) / (2 * step) == pytest.approx(slope, rel=1e-6, abs=1e-7)


@given(small_experiments, rows)
@few
def test_each_step_of_the_forward_pass_is_the_cores(experiment: Experiment, row: int) -> None:
    parameters = experiment.initial_parameters()
    values = letters(experiment, parameters, row)
    for formula in forward(experiment, Numbers.of(experiment, parameters, row)):
        if formula.key not in ("formulas.forward.hidden", "formulas.forward.output"):
            continue
        for left, (first, _, result) in chains(formula.latex).items():
            assert evaluate(first, values) == pytest.approx(values[left], rel=1e-9, abs=1e-15)
            assert result == number(values[left])


@given(small_experiments, rows)
@few
def test_each_delta_is_the_cores(experiment: Experiment, row: int) -> None:
    parameters = experiment.initial_parameters()
    values = letters(experiment, parameters, row)
    formulas = backward(experiment, Numbers.of(experiment, parameters, row))
    found = by_key(formulas, "backward.output_delta") + by_key(formulas, "backward.hidden_delta")
    deltas = {}
    for formula in found:
        deltas |= chains(formula.latex)
    assert sorted(deltas) == sorted(letter for letter in values if letter.startswith(r"\delta"))
    for letter, (*_, in_letters, in_numbers, result) in deltas.items():
        assert evaluate(in_letters, values) == pytest.approx(values[letter], rel=1e-9, abs=1e-15)
        assert evaluate(in_numbers, {}) == pytest.approx(values[letter], rel=1e-2, abs=1e-3)
        assert result == number(values[letter])


@given(small_experiments, rows)
@few
def test_the_whole_network_in_one_expression_is_the_network(experiment: Experiment, row: int) -> None:
    parameters = experiment.initial_parameters()
    output = predict(experiment, parameters, experiment.data().points)[row]
    values = letters(experiment, parameters, row)
    in_letters, in_numbers = (
        formula.latex.replace(r"\hat{y} &=", "") for formula in expanded(experiment, parameters)
    )
    assert evaluate(in_letters, values) == pytest.approx(output, rel=1e-9, abs=1e-12)
    points = {"x_1": values["x_1"], "x_2": values["x_2"]}
    assert evaluate(in_numbers, points) == pytest.approx(output, abs=2e-2)


@given(experiments(), rows)
@few
def test_loss_and_cost_are_the_cores(experiment: Experiment, row: int) -> None:
    numbers = Numbers.of(experiment, experiment.initial_parameters(), row)
    loss, mean = (chains(formula.latex) for formula in cost(experiment, numbers)[2:])
    assert loss[r"\mathcal{L}"][-1] == number(numbers.loss)
    assert mean["C"][-1] == number(Training(experiment).initial_cost)
    assert evaluate(mean["C"][-2], {}) == pytest.approx(numbers.cost, abs=1e-3)
    squared = (numbers.signals[-1][0] - numbers.target) ** 2 / 2
    assert numbers.loss == pytest.approx(squared, rel=1e-12)


@given(experiments(), rows)
@few
def test_every_number_of_a_layer_in_matrices_is_a_number_of_the_core(
    experiment: Experiment, row: int
) -> None:
    if experiment.parameter_count <= 13:
        return
    numbers = Numbers.of(experiment, experiment.initial_parameters(), row)
    for formula in [*forward(experiment, numbers), *backward(experiment, numbers)]:
        if formula.key not in ("formulas.forward.hidden", "formulas.backward.layer_gradient"):
            continue
        layer = formula.values["layer"]
        held = [
            numbers.parameters.layers[layer - 1],
            numbers.gradient.layers[layer - 1],
            numbers.signals[layer - 1],
        ]
        held += [numbers.signals[layer], numbers.weighted_sums[layer], numbers.deltas[layer]]
        known = {number(value) for array in held for value in np.ravel(array)}
        for line in lines(formula.latex)[1:]:
            for matrix in line.split(r"\begin{pmatrix}")[1:]:
                entries = matrix.split(r"\end{pmatrix}")[0].replace(r"\\", "&").split("&")
                assert {entry.strip() for entry in entries} <= known | {r"\cdots", r"\vdots", r"\ddots"}


@pytest.mark.parametrize("row", range(4))
def test_it_says_which_row_the_numbers_are_of(row: int) -> None:
    formulas = everything(Experiment(), row)
    named = [formula for formula in formulas if formula.key.endswith(".row")]
    assert [formula.values for formula in named] == [{"row": row + 1}] * 2
    bits = [as_float(found) for found in NUMBER.findall(named[0].latex.replace("x_1", "").replace("x_2", ""))]
    data = Experiment().data()
    assert bits == [*data.points[row], data.targets[row]]


@pytest.mark.parametrize("row", [-1, 4])
def test_there_are_four_rows(row: int) -> None:
    with pytest.raises(ValueError, match="row must be 0 to 3"):
        Numbers.of(Experiment(), Experiment().initial_parameters(), row)


def test_the_numbers_must_be_of_the_same_network() -> None:
    other = Experiment(hidden_layer_sizes=(3,), initialization="zeros").initial_parameters()
    with pytest.raises(ValueError, match=r"network \(2, 2, 1\), got \(2, 3, 1\)"):
        Numbers.of(Experiment(), other)


def test_numbers_do_not_follow_later_training() -> None:
    training = Training(Experiment())
    numbers = Numbers.of(training.experiment, training.parameters)
    training.advance(5)
    assert np.array_equal(numbers.parameters.vector, Experiment().initial_parameters().vector)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.2, "0.2"),
        (-0.59137820, "-0.5914"),
        (1 / 3, "0.3333"),
        (-0.0, "0"),
        (1.23456e-5, r"1.235 \times 10^{-5}"),
        (-123456.0, r"-1.235 \times 10^{5}"),
        (float("inf"), r"\infty"),
        (float("nan"), r"\mathrm{NaN}"),
    ],
)
def test_numbers_have_four_significant_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_a_negative_number_never_stands_behind_an_operator() -> None:
    assert factor(-0.5) == "(-0.5)"
    assert [signed(-0.5, "x"), signed(0.5), signed(-0.5, first=True)] == ["- 0.5 x", "+ 0.5", "-0.5"]
