"""An update with every number kept is, bit for bit, what training does fast: for one network and for many."""

from itertools import pairwise, product

import numpy as np
import pytest

import nnlab
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.checkpoint import Checkpoint
from nnlab.core.many.many_training import ManyTraining, first_checkpoint
from nnlab.core.many.variations import Variations
from nnlab.core.network import forward
from nnlab.core.optimizers import OPTIMIZERS
from nnlab.core.training import Training
from nnlab.core.update import passes, updates
from nnlab.core.update_rule import UpdateRule

RUN = nnlab.Experiment(
    dataset="circle",
    samples=38,
    features=("x1", "x2", "sin x1"),
    hidden_layer_sizes=(4, 3),
    initialization="uniform",
    batch_size=7,
    epochs=4,
)
PENALTIES = [
    {"regularization": "none"},
    {"regularization": "l2", "regularization_rate": 0.1},
    {"regularization": "l1", "regularization_rate": 0.3, "l1_clamp": False},
    {"regularization": "l1", "regularization_rate": 0.3, "l1_clamp": True},
]
LOSSES = [
    {"loss": "squared_error", "output_activation": "tanh"},
    {"loss": "cross_entropy", "output_activation": "sigmoid", "encoding": "binary"},
]
ORDERS = list(product(["nominal", "actual"], [False, True]))

each_optimizer = pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
each_penalty = pytest.mark.parametrize(
    "penalty", PENALTIES, ids=lambda given: "-".join(map(str, given.values()))
)
each_loss = pytest.mark.parametrize("loss", LOSSES, ids=lambda given: given["loss"])


def assert_same(left, right):
    np.testing.assert_array_equal(left.vector, right.vector)
    np.testing.assert_array_equal(left.memory, right.memory)


def walked(experiment, checkpoint, learning_rate=None):
    """The checkpoint's parameters and memory taken through one epoch, update by update."""
    return list(updates(experiment, checkpoint, learning_rate))[-1]


@each_optimizer
@each_penalty
@each_loss
def test_updates_end_every_epoch_where_training_does(optimizer, penalty, loss):
    for (divisor, shuffle), activation in zip(ORDERS, ["tanh", "relu", "leaky_relu", "sigmoid"], strict=True):
        experiment = RUN.changed(
            optimizer=optimizer, batch_divisor=divisor, shuffle=shuffle, activation=activation,
            learning_rate=0.05, **penalty, **loss,
        )  # fmt: skip
        training = Training(experiment)
        while training.end is None:
            before = training.checkpoint()
            training.advance(1)
            last, after = walked(experiment, before), training.checkpoint()
            np.testing.assert_array_equal(last.after.vector, after.vector)
            np.testing.assert_array_equal(last.memory, after.memory)


@each_optimizer
@each_penalty
@pytest.mark.parametrize("precision", ["double", "single"])
def test_updates_of_many_networks_end_where_their_training_does(optimizer, penalty, precision):
    experiment = RUN.changed(optimizer=optimizer, shuffle=True, epochs=2, **penalty)
    rates = np.array([0.01, 0.03, 0.1])
    variations = Variations(experiment, 3, {"seed": np.arange(3), "learning_rate": rates})
    training = ManyTraining(variations, first_checkpoint(variations, precision))
    for epoch in (1, 2):
        before = training.checkpoint()
        training.advance(epoch)
        last = walked(experiment, before, rates.astype(before.vector.dtype))
        np.testing.assert_array_equal(last.after.vector, training.checkpoint().vector)
        np.testing.assert_array_equal(last.memory, training.checkpoint().memory)


@pytest.mark.parametrize("hidden", [(), (2,), (8, 8, 8, 8, 8, 8)], ids=str)
@pytest.mark.parametrize("batch_size", [1, 2, 3, 1000])
def test_it_is_so_for_every_depth_and_size_of_batch(hidden, batch_size):
    experiment = RUN.changed(hidden_layer_sizes=hidden, batch_size=batch_size, epochs=1)
    last = walked(experiment, Training(experiment).checkpoint())
    np.testing.assert_array_equal(last.after.vector, nnlab.train(experiment).parameters.vector)


# --- what it says on the way -------------------------------------------------------------------------


def test_each_update_begins_where_the_one_before_ended():
    experiment = RUN.changed(optimizer="adam", regularization="l1", shuffle=True)
    training = Training(experiment)
    training.advance(2)
    every = list(updates(experiment, training.checkpoint()))
    assert [each.number for each in every] == [7, 8, 9]
    assert sorted(np.concatenate([each.rows for each in every])) == list(range(19))
    for before, after in pairwise(every):
        np.testing.assert_array_equal(before.after.vector, after.before.vector)
        np.testing.assert_array_equal(before.memory, after.memory_before)


@each_optimizer
def test_step_and_pull_add_up_to_the_change(optimizer):
    experiment = RUN.changed(optimizer=optimizer, regularization="l2", regularization_rate=0.5)
    for each in updates(experiment, Training(experiment).checkpoint()):
        changed = each.before.vector + each.step - each.pull.vector
        np.testing.assert_allclose(each.after.vector, changed, rtol=1e-12, atol=1e-15)
        np.testing.assert_array_equal(each.after.vector, each.pulled.vector)
        assert not each.pull.biases[0].any()
        np.testing.assert_allclose(each.pull.weights[1], 0.2 * 0.5 * each.before.weights[1], rtol=1e-12)
        np.testing.assert_array_equal(each.slope.weights[1], each.before.weights[1])


def test_of_a_weight_that_is_held_at_0_it_says_where_it_was_carried():
    experiment = RUN.changed(regularization="l1", regularization_rate=2.0)
    held = 0
    for each in updates(experiment, Training(experiment).checkpoint()):
        pinned = each.memory[-1] != 0
        held += pinned.sum()
        assert not each.after.vector[pinned].any()
        np.testing.assert_array_equal(each.after.vector[~pinned], each.pulled.vector[~pinned])
    assert held > 5


def test_without_a_penalty_nothing_is_pulled():
    for each in updates(RUN, Training(RUN).checkpoint()):
        assert not each.pull.vector.any()
        assert each.gradient is each.passes.gradient
        assert not each.slope.vector.any()
        np.testing.assert_array_equal(each.stepped.vector, each.after.vector)


@each_loss
@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_the_passes_are_those_of_the_plain_formulas(activation, loss):
    experiment = RUN.changed(activation=activation, **loss)
    parameters, data = experiment.initial_parameters(), experiment.data()
    rows = np.array([3, 0, 8])
    through = passes(experiment, data, parameters, rows, divisor=5)
    plain = forward(parameters, experiment.layer_activations, through.inputs)
    for z, a, alone in zip(through.weighted_sums, through.activations, plain, strict=True):
        np.testing.assert_allclose(z, alone.weighted_sums, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(a, alone.activations, rtol=1e-12, atol=1e-14)
    np.testing.assert_array_equal(through.residual, through.activations[-1] - data.targets[rows])
    slope = 1.0 if experiment.loss == "cross_entropy" else through.slopes[-1]
    np.testing.assert_allclose(through.deltas[-1], through.residual * slope / 5, rtol=1e-12)
    behind = [through.inputs, *through.activations[:-1]]
    for layer, (delta, a) in enumerate(zip(through.deltas, behind, strict=True)):
        np.testing.assert_allclose(through.gradient.weights[layer], delta @ a.T, rtol=1e-10, atol=1e-14)
        np.testing.assert_allclose(through.gradient.biases[layer], delta.sum(axis=1), rtol=1e-10, atol=1e-14)
    for layer in range(2):
        back = parameters.weights[layer + 1].T @ through.deltas[layer + 1] * through.slopes[layer]
        np.testing.assert_allclose(through.deltas[layer], back, rtol=1e-10, atol=1e-14)


def test_the_checkpoint_stays_as_it_is():
    experiment = RUN.changed(optimizer="momentum", regularization="l1")
    checkpoint = Training(experiment).checkpoint()
    kept = checkpoint.copy()
    walked(experiment, checkpoint)
    assert_same(checkpoint, kept)


def test_after_the_runs_last_epoch_there_are_no_updates():
    training = Training(RUN)
    training.advance(RUN.epochs)
    assert list(updates(RUN, training.checkpoint())) == []
    assert list(updates(RUN.changed(epochs=RUN.epochs + 1), training.checkpoint()))


def test_a_checkpoint_of_another_network_is_refused():
    other = RUN.changed(hidden_layer_sizes=(4,))
    with pytest.raises(ValueError, match=r"network 3-4-1 must have 21 parameters, got 35"):
        next(updates(other, Checkpoint.at_start(RUN, RUN.initial_parameters())))


@each_optimizer
@each_penalty
def test_a_rule_remembers_as_many_vectors_as_it_says(optimizer, penalty):
    experiment = RUN.changed(optimizer=optimizer, **penalty)
    rule = UpdateRule.of(experiment)
    vectors = OPTIMIZERS[optimizer].memory + (penalty.get("l1_clamp") is True)
    assert rule.vectors == vectors
    assert rule.no_memory(np.ones((35, 2), np.float32)).shape == (vectors, 35, 2)


@each_loss
def test_what_the_rows_bring_adds_up_to_the_gradient(loss):
    experiment = RUN.changed(**loss)
    update = next(updates(experiment, Training(experiment).checkpoint()))
    parts = [update.passes.row_gradient(place).vector for place in range(len(update.rows))]
    np.testing.assert_allclose(sum(parts), update.gradient.vector, rtol=1e-12, atol=1e-15)
    assert len({part.tobytes() for part in parts}) == len(parts)
