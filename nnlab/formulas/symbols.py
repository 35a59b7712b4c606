"""Every letter that the formulas of a run use; the catalogues explain each."""

import math

from nnlab.core.datasets import ENCODINGS
from nnlab.core.experiment import Experiment
from nnlab.formulas import notation
from nnlab.formulas.feature import FEATURE_NOTATION
from nnlab.formulas.formula import Symbol
from nnlab.formulas.outline import Outline
from nnlab.formulas.update import divisor_letter, learning_rate

FEATURE_KEYS = {"x1": "x1", "x2": "x2", "x1*x2": "product", "x1 and x2": "minimum"}


def symbols(experiment: Experiment) -> list[Symbol]:
    """The letters of this run, in the order a reader meets them."""
    outline = Outline.of(experiment)
    pairs = [
        *_inputs(experiment),
        ("target", notation.TARGET),
        *_of_a_layer(outline),
        *((name, function.name) for name, function in dict(outline.functions).items()),
        *((f"{name}_slope", f"{function.name}'") for name, function in dict(outline.functions).items()),
        ("e", "e"),
        *_inverse(experiment, outline),
        ("output", notation.OUTPUT),
        ("loss", notation.LOSS),
        ("cost", notation.COST),
        ("partial", notation.slope(notation.LOSS, notation.weight("l", "i", "j"))),
        ("delta", notation.delta("l", "i")),
        ("sum", r"\sum"),
        ("row", "r"),
        ("batch", rf"{notation.BATCH}, \ {notation.BATCH}_1"),
        _divisor(experiment),
        ("learning_rate", rf"{notation.LEARNING_RATE} = {learning_rate(experiment)}"),
        ("parameter", notation.PARAMETER),
        ("becomes", r"\leftarrow"),
    ]
    return [Symbol(f"formulas.symbol.{key}", latex) for key, latex in pairs]


def _inputs(experiment: Experiment) -> list[tuple[str, str]]:
    """The coordinates always, since every point has both, and the mixed features in use."""
    mixed = [name for name in experiment.features if name not in ("x1", "x2")]
    return [(FEATURE_KEYS[name], FEATURE_NOTATION[name]) for name in ("x1", "x2", *mixed)]


def _of_a_layer(outline: Outline) -> list[tuple[str, str]]:
    """Units' letters always, since the rules are written with them; layers' when there are matrices."""
    pairs = [
        ("weight", notation.weight("l", "i", "j")),
        ("bias", notation.bias("l", "i")),
        ("weighted_sum", notation.weighted_sum("l", "i")),
        ("activation", notation.activation("l", "i")),
        ("layer", "l"),
        ("unit", r"i, \ j") if outline.depth == 1 else ("unit_next", r"i, \ j, \ k"),
    ]
    if outline.spelled_out:
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
        ("shape", rf"\mathbb{{R}}^{{{outline.sizes[1]} \times {outline.sizes[0]}}}"),
        ("transposed", notation.TRANSPOSED),
    ]
    return [*pairs, ("elementwise", notation.HADAMARD)] if outline.depth > 1 else pairs


def _inverse(experiment: Experiment, outline: Outline) -> list[tuple[str, str]]:
    """What the equation of the boundary is solved with, where there is such an equation."""
    function = outline.function(outline.depth)
    if outline.depth > 1 or math.isinf(function.inverse(ENCODINGS[experiment.encoding].middle)):
        return []
    return [(f"{experiment.output_activation}_inverse", function.inverse_symbol)]


def _divisor(experiment: Experiment) -> tuple[str, str]:
    if experiment.batch_divisor == "nominal":
        return "batch_size", f"{notation.BATCH_SIZE} = {experiment.batch_size}"
    return "rows_in_batch", divisor_letter(experiment)
