"""Many networks held against as many single runs, wherever single runs end in a well defined place."""

import numpy as np

import nnlab
from nnlab.core.stop_rules import ENDS
from nnlab.core.training import Training

STEADY = 1e-10
ALIKE = 1e-9


def vectors(runs):
    """Where runs are, (n, N)."""
    return np.stack([run.parameters.vector for run in runs], axis=-1)


def nudged(experiment, toward):
    """A single run, if the last bit of every parameter is changed before every epoch.

    A change of the start alone may vanish in the first step's rounding, and say nothing of the steps after it.
    """
    training = Training(experiment)
    vector = training.parameters.vector
    for _ in range(experiment.epochs):
        if training.end is None:
            np.nextafter(vector, toward, out=vector)
        training.advance(1)
    return training


def steady_ones(experiments, runs):
    """Which runs changes in the last bit carry nowhere, neither in the parameters nor in the epoch of their end."""
    ends, epochs = vectors(runs), np.array([len(run.cost) for run in runs])
    far, same = np.zeros(len(runs)), np.ones(len(runs), dtype=bool)
    for toward in (np.inf, -np.inf):
        others = [nudged(experiment, toward) for experiment in experiments]
        far = np.maximum(far, distance(vectors(others), ends))
        same &= [other.epoch for other in others] == epochs
    return (far < STEADY) & same


def distance(found, ends):
    """Between two ends of each network, as a share of its largest number if that is above 1, (N,)."""
    return np.abs(found - ends).max(axis=0) / np.maximum(1.0, np.abs(ends).max(axis=0))


def assert_end_as_alone(experiments, at_least=0.8):
    """Each ends where, when and why its own run ends, wherever that is well defined: for most of them."""
    history, runs = nnlab.train_many(experiments), [nnlab.train(experiment) for experiment in experiments]
    steady = steady_ones(experiments, runs)
    assert steady.mean() >= at_least
    assert (distance(history.parameters.vector, vectors(runs))[steady] <= ALIKE).all()
    for number in np.flatnonzero(steady):
        run = runs[number]
        assert (ENDS[history.ends[number]], history.last_epochs[number]) == (run.end, len(run.cost))
        last = run.cost[-1] if len(run.cost) else run.initial_cost
        np.testing.assert_allclose(history.final_cost[number], last, rtol=1e-7, atol=1e-9)
