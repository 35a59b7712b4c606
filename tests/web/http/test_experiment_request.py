"""The base of all requests about an experiment: its version, and the change of the network's shape."""

import json

import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import Experiment
from nnlab.core.reshaping import reshape
from nnlab.web.http.errors import violations
from nnlab.web.http.experiment_request import ExperimentRequest, experiment_head

SHAPE = {"features": ["x1", "x1*x2"], "hidden_layer_sizes": [3, 2]}


def ask(**parts):
    return ExperimentRequest.model_validate_json(json.dumps({"version": 3, "experiment": {}} | parts))


def test_an_experiment_is_the_one_that_was_sent():
    assert ask(experiment={"seed": 5}).experiment == Experiment(seed=5)


def test_a_change_of_shape_is_carried_out_and_done_with():
    asked = ask(reshape=SHAPE)
    assert asked.experiment == reshape(Experiment(), ("x1", "x1*x2"), (3, 2))
    assert asked.reshape is None


def test_a_change_of_shape_has_the_bounds_of_the_experiment():
    with pytest.raises(ValidationError) as caught:
        ask(reshape=SHAPE | {"hidden_layer_sizes": [9]})
    (problem,) = violations(caught.value)
    assert (problem.field, problem.rule, problem.bound) == ("hidden_layer_sizes.0", "maximum", 8)


@pytest.mark.parametrize("version", [0, 1, 2, 4, "3", None])
def test_there_is_one_version(version):
    with pytest.raises(ValidationError):
        ask(version=version)


@pytest.mark.parametrize("parts", [{}, {"reshape": SHAPE}, {"experiment": {"initialization": "xavier"}}])
def test_what_was_understood_is_json_that_gives_the_same_experiment(parts):
    asked = ask(**parts)
    said = json.loads(json.dumps(experiment_head(asked), allow_nan=False))
    assert said["version"] == 3
    assert Experiment.model_validate(said["experiment"]) == asked.experiment


def test_where_the_network_starts_is_said_to_the_last_bit():
    asked = ask(experiment={"initialization": "normal", "seed": 3})
    start, said = asked.experiment.initial_parameters(), experiment_head(asked)
    for name in ("weights", "biases"):
        for expected, matrix in zip(getattr(start, name), json.loads(json.dumps(said[name])), strict=True):
            np.testing.assert_array_equal(expected, matrix)
