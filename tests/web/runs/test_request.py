"""What may be asked for."""

import json

import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import Experiment
from nnlab.web.runs.request import RunRequest, View


def ask(**parts):
    return RunRequest.model_validate_json(json.dumps({"version": 2, "experiment": {}} | parts))


def test_an_empty_experiment_is_the_notebooks():
    asked = ask()
    assert asked.experiment == Experiment()
    assert asked.view == View()


def test_a_version_is_needed_and_there_is_only_one():
    with pytest.raises(ValidationError, match="version"):
        RunRequest.model_validate_json('{"experiment": {}}')
    with pytest.raises(ValidationError, match="version"):
        ask(version=1)


# --- the epochs that get a frame ----------------------------------------------------------------


@pytest.mark.parametrize("last", [119, 120, 201, 1000, 4999, 5000])
def test_about_120_frames_are_evenly_spaced_first_and_last_included(last):
    epochs = View().epochs(last)
    assert (epochs[0], epochs[-1], len(epochs)) == (0, last, 120)
    steps = np.diff(epochs)
    assert steps.max() - steps.min() <= 1


@pytest.mark.parametrize("last", [1, 2, 118])
def test_a_short_run_gets_a_frame_every_epoch(last):
    assert View().epochs(last) == list(range(last + 1))


@pytest.mark.parametrize("frames", [2, 3, 500, 1000])
def test_another_number_of_frames_can_be_asked_for(frames):
    epochs = View(frames=frames).epochs(3000)
    assert (epochs[0], epochs[-1], len(epochs)) == (0, 3000, frames)


def test_every_kth_epoch_and_the_last():
    assert View(every=20).epochs(50) == [0, 20, 40, 50]
    assert View(every=25).epochs(50) == [0, 25, 50]
    assert View(every=5000).epochs(3) == [0, 3]


def test_one_epoch_alone():
    assert View(epoch=0).epochs(50) == [0]
    assert View(epoch=17, every=2).epochs(50) == [17]


def test_an_epoch_beyond_the_run_is_refused():
    assert ask(view={"epoch": 201}).view.epoch == 201
    with pytest.raises(ValidationError, match="at most 201, got 202"):
        ask(view={"epoch": 202})


@pytest.mark.parametrize(
    "view", [{"grid": 241}, {"grid": 1}, {"grid": 120.5}, {"grid": "120"}, {"grid": True}, {"frames": 1},
             {"frames": 1001}, {"every": 0}, {"epoch": -1}, {"exact": 1}, {"exact": "yes"}, {"color": "red"}]
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
