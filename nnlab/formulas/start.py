"""The formulas of the initialization: how the first weights and biases are chosen."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from nnlab.core.experiment import Experiment
from nnlab.core.initializers import SIZED_BY_SCALE
from nnlab.formulas import notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.layout import aligned, chain, matrix, side_by_side
from nnlab.formulas.network_notation import NetworkNotation
from nnlab.formulas.notation import number

W, GAMMA = notation.weight("l", "i", "j"), notation.SCALE


@dataclass(frozen=True)
class Spread:
    """How far from 0 a layer's weights are drawn, where that follows from the layer's size.

    Attributes:
        key: names it in the catalogues.
        rule: with names in braces, a star for a product.
        value: of a layer with n_in inputs, n_out units and the scale.
    """

    key: str
    rule: str
    value: Callable[[int, int, float], float]


def xavier_limit(n_in: int, n_out: int, _: float) -> float:
    """The limit sqrt(6 / (n_in + n_out)) of Xavier initialization."""
    return math.sqrt(6.0 / (n_in + n_out))


def he_deviation(n_in: int, _: int, scale: float) -> float:
    """The standard deviation scale sqrt(2 / n_in) of He initialization."""
    return scale * math.sqrt(2.0 / n_in)


RULES: Mapping[str, str] = MappingProxyType(
    {
        "zeros": f"{W} = 0",
        "equal": f"{W} = {GAMMA}",
        "uniform": rf"{W} \sim {notation.UNIFORM}(-{GAMMA}, {GAMMA})",
        "normal": rf"{W} \sim {notation.NORMAL}(0, {GAMMA}^{{2}})",
        "xavier": rf"{W} \sim {notation.UNIFORM}(-{notation.spread('l')}, {notation.spread('l')})",
        "he": rf"{W} \sim {notation.NORMAL}(0, {notation.spread('l')}^{{2}})",
    }
)

SPREADS: Mapping[str, Spread] = MappingProxyType(
    {
        "xavier": Spread("limit", r"\sqrt{{\frac{{6}}{{{n_in} + {n_out}}}}}", xavier_limit),
        "he": Spread("deviation", r"{scale} * \sqrt{{\frac{{2}}{{{n_in}}}}}", he_deviation),
    }
)


def start(experiment: Experiment) -> list[Formula]:
    """The rule of the chosen initialization and what it comes to; for a start without a rule, its numbers.

    Args:
        experiment: whose initialization, scale and layer sizes apply.
    """
    name = experiment.initialization
    if name not in RULES:
        return [Formula(f"formulas.start.{name}", _numbers(experiment))]
    rule = [RULES[name]]
    if name in SIZED_BY_SCALE and name not in SPREADS:
        rule.append(f"{GAMMA} = {number(experiment.scale)}")
    formulas = [Formula(f"formulas.start.{name}", side_by_side(rule))]
    if name in SPREADS:
        formulas.append(_by_layer(experiment, SPREADS[name]))
    return [*formulas, Formula("formulas.start.biases", f"{notation.bias('l', 'i')} = 0")]


def _by_layer(experiment: Experiment, spread: Spread) -> Formula:
    letters = {"n_in": notation.units("l-1"), "n_out": notation.units("l"), "scale": GAMMA}
    lines = chain(notation.spread("l"), [spread.rule.replace(" * ", " ").format(**letters)])
    written, scale = spread.rule.replace(" * ", r" \cdot "), number(experiment.scale)
    if experiment.initialization in SIZED_BY_SCALE:
        lines += chain(GAMMA, [scale])
    for layer, (n_in, n_out) in enumerate(pairwise(experiment.layer_sizes), start=1):
        put_in = written.format(n_in=n_in, n_out=n_out, scale=scale)
        value = number(spread.value(n_in, n_out, experiment.scale))
        lines += chain(notation.spread(layer), [f"{put_in} = {value}"])
    return Formula(f"formulas.start.{spread.key}", aligned(lines))


def _numbers(experiment: Experiment) -> str:
    """Every number of a start: one by one, or in matrices when there are many."""
    network, parameters = NetworkNotation.of(experiment), experiment.initial_parameters()
    if network.spelled_out:
        pairs = zip(network.addresses(), parameters.vector, strict=True)
        return side_by_side([f"{notation.parameter(*address)} = {number(value)}" for address, value in pairs])
    lines: list[str] = []
    for layer in network.layers:
        lines += chain(notation.matrix("W", layer), [matrix(parameters.weights[layer - 1])])
        lines += chain(notation.matrix("b", layer), [matrix(parameters.biases[layer - 1])])
    return aligned(lines)
