"""The outputs of the last hidden layer as coordinates: where it moves points of the plane, and a lattice over it.

Where the layer has two or three units this can be drawn. The output is a function of a weighted sum of these
units, so the classes are separated by a straight line or a plane here, however bent their boundary is in the plane of inputs.
"""

from math import atanh

import numpy as np

from nnlab.core import features, network
from nnlab.core.arrays import Array
from nnlab.core.experiment import Experiment
from nnlab.core.network import Parameters

DIMENSIONS = (2, 3)
"""Numbers of units that can be drawn as axes."""

LATTICE = 13
"""Lines of the lattice each way."""


def dimensions(experiment: Experiment) -> int | None:
    """The number of units in the last hidden layer, if it can be drawn; else None."""
    sizes = experiment.hidden_layer_sizes
    return sizes[-1] if sizes and sizes[-1] in DIMENSIONS else None


def lattice(domain: tuple[float, float], size: int = LATTICE) -> Array:
    """Points of a square lattice over a domain, row by row, (size^2, 2)."""
    axis = np.linspace(*domain, size)
    x1, x2 = np.meshgrid(axis, axis)
    return np.column_stack([x1.ravel(), x2.ravel()])


def places(experiment: Experiment, parameters: Parameters, points: Array) -> Array:
    """The outputs of the last hidden layer at points of the plane, (m, 2) -> (m, units).

    Raises:
        ValueError: there is no hidden layer.
    """
    if not experiment.hidden_layer_sizes:
        raise ValueError("hidden_layer_sizes must have a layer, got none")
    inputs = features.apply(experiment.features, points).T
    passes = network.forward(parameters, experiment.layer_activations, inputs)
    return np.asarray(passes[-2].activations.T, dtype=np.float64)


def threshold(experiment: Experiment, middle: float) -> float:
    """The weighted sum at which the output is in the middle: w . h + b = threshold is the line or the plane.

    tanh: atanh(middle); sigmoid: 2 atanh(2 middle - 1), infinite where the middle cannot be reached; linear: middle.
    """
    if experiment.output_activation == "linear":
        return middle
    share = middle if experiment.output_activation == "tanh" else 2 * middle - 1
    if abs(share) >= 1:
        return float(np.copysign(np.inf, share))
    return atanh(share) if experiment.output_activation == "tanh" else 2 * atanh(share)
