"""The forward pass, layer by layer, and the whole network as one expression of x1 and x2."""

from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters
from nnlab.formulas import notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.functions import times
from nnlab.formulas.layout import LINE_WIDTH, Call, aligned, chain, column, matrix, total
from nnlab.formulas.network_notation import NetworkNotation
from nnlab.formulas.notation import factor, number, scalar_product, signed
from nnlab.formulas.row_values import RowValues, check_shape
from nnlab.formulas.width import width


def forward(experiment: Experiment, numbers: RowValues | None = None) -> list[Formula]:
    """Z = W a + b and a = g(z) for every unit, or in matrices when there are many.

    Args:
        experiment: whose network it is.
        numbers: put in after the letters, if given; the first formula then says which row they are of.
    """
    network = NetworkNotation.of(experiment)
    formulas = _standardized(experiment)
    if numbers is not None:
        formulas.append(row_of("forward", numbers))
    if not network.spelled_out:
        formulas.append(_inputs(network, numbers))
    write = _units if network.spelled_out else _matrices
    for layer in network.layers:
        kind = "output" if layer == network.depth else "hidden"
        lines = write(network, layer, numbers)
        formulas.append(Formula(f"formulas.forward.{kind}", aligned(lines), {"layer": layer}))
    functions = dict(network.functions)
    formulas += [
        Formula(f"formulas.forward.{name}", f"{function.name}(z) = {function.definition}")
        for name, function in functions.items()
    ]
    return formulas


def _standardized(experiment: Experiment) -> list[Formula]:
    """The standardization of a student's points, if they are standardized."""
    used = experiment.data().standardization
    if used is None:
        return []
    lines = [
        f"x_{axis} &= \\frac{{{notation.raw(axis)} - {factor(mean)}}}{{{number(deviation)}}}"
        for axis, mean, deviation in zip((1, 2), *used, strict=True)
    ]
    return [Formula("formulas.forward.standardized", aligned(lines))]


def row_of(section: str, numbers: RowValues) -> Formula:
    """The point and target of the row whose numbers a section shows."""
    x1, x2 = map(number, numbers.point)
    latex = rf"x_1 = {x1}, \quad x_2 = {x2}, \quad y = {number(numbers.target)}"
    return Formula(f"formulas.{section}.row", latex, {"row": numbers.row + 1})


def _inputs(network: NetworkNotation, numbers: RowValues | None) -> Formula:
    steps = [column(network.features)]
    if numbers is not None:
        steps.append(matrix(numbers.signals[0]))
    return Formula("formulas.forward.inputs", aligned(chain(notation.matrix("a", 0), [" = ".join(steps)])))


def _units(network: NetworkNotation, layer: int, numbers: RowValues | None) -> list[str]:
    lines = []
    name, signals = network.function(layer).name, network.signals(layer - 1)
    for unit in network.units(layer):
        z, a = notation.weighted_sum(layer, unit), notation.activation(layer, unit)
        weights = [notation.weight(layer, unit, source) for source in network.units(layer - 1)]
        terms = [f"{weight} {signal}" for weight, signal in zip(weights, signals, strict=True)]
        z_steps, a_step = [total([*terms, notation.bias(layer, unit)])], [f"{name}({z})"]
        if numbers is not None:
            row = numbers.parameters.layers[layer - 1][unit - 1]
            z_value = number(numbers.weighted_sums[layer][unit - 1])
            put_in = [*scalar_product(row[:-1], numbers.signals[layer - 1]), signed(row[-1])]
            z_steps.append([*put_in, f"= {z_value}"])
            a_step += [f"= {name}({z_value})", f"= {number(numbers.signals[layer][unit - 1])}"]
        lines += chain(z, *z_steps) + chain(a, a_step)
    return lines


def _matrices(network: NetworkNotation, layer: int, numbers: RowValues | None) -> list[str]:
    z, a, b = (notation.matrix(letter, layer) for letter in "zab")
    w, before = notation.matrix("W", layer), notation.matrix("a", layer - 1)
    n_out, n_in = network.sizes[layer], network.sizes[layer - 1]
    z_steps, a_steps = [[f"{w} {before} + {b}"]], [[f"{network.function(layer).name}({z})"]]
    if numbers is not None:
        weights, biases = numbers.parameters.weights[layer - 1], numbers.parameters.biases[layer - 1]
        put_in = [matrix(weights), rf"\cdot {matrix(numbers.signals[layer - 1])}", f"+ {matrix(biases)}"]
        z_steps += [put_in, [matrix(numbers.weighted_sums[layer])]]
        a_steps += [[matrix(numbers.signals[layer])]]
    shape = rf"{w} &\in \mathbb{{R}}^{{{n_out} \times {n_in}}}"
    return [shape, *chain(z, *z_steps), *chain(a, *a_steps)]


MOST_LAYERS_WRITTEN = 4
"""A deeper composition of matrices has dots in its middle."""


def expanded(experiment: Experiment, parameters: Parameters | None = None) -> list[Formula]:
    """The composed network in letters and, with parameters and few enough of them, in numbers.

    Raises:
        ValueError: the parameters are of another network.
    """
    network = NetworkNotation.of(experiment)
    if not network.spelled_out:
        return [_expansion("letters", network, _composed_layers(network))]
    formulas = [_expansion("letters", network, _composed_unit(network, network.depth, 1))]
    if parameters is not None:
        check_shape(experiment, parameters)
        formulas.append(_expansion("numbers", network, _composed_unit(network, network.depth, 1, parameters)))
    return formulas


def _expansion(kind: str, network: NetworkNotation, call: Call) -> Formula:
    left = notation.OUTPUT
    first, *rest = call.lines(LINE_WIDTH - width(f"{left} ="))
    return Formula(
        f"formulas.expanded.{kind}", aligned([f"{left} &= {first}", *(f"&{line}" for line in rest)])
    )


def _composed_unit(
    network: NetworkNotation, layer: int, unit: int, parameters: Parameters | None = None, before: str = ""
) -> Call:
    """A unit as a function of x1 and x2; ``before`` is the weight it is taken with."""
    terms: list[str | Call] = []
    for source, signal in zip(network.units(layer - 1), network.signals(layer - 1), strict=True):
        if parameters is None:
            weight = f"{'+ ' if terms else ''}{notation.weight(layer, unit, source)}"
        else:
            value = parameters.weights[layer - 1][unit - 1, source - 1]
            weight = signed(value, times(signal), first=not terms)
        deeper = layer > 1
        terms.append(
            _composed_unit(network, layer - 1, source, parameters, weight) if deeper else f"{weight} {signal}"
        )
    if parameters is None:
        terms.append(f"+ {notation.bias(layer, unit)}")
    else:
        terms.append(signed(parameters.biases[layer - 1][unit - 1]))
    return Call(f"{before} {network.function(layer).name}".lstrip(), terms)


def _composed_layers(network: NetworkNotation) -> Call:
    """The matrices' composition, innermost layer first."""
    call: str | Call = notation.matrix("a", 0)
    skipped = range(2, network.depth - 1) if network.depth > MOST_LAYERS_WRITTEN else range(0)
    for layer in network.layers:
        if layer in skipped:
            continue
        weights, biases = notation.matrix("W", layer), notation.matrix("b", layer)
        if isinstance(call, str):
            inner: str | Call = f"{weights} {call}"
        else:
            dots = (r" \cdots ", r"\cdots") if layer - 1 in skipped else (" ", "")
            inner = Call(f"{weights}{dots[0]}{call.head}", call.terms, dots[1])
        call = Call(network.function(layer).name, [inner, f"+ {biases}"])
    if isinstance(call, str):
        raise AssertionError("a network has at least one layer")
    return call
