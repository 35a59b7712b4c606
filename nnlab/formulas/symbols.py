"""The legend of a run's formulas: every symbol they use; the catalogues explain each."""

import math

from nnlab.core import batches
from nnlab.core.experiment import Experiment
from nnlab.core.initializers import DRAWN_BY_SEED, SIZED_BY_SCALE
from nnlab.formulas import notation
from nnlab.formulas.boundary import inverse_of
from nnlab.formulas.formula import Symbol
from nnlab.formulas.functions import FEATURE_NOTATION
from nnlab.formulas.network_notation import NetworkNotation
from nnlab.formulas.notation import number
from nnlab.formulas.optimizer import CORRECTED, LETTERS, OPTIMIZER_NOTATION, settings
from nnlab.formulas.start import SPREADS
from nnlab.formulas.update import divisor_letter

FEATURE_KEYS = {
    "x1": "x1",
    "x2": "x2",
    "x1^2": "square_1",
    "x2^2": "square_2",
    "x1*x2": "product",
    "sin x1": "sine_1",
    "sin x2": "sine_2",
    "x1 and x2": "minimum",
}

Pairs = list[tuple[str, str]]
"""Catalogue keys, without what they all begin with, and what they explain."""


def symbols(experiment: Experiment) -> list[Symbol]:
    """The letters of this run, in the order a reader meets them."""
    network = NetworkNotation.of(experiment)
    pairs = [
        *_inputs(experiment),
        ("target", notation.TARGET),
        *_of_a_layer(network),
        *_functions(experiment, network),
        ("output", notation.OUTPUT),
        ("loss", notation.LOSS),
        ("cost", notation.COST),
        ("partial", notation.slope(notation.LOSS, notation.weight("l", "i", "j"))),
        ("delta", notation.delta("l", "i")),
        ("sum", r"\sum"),
        ("row", "r"),
        *_start(experiment),
        ("batch", rf"{notation.BATCH}, \ {notation.BATCH}_1"),
        _divisor(experiment),
        ("gradient", notation.GRADIENT),
        ("parameter", notation.PARAMETER),
        *_optimizer(experiment),
        *_regularization(experiment),
        ("becomes", r"\leftarrow"),
    ]
    return [Symbol(f"formulas.symbol.{key}", latex) for key, latex in pairs]


def _inputs(experiment: Experiment) -> Pairs:
    """The coordinates always, since every point has both, and the other features in use."""
    others = [name for name in experiment.features if name not in ("x1", "x2")]
    pairs = [(FEATURE_KEYS[name], FEATURE_NOTATION[name]) for name in ("x1", "x2", *others)]
    if experiment.data().standardization is not None:
        pairs.append(("raw", rf"{notation.raw(1)}, \ {notation.raw(2)}"))
    return pairs


def _of_a_layer(network: NetworkNotation) -> Pairs:
    """Units' letters always, since the rules are written with them; layers' when there are matrices."""
    pairs = [
        ("weight", notation.weight("l", "i", "j")),
        ("bias", notation.bias("l", "i")),
        ("weighted_sum", notation.weighted_sum("l", "i")),
        ("activation", notation.activation("l", "i")),
        ("layer", "l"),
        ("unit", r"i, \ j") if network.depth == 1 else ("unit_next", r"i, \ j, \ k"),
    ]
    if network.spelled_out:
        return pairs
    pairs += [
        ("weight_matrix", notation.matrix("W", "l")),
        (
            "vectors",
            ", \\ ".join(
                [*(notation.matrix(letter, "l") for letter in "bza"), notation.matrix(r"\delta", "l")]
            ),
        ),
        ("inputs", notation.matrix("a", 0)),
        ("shape", rf"\mathbb{{R}}^{{{network.sizes[1]} \times {network.sizes[0]}}}"),
        ("transposed", notation.TRANSPOSED),
    ]
    return [*pairs, ("elementwise", notation.HADAMARD)] if network.depth > 1 else pairs


def _functions(experiment: Experiment, network: NetworkNotation) -> Pairs:
    """The activations, their slopes, and the functions in these and in the loss."""
    functions = dict(network.functions)
    pairs = [(name, function.name) for name, function in functions.items()]
    pairs += [(f"{name}_slope", f"{function.name}'") for name, function in functions.items()]
    if functions.keys() & {"tanh", "sigmoid"}:
        pairs.append(("e", "e"))
    if functions.keys() & {"relu", "leaky_relu"}:
        pairs.append(("maximum", r"\max"))
    written = dict(_inverse(experiment, network))
    if experiment.loss == "cross_entropy":
        written["logarithm"] = r"\ln"
    return [*pairs, *written.items()]


def _inverse(experiment: Experiment, network: NetworkNotation) -> Pairs:
    """The inverse function that solves the equation of the boundary, where there is such an equation."""
    inverse = inverse_of(network.function(network.depth))
    if network.depth > 1 or not inverse.key or math.isinf(inverse.at(experiment.data().middle)):
        return []
    return [(inverse.key, inverse.symbol)]


def _start(experiment: Experiment) -> Pairs:
    name = experiment.initialization
    pairs = []
    if name in DRAWN_BY_SEED:
        law = notation.UNIFORM if name in ("uniform", "xavier") else notation.NORMAL
        pairs.append(("evenly" if law == notation.UNIFORM else "normally", rf"\sim {law}"))
    if name in SIZED_BY_SCALE:
        pairs.append(("scale", notation.SCALE))
    if name in SPREADS:
        pairs += [(SPREADS[name].key, notation.spread("l")), ("units", notation.units("l"))]
    return pairs


def _divisor(experiment: Experiment) -> tuple[str, str]:
    if experiment.batch_divisor == "nominal":
        size = batches.batch_size(experiment, experiment.train_rows)
        return "batch_size", f"{notation.BATCH_SIZE} = {size}"
    return "rows_in_batch", divisor_letter(experiment)


def _optimizer(experiment: Experiment) -> Pairs:
    name = experiment.optimizer
    rule = OPTIMIZER_NOTATION[name]
    rate, *own = settings(experiment)
    pairs = [("learning_rate", f"{LETTERS[rate]} = {number(experiment.learning_rate)}")]
    pairs += [(f"{name}_{letter}", LETTERS[letter]) for letter in rule.memory]
    pairs += [(setting, LETTERS[setting]) for setting in own]
    corrected = [LETTERS[left] for left, _ in rule.steps if left in CORRECTED]
    if corrected:
        pairs += [("corrected", r", \ ".join(corrected)), ("update_number", LETTERS["t"])]
    return pairs


def _regularization(experiment: Experiment) -> Pairs:
    if experiment.regularization == "none":
        return []
    pairs = [("any_weight", rf"w, \ {notation.WEIGHT_BEFORE}"), ("penalty_rate", notation.PENALTY_RATE)]
    return [*pairs, ("sign", notation.SIGN)] if experiment.regularization == "l1" else pairs
