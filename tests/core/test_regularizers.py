"""What pulls weights towards 0: the formulas, and what they do in a run."""

import pickle
from itertools import pairwise

import numpy as np
import pytest

import nnlab
from nnlab import Experiment
from nnlab.core.many import starts
from nnlab.core.many.many_training import ManyTraining, first_checkpoint
from nnlab.core.regularizers import REGULARIZERS, pull, pull_and_clamp, weights_alone

L1, L2 = REGULARIZERS["l1"], REGULARIZERS["l2"]
THETA = np.array([2.0, -0.5, 0.03, -0.03, 0.0])

CIRCLE = Experiment(
    dataset="circle",
    samples=60,
    features=("x1", "x2", "x1^2"),
    hidden_layer_sizes=(4,),
    initialization="uniform",
    batch_size=10,
    learning_rate=0.1,
    epochs=60,
)
PINNING = CIRCLE.changed(regularization="l1", regularization_rate=0.1)
OPTIMIZERS = [
    {},
    {"optimizer": "momentum", "learning_rate": 0.03},
    {"optimizer": "nesterov", "learning_rate": 0.03},
    {"optimizer": "rmsprop", "learning_rate": 0.01},
    {"optimizer": "adam", "learning_rate": 0.01},
]

each_optimizer = pytest.mark.parametrize(
    "optimizer", OPTIMIZERS, ids=lambda given: given.get("optimizer", "gradient_descent")
)


def weights_of(parameters):
    return np.concatenate([weights.ravel() for weights in parameters.weights])


def biases_of(parameters):
    return np.concatenate(parameters.biases)


# --- formulas -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_the_slope_is_the_central_difference_of_the_penalty(name):
    w, h = np.array([2.0, -0.5, 0.03, -7.0]), 1e-6
    regularizer = REGULARIZERS[name]
    difference = (regularizer.penalty(w + h) - regularizer.penalty(w - h)) / (2 * h)
    np.testing.assert_allclose(regularizer.slope(w), difference, rtol=1e-8)


def test_penalties_are_the_size_and_half_the_square():
    np.testing.assert_array_equal(L1.penalty(THETA), np.abs(THETA))
    np.testing.assert_array_equal(L2.penalty(THETA), THETA**2 / 2)
    assert (L1.clamps, L2.clamps) == (True, False)


def test_l2_pulls_in_proportion_and_l1_by_one_length():
    for regularizer, expected in ((L1, [1.9, -0.4, -0.07, 0.07, 0]), (L2, [1.8, -0.45, 0.027, -0.027, 0])):
        theta = THETA.copy()
        pull(theta, THETA, regularizer.slope, np.full(5, 0.1))
        np.testing.assert_allclose(theta, expected, rtol=1e-14)


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_the_pull_is_of_the_weight_before_the_step(name):
    before, after = np.array([2.0]), np.array([-1.0])
    pull(after, before, REGULARIZERS[name].slope, np.array([0.1]))
    assert after[0] == pytest.approx({"l1": -1.1, "l2": -1.2}[name])


def test_a_weight_that_is_carried_across_is_put_at_zero_and_held_there():
    theta, pinned = THETA.copy(), np.zeros(5)
    pull_and_clamp(theta, THETA, L1.slope, np.full(5, 0.1), pinned)
    np.testing.assert_allclose(theta, [1.9, -0.4, 0, 0, 0], rtol=1e-14)
    np.testing.assert_array_equal(pinned, [0, 0, 1, 1, 0])
    stepped = theta + np.array([0.0, 0.0, 5.0, -5.0, 5.0])
    pull_and_clamp(stepped, theta, L1.slope, np.full(5, 0.1), pinned)
    np.testing.assert_allclose(stepped, [1.8, -0.3, 0, 0, 5], rtol=1e-14)
    np.testing.assert_array_equal(pinned, [0, 0, 1, 1, 0])


def test_a_step_that_crosses_zero_by_itself_is_not_held():
    before, theta, pinned = np.array([0.5]), np.array([-0.5]), np.zeros(1)
    pull_and_clamp(theta, before, L1.slope, np.array([0.1]), pinned)
    assert (theta[0], pinned[0]) == (-0.6, 0)


def test_a_weight_that_lands_on_zero_is_not_across():
    theta, pinned = np.array([0.25]), np.zeros(1)
    pull_and_clamp(theta, theta.copy(), L1.slope, np.array([0.25]), pinned)
    assert (theta[0], pinned[0]) == (0, 0)


@pytest.mark.parametrize("sizes", [(2, 1), (3, 4, 2, 1)])
def test_weights_alone_tells_weights_from_biases(sizes):
    mask = iter(weights_alone(sizes))
    for n_in, n_out in pairwise(sizes):
        for _unit in range(n_out):
            assert [next(mask) for _input in range(n_in)] == [1] * n_in
            assert next(mask) == 0
    assert next(mask, None) is None


# --- in a run -------------------------------------------------------------------------------------


@each_optimizer
@pytest.mark.parametrize("name", ["l1", "l2"])
def test_of_one_update_biases_feel_nothing_and_weights_the_pull(optimizer, name):
    """From a trained network, so that biases are not 0."""
    trained = nnlab.train(CIRCLE.changed(epochs=3)).parameters
    plain = CIRCLE.changed(**optimizer).with_start(trained).changed(batch_size=1000, epochs=1)
    pulled = plain.changed(regularization=name, regularization_rate=0.5, l1_clamp=False)
    without, with_it = (nnlab.train(each).parameters for each in (plain, pulled))
    np.testing.assert_array_equal(biases_of(with_it), biases_of(without))
    w, strength = weights_of(trained), 0.5 * plain.learning_rate
    expected = strength * (np.sign(w) if name == "l1" else w)
    np.testing.assert_allclose(weights_of(without) - weights_of(with_it), expected, rtol=1e-10)


@each_optimizer
def test_l2_keeps_weights_smaller(optimizer):
    plain = CIRCLE.changed(**optimizer)
    free = weights_of(nnlab.train(plain).parameters)
    sizes = [np.sum(free**2)]
    for rate in (0.1, 1.0):
        pulled = nnlab.train(plain.changed(regularization="l2", regularization_rate=rate))
        sizes.append(np.sum(weights_of(pulled.parameters) ** 2))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[2] < 0.5 * sizes[0]


def test_the_cost_is_without_the_penalty():
    history = nnlab.train(PINNING.changed(regularization="l2"))
    data = PINNING.data()
    expected = np.mean((history.predict(data.points) - data.targets) ** 2) / 2
    assert history.cost[-1] == pytest.approx(expected, rel=1e-12)


@each_optimizer
def test_l1_pins_some_weights_at_zero_for_the_rest_of_the_run(optimizer):
    frames = [weights_of(frame.parameters) for frame in nnlab.stream(PINNING.changed(**optimizer))]
    zero = np.array(frames) == 0
    assert not zero[0].any()
    assert 1 <= zero[-1].sum() < zero.shape[1]
    assert (zero[1:] >= zero[:-1]).all()


@each_optimizer
def test_without_the_clamp_weights_cross_and_none_stays(optimizer):
    frames = [
        weights_of(frame.parameters) for frame in nnlab.stream(PINNING.changed(l1_clamp=False, **optimizer))
    ]
    assert (np.diff(np.sign(frames), axis=0) != 0).any(axis=0).sum() >= 1
    assert np.count_nonzero(frames[-1]) == frames[-1].size


def test_l2_pins_nothing_whatever_the_clamp_says():
    pulled = CIRCLE.changed(regularization="l2", regularization_rate=0.1)
    one, other = (nnlab.train(pulled.changed(l1_clamp=clamp)).parameters.vector for clamp in (True, False))
    np.testing.assert_array_equal(one, other)
    assert one.all()


def test_a_weight_that_begins_at_zero_is_not_pinned():
    history = nnlab.train(
        PINNING.changed(hidden_layer_sizes=(), initialization="zeros", regularization_rate=0.003)
    )
    assert weights_of(history.parameters).all()


def test_biases_are_never_pinned():
    strong = PINNING.changed(regularization_rate=1.0)
    history = nnlab.train(strong)
    assert not weights_of(history.parameters).any()
    assert history.parameters.biases[-1].all()


@pytest.mark.parametrize("precision", ["double", "single"])
@each_optimizer
def test_what_is_pinned_stays_pinned_when_training_goes_on_elsewhere(optimizer, precision):
    variations = starts.variations(PINNING.changed(**optimizer), 5)
    checkpoint, zeros = first_checkpoint(variations, precision), []
    for epoch in range(5, 61, 5):
        training = ManyTraining(variations, pickle.loads(pickle.dumps(checkpoint)))
        training.advance(epoch)
        checkpoint = training.checkpoint()
        zeros.append(checkpoint.vector[weights_alone(PINNING.layer_sizes) == 1] == 0)
    assert zeros[-1].any(axis=0).sum() >= 4
    assert all((then >= now).all() for now, then in pairwise(zeros))
