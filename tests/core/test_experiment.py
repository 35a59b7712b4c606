import json

import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import Experiment

WEIGHTS = [[[0.2, 0.4], [0.3, 0.7]], [[0.4, 0.9]]]
BIASES = [[0, 0], [0]]
POINTS = [(0.5, -1.0, 1), (2.0, 3.0, 0)]
CONTRACT = {
    "dataset": "and",
    "learning_rate": 1.0,
    "batch_size": 3,
    "epochs": 50,
    "hidden_layer_sizes": (4,),
    "activation": "tanh",
    "features": ("x1", "x2", "x1*x2"),
    "initialization": "uniform",
    "scale": 1.0,
    "seed": 7,
    "batch_divisor": "actual",
    "encoding": "bipolar",
}
EXPERIMENTS = {
    "default": Experiment(),
    "contract": Experiment(**CONTRACT),
    "explicit": Experiment(initialization="explicit", weights=WEIGHTS, biases=BIASES),
    "custom": Experiment(
        dataset="custom", targets=(1, 0, 0, 0), encoding="binary", output_activation="sigmoid"
    ),
    "own": Experiment(dataset="own", points=POINTS, standardize=True, optimizer="adam", stop_cost=0.01),
    "cross-entropy": Experiment(
        dataset="circle", loss="cross_entropy", encoding="binary", output_activation="sigmoid"
    ),
}

each_experiment = pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=list(EXPERIMENTS))


# --- what it holds ------------------------------------------------------------------------------


def test_the_defaults_are_the_notebooks():
    assert dict(Experiment()) == {
        "dataset": "xor",
        "targets": (0, 1, 1, 0),
        "samples": 500,
        "noise": 0.0,
        "train_share": 50,
        "data_seed": 0,
        "points": None,
        "standardize": False,
        "encoding": "bipolar",
        "features": ("x1", "x2"),
        "hidden_layer_sizes": (2,),
        "activation": "tanh",
        "output_activation": "tanh",
        "initialization": "notebook",
        "seed": 0,
        "scale": 1.0,
        "loss": "squared_error",
        "optimizer": "gradient_descent",
        "learning_rate": 0.2,
        "momentum": 0.9,
        "decay": 0.9,
        "beta1": 0.9,
        "beta2": 0.999,
        "epsilon": 1e-8,
        "regularization": "none",
        "regularization_rate": 0.003,
        "l1_clamp": True,
        "epochs": 201,
        "batch_size": 2,
        "batch_divisor": "nominal",
        "shuffle": False,
        "stop_all_correct": False,
        "stop_cost": None,
        "stop_no_improvement": None,
        "stop_test_rising": None,
        "weights": None,
        "biases": None,
    }


def test_what_is_given_is_held():
    experiment = Experiment(**CONTRACT)
    assert {name: getattr(experiment, name) for name in CONTRACT} == CONTRACT


@pytest.mark.parametrize(
    ("settings", "sizes", "count"),
    [
        ({}, (2, 2, 1), 9),
        ({"hidden_layer_sizes": ()}, (2, 1), 3),
        ({"features": ("x1*x2",), "hidden_layer_sizes": (8, 1)}, (1, 8, 1, 1), 27),
    ],
)
def test_layer_sizes_run_from_the_features_to_the_one_output(settings, sizes, count):
    experiment = Experiment(**{"initialization": "zeros"} | settings)
    assert experiment.layer_sizes == sizes
    assert experiment.parameter_count == count


# --- frozen, equal, hashed ------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(Experiment.model_fields))
def test_no_setting_can_be_changed_in_place(name):
    experiment = Experiment()
    with pytest.raises(ValidationError, match="frozen"):
        setattr(experiment, name, getattr(experiment, name))


def test_no_setting_can_be_deleted():
    experiment = Experiment()
    with pytest.raises(ValidationError, match="frozen"):
        del experiment.seed


@each_experiment
def test_what_an_experiment_holds_can_be_hashed_to_the_bottom(experiment):
    assert len({experiment, experiment.changed()}) == 1


def test_a_default_said_aloud_makes_no_difference():
    aloud = Experiment(seed=0, dataset="xor")
    assert aloud == Experiment()
    assert hash(aloud) == hash(Experiment())


@pytest.mark.parametrize(
    "difference",
    [
        {"dataset": "and"},
        {"targets": (1, 1, 1, 1)},
        {"encoding": "binary"},
        {"features": ("x2", "x1")},
        {"activation": "sigmoid"},
        {"output_activation": "sigmoid"},
        {"learning_rate": np.nextafter(0.2, 1)},
        {"batch_size": 1},
        {"batch_divisor": "actual"},
        {"epochs": 200},
        {"seed": 1},
        {"scale": 2.0},
        {"samples": 400},
        {"noise": 5.0},
        {"train_share": 51},
        {"data_seed": 1},
        {"points": POINTS},
        {"standardize": True},
        {"optimizer": "adam"},
        {"momentum": 0.5},
        {"decay": 0.5},
        {"beta1": 0.5},
        {"beta2": 0.5},
        {"epsilon": 1e-7},
        {"regularization": "l1"},
        {"regularization_rate": 0.0},
        {"l1_clamp": False},
        {"shuffle": True},
        {"stop_all_correct": True},
        {"stop_cost": 0.0},
        {"stop_no_improvement": 1},
        {"stop_test_rising": 1},
        {"weights": WEIGHTS},
        {"biases": BIASES},
    ],
    ids=lambda difference: next(iter(difference)),
)
def test_experiments_differ_if_any_setting_does_used_or_not(difference):
    assert Experiment(**difference) != Experiment()


def test_lists_and_tuples_make_the_same_experiment():
    assert Experiment(features=["x1", "x2"], hidden_layer_sizes=[2]) == Experiment()


# --- a change -------------------------------------------------------------------------------------


def test_a_change_returns_another_experiment_and_leaves_this_one():
    experiment = Experiment()
    assert experiment.changed(seed=5).seed == 5
    assert experiment.seed == 0


def test_a_change_keeps_every_other_setting():
    experiment = EXPERIMENTS["contract"]
    assert dict(experiment.changed(epochs=60)) == dict(experiment) | {"epochs": 60}


@pytest.mark.parametrize(
    "settings",
    [
        {"learning_rate": 11.0},
        {"warmth": 0.9},
        {"hidden_layer_sizes": (3,)},
        {"loss": "cross_entropy"},
        {"dataset": "own"},
    ],
)
def test_a_change_is_validated(settings):
    with pytest.raises(ValidationError):
        Experiment().changed(**settings)


@pytest.mark.parametrize(
    "initialization", ["notebook", "zeros", "equal", "uniform", "normal", "xavier", "he"]
)
def test_weights_are_kept_while_the_start_does_not_use_them(initialization):
    explicit = EXPERIMENTS["explicit"]
    assert explicit.changed(initialization=initialization).changed(initialization="explicit") == explicit


def test_targets_are_kept_while_the_gate_does_not_use_them():
    custom = EXPERIMENTS["custom"]
    assert custom.changed(dataset="and").changed(dataset="custom") == custom


def test_own_points_are_kept_while_another_dataset_is_looked_at():
    own = EXPERIMENTS["own"]
    assert own.changed(dataset="spiral").changed(dataset="own") == own


def test_weights_that_fit_no_longer_are_kept_while_not_used():
    wider = EXPERIMENTS["explicit"].changed(initialization="uniform", hidden_layer_sizes=(5,))
    assert wider.weights == EXPERIMENTS["explicit"].weights


def test_unused_weights_need_not_have_a_networks_shape():
    assert Experiment(weights=[[[1.0], [2.0, 3.0]], []]).weights == (((1.0,), (2.0, 3.0)), ())


# --- JSON -----------------------------------------------------------------------------------------


@each_experiment
def test_json_there_and_back_is_the_same_experiment(experiment):
    assert Experiment.model_validate_json(experiment.model_dump_json()) == experiment


@each_experiment
def test_any_json_writer_and_reader_will_do(experiment):
    text = json.dumps(experiment.model_dump(mode="json"), allow_nan=False)
    assert Experiment.model_validate(json.loads(text)) == experiment


def test_a_setting_left_out_of_json_has_its_default():
    assert Experiment.model_validate_json('{"seed": 3}') == Experiment(seed=3)


def test_json_may_write_a_real_number_without_a_point():
    assert Experiment.model_validate_json('{"learning_rate": 1}').learning_rate == 1.0
