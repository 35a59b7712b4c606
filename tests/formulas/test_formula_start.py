"""Where training starts is written as the core draws it."""

import re

import numpy as np
import pytest

from nnlab import Experiment
from nnlab.core.initializers import INITIALIZERS
from nnlab.formulas import start
from nnlab.formulas.notation import number
from tests.formulas.formula_runs import as_float, chains, evaluate

SIZES = (4, 2, 3)


def latex_of(initialization: str, **settings) -> dict[str, str]:
    experiment = Experiment(**{"initialization": initialization} | settings)
    return {formula.key.removeprefix("formulas.start."): formula.latex for formula in start(experiment)}


@pytest.mark.parametrize(
    ("name", "like", "kind", "scale"),
    [("xavier", "uniform", "limit", 0.5), ("he", "normal", "deviation", 0.5)],
)
def test_limit_and_deviation_of_each_layer_are_the_cores(
    name: str, like: str, kind: str, scale: float
) -> None:
    steps = chains(latex_of(name, hidden_layer_sizes=SIZES, scale=scale)[kind])
    sizes = (2, *SIZES, 1)
    plain = INITIALIZERS[like](sizes, 1.0, 3)  # the same draws, each layer spread by 1
    for layer, (weights, ones) in enumerate(
        zip(INITIALIZERS[name](sizes, scale, 3), plain, strict=True), start=1
    ):
        put_in, value = steps[f"d_{{{layer}}}"]
        spread = (weights / ones)[0, 0]
        assert evaluate(put_in, {}) == pytest.approx(spread, rel=1e-12)
        assert value == number(spread)


def test_the_rules_of_he_and_xavier_in_letters() -> None:
    he, xavier = latex_of("he", scale=0.5), latex_of("xavier", scale=0.5)
    assert he["he"] == r"w_{ij}^{(l)} \sim \mathcal{N}(0, d_{l}^{2})"
    assert chains(he["deviation"])["d_{l}"] == [r"\gamma \sqrt{\frac{2}{n_{l-1}}}"]
    assert chains(he["deviation"])[r"\gamma"] == ["0.5"]
    assert xavier["xavier"] == r"w_{ij}^{(l)} \sim \mathcal{U}(-d_{l}, d_{l})"
    assert chains(xavier["limit"])["d_{l}"] == [r"\sqrt{\frac{6}{n_{l-1} + n_{l}}}"]
    assert r"\gamma" not in xavier["limit"], "the scale does not count"


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("zeros", "w_{ij}^{(l)} = 0"),
        ("equal", r"w_{ij}^{(l)} = \gamma, \quad \gamma = 0.25"),
        ("uniform", r"w_{ij}^{(l)} \sim \mathcal{U}(-\gamma, \gamma), \quad \gamma = 0.25"),
        ("normal", r"w_{ij}^{(l)} \sim \mathcal{N}(0, \gamma^{2}), \quad \gamma = 0.25"),
    ],
)
def test_the_rules_that_are_alike_in_every_layer(name: str, rule: str) -> None:
    assert latex_of(name, scale=0.25) == {name: rule, "biases": "b_{i}^{(l)} = 0"}


def test_a_start_without_a_rule_is_written_in_numbers() -> None:
    written = latex_of("notebook")
    assert list(written) == ["notebook"]
    numbers = re.findall(r"\)\} = (-?[\d.]+)", written["notebook"])
    assert [as_float(each) for each in numbers] == Experiment().initial_parameters().vector.tolist()


def test_a_large_start_without_a_rule_is_written_in_matrices() -> None:
    weights = [np.full((8, 2), 0.5).tolist(), np.full((1, 8), -2.0).tolist()]
    settings = {"hidden_layer_sizes": (8,), "weights": weights, "biases": [[0.0] * 8, [3.0]]}
    steps = chains(latex_of("explicit", **settings)["explicit"])
    assert list(steps) == ["W^{(1)}", r"\mathbf{b}^{(1)}", "W^{(2)}", r"\mathbf{b}^{(2)}"]
    assert steps[r"\mathbf{b}^{(2)}"] == [r"\begin{pmatrix} 3 \end{pmatrix}"]
