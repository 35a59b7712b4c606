"""The exercises that the README links to do what it says of them."""

import json
import re
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote

import pytest

import nnlab
from nnlab import Experiment
from nnlab.core import metrics
from nnlab.core.experiment import DatasetName
from nnlab.core.features import apply
from nnlab.core.layer_statistics import LayerStatistics

README = Path(__file__).parents[1] / "README.md"
LINK = re.compile(r"^- \[(.*?)\]\(http://localhost:8050/#(.*?)\): (.*)$", re.MULTILINE)


def experiment_of(hash: str) -> Experiment:
    """What a link behind # says, as the page reads it."""
    settings: dict[str, Any] = {}
    for part in hash.split("&"):
        name, written = map(unquote, part.split("=", 1))
        if name == "features":
            settings[name] = written.split(",")
        else:
            try:
                settings[name] = json.loads(written)
            except json.JSONDecodeError:
                settings[name] = written
    return Experiment.model_validate(settings)


EXERCISES = {
    title: experiment_of(hash) for title, hash, _ in LINK.findall(README.read_text(encoding="utf-8"))
}


def rightness(experiment: Experiment) -> tuple[float, float]:
    """The shares of training and of test points told right in the end."""
    history, data = nnlab.train(experiment), experiment.data()
    return (
        metrics.accuracy(history.predict(data.points), data.targets, data.middle),
        metrics.accuracy(history.predict(data.test_points), data.test_targets, data.middle),
    )


def named(word: str) -> Experiment:
    (found,) = [experiment for title, experiment in EXERCISES.items() if word in title]
    return found


def test_there_are_four() -> None:
    assert len(EXERCISES) == 4
    assert all(experiment.dataset in get_args(DatasetName) for experiment in EXERCISES.values())


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_spiral_is_learned_whatever_the_start(seed: int) -> None:
    training, test = rightness(named("Spiral").changed(seed=seed))
    assert training == 1
    assert test >= 0.98


def test_the_circle_needs_no_hidden_layer_but_its_squares() -> None:
    experiment = named("Circle without")
    assert min(rightness(experiment)) >= 0.98
    assert rightness(experiment.changed(features=("x1", "x2")))[0] < 0.75


def test_l1_cuts_connections() -> None:
    experiment = named("L1")
    start, end = experiment.initial_parameters(), nnlab.train(experiment)
    cut = sum(int((weights == 0).sum()) for weights in end.weights)
    assert sum(int((weights == 0).sum()) for weights in start.weights) == 0
    assert cut >= 8
    assert min(rightness(experiment)) >= 0.97


def test_relu_learns_and_its_units_die_at_a_higher_rate() -> None:
    experiment = named("ReLU")
    assert min(rightness(experiment)) >= 0.97
    assert rightness(experiment.changed(activation="tanh", initialization="xavier"))[0] >= 0.97
    assert dead(experiment.changed(learning_rate=3.0)) > 0


def dead(experiment: Experiment) -> int:
    """Units that answer 0 on every training row in the end."""
    data = experiment.data()
    inputs = apply(experiment.features, data.points).T
    states = LayerStatistics(experiment, nnlab.train(experiment).parameters, inputs, data.targets).measure()
    return sum(state.dead for state in states)
