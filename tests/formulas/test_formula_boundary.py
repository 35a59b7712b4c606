"""Without hidden units the boundary has an equation, and it is where the output is in the middle."""

import re

import numpy as np
import pytest
from formula_runs import as_float, chains, evaluate, letters
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.network import Parameters
from nnlab.core.training import predict
from nnlab.formulas import boundary_line
from nnlab.formulas.activation import ACTIVATION_NOTATION

sizes = st.floats(-5, 5).map(lambda value: round(value, 3))


def line(weights, bias, **settings):
    start = {"initialization": "explicit", "weights": [[weights]], "biases": [[bias]]}
    experiment = Experiment(hidden_layer_sizes=(), **settings, **start)
    parameters = experiment.initial_parameters()
    found = {f.key.removeprefix("formulas.boundary."): f.latex for f in boundary_line(experiment, parameters)}
    return experiment, parameters, found


@given(
    sizes,
    sizes,
    sizes,
    st.sampled_from([("tanh", "bipolar"), ("tanh", "binary"), ("sigmoid", "binary")]),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_on_the_line_the_output_is_in_the_middle(w1, w2, bias, kind, swapped) -> None:
    assume(abs(w2) >= 0.01)
    function, encoding = kind
    names, weights = (("x2", "x1"), [w2, w1]) if swapped else (("x1", "x2"), [w1, w2])
    experiment, parameters, found = line(
        weights, bias, features=names, output_activation=function, encoding=encoding
    )
    middle = experiment.data().middle
    fraction, solved = chains(found["solved_x2"])["x_2"]
    level = ACTIVATION_NOTATION[function].inverse(middle)
    for x1 in (-1.5, 0.0, 0.7):
        values = letters(experiment, parameters, 0) | {"x_1": x1}
        values |= {
            found_number: level for found_number in [f"{level:.4g}"] if level
        }  # the exact level, not its digits
        x2 = evaluate(fraction, values)
        assert predict(experiment, parameters, [[x1, x2]])[0] == pytest.approx(middle, abs=1e-9)
        assert evaluate(solved, {"x_1": x1}) == pytest.approx(x2, rel=2e-3, abs=2e-3)


def test_the_equation_holds_the_numbers() -> None:
    _, _, found = line([0.2, -0.4], 0.1)
    assert found["line"].endswith(r"&0.2 x_1 - 0.4 x_2 + 0.1 = 0 \end{aligned}")
    assert chains(found["solved_x2"])["x_2"][1] == "0.5 x_1 + 0.25"


def test_an_upright_line_is_solved_for_x1() -> None:
    _, _, found = line([0.5, 0.0], 0.25)
    assert chains(found["solved_x1"])["x_1"][1] == "-0.5"


@pytest.mark.parametrize("name", ["x1", "x2"])
def test_one_feature_makes_a_line_along_the_other_axis(name: str) -> None:
    experiment, parameters, found = line([2.0], 1.0, features=(name,))
    steps = chains(found[f"solved_{name}"])[f"x_{name[1]}"]
    assert steps[1] == "-0.5"
    assert evaluate(steps[0], letters(experiment, parameters, 0)) == -0.5


def test_zero_weights_leave_no_line() -> None:
    _, _, found = line([0.0, 0.0], 0.3)
    assert found["constant"] == "z_{1}^{(1)} = 0.3"


def test_a_sigmoid_never_reaches_the_middle_of_the_bipolar_encoding() -> None:
    _, _, found = line([1.0, 1.0], 0.0, output_activation="sigmoid")
    assert found == {"never": r"\sigma(z) > 0"}


def test_mixed_features_make_a_curve() -> None:
    _, _, found = line([1.0, 1.0, -2.0, 0.5], 0.5, features=("x1", "x2", "x1*x2", "x1 and x2"))
    assert set(found) == {"condition", "curve"}
    assert "- 2 x_1 x_2" in found["curve"]
    assert r"+ 0.5 \cdot \min(x_1, x_2)" in found["curve"]


def test_with_hidden_layers_there_is_no_such_equation() -> None:
    assert boundary_line(Experiment(), Experiment().initial_parameters()) == []


def test_parameters_of_another_network_are_refused() -> None:
    with pytest.raises(ValueError, match="parameters must be of a network"):
        boundary_line(Experiment(), Parameters((1, 1), np.zeros(2)))


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
@pytest.mark.parametrize("value", [0.01, 0.5, 0.9])
def test_the_inverse_undoes_the_activation(name: str, value: float) -> None:
    out = np.array([ACTIVATION_NOTATION[name].inverse(value)])
    ACTIVATIONS[name].apply(out, out)
    assert out[0] == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_inverse_of_what_is_never_reached_is_infinite(name: str) -> None:
    function = ACTIVATIONS[name]
    inverse = ACTIVATION_NOTATION[name].inverse
    assert [inverse(function.low), inverse(function.high)] == [-np.inf, np.inf]


def test_the_level_is_written_out() -> None:
    _, _, found = line([1.0, 1.0], 0.0, encoding="binary")
    level = re.search(r"artanh\}\(0\.5\) = (\S+)", found["condition"])
    assert level is not None
    assert as_float(level[1]) == pytest.approx(np.arctanh(0.5), abs=1e-4)
