"""What holds for every valid experiment."""

import json

import numpy as np
from hypothesis import HealthCheck, given, settings

import nnlab
from nnlab import Experiment
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.data.datasets import ENCODINGS
from nnlab.core.experiment import REGRESSIONS, SAMPLE_NAMES
from nnlab.core.prediction import outputs_at
from nnlab.core.stop_rules import ENDS

from .any_experiment import FLAGS, NAMED, NUMERIC, OPTIONAL, OTHER, experiments

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_every_setting_is_drawn():
    assert {*NUMERIC, *OPTIONAL, *FLAGS, *NAMED, *OTHER} == set(Experiment.model_fields)


@unhurried
@given(experiments())
def test_json_there_and_back_is_the_same_experiment_to_the_last_bit(experiment):
    back = Experiment.model_validate_json(experiment.model_dump_json())
    assert back == experiment
    assert hash(back) == hash(experiment)
    assert repr(back) == repr(experiment), "the sign of a zero as well"


@unhurried
@given(experiments())
def test_pythons_json_there_and_back_is_the_same_experiment(experiment):
    text = json.dumps(experiment.model_dump(mode="json"), allow_nan=False)
    assert repr(Experiment.model_validate(json.loads(text))) == repr(experiment)


@unhurried
@given(experiments())
def test_its_own_start_made_explicit_is_the_same_start(experiment):
    start = experiment.initial_parameters()
    again = experiment.with_start(start).initial_parameters()
    assert start.layer_sizes == experiment.layer_sizes
    assert again.vector.tobytes() == start.vector.tobytes()


@unhurried
@given(experiments())
def test_its_rows_are_all_there_in_its_encoding(experiment):
    data, encoding = experiment.data(), ENCODINGS[experiment.encoding]
    expected = {"own": len(experiment.points or ())} | dict.fromkeys(SAMPLE_NAMES, experiment.samples)
    assert len(data.targets) + len(data.test_targets) == expected.get(experiment.dataset, 4)
    assert experiment.train_rows == len(data.targets) == len(data.points) > 0
    assert experiment.row_counts == (len(data.targets), len(data.test_targets))
    assert data.regression == (experiment.dataset in REGRESSIONS)
    targets = np.concatenate([data.targets, data.test_targets])
    if data.regression:
        assert (np.abs(targets) <= 1).all()
    else:
        assert set(targets) <= {encoding.low, encoding.high}


def brief(experiment):
    """The same in a few epochs and rows."""
    return experiment.changed(epochs=min(experiment.epochs, 5), samples=min(experiment.samples, 40))


@unhurried
@given(experiments())
def test_training_it_leaves_only_finite_numbers_and_says_why_it_ended(experiment):
    experiment = brief(experiment)
    history = nnlab.train(experiment)
    assert history.end in ENDS
    assert np.isfinite(history.cost).all()
    assert (history.cost >= 0).all()
    assert len(history.cost) == len(history.test_cost)
    assert (len(history.cost) == experiment.epochs) >= (history.end == "completed")
    assert np.isfinite(history.parameters.vector).all()


@unhurried
@given(experiments())
def test_with_a_bounded_output_it_never_costs_more_than_the_output_can(experiment):
    experiment = brief(experiment)
    output = ACTIVATIONS[experiment.output_activation]
    history, data = nnlab.train(experiment), experiment.data()
    outputs = outputs_at(experiment, history.parameters, data.points)
    assert ((outputs >= output.low) & (outputs <= output.high)).all()
    if experiment.loss == "squared_error":
        worst = max(abs(data.targets - output.low).max(), abs(data.targets - output.high).max())
        assert (history.cost <= worst**2 / 2).all()
