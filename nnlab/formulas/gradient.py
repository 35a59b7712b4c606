"""The gradient of each parameter, as products along paths through the network, or as one product for each layer."""

from nnlab.formulas import notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.layout import aligned, chain, matrix, product
from nnlab.formulas.network_notation import Address, NetworkNotation
from nnlab.formulas.notation import factor, number
from nnlab.formulas.row_values import RowValues


def rule() -> Formula:
    """The gradient of any weight and of any bias, given delta."""
    delta, z = notation.delta("l", "i"), notation.weighted_sum("l", "i")
    by_sum = notation.slope(notation.LOSS, z)
    w, b = notation.weight("l", "i", "j"), notation.bias("l", "i")
    by_w = product([by_sum, notation.slope(z, w)])
    by_b = product([by_sum, notation.slope(z, b)])
    lines = [
        *chain(notation.slope(notation.LOSS, w), by_w, [f"{delta} {notation.activation('l-1', 'j')}"]),
        *chain(notation.slope(notation.LOSS, b), by_b, [delta]),
    ]
    return Formula("formulas.backward.gradient_rule", aligned(lines))


def gradient(network: NetworkNotation, numbers: RowValues | None) -> list[Formula]:
    """The gradient of every parameter one by one, or of every layer in matrices."""
    if network.spelled_out:
        return [_of_parameter(network, address, numbers) for address in network.addresses()]
    return [_of_layer(layer, numbers) for layer in network.layers]


def difference(network: NetworkNotation, numbers: RowValues | None = None) -> str:
    """Output minus target, the first factor of back-propagation."""
    if numbers is None:
        return f"{network.output} - {notation.TARGET}"
    return f"{number(numbers.signals[network.depth][0])} - {factor(numbers.target)}"


def _of_output(network: NetworkNotation, slope: str, numbers: RowValues | None = None) -> list[str]:
    """The factors of the output's delta: the difference, and the slope of its activation unless that cancels."""
    bracket = rf"\left({difference(network, numbers)}\right)"
    return [bracket] if network.slope_cancels else [bracket, slope]


def _of_parameter(network: NetworkNotation, address: Address, numbers: RowValues | None) -> Formula:
    layer, unit, source = address
    parameter = notation.parameter(*address)
    delta = notation.delta(layer, unit)
    signal = None if source is None else network.signals(layer - 1)[source - 1]
    paths = network.paths(layer, unit)
    steps = [
        _over(paths, [_rules(layer, path, parameter) for path in paths]),
        _over(paths, [_letters(network, layer, path, signal) for path in paths]),
        [delta if signal is None else rf"{delta} \cdot {signal}"],
    ]
    if numbers is not None:
        by_path = [_values(network, layer, path, source, numbers) for path in paths]
        of_layer = numbers.gradient.layers[layer - 1][unit - 1]
        value = of_layer[-1] if source is None else of_layer[source - 1]
        steps.append([*_over(paths, by_path), f"= {number(value)}"])
    latex = aligned(chain(notation.slope(notation.LOSS, parameter), *steps))
    if source is None:
        return Formula("formulas.backward.bias", latex, {"layer": layer, "unit": unit})
    return Formula("formulas.backward.weight", latex, {"layer": layer, "unit": unit, "input": source})


def _over(paths: list[tuple[int, ...]], by_path: list[list[str]]) -> list[str]:
    """The sum over all paths of the product along each."""
    pieces = []
    for index, factors in enumerate(by_path):
        first, *rest = product(factors)
        pieces += [f"+ {first}" if index else first, *rest]
    return pieces


def _steps_back(layer: int, path: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """The weights a path runs through, from the output back: (layer, unit, input)."""
    return [(layer + k, path[k], path[k - 1]) for k in range(len(path) - 1, 0, -1)]


def _rules(layer: int, path: tuple[int, ...], parameter: str) -> list[str]:
    """The partial derivatives along a path, as in the chain rule."""
    last = layer + len(path) - 1
    a, z = notation.activation(last, path[-1]), notation.weighted_sum(last, path[-1])
    factors = [notation.slope(notation.LOSS, a), notation.slope(a, z)]
    for l, _, source in _steps_back(layer, path):
        a = notation.activation(l - 1, source)
        factors += [notation.slope(z, a)]
        z = notation.weighted_sum(l - 1, source)
        factors += [notation.slope(a, z)]
    return [*factors, notation.slope(z, parameter)]


def _letters(network: NetworkNotation, layer: int, path: tuple[int, ...], signal: str | None) -> list[str]:
    """The values of the derivatives along a path, as symbols."""
    factors = _of_output(network, _slope(network, network.depth, 1))
    for l, unit, source in _steps_back(layer, path):
        factors += [notation.weight(l, unit, source), _slope(network, l - 1, source)]
    return [*factors, "1" if signal is None else signal]


def _slope(network: NetworkNotation, layer: int, unit: int) -> str:
    a, z = notation.activation(layer, unit), notation.weighted_sum(layer, unit)
    return network.function(layer).slope_factor(a, z)


def _values(
    network: NetworkNotation, layer: int, path: tuple[int, ...], source: int | None, numbers: RowValues
) -> list[str]:
    """The values of the derivatives along a path, as numbers."""
    factors = _of_output(network, factor(numbers.slopes[network.depth][0]), numbers)
    for l, unit, before in _steps_back(layer, path):
        weight = numbers.parameters.weights[l - 1][unit - 1, before - 1]
        factors += [factor(weight), factor(numbers.slopes[l - 1][before - 1])]
    signal = 1.0 if source is None else float(numbers.signals[layer - 1][source - 1])
    return [*factors, factor(signal)]


def _of_layer(layer: int, numbers: RowValues | None) -> Formula:
    delta, before = notation.matrix(r"\delta", layer), notation.transposed("a", layer - 1)
    w, b = notation.matrix("W", layer), notation.matrix("b", layer)
    w_steps, b_steps = [[f"{delta} {before}"]], [[delta]]
    if numbers is not None:
        w_steps.append([matrix(numbers.gradient.weights[layer - 1])])
        b_steps.append([matrix(numbers.gradient.biases[layer - 1])])
    lines = [
        *chain(notation.slope(notation.LOSS, w), *w_steps),
        *chain(notation.slope(notation.LOSS, b), *b_steps),
    ]
    return Formula("formulas.backward.layer_gradient", aligned(lines), {"layer": layer})
