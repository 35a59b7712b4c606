import subprocess
import sys

import numpy as np
import pytest

import nnlab
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.training import Training

SHORT = nnlab.Experiment(epochs=10)
POINTS: list[list[float]] = [[-1, -1], [-1, 1], [0.3, -0.7]]


# --- train --------------------------------------------------------------------------------------


def test_a_history_has_the_cost_after_each_epoch():
    cost = nnlab.train(SHORT).cost
    assert cost.shape == (10,)
    assert cost.dtype == np.float64
    assert np.isfinite(cost).all()


def test_a_history_has_weights_and_biases_of_the_networks_shape():
    history = nnlab.train(SHORT.changed(hidden_layer_sizes=(3, 4), initialization="uniform"))
    assert [w.shape for w in history.weights] == [(3, 2), (4, 3), (1, 4)]
    assert [b.shape for b in history.biases] == [(3,), (4,), (1,)]


def test_the_initial_cost_is_of_all_rows_before_training():
    outputs = next(nnlab.stream(SHORT)).predict(SHORT.data().points)
    expected = np.sum((outputs - SHORT.data().targets) ** 2) / 8
    assert nnlab.train(SHORT).initial_cost == pytest.approx(expected, rel=1e-12)


def test_the_cost_is_of_all_rows_with_the_parameters_after_the_epoch():
    history = nnlab.train(SHORT)
    outputs = history.predict(SHORT.data().points)
    assert history.cost[-1] == pytest.approx(np.sum((outputs - SHORT.data().targets) ** 2) / 8, rel=1e-12)


def test_a_history_remembers_its_experiment():
    assert nnlab.train(SHORT).experiment is SHORT


def test_training_twice_gives_the_same_bits():
    first, second = nnlab.train(SHORT), nnlab.train(SHORT)
    np.testing.assert_array_equal(first.cost, second.cost)
    np.testing.assert_array_equal(first.parameters.vector, second.parameters.vector)


def test_a_longer_run_begins_as_the_shorter_one():
    np.testing.assert_array_equal(nnlab.train(SHORT.changed(epochs=30)).cost[:10], nnlab.train(SHORT).cost)


def test_a_run_goes_on_from_where_another_ended():
    rest = nnlab.train(SHORT.with_start(nnlab.train(SHORT).parameters))
    np.testing.assert_array_equal(rest.cost, nnlab.train(SHORT.changed(epochs=20)).cost[10:])


def test_the_history_of_one_run_is_not_touched_by_the_next():
    first = nnlab.train(SHORT)
    before = first.parameters.vector.copy()
    nnlab.train(SHORT)
    np.testing.assert_array_equal(first.parameters.vector, before)


PRINT_BITS = """
import nnlab
for settings in (
    {},
    {"initialization": "normal", "seed": 77, "hidden_layer_sizes": (8, 8, 8), "epochs": 50},
    {"features": ("x2", "x1*x2"), "initialization": "xavier", "activation": "sigmoid", "encoding": "binary"},
):
    history = nnlab.train(nnlab.Experiment(**settings))
    print(history.cost.tobytes().hex(), history.parameters.vector.tobytes().hex())
"""


def test_another_process_trains_to_the_same_bits(capsys):
    exec(PRINT_BITS, {})
    here = capsys.readouterr().out
    there = subprocess.run([sys.executable, "-c", PRINT_BITS], capture_output=True, text=True, check=True)
    assert here == there.stdout


# --- what a frame and a history say ---------------------------------------------------------------


def test_a_prediction_is_one_output_a_point():
    outputs = nnlab.train(SHORT).predict(POINTS)
    assert outputs.shape == (3,)
    assert outputs.dtype == np.float64


def test_a_prediction_applies_the_runs_own_features():
    history = nnlab.train(SHORT.changed(features=("x1*x2",), hidden_layer_sizes=(), initialization="uniform"))
    weight, bias = history.weights[0][0, 0], history.biases[0][0]
    np.testing.assert_allclose(history.predict([[0.5, -0.4]]), np.tanh(-0.2 * weight + bias), rtol=1e-14)


def test_a_prediction_bends_the_output_by_its_own_activation():
    history = nnlab.train(SHORT.changed(output_activation="sigmoid"))
    hidden = np.tanh(history.weights[0] @ [0.5, -0.4] + history.biases[0])
    z = history.weights[1] @ hidden + history.biases[1]
    np.testing.assert_allclose(history.predict([[0.5, -0.4]]), 1 / (1 + np.exp(-z)), rtol=1e-13)


def test_points_alone_and_together_get_the_same_answer():
    history = nnlab.train(SHORT)
    alone = [float(history.predict([point])[0]) for point in POINTS]
    np.testing.assert_allclose(history.predict(POINTS), alone, rtol=1e-13)


@pytest.mark.parametrize("said_by", [nnlab.train, lambda experiment: next(nnlab.stream(experiment))])
def test_a_prediction_at_one_bare_point_is_rejected(said_by):
    with pytest.raises(ValueError, match=r"points must have shape \(m, 2\), got \(2,\)"):
        said_by(SHORT).predict([-1, 1])


def test_a_frame_has_weights_and_biases_like_a_history():
    frame = next(nnlab.stream(SHORT))
    np.testing.assert_array_equal(frame.weights[0], [[0.2, 0.4], [0.3, 0.7]])
    np.testing.assert_array_equal(frame.biases[1], [0.0])


# --- a run under way ------------------------------------------------------------------------------


def test_a_run_advanced_in_slices_ends_in_the_same_bits():
    training = Training(SHORT)
    for epochs in (1, 4, 2, 3):
        training.advance(epochs)
    np.testing.assert_array_equal(training.cost, nnlab.train(SHORT).cost)


def test_a_run_never_goes_beyond_its_last_epoch():
    training = Training(SHORT)
    training.advance(11)
    assert training.epoch == 10
    ended = training.parameters.vector.copy()
    training.advance(1)
    np.testing.assert_array_equal(training.parameters.vector, ended)


def test_the_cost_of_epochs_to_come_is_not_a_number():
    training = Training(SHORT)
    training.advance(4)
    assert np.isfinite(training.cost[:4]).all()
    assert np.isnan(training.cost[4:]).all()


def test_the_current_cost_is_that_of_the_last_completed_epoch():
    training = Training(SHORT)
    assert training.current_cost() == training.initial_cost
    training.advance(3)
    assert training.current_cost() == training.cost[2]


@pytest.mark.parametrize(
    ("hidden_layer_sizes", "names"),
    [((), ["sigmoid"]), ((2,), ["tanh", "sigmoid"]), ((2, 3, 4), ["tanh", "tanh", "tanh", "sigmoid"])],
)
def test_hidden_layers_share_an_activation_and_the_output_has_its_own(hidden_layer_sizes, names):
    experiment = nnlab.Experiment(
        hidden_layer_sizes=hidden_layer_sizes, output_activation="sigmoid", initialization="zeros"
    )
    assert experiment.layer_activations == [ACTIVATIONS[name] for name in names]


@pytest.mark.parametrize(("batch_divisor", "share"), [("nominal", 1 / 3), ("actual", 1.0)])
def test_a_short_last_batch_counts_less_only_under_the_nominal_divisor(batch_divisor, share):
    """Three rows of AND that are answered alike, then the fourth: only the output's bias moves."""
    experiment = nnlab.Experiment(
        dataset="custom",
        targets=(0, 0, 0, 1),
        encoding="binary",
        output_activation="tanh",
        hidden_layer_sizes=(),
        initialization="zeros",
        batch_size=3,
        batch_divisor=batch_divisor,
        learning_rate=0.3,
        epochs=1,
    )
    # the first three targets are 0 and so is tanh(0): their gradient is 0; the last row's is (0 - 1) * 1
    assert nnlab.train(experiment).biases[0][0] == pytest.approx(0.3 * share, rel=1e-12)


@pytest.mark.parametrize("batch_size", [1, 2, 4])
def test_where_no_batch_is_short_both_divisors_are_one_rule(batch_size):
    nominal = SHORT.changed(batch_size=batch_size)
    actual = nominal.changed(batch_divisor="actual")
    np.testing.assert_array_equal(nnlab.train(nominal).cost, nnlab.train(actual).cost)
