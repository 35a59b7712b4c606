"""The notebook's run as a student would first write it: one NumPy expression a formula.

The core is measured against it, in one process and in turn, by ``benchmarks.report``.
"""

import numpy as np

from nnlab.core.arrays import Array
from nnlab.core.experiment import Experiment


def train_plainly(experiment: Experiment) -> Array:
    """The costs of a run with one tanh hidden layer and the nominal divisor, shape (epochs,)."""
    dataset, start = experiment.data(), experiment.initial_parameters()
    x, y = dataset.points, dataset.targets[:, np.newaxis]
    w1, w2 = (weights.copy() for weights in start.weights)
    b1, b2 = (biases.copy() for biases in start.biases)
    step = experiment.learning_rate / experiment.batch_size
    costs = []
    for _ in range(experiment.epochs):
        for first in range(0, len(x), experiment.batch_size):
            rows = slice(first, first + experiment.batch_size)
            hidden = np.tanh(x[rows] @ w1.T + b1)
            output = np.tanh(hidden @ w2.T + b2)
            delta2 = (output - y[rows]) * (1 - output**2)
            delta1 = (delta2 @ w2) * (1 - hidden**2)
            w2 = w2 - step * delta2.T @ hidden
            b2 = b2 - step * delta2.sum(axis=0)
            w1 = w1 - step * delta1.T @ x[rows]
            b1 = b1 - step * delta1.sum(axis=0)
        predictions = np.tanh(np.tanh(x @ w1.T + b1) @ w2.T + b2)
        costs.append(np.sum((predictions - y) ** 2) / (2 * len(x)))
    return np.array(costs)
