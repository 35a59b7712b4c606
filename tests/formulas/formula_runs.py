"""Experiments to try the formulas on, and a way to compute what a formula says."""

import math
import re
from itertools import product
from typing import Any

from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.experiment import choices
from nnlab.core.network import Parameters
from nnlab.formulas import Formula, RowValues, sections

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?: \\times 10\^\{-?\d+\})?")
DRAWN = ("zeros", "equal", "uniform", "normal", "xavier", "he")
UNBOUNDED = [name for name, function in ACTIVATIONS.items() if not function.bounded]
OWN_ROWS = tuple((0.5 * k, 3.0 - k * k, k % 2) for k in range(7))
CROSS_ENTROPY = {"loss": "cross_entropy", "output_activation": "sigmoid", "encoding": "binary"}
GATES = ("and", "or", "xor", "nand")
CHOSEN = (
    "encoding",
    "activation",
    "output_activation",
    "batch_divisor",
    "loss",
    "optimizer",
    "regularization",
)
CLASSES = (*GATES, "circle", "own")

shapes = st.lists(st.integers(1, 8), max_size=6).map(tuple)
small_shapes = st.sampled_from([(), (1,), (2,), (3,), (1, 1), (2, 1), (1, 2), (1, 2, 1), (1, 1, 1, 1, 1)])


@st.composite
def experiments(draw, /, shapes=shapes, most_features=8, datasets=(*CLASSES, "plane"), **fixed):
    names = st.lists(st.sampled_from(choices("features")), min_size=1, max_size=most_features, unique=True)
    drawn = {
        "dataset": draw(st.sampled_from(datasets)),
        "samples": draw(st.sampled_from((20, 33))),
        "points": OWN_ROWS,
        "standardize": draw(st.booleans()),
        "features": tuple(draw(names)),
        "hidden_layer_sizes": draw(shapes),
        "learning_rate": draw(st.floats(0.001, 10.0)),
        "batch_size": draw(st.sampled_from((1, 2, 3, 4, 5, 1000))),
        "seed": draw(st.integers(0, 1000)),
        "initialization": draw(st.sampled_from(DRAWN)),
        "shuffle": draw(st.booleans()),
        "l1_clamp": draw(st.booleans()),
    }
    for setting in CHOSEN:
        drawn[setting] = draw(st.sampled_from(choices(setting)))
    largest = () if drawn["activation"] in UNBOUNDED else (5.0,)
    drawn["scale"] = draw(st.sampled_from((0.01, 0.5, 1.0, *largest)))
    drawn["regularization_rate"] = draw(st.sampled_from((0.0, 0.003, 0.5)))
    drawn |= fixed
    if drawn["loss"] == "cross_entropy":
        drawn |= CROSS_ENTROPY if drawn["dataset"] in CLASSES else {"loss": "squared_error"}
    return Experiment(**drawn)


def small(**fixed):
    """Runs whose every weight is spelled out."""
    return experiments(shapes=small_shapes, most_features=2, **fixed).filter(
        lambda experiment: experiment.parameter_count <= 13
    )


small_experiments = small()
rows = st.integers(0, 3)
"""Each of these experiments has as many rows at least."""


def assorted() -> list[Experiment]:
    """One experiment of each kind that has formulas of its own, together with all keys."""
    sizes = [(), (2,), (8, 8), (8,) * 6]
    names = [("x1", "x2"), ("x2",), ("x1",), choices("features")]
    coded = zip(choices("encoding"), choices("batch_divisor"), strict=True)
    kinds = product(sizes, names, coded, choices("output_activation"))
    settings = [
        {
            "hidden_layer_sizes": hidden,
            "features": chosen,
            "encoding": encoding,
            "activation": activation,
            "output_activation": activation,
            "batch_divisor": batch_divisor,
        }
        for hidden, chosen, (encoding, batch_divisor), activation in kinds
    ]
    around = [{"activation": name, "dataset": "spiral"} for name in choices("activation")]
    around += [{"optimizer": name, "regularization": "l2"} for name in choices("optimizer")]
    around += [{"optimizer": name, "regularization": "l1"} for name in ("gradient_descent", "adam")]
    around += [{"regularization": "l1", "l1_clamp": False}, {"shuffle": True, "dataset": "circle"}]
    around += [CROSS_ENTROPY, CROSS_ENTROPY | {"dataset": "moons", "hidden_layer_sizes": ()}]
    around += [
        {"dataset": "plane", "hidden_layer_sizes": hidden, "output_activation": name, "features": features}
        for hidden in ((), (2,))
        for name in choices("output_activation")
        for features in (("x1", "x2"), choices("features"))
    ]
    around += [{"dataset": "own", "points": OWN_ROWS, "standardize": yes} for yes in (True, False)]
    settings += [{"hidden_layer_sizes": (4,)} | each for each in around] + around
    starts: list[dict[str, Any]] = [{"initialization": name} for name in DRAWN]
    by_hand = {"weights": [[[0.5, -1.0], [0.25, 2.0]], [[1.0, -3.0]]], "biases": [[0.1, 0.0], [0.0]]}
    written: list[dict[str, Any]] = [{}, {"initialization": "explicit"} | by_hand]
    return [
        Experiment(**{"batch_size": 3, "initialization": start} | each)
        for each in settings
        for start in ("uniform", "zeros")
    ] + [Experiment(**each) for each in [*starts, *written]]


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
            found[left][-1] += " " + rest.removeprefix(r"\quad ").removeprefix("{} ")
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
    numbers = RowValues.of(experiment, parameters, row)
    values = {"x_1": numbers.point[0], "x_2": numbers.point[1], "y": numbers.target}
    values[r"\hat{y}"] = numbers.outputs[row]
    for l, layer in enumerate(parameters.layers, start=1):
        for i, weights in enumerate(layer, start=1):
            values[f"b_{{{i}}}^{{({l})}}"] = weights[-1]
            values[f"a_{{{i}}}^{{({l})}}"] = numbers.signals[l][i - 1]
            values[f"z_{{{i}}}^{{({l})}}"] = numbers.weighted_sums[l][i - 1]
            values[rf"\delta_{{{i}}}^{{({l})}}"] = numbers.deltas[l][i - 1]
            for j, weight in enumerate(weights[:-1], start=1):
                values[f"w_{{{i}{j}}}^{{({l})}}"] = weight
    return values


FUNCTIONS = {
    "tanh": math.tanh,
    "sigma": lambda z: (1 + math.tanh(z / 2)) / 2,
    "relu": lambda z: max(0.0, z),
    "lrelu": lambda z: max(0.01 * z, z),
    "idle": lambda z: z,
    "relu_slope": lambda z: float(z > 0),
    "lrelu_slope": lambda z: 1.0 if z > 0 else 0.01,
    "min": min,
    "max": max,
    "sin": math.sin,
    "ln": math.log,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "sign": lambda value: (value > 0) - (value < 0),
}
NAMES = {
    r"\operatorname{ReLU}'": "relu_slope",
    r"\operatorname{LReLU}'": "lrelu_slope",
    r"\operatorname{ReLU}": "relu",
    r"\operatorname{LReLU}": "lrelu",
    r"\operatorname{id}": "idle",
    r"\operatorname{sign}": "sign",
}


def evaluate(latex: str, values: dict[str, float]) -> float:
    """What an expression without sums and derivatives comes to."""
    return float(eval(in_python(latex, values), {"__builtins__": {}}, FUNCTIONS))


def size(latex: str, values: dict[str, float]) -> float:
    """What it would come to if nothing cancelled and no function bent anything: a scale for what rounding does."""
    text = re.sub(r"(?<!e)-", "+", in_python(latex, values)).replace("**+", "**")
    bent: dict[str, Any] = dict.fromkeys(FUNCTIONS, abs) | {
        "min": lambda a, b: abs(a) + abs(b),
        "sqrt": math.sqrt,
    }
    bent["sigma"] = lambda z: 0.5 + abs(z)
    return float(eval(text, {"__builtins__": {}}, bent))


def in_python(latex: str, values: dict[str, float]) -> str:
    text = _with_values(latex, values)
    text = re.sub(r"\\(?:left|right|[bB]ig[lr]|quad|,)(?![a-z])|\{\}|&|\\\\\[4pt\]", "", text)
    text = re.sub(r"\\(?:begin|end)\{aligned\}", "", text)
    text = re.sub(r"\s*\\times 10\^\{(-?\d+)\}", r"e\1", text)
    for written, name in NAMES.items():
        text = text.replace(written, name)
    before = ""
    while text != before:  # innermost braces first
        before = text
        text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", text)
        text = re.sub(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)", text)
        text = re.sub(r"\be\^\{([^{}]*)\}", r"exp(\1)", text)
        text = re.sub(r"\^\{([^{}]*)\}", r"**(\1)", text)
    text = text.replace(r"\cdot", "*").replace("\\", "")
    return re.sub(r"([)\d])\s*(?=\(|(?!e[-+\d])[a-z])", r"\1*", text).strip()


def _with_values(latex: str, values: dict[str, float]) -> str:
    """Each letter replaced by its value; a letter within a name, or a number within a number, is none."""
    if not values:
        return latex
    letter = "|".join(re.escape(each) for each in sorted(values, key=len, reverse=True))
    alone = re.compile(rf"(?<![\\\\A-Za-z\d.])(?:{letter})(?![A-Za-z\d])")
    return alone.sub(lambda found: f"({float(values[found[0]])!r})", latex)
