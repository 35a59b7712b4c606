"""Many networks at once against as many single runs, over what else can be set: data, optimizers, penalties, ends."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.core.stop_rules import ENDS

from ..any_experiment import experiments
from .against_single_runs import assert_end_as_alone

CIRCLE = Experiment(
    dataset="circle",
    samples=60,
    hidden_layer_sizes=(4,),
    initialization="uniform",
    batch_size=10,
    learning_rate=0.1,
    epochs=15,
)
CROSS_ENTROPY = {"loss": "cross_entropy", "encoding": "binary", "output_activation": "sigmoid"}
OWN = tuple((np.cos(k) * k / 5, np.sin(k) * k / 4, k % 2) for k in range(30))
ADAM = {"optimizer": "adam", "learning_rate": 0.01}

SETTINGS = [
    {},
    {"batch_size": 7, "batch_divisor": "actual"},
    {"batch_size": 1000},
    {"shuffle": True},
    {"shuffle": True, "batch_size": 7},
    {"optimizer": "momentum", "learning_rate": 0.03},
    {"optimizer": "nesterov", "momentum": 0.5},
    {"optimizer": "rmsprop", "learning_rate": 0.01},
    ADAM,
    {"regularization": "l2", "regularization_rate": 0.05},
    {"regularization": "l1", "regularization_rate": 0.05},
    {"regularization": "l1", "regularization_rate": 0.05, "l1_clamp": False},
    {"activation": "relu", "initialization": "he"},
    {"activation": "leaky_relu", "hidden_layer_sizes": (4, 3)},
    {"activation": "linear", "dataset": "plane", "output_activation": "linear", "learning_rate": 0.01},
    {"dataset": "multi_gaussians", "features": ("x1", "x2", "sin x1", "x2^2"), "learning_rate": 0.01},
    {"dataset": "spiral", "hidden_layer_sizes": (8, 8, 8)},
    {"dataset": "moons", "noise": 20.0, "train_share": 80},
    {"dataset": "own", "points": OWN, "standardize": True},
    {"dataset": "own", "points": OWN[:9], "batch_size": 4},
    CROSS_ENTROPY,
    CROSS_ENTROPY | ADAM | {"activation": "relu", "shuffle": True, "regularization": "l1"},
    {"stop_all_correct": True, "features": ("x1^2", "x2^2"), "learning_rate": 0.3},
    {"stop_cost": 0.36},
    {"stop_no_improvement": 2, "learning_rate": 1.0},
    {"stop_test_rising": 1},
]


def both_of(change):
    return "+".join(f"{name}={str(value)[:12]}" for name, value in change.items()) or "circle"


@pytest.mark.parametrize("change", SETTINGS, ids=both_of)
def test_whatever_is_set_each_ends_as_alone(change):
    experiment = CIRCLE.changed(**change)
    rates = experiment.learning_rate * np.geomspace(0.1, 2, 6)
    assert_end_as_alone(
        [experiment.changed(seed=seed, learning_rate=rate) for seed, rate in enumerate(rates)]
    )


@pytest.mark.parametrize(
    ("change", "end"),
    [(SETTINGS[-4], "all_correct"), (SETTINGS[-3], "cost_reached"), (SETTINGS[-2], "no_improvement"),
     (SETTINGS[-1], "test_rising")],
)  # fmt: skip
def test_among_these_runs_each_rule_ends_some_and_not_all_at_once(change, end):
    """Else it would not have been tested above."""
    history = nnlab.train_many([CIRCLE.changed(seed=seed, **change) for seed in range(6)])
    assert end in {ENDS[code] for code in history.ends}
    assert len(set(history.last_epochs)) > 1


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    experiments(),
    st.lists(st.tuples(st.floats(0.001, 0.5), st.integers(0, 2**32 - 1)), min_size=1, max_size=3),
)
def test_any_experiments_end_as_alone_where_rounding_does_not_carry_them_apart(experiment, numbers):
    shorter = experiment.changed(epochs=min(experiment.epochs, 6), samples=min(experiment.samples, 40))
    assert_end_as_alone(
        [shorter.changed(learning_rate=rate, seed=seed) for rate, seed in numbers], at_least=0
    )
