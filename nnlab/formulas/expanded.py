"""The whole network as one expression: the output as a function of x1 and x2."""

from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.formulas import notation
from nnlab.formulas.feature import times
from nnlab.formulas.formula import Formula
from nnlab.formulas.layout import LINE_WIDTH, Call, aligned
from nnlab.formulas.numbers import check_shape
from nnlab.formulas.outline import Outline
from nnlab.formulas.rounding import signed
from nnlab.formulas.width import width

MOST_LAYERS_WRITTEN = 4
"""A deeper composition of matrices has dots in its middle."""


def expanded(experiment: Experiment, parameters: Parameters | None = None) -> list[Formula]:
    """The composed network in letters and, with parameters and few enough of them, in numbers.

    Raises:
        ValueError: the parameters are of another network.
    """
    outline = Outline.of(experiment)
    if not outline.spelled_out:
        return [_formula("letters", outline, _layers(outline))]
    formulas = [_formula("letters", outline, _unit(outline, outline.depth, 1))]
    if parameters is not None:
        check_shape(experiment, parameters)
        formulas.append(_formula("numbers", outline, _unit(outline, outline.depth, 1, parameters)))
    return formulas


def _formula(kind: str, outline: Outline, call: Call) -> Formula:
    left = notation.OUTPUT
    first, *rest = call.lines(LINE_WIDTH - width(f"{left} ="))
    return Formula(
        f"formulas.expanded.{kind}", aligned([f"{left} &= {first}", *(f"&{line}" for line in rest)])
    )


def _unit(
    outline: Outline, layer: int, unit: int, parameters: Parameters | None = None, before: str = ""
) -> Call:
    """A unit as a function of x1 and x2; ``before`` is the weight it is taken with."""
    terms: list[str | Call] = []
    for source, signal in zip(outline.units(layer - 1), outline.signals(layer - 1), strict=True):
        if parameters is None:
            weight = f"{'+ ' if terms else ''}{notation.weight(layer, unit, source)}"
        else:
            value = parameters.weights[layer - 1][unit - 1, source - 1]
            weight = signed(value, times(signal), first=not terms)
        deeper = layer > 1
        terms.append(
            _unit(outline, layer - 1, source, parameters, weight) if deeper else f"{weight} {signal}"
        )
    if parameters is None:
        terms.append(f"+ {notation.bias(layer, unit)}")
    else:
        terms.append(signed(parameters.biases[layer - 1][unit - 1]))
    return Call(f"{before} {outline.function(layer).name}".lstrip(), terms)


def _layers(outline: Outline) -> Call:
    """The matrices' composition, innermost layer first."""
    call: str | Call = notation.matrix("a", 0)
    skipped = range(2, outline.depth - 1) if outline.depth > MOST_LAYERS_WRITTEN else range(0)
    for layer in outline.layers:
        if layer in skipped:
            continue
        weights, biases = notation.matrix("W", layer), notation.matrix("b", layer)
        if isinstance(call, str):
            inner: str | Call = f"{weights} {call}"
        else:
            dots = (r" \cdots ", r"\cdots") if layer - 1 in skipped else (" ", "")
            inner = Call(f"{weights}{dots[0]}{call.head}", call.terms, dots[1])
        call = Call(outline.function(layer).name, [inner, f"+ {biases}"])
    if isinstance(call, str):
        raise AssertionError("a network has at least one layer")
    return call
