"""The update subtracts, divides by what the experiment says, and does what training does."""

import numpy as np
import pytest
from formula_runs import chains, evaluate, small_experiments
from hypothesis import given, settings

from nnlab import Experiment
from nnlab.core.training import Training
from nnlab.formulas import Numbers, update
from nnlab.formulas.rounding import number
from nnlab.formulas.step import Step, batches


def latex_of(experiment: Experiment) -> dict[str, str]:
    return {formula.key.removeprefix("formulas.update."): formula.latex for formula in update(experiment)}


@pytest.mark.parametrize("batch_divisor", ["nominal", "actual"])
def test_the_learning_rate_times_the_gradient_is_subtracted(batch_divisor: str) -> None:
    latex = latex_of(Experiment(batch_divisor=batch_divisor))[batch_divisor]
    assert latex.startswith(r"\theta \leftarrow \theta - \eta \cdot \frac{1}{")
    assert latex.endswith(r"\frac{\partial \mathcal{L}_r}{\partial \theta}")


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
    assert batches(Experiment(batch_size=1)) == [range(k, k + 1) for k in range(4)]


def test_the_learning_rate_is_the_experiments() -> None:
    assert latex_of(Experiment(learning_rate=1.5))["learning_rate"] == r"\eta = 1.5"


@given(small_experiments)
@settings(max_examples=40, deadline=None)
def test_the_step_in_numbers_is_the_cores(experiment: Experiment) -> None:
    parameters = experiment.initial_parameters()
    step = Step.first(experiment, parameters)
    formulas = update(experiment, Numbers.of(experiment, parameters))
    written = {}
    for formula in formulas:
        if formula.key == "formulas.update.step":
            written |= chains(formula.latex)
    assert len(written) == experiment.parameter_count
    for (in_numbers, after), new in zip(written.values(), step.after.vector, strict=True):
        assert after == number(new)
        assert evaluate(in_numbers, {}) == pytest.approx(new, rel=1e-2, abs=2e-3)
        assert rf"\frac{{1}}{{{step.divisor}}}" in in_numbers
    summed = sum(row.vector for row in step.by_row) / step.divisor
    assert np.allclose(step.gradient.vector, summed, rtol=1e-9, atol=1e-15)


@given(small_experiments)
@settings(max_examples=40, deadline=None)
def test_with_one_batch_an_epoch_the_step_is_the_epoch(experiment: Experiment) -> None:
    experiment = experiment.changed(batch_size=4)
    training = Training(experiment)
    step = Step.first(experiment, training.parameters.copy())
    training.advance(1)
    assert np.array_equal(step.after.vector, training.parameters.vector)
