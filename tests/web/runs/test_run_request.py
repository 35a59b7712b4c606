"""Which requests for a run are valid, and which epochs get a frame."""

import json

import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import Experiment
from nnlab.web.runs.run_request import MOST_FRAMES, RunRequest, View


def ask(**parts):
    return RunRequest.model_validate_json(json.dumps({"version": 3, "experiment": {}} | parts))


def test_an_empty_experiment_is_the_notebooks():
    asked = ask()
    assert asked.experiment == Experiment()
    assert asked.view == View()


def test_a_version_is_needed_and_there_is_only_one():
    with pytest.raises(ValidationError, match="version"):
        RunRequest.model_validate_json('{"experiment": {}}')
    for version in (1, 2):
        with pytest.raises(ValidationError, match="version"):
            ask(version=version)


# --- the epochs that get a frame ----------------------------------------------------------------


def epochs(view=None, **experiment):
    return View(**(view or {})).epochs(Experiment(**experiment))


@pytest.mark.parametrize("last", [1, 2, 201, 1000])
def test_every_epoch_gets_a_frame(last):
    assert epochs(epochs=last) == list(range(last + 1))


@pytest.mark.parametrize("last", [1001, 1999, 4999, 5000])
def test_a_long_run_is_thinned_evenly_first_and_last_included(last):
    chosen = epochs(epochs=last)
    assert (chosen[0], chosen[-1], len(chosen)) == (0, last, MOST_FRAMES)
    steps = np.diff(chosen)
    assert steps.max() - steps.min() <= 1


def test_the_frames_of_a_large_network_stay_within_a_megabyte():
    deep = {"hidden_layer_sizes": (8,) * 6, "initialization": "xavier", "epochs": 5000}
    chosen, parameters = epochs(**deep), Experiment(**deep).parameter_count
    assert (chosen[0], chosen[-1]) == (0, 5000)
    assert 8 * parameters * len(chosen) <= 1_000_000 < 8 * parameters * (len(chosen) + 1)


@pytest.mark.parametrize("frames", [2, 3, 500, 1001])
def test_fewer_frames_can_be_asked_for(frames):
    chosen = epochs({"frames": frames}, epochs=3000)
    assert (chosen[0], chosen[-1], len(chosen)) == (0, 3000, frames)


def test_one_epoch_alone():
    assert epochs({"epoch": 0}, epochs=50) == [0]
    assert epochs({"epoch": 17, "frames": 2}, epochs=50) == [17]


def test_an_epoch_beyond_the_run_is_refused():
    assert ask(view={"epoch": 201}).view.epoch == 201
    with pytest.raises(ValidationError, match="at most 201, got 202"):
        ask(view={"epoch": 202})


@pytest.mark.parametrize(
    "view", [{"frames": 1}, {"frames": 1002}, {"frames": 7.5}, {"frames": "7"}, {"frames": True}, {"epoch": -1},
             {"epoch": 5001}, {"gradients": 1}, {"gradients": "yes"}, {"grid": 120}, {"color": "red"}]
)  # fmt: skip
def test_a_view_out_of_bounds_is_refused(view):
    with pytest.raises(ValidationError):
        ask(view=view)


# --- a change of shape --------------------------------------------------------------------------


def test_a_reshaped_experiment_is_the_one_to_run():
    asked = ask(reshape={"features": ["x1", "x2"], "hidden_layer_sizes": [3]})
    assert asked.reshape is None
    assert asked.experiment.layer_sizes == (2, 3, 1)
    assert asked.experiment.initialization == "explicit"
    assert asked.experiment.weights[0][:2] == ((0.2, 0.4), (0.3, 0.7))


@pytest.mark.parametrize(
    "shape",
    [
        {"features": [], "hidden_layer_sizes": [2]},
        {"features": ["x1", "x1"], "hidden_layer_sizes": [2]},
        {"features": ["x3"], "hidden_layer_sizes": [2]},
        {"features": ["x1"], "hidden_layer_sizes": [9]},
        {"features": ["x1"], "hidden_layer_sizes": ["2"]},
        {"features": ["x1"], "hidden_layer_sizes": [True]},
        {"features": ["x1"], "hidden_layer_sizes": [1] * 7},
        {"features": ["x1"]},
    ],
)
def test_a_shape_out_of_bounds_is_refused(shape):
    with pytest.raises(ValidationError):
        ask(reshape=shape)
