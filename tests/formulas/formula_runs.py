"""Experiments to try the formulas on, and a way to compute what a formula says."""

import math
import re
from itertools import product

from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.core import features
from nnlab.core.experiment import choices
from nnlab.core.network import Parameters
from nnlab.formulas import Formula, Numbers, sections

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?: \\times 10\^\{-?\d+\})?")
DRAWN = ("zeros", "equal", "uniform", "normal", "xavier")

shapes = st.lists(st.integers(1, 8), max_size=6).map(tuple)
small_shapes = st.sampled_from([(), (1,), (2,), (3,), (1, 1), (2, 1), (1, 2), (1, 2, 1), (1, 1, 1, 1, 1)])


@st.composite
def experiments(draw, shapes=shapes, most_features=4, **fixed):
    names = st.lists(st.sampled_from(choices("features")), min_size=1, max_size=most_features, unique=True)
    drawn = {
        "dataset": draw(st.sampled_from(("and", "or", "xor", "nand"))),
        "encoding": draw(st.sampled_from(choices("encoding"))),
        "features": tuple(draw(names)),
        "hidden_layer_sizes": draw(shapes),
        "activation": draw(st.sampled_from(choices("activation"))),
        "output_activation": draw(st.sampled_from(choices("output_activation"))),
        "learning_rate": draw(st.floats(0.001, 10.0)),
        "batch_size": draw(st.integers(1, 4)),
        "batch_divisor": draw(st.sampled_from(choices("batch_divisor"))),
        "initialization": draw(st.sampled_from(DRAWN)),
        "scale": draw(st.sampled_from((0.01, 0.5, 1.0, 5.0))),
        "seed": draw(st.integers(0, 1000)),
    }
    return Experiment(**drawn | fixed)


small_experiments = experiments(shapes=small_shapes, most_features=2).filter(
    lambda experiment: experiment.parameter_count <= 13
)
rows = st.integers(0, 3)


def assorted() -> list[Experiment]:
    """One experiment of each kind that has formulas of its own, together with all keys."""
    sizes = [(), (2,), (8, 8), (8,) * 6]
    names = [("x1", "x2"), ("x2",), ("x1",), choices("features")]
    kinds = product(sizes, names, choices("encoding"), choices("activation"), choices("batch_divisor"))
    return [
        Experiment(
            hidden_layer_sizes=hidden,
            features=chosen,
            encoding=encoding,
            activation=activation,
            output_activation=activation,
            batch_divisor=batch_divisor,
            batch_size=3,
            initialization=start,
        )
        for hidden, chosen, encoding, activation, batch_divisor in kinds
        for start in ("uniform", "zeros")
    ]


def everything(experiment: Experiment, row: int | None = None) -> list[Formula]:
    """All formulas, with numbers if there is a row."""
    parts = (
        sections(experiment) if row is None else sections(experiment, experiment.initial_parameters(), row)
    )
    return [formula for section in parts for formula in section.formulas]


def lines(latex: str) -> list[str]:
    """The lines of an aligned block."""
    return re.sub(r"^\\begin\{aligned\} | \\end\{aligned\}$", "", latex).split(r" \\[4pt] ")


def chains(latex: str) -> dict[str, list[str]]:
    """What stands on the left of each chain of equalities, and the steps to its right, each in one piece."""
    found: dict[str, list[str]] = {}
    left = ""
    for line in lines(latex):
        head, _, rest = line.partition("&")
        if head.strip():
            left = head.strip()
            found[left] = []
        if not rest.startswith(("=", r"\leftarrow")):
            found[left][-1] += rest
        else:
            found[left].append(rest.removeprefix("=").removeprefix(r"\leftarrow"))
    return {
        left: [part.strip() for step in steps for part in step.split(" = ")] for left, steps in found.items()
    }


def as_float(text: str) -> float:
    """A number as it is written in a formula."""
    return float(re.sub(r" \\times 10\^\{(-?\d+)\}", r"e\1", text))


def letters(experiment: Experiment, parameters: Parameters, row: int) -> dict[str, float]:
    """The value of every letter that a formula of this row may hold."""
    numbers = Numbers.of(experiment, parameters, row)
    values = {"x_1": numbers.point[0], "x_2": numbers.point[1], "y": numbers.target}
    for l, layer in enumerate(parameters.layers, start=1):
        for i, weights in enumerate(layer, start=1):
            values[f"b_{{{i}}}^{{({l})}}"] = weights[-1]
            values[f"a_{{{i}}}^{{({l})}}"] = numbers.signals[l][i - 1]
            values[f"z_{{{i}}}^{{({l})}}"] = numbers.weighted_sums[l][i - 1]
            values[rf"\delta_{{{i}}}^{{({l})}}"] = numbers.deltas[l][i - 1]
            for j, weight in enumerate(weights[:-1], start=1):
                values[f"w_{{{i}{j}}}^{{({l})}}"] = weight
    return values


def evaluate(latex: str, values: dict[str, float]) -> float:
    """What an expression without sums and derivatives comes to."""
    text = latex
    for letter in sorted(values, key=len, reverse=True):
        text = text.replace(letter, f"({float(values[letter])!r})")
    text = re.sub(
        r"\\(?:left|right|[bB]ig[lr]|quad)(?![a-z])|\{\}|&|\\\\\[4pt\]|\\(?:begin|end)\{aligned\}", "", text
    )
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", text)
    text = re.sub(r"\s*\\times 10\^\{(-?\d+)\}", r"e\1", text)
    text = text.replace(r"\cdot", "*").replace("^{2}", "**2").replace("\\", "")
    text = re.sub(r"([)\d])\s*(?=\(|tanh|sigma|min)", r"\1*", text)
    functions = {"tanh": math.tanh, "sigma": lambda z: 1 / (1 + math.exp(-z)), "min": min}
    return float(eval(text.strip(), {"__builtins__": {}}, functions))


def coordinates(experiment: Experiment, row: int) -> list[float]:
    """The features of a row, from the core."""
    return features.apply(experiment.features, experiment.data().points)[row].tolist()
