"""Updates over the whole product of activations, losses, optimizers, penalties and depths.

Nothing of the core is asked for what is right: the gradient comes from central differences of a cost that is
written out here, and what an update makes of it from the formulas, written out here as well. Each case takes
three updates of an epoch, so that what an optimizer remembers counts.

dC/dtheta_k = (C(theta + h e_k) - C(theta - h e_k)) / 2h
"""

from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

import nnlab
from nnlab.core.network import Parameters, parameter_count

H = 1e-5
POINTS = [(1.3, -0.4, 1), (-0.7, 0.9, 0), (0.2, 1.6, 1), (-1.1, -1.5, 0), (2.0, 0.3, 1), (0.6, -1.9, 0)]
FEATURES = ("x1", "x2", "sin x1")
HIDDEN = (3, 2, 3)
BATCH = 2

BEND: dict[str, Any] = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.where(z > 0, z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "linear": lambda z: z,
}
COSTS = {
    "squared_error": lambda a, y: (a - y) ** 2 / 2,
    "cross_entropy": lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)),
}
OUTPUTS = [("tanh", "squared_error"), ("sigmoid", "squared_error"), ("linear", "squared_error"),
           ("sigmoid", "cross_entropy")]  # fmt: skip
OPTIMIZERS = {
    "gradient_descent": {},
    "momentum": {"momentum": 0.7},
    "nesterov": {"momentum": 0.7},
    "rmsprop": {"decay": 0.6, "epsilon": 0.3},
    "adam": {"beta1": 0.6, "beta2": 0.8, "epsilon": 0.3},
}
PENALTIES = [("none", True), ("l1", True), ("l1", False), ("l2", True)]
DEPTHS = (0, 1, 3)
SEEDS = {0: 28, 1: 135, 3: 142}
"""Of 150 starts those whose sums stay furthest from the corners of ReLUs and whose gradients are largest."""


class ByHand:
    """Three updates of an epoch, by central differences and the formulas."""

    def __init__(self, experiment):
        self.experiment, self.theta = experiment, experiment.initial_parameters().vector
        x1, x2, label = np.array(POINTS).T
        self.inputs = np.stack([x1, x2, np.sin(x1)])
        self.targets = label if experiment.encoding == "binary" else 2 * label - 1
        self.weights = ~np.concatenate(
            [
                np.tile([False] * n_in + [True], n_out).astype(bool)
                for n_in, n_out in pairwise(experiment.layer_sizes)
            ]
        )
        self.velocity, self.squares = np.zeros_like(self.theta), np.zeros_like(self.theta)
        self.pinned = np.zeros(self.theta.size, dtype=bool)
        self.nearest_corner, self.gradients = np.inf, []

    def costs(self, thetas, rows):
        """The mean cost of each of many parameter vectors (k, n) on some rows, (k,)."""
        a, start, sizes = self.inputs[np.newaxis, :, rows], 0, self.experiment.layer_sizes
        for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
            stop = start + n_out * (n_in + 1)
            table = thetas[:, start:stop].reshape(-1, n_out, n_in + 1)
            z, start = table[:, :, :n_in] @ a + table[:, :, n_in:], stop
            last = layer == len(sizes) - 1
            if not last:
                self.nearest_corner = min(self.nearest_corner, np.abs(z).min())
            a = BEND[self.experiment.output_activation if last else self.experiment.activation](z)
        return COSTS[self.experiment.loss](a[:, 0], self.targets[rows]).mean(axis=1)

    def update(self, number, rows):
        steps = H * np.eye(self.theta.size)
        g = (self.costs(self.theta + steps, rows) - self.costs(self.theta - steps, rows)) / (2 * H)
        self.gradients.append(g)
        before = self.theta
        self.theta = before - self.experiment.learning_rate * self.direction(g, number)
        self.regularize(before)

    def direction(self, g, number):
        settings, name = self.experiment, self.experiment.optimizer
        if name in ("momentum", "nesterov"):
            self.velocity = settings.momentum * self.velocity + g
            return self.velocity if name == "momentum" else g + settings.momentum * self.velocity
        if name == "rmsprop":
            self.squares = settings.decay * self.squares + (1 - settings.decay) * g**2
            return g / (self.squares**0.5 + settings.epsilon)
        if name == "adam":
            self.velocity = settings.beta1 * self.velocity + (1 - settings.beta1) * g
            self.squares = settings.beta2 * self.squares + (1 - settings.beta2) * g**2
            mean = self.velocity / (1 - settings.beta1**number)
            return mean / ((self.squares / (1 - settings.beta2**number)) ** 0.5 + settings.epsilon)
        return g

    def regularize(self, before):
        strength = self.experiment.learning_rate * self.experiment.regularization_rate
        if self.experiment.regularization == "l2":
            self.theta = np.where(self.weights, self.theta - strength * before, self.theta)
        if self.experiment.regularization == "l1":
            stepped = self.theta
            self.theta = np.where(self.weights, stepped - strength * np.sign(before), stepped)
            if self.experiment.l1_clamp:
                self.pinned |= np.sign(stepped) * np.sign(self.theta) < 0
                self.theta = np.where(self.pinned, 0, self.theta)

    def epoch(self):
        for number, first in enumerate(range(0, len(POINTS), BATCH), start=1):
            self.update(number, slice(first, first + BATCH))
        return self.theta


def experiment_of(activation, output, optimizer, penalty, depth):
    output_activation, loss = output
    regularization, clamp = penalty
    plain = nnlab.Experiment(
        dataset="own",
        points=POINTS,
        encoding="bipolar" if output_activation == "tanh" else "binary",
        features=FEATURES,
        hidden_layer_sizes=HIDDEN[:depth],
        activation=activation,
        output_activation=output_activation,
        initialization="zeros",
        loss=loss,
        optimizer=optimizer,
        learning_rate=0.05,
        regularization=regularization,
        regularization_rate=1.6,
        l1_clamp=clamp,
        batch_size=BATCH,
        epochs=1,
        **OPTIMIZERS[optimizer],
    )
    sizes = plain.layer_sizes
    vector = np.random.default_rng(SEEDS[depth]).normal(scale=0.8, size=parameter_count(sizes))
    return plain.with_start(Parameters(sizes, vector))


each_activation = pytest.mark.parametrize("activation", list(BEND))
each_output = pytest.mark.parametrize("output", OUTPUTS, ids="+".join)
each_optimizer = pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
each_depth = pytest.mark.parametrize("depth", DEPTHS)


@each_activation
@each_output
@each_optimizer
@each_depth
def test_updates_follow_the_formulas_with_the_gradient_of_central_differences(
    activation, output, optimizer, depth
):
    """Under each penalty."""
    for penalty in PENALTIES:
        experiment = experiment_of(activation, output, optimizer, penalty, depth)
        start, by_hand = experiment.initial_parameters().vector, ByHand(experiment)
        moved = by_hand.epoch() - start
        assert by_hand.nearest_corner > 100 * H or "relu" not in activation
        alone = nnlab.train(experiment).parameters.vector
        np.testing.assert_allclose(alone - start, moved, rtol=1e-6, atol=1e-9, err_msg=str(penalty))
        many = nnlab.train_many([experiment, experiment.changed(learning_rate=0.02)]).parameters.vector
        np.testing.assert_allclose(many[:, 0] - start, moved, rtol=1e-6, atol=1e-9, err_msg=str(penalty))


@each_activation
@each_output
@each_depth
def test_the_gradients_are_far_larger_than_the_error_allowed(activation, output, depth):
    """Else any gradient would pass."""
    experiment = experiment_of(activation, output, "gradient_descent", PENALTIES[0], depth)
    by_hand = ByHand(experiment)
    by_hand.epoch()
    for layer in Parameters(experiment.layer_sizes, np.abs(by_hand.gradients).max(axis=0)).layers:
        assert layer.max() > 1e-3


@each_optimizer
def test_some_weights_are_pinned_and_others_cross_in_these_updates(optimizer):
    pinned, crossed = 0, 0
    for activation, output, depth in product(BEND, OUTPUTS, DEPTHS):
        by_hand = ByHand(experiment_of(activation, output, optimizer, PENALTIES[1], depth))
        by_hand.epoch()
        pinned += by_hand.pinned.sum()
        free = ByHand(experiment_of(activation, output, optimizer, PENALTIES[2], depth))
        start = free.theta
        crossed += (np.sign(free.epoch()) * np.sign(start) < 0).sum()
    assert min(pinned, crossed) > 20
