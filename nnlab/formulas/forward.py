"""The forward pass, layer by layer."""

from nnlab.core.experiment import Experiment
from nnlab.formulas import notation
from nnlab.formulas.formula import Formula
from nnlab.formulas.layout import aligned, chain, total
from nnlab.formulas.matrix import column, matrix
from nnlab.formulas.numbers import Numbers
from nnlab.formulas.outline import Outline
from nnlab.formulas.rounding import factor, number, scalar_product, signed


def forward(experiment: Experiment, numbers: Numbers | None = None) -> list[Formula]:
    """Z = W a + b and a = g(z) for every unit, or in matrices when there are many.

    Args:
        experiment: whose network it is.
        numbers: put in after the letters, if given; the first formula then says which row they are of.
    """
    outline = Outline.of(experiment)
    formulas = _standardized(experiment)
    if numbers is not None:
        formulas.append(row_of("forward", numbers))
    if not outline.spelled_out:
        formulas.append(_inputs(outline, numbers))
    write = _units if outline.spelled_out else _matrices
    for layer in outline.layers:
        kind = "output" if layer == outline.depth else "hidden"
        lines = write(outline, layer, numbers)
        formulas.append(Formula(f"formulas.forward.{kind}", aligned(lines), {"layer": layer}))
    functions = dict(outline.functions)
    formulas += [
        Formula(f"formulas.forward.{name}", f"{function.name}(z) = {function.definition}")
        for name, function in functions.items()
    ]
    return formulas


def _standardized(experiment: Experiment) -> list[Formula]:
    """How a student's points were moved and divided before anything saw them, if they were."""
    used = experiment.data().standardization
    if used is None:
        return []
    lines = [
        f"x_{axis} &= \\frac{{{notation.raw(axis)} - {factor(mean)}}}{{{number(deviation)}}}"
        for axis, mean, deviation in zip((1, 2), *used, strict=True)
    ]
    return [Formula("formulas.forward.standardized", aligned(lines))]


def row_of(section: str, numbers: Numbers) -> Formula:
    """Which row the numbers of a section are of."""
    x1, x2 = map(number, numbers.point)
    latex = rf"x_1 = {x1}, \quad x_2 = {x2}, \quad y = {number(numbers.target)}"
    return Formula(f"formulas.{section}.row", latex, {"row": numbers.row + 1})


def _inputs(outline: Outline, numbers: Numbers | None) -> Formula:
    steps = [column(outline.features)]
    if numbers is not None:
        steps.append(matrix(numbers.signals[0]))
    return Formula("formulas.forward.inputs", aligned(chain(notation.matrix("a", 0), [" = ".join(steps)])))


def _units(outline: Outline, layer: int, numbers: Numbers | None) -> list[str]:
    lines = []
    name, signals = outline.function(layer).name, outline.signals(layer - 1)
    for unit in outline.units(layer):
        z, a = notation.weighted_sum(layer, unit), notation.activation(layer, unit)
        weights = [notation.weight(layer, unit, source) for source in outline.units(layer - 1)]
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


def _matrices(outline: Outline, layer: int, numbers: Numbers | None) -> list[str]:
    z, a, b = (notation.matrix(letter, layer) for letter in "zab")
    w, before = notation.matrix("W", layer), notation.matrix("a", layer - 1)
    n_out, n_in = outline.sizes[layer], outline.sizes[layer - 1]
    z_steps, a_steps = [[f"{w} {before} + {b}"]], [[f"{outline.function(layer).name}({z})"]]
    if numbers is not None:
        weights, biases = numbers.parameters.weights[layer - 1], numbers.parameters.biases[layer - 1]
        put_in = [matrix(weights), rf"\cdot {matrix(numbers.signals[layer - 1])}", f"+ {matrix(biases)}"]
        z_steps += [put_in, [matrix(numbers.weighted_sums[layer])]]
        a_steps += [[matrix(numbers.signals[layer])]]
    shape = rf"{w} &\in \mathbb{{R}}^{{{n_out} \times {n_in}}}"
    return [shape, *chain(z, *z_steps), *chain(a, *a_steps)]
