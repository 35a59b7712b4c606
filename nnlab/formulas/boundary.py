"""The equation of the decision boundary: without hidden units a line, or with more features than inputs a curve."""

import math

from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.formulas import notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.functions import FEATURE_NOTATION, ActivationNotation, Inverse, times
from nnlab.formulas.layout import LINE_WIDTH, aligned, broken, chain, total
from nnlab.formulas.network_notation import NetworkNotation
from nnlab.formulas.notation import number, signed
from nnlab.formulas.row_values import check_shape


def boundary_line(experiment: Experiment, parameters: Parameters) -> list[Formula]:
    """Where the output is exactly in the middle between the two classes; of a regression, where it is 0.

        g(z) = middle  <=>  w_1 f_1 + w_2 f_2 + ... + b = g^{-1}(middle)

    With the features x1 and x2 alone it is solved for x2 (or for x1, if the line is upright).

    Returns:
        Of classes nothing if there are hidden layers: then the boundary has no such equation. Of a regression
        then what it has in place of a boundary.

    Raises:
        ValueError: the parameters are of another network.
    """
    check_shape(experiment, parameters)
    data = experiment.data()
    kind = "level" if data.regression else "boundary"
    if experiment.hidden_layer_sizes:
        in_its_place = Formula("formulas.level.hidden", f"{notation.OUTPUT} = {number(data.middle)}")
        return [in_its_place] if data.regression else []
    network, middle = NetworkNotation.of(experiment), data.middle
    function = network.function(1)
    inverse = inverse_of(function)
    level = inverse.at(middle)
    if math.isinf(level):
        relation = ">" if level < 0 else "<"
        return [Formula(f"formulas.{kind}.never", f"{function.name}(z) {relation} {number(middle)}")]
    z = notation.weighted_sum(1, 1)
    solved = dict.fromkeys([inverse.of(number(middle)), number(level)])  # written once if they are the same
    lines = [
        f"{function.name}({z}) &= {number(middle)}",
        rf"\Longleftrightarrow {z} &= {' = '.join(solved)}",
    ]
    return [
        Formula(f"formulas.{kind}.condition", aligned(lines)),
        _equation(network, experiment, parameters, level),
        *_solved(experiment, parameters, level),
    ]


def inverse_of(function: ActivationNotation) -> Inverse:
    """The inverse of an output's function.

    Raises:
        ValueError: no output is made with it.
    """
    if function.inverse is None:
        raise ValueError(f"an output's function must have an inverse, got {function.name}")
    return function.inverse


def _equation(
    network: NetworkNotation, experiment: Experiment, parameters: Parameters, level: float
) -> Formula:
    letters = [f"{notation.weight(1, 1, j)} {f}" for j, f in enumerate(network.features, start=1)]
    *weights, bias = parameters.layers[0][0]
    values: list[str] = []
    for weight, feature in zip(weights, network.features, strict=True):
        values.append(signed(weight, f"{times(feature)} {feature}".lstrip(), first=not values))
    pieces = [
        [*total([*letters, notation.bias(1, 1)]), f"= {number(level)}"],
        [*values, signed(bias), f"= {number(level)}"],
    ]
    lines = [f"&{line}" for equation in pieces for line in broken(equation, LINE_WIDTH)]
    straight = set(experiment.features) <= {"x1", "x2"}
    return Formula(f"formulas.boundary.{'line' if straight else 'curve'}", aligned(lines))


def _solved(experiment: Experiment, parameters: Parameters, level: float) -> list[Formula]:
    """The line as x2 = ..., or as x1 = ... where it is upright; and that there is none without weights."""
    if not parameters.weights[0].any():
        everywhere = number(parameters.biases[0][0])
        return [Formula("formulas.boundary.constant", f"{notation.weighted_sum(1, 1)} = {everywhere}")]
    if not set(experiment.features) <= {"x1", "x2"}:
        return []
    weights = dict.fromkeys(("x1", "x2"), 0.0) | dict(
        zip(experiment.features, map(float, parameters.weights[0][0]), strict=True)
    )
    bias = float(parameters.biases[0][0])
    for name, other in (("x2", "x1"), ("x1", "x2")):
        if weights[name] == 0:
            continue
        slope, start = -weights[other] / weights[name], (level - bias) / weights[name]
        if math.isfinite(slope) and math.isfinite(start):
            return [_line(experiment, name, slope, start, level)]
    return []


def _line(experiment: Experiment, name: str, slope: float, start: float, level: float) -> Formula:
    """Name = slope * other + start, first in letters."""
    letters: dict[str, str] = {
        feature: notation.weight(1, 1, j) for j, feature in enumerate(experiment.features, start=1)
    }
    other = "x1" if name == "x2" else "x2"
    top = f"{number(level)} - {notation.bias(1, 1)}"
    if other in letters:
        top += f" - {letters[other]} {FEATURE_NOTATION[other]}"
    fraction = rf"\frac{{{top}}}{{{letters[name]}}}"
    values = [signed(slope, FEATURE_NOTATION[other], first=True), signed(start)] if slope else [number(start)]
    latex = aligned(chain(FEATURE_NOTATION[name], [fraction], values))
    return Formula(f"formulas.boundary.solved_{name}", latex)
