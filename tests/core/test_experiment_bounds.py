"""What a page asks of the settings: their bounds and their choices."""

import pytest
from pydantic import ValidationError

from nnlab import Experiment
from nnlab.core.experiment import GATE_NAMES, LARGEST_SEED, REGRESSIONS, SAMPLE_NAMES, bounds, choices

BOUNDS = {
    "samples": (20, 1000),
    "noise": (0.0, 50.0),
    "train_share": (10, 90),
    "data_seed": (0, LARGEST_SEED),
    "learning_rate": (0.001, 10.0),
    "momentum": (0.0, 0.999),
    "decay": (0.0, 0.9999),
    "beta1": (0.0, 0.9999),
    "beta2": (0.0, 0.9999),
    "epsilon": (1e-12, 1.0),
    "regularization_rate": (0.0, 10.0),
    "batch_size": (1, 1000),
    "epochs": (1, 5000),
    "seed": (0, LARGEST_SEED),
    "scale": (0.01, 5.0),
    "stop_cost": (0.0, 1000.0),
    "stop_no_improvement": (1, 5000),
    "stop_test_rising": (1, 5000),
}
CHOICES = {
    "dataset": (
        "and", "or", "xor", "nand", "nor", "xnor", "custom",
        "circle", "gaussians", "quadrants", "spiral", "moons", "plane", "multi_gaussians", "own",
    ),
    "encoding": ("bipolar", "binary"),
    "features": ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin x1", "sin x2", "x1 and x2"),
    "activation": ("tanh", "sigmoid", "relu", "leaky_relu", "linear"),
    "output_activation": ("tanh", "sigmoid", "linear"),
    "initialization": ("notebook", "zeros", "equal", "uniform", "normal", "xavier", "he", "explicit"),
    "loss": ("squared_error", "cross_entropy"),
    "optimizer": ("gradient_descent", "momentum", "nesterov", "rmsprop", "adam"),
    "regularization": ("none", "l1", "l2"),
    "batch_divisor": ("nominal", "actual"),
}  # fmt: skip
NEITHER = {
    "targets",
    "points",
    "standardize",
    "hidden_layer_sizes",
    "l1_clamp",
    "shuffle",
    "weights",
    "biases",
}


def test_every_setting_is_a_number_a_choice_or_something_of_its_own():
    assert {*BOUNDS, *CHOICES, *NEITHER, "stop_all_correct"} == set(Experiment.model_fields)


@pytest.mark.parametrize(("setting", "limits"), BOUNDS.items())
def test_the_bounds_of_a_numeric_setting(setting, limits):
    assert bounds(setting) == limits


@pytest.mark.parametrize("setting", BOUNDS)
@pytest.mark.parametrize("end", [0, 1], ids=["least", "greatest"])
def test_a_bound_itself_is_allowed(setting, end):
    value = bounds(setting)[end]
    assert getattr(Experiment(**{setting: value}), setting) == value


@pytest.mark.parametrize("setting", BOUNDS)
@pytest.mark.parametrize("end", [0, 1], ids=["least", "greatest"])
def test_a_number_just_beyond_a_bound_is_refused(setting, end):
    low, high = bounds(setting)
    step = 1 if isinstance(low, int) else 1e-12 * max(1.0, high)
    with pytest.raises(ValidationError, match="than or equal to"):
        Experiment(**{setting: (low - step, high + step)[end]})


@pytest.mark.parametrize(("setting", "names"), CHOICES.items())
def test_the_choices_of_a_setting(setting, names):
    assert choices(setting) == names


@pytest.mark.parametrize(("setting", "names"), CHOICES.items())
def test_what_is_not_among_the_choices_is_refused(setting, names):
    with pytest.raises(ValidationError, match="Input should be"):
        Experiment(**{setting: ("softplus",) if setting == "features" else "softplus"})
    assert "softplus" not in names


def test_the_datasets_are_gates_samples_and_own_rows():
    assert choices("dataset") == (*GATE_NAMES, *SAMPLE_NAMES, "own")
    assert REGRESSIONS == ("plane", "multi_gaussians")
