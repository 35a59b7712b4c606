"""Any valid experiment, for tests of what holds for all of them."""

import numpy as np
from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.core.data.own_data import DECIMALS
from nnlab.core.experiment import NEEDS, bounds, choices
from nnlab.core.initializers import NOTEBOOK_WEIGHTS

WEIGHT = st.floats(-1000, 1000, allow_nan=False)
ROW = st.lists(WEIGHT, max_size=8)
MATRIX = st.lists(ROW, max_size=8)
COORDINATE = (st.floats(-8, 8) | st.floats(-1e6, 1e6)).map(lambda x: round(x, DECIMALS))
POINT = st.tuples(COORDINATE, COORDINATE, st.integers(0, 1))
NUMERIC = (
    "samples", "noise", "train_share", "data_seed", "seed", "scale", "learning_rate", "momentum", "decay", "beta1",
    "beta2", "epsilon", "regularization_rate", "epochs", "batch_size",
)  # fmt: skip
OPTIONAL = ("stop_cost", "stop_no_improvement", "stop_test_rising")
FLAGS = ("standardize", "l1_clamp", "shuffle", "stop_all_correct")
NAMED = (
    "dataset", "encoding", "activation", "output_activation", "loss", "optimizer", "regularization", "batch_divisor",
)  # fmt: skip
OTHER = {"targets", "points", "features", "hidden_layer_sizes", "initialization", "weights", "biases"}


def number(setting):
    low, high = bounds(setting)
    return st.floats(low, high) if isinstance(low, float) else st.integers(low, high)


@st.composite
def experiments(draw):
    """Any valid experiment: weights and biases fit if they are used, and have any shape if they are not."""
    chosen = {name: draw(number(name)) for name in NUMERIC}
    chosen |= {name: draw(st.none() | number(name)) for name in OPTIONAL}
    chosen |= {name: draw(st.booleans()) for name in FLAGS}
    chosen |= {name: draw(st.sampled_from(choices(name))) for name in NAMED}
    for (setting, value), needs in NEEDS.items():
        if chosen[setting] == value:
            chosen |= {
                name: chosen[name] if chosen[name] in allowed else draw(st.sampled_from(allowed))
                for name, allowed in needs.items()
            }
    some = st.lists(POINT, min_size=1, max_size=40)
    chosen["points"] = draw(some if chosen["dataset"] == "own" else st.none() | some)
    chosen["targets"] = draw(st.tuples(*[st.integers(0, 1)] * 4))
    chosen["features"] = draw(st.lists(st.sampled_from(choices("features")), min_size=1, unique=True))
    chosen["hidden_layer_sizes"] = draw(st.lists(st.integers(1, 8), max_size=6))
    return Experiment(**chosen, **draw(_start((len(chosen["features"]), *chosen["hidden_layer_sizes"], 1))))


@st.composite
def _start(draw, sizes):
    allowed = [name for name in choices("initialization") if name != "notebook" or sizes in NOTEBOOK_WEIGHTS]
    initialization = draw(st.sampled_from(allowed))
    if initialization == "explicit":
        rng = np.random.default_rng(draw(st.integers(0, 2**32)))
        shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
        weights = [rng.uniform(-1000, 1000, shape) for shape in shapes]
        biases = [rng.uniform(-1000, 1000, n_out) for n_out, _ in shapes]
    else:
        weights = draw(st.none() | st.lists(MATRIX, max_size=7))
        biases = draw(st.none() | st.lists(ROW, max_size=7))
    return {"initialization": initialization, "weights": weights, "biases": biases}
