"""The delta equations of back-propagation: the derivative of one row's loss in each weighted sum, layer by layer."""

from nnlab.core.experiment import Experiment
from nnlab.formulas import gradient, notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.forward import row_of
from nnlab.formulas.functions import ActivationNotation
from nnlab.formulas.layout import aligned, bracketed, chain, matrix, product, total
from nnlab.formulas.network_notation import NetworkNotation
from nnlab.formulas.notation import number, scalar_product
from nnlab.formulas.row_values import RowValues


def backward(experiment: Experiment, numbers: RowValues | None = None) -> list[Formula]:
    """The chain rule from the loss back to every parameter, for one row alone.

    The slopes of the functions, then delta from the output layer to the first, then the gradient: for each
    weight and bias as one product over the ways from it to the output, or in matrices when there are many.

    Args:
        experiment: whose network it is.
        numbers: put in after the letters, if given; the first formula then says which row they are of.
    """
    network = NetworkNotation.of(experiment)
    row = [] if numbers is None else [row_of("backward", numbers)]
    general = [*row, _definition(), *_slopes(network), _output_delta(network, numbers)]
    if network.depth > 1:
        general.append(_hidden_rule(network))
    write = _unit_deltas if network.spelled_out else _vector_deltas
    hidden = [
        Formula("formulas.backward.hidden_delta", aligned(write(network, l, numbers)), {"layer": l})
        for l in reversed(network.layers[:-1])
    ]
    return [*general, *hidden, gradient.rule(), *gradient.gradient(network, numbers)]


def _definition() -> Formula:
    definition = notation.slope(notation.LOSS, notation.weighted_sum("l", "i"))
    return Formula("formulas.backward.delta", f"{notation.delta('l', 'i')} = {definition}")


def _slopes(network: NetworkNotation) -> list[Formula]:
    return [
        Formula(f"formulas.backward.slope.{name}", _slope(function))
        for name, function in dict(network.functions).items()
    ]


def _slope(function: ActivationNotation) -> str:
    rule = f"{function.name}'(z) = {function.slope_rule}"
    by_a = function.slope is not None and "a" in function.slope_rule
    return rf"a = {function.name}(z), \quad {rule}" if by_a else rule


def _output_delta(network: NetworkNotation, numbers: RowValues | None) -> Formula:
    last, function = network.depth, network.function(network.depth)
    a, z = network.output, notation.weighted_sum(last, 1)
    chain_rule = product([notation.slope(notation.LOSS, a), notation.slope(a, z)])
    slope, difference = function.slope_factor(a, z), gradient.difference(network)
    if network.slope_cancels:
        key = "cross_entropy_delta"
        steps = [product([rf"\frac{{{difference}}}{{{slope}}}", slope]), [difference]]
    else:
        key = "output_delta"
        bracket = rf"\left({difference}\right)"
        steps = [product([bracket, f"{function.name}'({z})"]), product([bracket, slope])]
    if numbers is not None:
        put_in = [gradient.difference(network, numbers)]
        if not network.slope_cancels:
            slope = function.slope_in_numbers(numbers.signals[last][0], numbers.slopes[last][0])
            put_in = product([rf"\left({put_in[0]}\right)", slope])
        steps.append([*put_in, f"= {number(numbers.deltas[last][0])}"])
    latex = aligned(chain(notation.delta(last, 1), chain_rule, *steps))
    return Formula(f"formulas.backward.{key}", latex, {"layer": last})


def _hidden_rule(network: NetworkNotation) -> Formula:
    """The delta of a hidden unit in any layer, since the hidden layers share their function."""
    a, z = notation.activation("l", "i"), notation.weighted_sum("l", "i")
    later, function = notation.weighted_sum("l+1", "k"), network.function(1)
    through = product(
        [notation.slope(notation.LOSS, later), notation.slope(later, a), notation.slope(a, z)],
    )
    weighted = f"{notation.delta('l+1', 'k')} {notation.weight('l+1', 'k', 'i')}"
    steps = [
        [r"\sum_{k} " + through[0], *through[1:]],
        [rf"\Bigl(\sum_{{k}} {weighted}\Bigr)", rf"\cdot {function.name}'({z})"],
    ]
    return Formula("formulas.backward.hidden_rule", aligned(chain(notation.delta("l", "i"), *steps)))


def _unit_deltas(network: NetworkNotation, layer: int, numbers: RowValues | None) -> list[str]:
    lines = []
    function, later = network.function(layer), network.units(layer + 1)
    for unit in network.units(layer):
        terms = total(f"{notation.delta(layer + 1, k)} {notation.weight(layer + 1, k, unit)}" for k in later)
        slope = function.slope_factor(notation.activation(layer, unit), notation.weighted_sum(layer, unit))
        steps = [_sum_times(terms, slope)]
        if numbers is not None:
            weights = numbers.parameters.weights[layer][:, unit - 1]
            terms = scalar_product(numbers.deltas[layer + 1], weights)
            slope = function.slope_in_numbers(
                numbers.signals[layer][unit - 1], numbers.slopes[layer][unit - 1]
            )
            steps.append([*_sum_times(terms, slope), f"= {number(numbers.deltas[layer][unit - 1])}"])
        lines += chain(notation.delta(layer, unit), *steps)
    return lines


def _sum_times(terms: list[str], slope: str) -> list[str]:
    """A sum times a slope, with brackets around the sum if it has several terms."""
    opened = bracketed(r"\bigl(", terms, r"\bigr)") if len(terms) > 1 else terms
    return [*opened, rf"\cdot {slope}"]


def _vector_deltas(network: NetworkNotation, layer: int, numbers: RowValues | None) -> list[str]:
    delta, z = notation.matrix(r"\delta", layer), notation.matrix("z", layer)
    later = notation.matrix(r"\delta", layer + 1)
    back = f"{notation.transposed('W', layer + 1)} {later}"
    steps = [[rf"\bigl({back}\bigr)", rf"{notation.HADAMARD} {network.function(layer).name}'({z})"]]
    if numbers is not None:
        weights, deltas = numbers.parameters.weights[layer].T, numbers.deltas[layer + 1]
        pulled = [rf"\Bigl({matrix(weights)}", rf"\cdot {matrix(deltas)}\Bigr)"]
        steps += [
            [*pulled, rf"{notation.HADAMARD} {matrix(numbers.slopes[layer])}"],
            [matrix(numbers.deltas[layer])],
        ]
    return chain(delta, *steps)
