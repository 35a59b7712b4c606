"""What each setting of an experiment means, and the section of its docstring that tells it with the setting's bounds."""

from collections.abc import Mapping
from types import MappingProxyType

from nnlab.core.field_types import FieldType

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "dataset": "the data: a gate's truth table, samples that are drawn, or 'own', which are ``points``",
        "targets": "the outputs of the gate 'custom' for 00, 01, 10 and 11",
        "samples": "how many points are drawn",
        "noise": "of drawn points, in percent",
        "train_share": "the share of rows that train, in percent; the others test. Not of gates",
        "data_seed": "draws the samples, which rows train, and the order of shuffled rows",
        "points": "own rows x1, x2, label, used if dataset='own': a list, an array or a data frame. A label is 0 or 1, -1 or"
        " 1, or a boolean; coordinates are within -1,000,000 and 1,000,000, and rounded to 4 decimals",
        "standardize": "give own coordinates mean 0 and deviation 1 over the training rows; ``predict`` does it itself",
        "encoding": "the numbers for false and true: -1 and 1 (bipolar), or 0 and 1 (binary)",
        "features": "the functions of a point that are the network's inputs, each once",
        "hidden_layer_sizes": "the units of each hidden layer; () is a network without any",
        "activation": "of the hidden units",
        "output_activation": "of the output",
        "initialization": "how weights start: by a rule, drawn by ``seed``, or 'explicit': ``weights`` and ``biases``",
        "seed": "draws the initial weights of uniform, normal, xavier and he",
        "scale": "how large the initial weights of equal, uniform, normal and he are",
        "loss": "what is minimized; cross_entropy takes output_activation='sigmoid', encoding='binary' and two classes",
        "optimizer": "how a gradient becomes a step",
        "learning_rate": "how far each step goes",
        "momentum": "the share of the last step that is kept, of momentum and nesterov",
        "decay": "of the mean of squared gradients, of rmsprop",
        "beta1": "the decay of the mean gradient, of adam",
        "beta2": "the decay of the mean squared gradient, of adam",
        "epsilon": "what is added to a divisor, of rmsprop and adam",
        "regularization": "the penalty on weights, not on biases",
        "regularization_rate": "how strong the penalty is",
        "l1_clamp": "whether a weight that l1 carries across 0 stays at 0",
        "epochs": "how often all training rows are gone through",
        "batch_size": "rows for each update; all of them, if there are fewer",
        "batch_divisor": "what a batch's summed gradient is divided by: batch_size (nominal), or its own rows (actual)",
        "shuffle": "whether each epoch takes the rows in a new order",
        "stop_all_correct": "end when every training row is correct",
        "stop_cost": "end when the cost is below this",
        "stop_no_improvement": "end when the cost has not improved for so many epochs",
        "stop_test_rising": "end when the test cost has risen for so many epochs",
        "weights": "initial weights, (n_out, n_in) a layer, used if initialization='explicit'",
        "biases": "initial biases, (n_out,) a layer, used if initialization='explicit'",
    }
)
"""The meaning of each setting, in the order of the model."""


def attributes(types: Mapping[str, FieldType]) -> str:
    """The section Attributes of the experiment's docstring: each setting, its meaning and its bounds."""
    lines = [f"        {name}: {MEANINGS[name]}{_allowed(kind)}." for name, kind in types.items()]
    return "\n".join(["", "    Attributes:", *lines, "    "])


def _allowed(kind: FieldType) -> str:
    """The choices or the bounds of a setting and of what it lists, as the end of a sentence."""
    inner, parts = kind.innermost, []
    if inner.choices:
        parts.append("one of " + ", ".join(map(str, inner.choices)))
    elif inner.low is not None and inner.high is not None and inner is kind:
        parts.append(
            f"{inner.low:,g} to {inner.high:,g}" if inner.high < 1e6 else f"{inner.low} to {inner.high}"
        )
    elif inner.low is not None and inner.high is not None:
        parts.append(f"each {inner.low:,g} to {inner.high:,g}")
    else:  # a switch; a test holds each line to its field
        parts.append("True or False")
    if kind.longest is not None:
        fewest = kind.shortest or 0
        parts.append(f"{'' if fewest == kind.longest else f'{fewest:,} to '}{kind.longest:,} of them")
    return "".join(f"; {part}" for part in [*parts, *["or None"] * kind.optional])
