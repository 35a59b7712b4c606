"""A network's outputs at given points: at a student's own coordinates, or at points of the plane that the network sees."""

import numpy as np

from nnlab.core import features, network
from nnlab.core.arrays import Array, ArrayLike
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters


def predict(experiment: Experiment, parameters: Parameters, points: ArrayLike) -> Array:
    """Compute the outputs of a network at points given in the coordinates of the data.

    If the experiment standardizes its points, these are standardized alike, by the mean and deviation of its training rows.

    Args:
        experiment: whose features, activations and standardization apply.
        parameters: of the network.
        points: shape (m, 2), as in ``experiment.points``.

    Returns:
        The outputs, shape (m,); not finite where sums of a network that is about to diverge are not.

    Raises:
        ValueError: ``points`` is not of shape (m, 2).
    """
    rows = features.checked(points)
    if experiment.dataset == "own" and experiment.standardize:
        rows = experiment.data().standardized(rows)
    return outputs_at(experiment, parameters, rows)


def outputs_at(experiment: Experiment, parameters: Parameters, points: ArrayLike) -> Array:
    """Compute the outputs of a network at points of a dataset, (m, 2) -> (m,), which are already standardized if it is.

    Raises:
        ValueError: ``points`` is not of shape (m, 2).
    """
    inputs = features.apply(experiment.features, points).T
    with np.errstate(over="ignore", invalid="ignore"):
        layers = network.forward(parameters, experiment.layer_activations, inputs)
    return np.asarray(layers[-1].activations[0], dtype=np.float64)
