"""Without hidden units the boundary has an equation, and it is where the output is in the middle."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.experiment import choices
from nnlab.core.network import Parameters
from nnlab.core.prediction import outputs_at
from nnlab.formulas import boundary_line, sections
from nnlab.formulas.boundary import inverse_of
from nnlab.formulas.functions import ACTIVATION_NOTATION
from tests.formulas.formula_runs import as_float, chains, evaluate, letters, size

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
    st.sampled_from(
        [
            ("tanh", "bipolar"),
            ("tanh", "binary"),
            ("sigmoid", "binary"),
            ("linear", "binary"),
            ("linear", "bipolar"),
        ]
    ),
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
    level = inverse_of(ACTIVATION_NOTATION[function]).at(middle)
    for x1 in (-1.5, 0.0, 0.7):
        values = letters(experiment, parameters, 0) | {"x_1": x1}
        values |= {
            found_number: level for found_number in [f"{level:.4g}"] if level
        }  # the exact level, not its digits
        x2 = evaluate(fraction, values)
        assert outputs_at(experiment, parameters, [[x1, x2]])[0] == pytest.approx(middle, abs=1e-9)
        assert evaluate(solved, {"x_1": x1}) == pytest.approx(x2, abs=1e-3 * size(solved, {"x_1": abs(x1)}))


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


@pytest.mark.parametrize("names", [("x1", "x2"), ("x1^2", "sin x2")])
def test_zero_weights_leave_no_line(names: tuple[str, str]) -> None:
    _, _, found = line([0.0, 0.0], 0.3, features=names)
    assert found["constant"] == "z_{1}^{(1)} = 0.3"


def test_a_sigmoid_never_reaches_the_middle_of_the_bipolar_encoding() -> None:
    _, _, found = line([1.0, 1.0], 0.0, output_activation="sigmoid")
    assert found == {"never": r"\sigma(z) > 0"}


def test_mixed_features_make_a_curve() -> None:
    _, _, found = line([1.0, 1.0, -2.0, 0.5], 0.5, features=("x1", "x2", "x1*x2", "x1 and x2"))
    assert set(found) == {"condition", "curve"}
    assert "- 2 x_1 x_2" in found["curve"]
    assert r"+ 0.5 \cdot \min(x_1, x_2)" in found["curve"]


def test_squares_and_sines_are_written_as_mathematics() -> None:
    _, _, found = line([1.0, -2.0, 3.0, 4.0], 0.5, features=("x1^2", "x2^2", "sin x1", "sin x2"))
    assert set(found) == {"condition", "curve"}
    assert r"&x_1^{2} - 2 x_2^{2} + 3 \cdot \sin(x_1)" in found["curve"].replace("&1 x", "&x")
    assert r"+ 4 \cdot \sin(x_2) + 0.5 = 0" in re.sub(r" \\\\\[4pt\] &", " ", found["curve"])


def test_with_hidden_layers_there_is_no_such_equation() -> None:
    assert boundary_line(Experiment(), Experiment().initial_parameters()) == []


def test_parameters_of_another_network_are_refused() -> None:
    with pytest.raises(ValueError, match="parameters must be of a network"):
        boundary_line(Experiment(), Parameters((1, 1), np.zeros(2)))


OUTPUTS = sorted(choices("output_activation"))


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_only_what_an_output_is_made_with_is_inverted(name: str) -> None:
    notation = ACTIVATION_NOTATION[name]
    assert (notation.inverse is not None) == (name in OUTPUTS)
    if name not in OUTPUTS:
        with pytest.raises(ValueError, match="must have an inverse"):
            inverse_of(notation)


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize("value", [0.01, 0.5, 0.9])
def test_the_inverse_undoes_the_activation(name: str, value: float) -> None:
    out = np.array([inverse_of(ACTIVATION_NOTATION[name]).at(value)])
    ACTIVATIONS[name].apply(out, out)
    assert out[0] == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_inverse_of_what_is_never_reached_is_infinite(name: str) -> None:
    function, inverse = ACTIVATIONS[name], inverse_of(ACTIVATION_NOTATION[name]).at
    assert [inverse(function.low), inverse(function.high)] == [-np.inf, np.inf]


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
@pytest.mark.parametrize("z", [-3.0, -0.5, 0.25, 2.0])
def test_definition_and_slope_on_paper_are_the_cores(name: str, z: float) -> None:
    notation, a, slope = ACTIVATION_NOTATION[name], np.array([z]), np.empty(1)
    ACTIVATIONS[name].apply(a, a)
    ACTIVATIONS[name].slope(a, slope)
    assert evaluate(notation.definition, {"z": z}) == pytest.approx(a[0], rel=1e-12)
    if "cases" in notation.slope_rule:
        above, below = re.findall(r"([\d.]+), & z (?:>|\\leq) 0", notation.slope_rule)
        assert float(above if z > 0 else below) == slope[0]
    else:
        assert evaluate(notation.slope_rule, {"a": a[0]}) == pytest.approx(slope[0], rel=1e-12)
    factor = notation.slope_factor("a", "z")
    assert evaluate(factor, {"a": a[0], "z": z}) == pytest.approx(slope[0], rel=1e-12)


def test_a_linear_output_is_in_the_middle_where_its_sum_is() -> None:
    _, _, found = line([1.0, 2.0], 0.0, output_activation="linear", encoding="binary")
    assert chains(found["condition"])[r"\operatorname{id}(z_{1}^{(1)})"] == ["0.5"]
    assert found["condition"].endswith(r"\Longleftrightarrow z_{1}^{(1)} &= 0.5 \end{aligned}")


def level(**settings):
    settings = {"dataset": "plane", "samples": 20, "initialization": "equal"} | settings
    experiment = Experiment(**settings)
    return {f.key: f.latex for f in boundary_line(experiment, experiment.initial_parameters())}


@pytest.mark.parametrize("output", ["tanh", "linear"])
@pytest.mark.parametrize("encoding", ["bipolar", "binary"])
def test_a_regression_has_a_level_line_at_0_in_place_of_a_boundary(output: str, encoding: str) -> None:
    found = level(output_activation=output, encoding=encoding, hidden_layer_sizes=())
    assert "&= 0" in found["formulas.level.condition"]
    assert "formulas.boundary.condition" not in found
    assert chains(found["formulas.boundary.solved_x2"])["x_2"][1] == "-1 x_1 + 0"


def test_with_hidden_layers_a_regression_still_says_that_it_has_no_boundary() -> None:
    assert level(hidden_layer_sizes=(3,)) == {"formulas.level.hidden": r"\hat{y} = 0"}


def test_a_sigmoid_never_reaches_the_level_0_of_a_regression() -> None:
    found = level(output_activation="sigmoid", hidden_layer_sizes=())
    assert found == {"formulas.level.never": r"\sigma(z) > 0"}


def test_the_heading_is_that_of_a_level_line_where_there_are_no_classes() -> None:
    for name, heading in (("multi_gaussians", "level"), ("circle", "boundary")):
        experiment = Experiment(dataset=name, hidden_layer_sizes=(), initialization="equal")
        keys = [part.key for part in sections(experiment, experiment.initial_parameters())]
        assert {"formulas.section.level", "formulas.section.boundary"} & set(keys) == {
            f"formulas.section.{heading}"
        }


def test_the_level_is_written_out() -> None:
    _, _, found = line([1.0, 1.0], 0.0, encoding="binary")
    level = re.search(r"artanh\}\(0\.5\) = (\S+)", found["condition"])
    assert level is not None
    assert as_float(level[1]) == pytest.approx(np.arctanh(0.5), abs=1e-4)
