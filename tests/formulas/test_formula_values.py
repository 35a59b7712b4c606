"""What the formulas say is what the core computes."""

import numpy as np
import pytest
from hypothesis import assume, given, settings

from nnlab import Experiment
from nnlab.core.prediction import outputs_at
from nnlab.core.training import Training
from nnlab.formulas import RowValues, backward, cost, expanded, forward, sections
from nnlab.formulas.notation import factor, number, signed
from tests.formulas.formula_runs import (
    GATES,
    NUMBER,
    OWN_ROWS,
    as_float,
    chains,
    evaluate,
    everything,
    experiments,
    letters,
    lines,
    rows,
    size,
    small,
    small_experiments,
)

FIRST = r"\frac{\partial \mathcal{L}}{\partial "
few = settings(max_examples=40, deadline=None)


def rounded(latex, values=None):
    """How far it may be off: the numbers in it, at most a dozen a product, are rounded to four digits."""
    return 12 * 5e-4 * size(latex, values or {}) + 1e-12


def by_key(formulas, key):
    return [formula for formula in formulas if formula.key == f"formulas.{key}"]


def gradient_of(experiment, row):
    """Each parameter's letter and the slope of the row's loss in it, from the core."""
    parameters = experiment.initial_parameters()
    numbers = RowValues.of(experiment, parameters, row)
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
    formulas = backward(experiment, RowValues.of(experiment, parameters, row))
    for formula in [*by_key(formulas, "backward.weight"), *by_key(formulas, "backward.bias")]:
        ((left, (rules, product, by_delta, in_numbers, result)),) = chains(formula.latex).items()
        letter = left.removeprefix(FIRST).removesuffix("}")
        seen.append(letter)
        assert evaluate(product, values) == pytest.approx(slopes[letter], rel=1e-9, abs=1e-15)
        assert evaluate(by_delta, values) == pytest.approx(slopes[letter], rel=1e-9, abs=1e-15)
        assert result == number(slopes[letter])
        assert evaluate(in_numbers, {}) == pytest.approx(slopes[letter], abs=rounded(in_numbers))
        assert rf"{{\partial {letter}}}" in rules
    assert sorted(seen) == sorted(slopes)


@given(small(datasets=GATES, scale=1.0), rows)
@few
def test_the_slopes_are_those_of_the_loss(experiment: Experiment, row: int) -> None:
    parameters, step = experiment.initial_parameters(), 1e-5
    if experiment.activation in ("relu", "leaky_relu"):  # not at their corner
        sums = np.concatenate(RowValues.of(experiment, parameters, row).weighted_sums[1:-1] or [np.ones(1)])
        assume(np.abs(sums).min() > 1e-3)
    numbers = RowValues.of(experiment, parameters, row)
    for index, slope in enumerate(numbers.gradient.vector):
        losses = []
        for sign in (1, -1):
            moved = parameters.copy()
            moved.vector[index] += sign * step
            losses.append(RowValues.of(experiment, moved, row).loss)
        assert (losses[0] - losses[1]) / (2 * step) == pytest.approx(slope, rel=1e-5, abs=1e-6)


@given(small_experiments, rows)
@few
def test_each_step_of_the_forward_pass_is_the_cores(experiment: Experiment, row: int) -> None:
    parameters = experiment.initial_parameters()
    values = letters(experiment, parameters, row)
    for formula in forward(experiment, RowValues.of(experiment, parameters, row)):
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
    formulas = backward(experiment, RowValues.of(experiment, parameters, row))
    kinds = ("output_delta", "cross_entropy_delta", "hidden_delta")
    found = [formula for kind in kinds for formula in by_key(formulas, f"backward.{kind}")]
    deltas = {}
    for formula in found:
        deltas |= chains(formula.latex)
    assert sorted(deltas) == sorted(letter for letter in values if letter.startswith(r"\delta"))
    for letter, (*_, in_letters, in_numbers, result) in deltas.items():
        assert evaluate(in_letters, values) == pytest.approx(values[letter], rel=1e-9, abs=1e-15)
        assert evaluate(in_numbers, {}) == pytest.approx(values[letter], abs=rounded(in_numbers))
        assert result == number(values[letter])


@given(small_experiments, rows)
@few
def test_the_whole_network_in_one_expression_is_the_network(experiment: Experiment, row: int) -> None:
    parameters = experiment.initial_parameters()
    output = outputs_at(experiment, parameters, experiment.data().points)[row]
    values = letters(experiment, parameters, row)
    in_letters, in_numbers = (
        formula.latex.replace(r"\hat{y} &=", "") for formula in expanded(experiment, parameters)
    )
    assert evaluate(in_letters, values) == pytest.approx(output, rel=1e-9, abs=1e-12)
    points = {letter: values[letter] for letter in ("x_1", "x_2")}
    assert evaluate(in_numbers, points) == pytest.approx(output, abs=rounded(in_numbers, points))


@given(experiments(), rows)
@few
def test_loss_and_cost_are_the_cores(experiment: Experiment, row: int) -> None:
    parameters = experiment.initial_parameters()
    numbers = RowValues.of(experiment, parameters, row)
    values, z = letters(experiment, parameters, row), numbers.weighted_sums[-1][0]
    loss, mean = (chains(formula.latex) for formula in cost(experiment, numbers)[2:])
    *in_letters, in_numbers, result = loss[r"\mathcal{L}"]
    assert mean["C"][-1] == number(Training(experiment).initial_cost)
    assert result == number(numbers.loss)
    if experiment.loss == "cross_entropy":
        assume(abs(z) < 20)  # beyond, the textbook's form meets the logarithm of what is rounded to 0
    for form in in_letters:
        assert evaluate(form, values) == pytest.approx(numbers.loss, rel=1e-6, abs=1e-9)
    bend = 1.0 if experiment.loss == "cross_entropy" else size(in_numbers, {})
    assert evaluate(in_numbers, {}) == pytest.approx(numbers.loss, abs=2e-3 * (abs(z) + bend))
    if len(numbers.outputs) <= 4:
        assert evaluate(mean["C"][-2], {}) == pytest.approx(numbers.cost, abs=rounded(mean["C"][-2]))
    else:
        assert mean["C"][-2].count(r"\cdots") == 1


def test_cross_entropy_is_written_as_in_textbooks_and_as_it_is_computed() -> None:
    settings = {"output_activation": "sigmoid", "encoding": "binary", "loss": "cross_entropy"}
    formulas = {formula.key: formula.latex for formula in cost(Experiment(**settings))}
    assert chains(formulas["formulas.cost.cross_entropy"])[r"\mathcal{L}"] == [
        r"- y \ln \hat{y} - (1 - y) \ln\left(1 - \hat{y}\right)",
        r"\ln\left(1 + e^{z_{1}^{(2)}}\right) - y z_{1}^{(2)}",
    ]


def test_behind_cross_entropy_the_difference_alone_goes_back() -> None:
    settings = {"output_activation": "sigmoid", "encoding": "binary", "loss": "cross_entropy"}
    (delta,) = by_key(backward(Experiment(**settings)), "backward.cross_entropy_delta")
    assert chains(delta.latex)[r"\delta_{1}^{(2)}"][-1] == "a_{1}^{(2)} - y"


def test_the_loss_of_a_row_is_finite_however_sure_the_network_is() -> None:
    experiment = Experiment(
        hidden_layer_sizes=(),
        output_activation="sigmoid",
        encoding="binary",
        loss="cross_entropy",
        initialization="explicit",
        weights=[[[1000.0, 0.0]]],
        biases=[[0.0]],
    )
    numbers = RowValues.of(experiment, experiment.initial_parameters(), 3)  # (1, 1), whose target is 0
    assert (numbers.outputs[3], numbers.loss) == (1.0, 1000.0)
    (loss,) = by_key(cost(experiment, numbers), "cost.cross_entropy_row")
    assert chains(loss.latex)[r"\mathcal{L}"][-1] == "1000"


@pytest.mark.parametrize("row", [0, 7, 224])
def test_any_of_many_training_rows_can_be_put_in(row: int) -> None:
    experiment = Experiment(dataset="spiral", samples=250, train_share=90, encoding="binary")
    data = experiment.data()
    (named,) = by_key(
        forward(experiment, RowValues.of(experiment, experiment.initial_parameters(), row)), "forward.row"
    )
    assert named.values == {"row": row + 1}
    x1, x2, target = (number(value) for value in (*data.points[row], data.targets[row]))
    assert named.latex == rf"x_1 = {x1}, \quad x_2 = {x2}, \quad y = {target}"


def test_of_many_targets_some_are_written() -> None:
    experiment = Experiment(dataset="circle", samples=20, train_share=50)
    targets = [number(value) for value in experiment.data().targets]
    (written,) = by_key(cost(experiment), "cost.targets")
    expected = rf"y_1 = {targets[0]}, \quad y_2 = {targets[1]}, \quad \ldots, \quad y_{{10}} = {targets[9]}"
    assert written.latex == expected


def test_standardized_points_are_said_to_be_so() -> None:
    own = {"dataset": "own", "points": OWN_ROWS}
    assert not by_key(forward(Experiment(**own)), "forward.standardized")
    experiment = Experiment(**own, standardize=True)
    (formula,) = by_key(forward(experiment), "forward.standardized")
    steps, data = chains(formula.latex), experiment.data()
    for axis in (1, 2):
        raw = {rf"\tilde{{x}}_{axis}": OWN_ROWS[4][axis - 1]}
        assert evaluate(steps[f"x_{axis}"][0], raw) == pytest.approx(data.points[4][axis - 1], abs=2e-3)


@given(experiments(), rows)
@few
def test_every_number_of_a_layer_in_matrices_is_a_number_of_the_core(
    experiment: Experiment, row: int
) -> None:
    if experiment.parameter_count <= 13:
        return
    numbers = RowValues.of(experiment, experiment.initial_parameters(), row)
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


@pytest.mark.parametrize(
    ("settings", "rows"), [({}, 4), ({"dataset": "moons", "samples": 40, "train_share": 10}, 4)]
)
def test_there_are_as_many_rows_as_train_the_network(settings: dict[str, object], rows: int) -> None:
    experiment = Experiment(**settings)
    for row in (-1, rows):
        with pytest.raises(ValueError, match=f"row must be 0 to {rows - 1}, got {row}"):
            RowValues.of(experiment, experiment.initial_parameters(), row)


def test_numbers_too_large_to_be_computed_with_are_written_as_infinite() -> None:
    experiment = Experiment(dataset="circle", activation="relu", output_activation="linear", optimizer="adam")
    parameters = experiment.initial_parameters()
    parameters.vector[:] = 1e300
    found = [formula for part in sections(experiment, parameters, 0) for formula in part.formulas]
    assert any(r"\infty" in formula.latex for formula in found)


def test_the_numbers_must_be_of_the_same_network() -> None:
    other = Experiment(hidden_layer_sizes=(3,), initialization="zeros").initial_parameters()
    with pytest.raises(ValueError, match=r"network \(2, 2, 1\), got \(2, 3, 1\)"):
        RowValues.of(Experiment(), other)


def test_numbers_do_not_follow_later_training() -> None:
    training = Training(Experiment())
    numbers = RowValues.of(training.experiment, training.parameters)
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
