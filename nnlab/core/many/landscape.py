"""The cost over any two parameters, the others held: a slice through a landscape of many dimensions."""

from dataclasses import dataclass
from operator import index

import numpy as np

from nnlab.core.arguments import whole_number
from nnlab.core.arrays import Array, ArrayLike
from nnlab.core.evaluator import Evaluator
from nnlab.core.experiment import Experiment, required
from nnlab.core.many.variations import ParameterIndex, column_of, parameter_name
from nnlab.core.network import Parameters
from nnlab.core.training import Training

MARGIN = 0.25
"""The margin of a slice around the run's path, as a share of the path's width."""

LEAST_REACH = 1.0
"""A slice shows at least so much on both sides of the path's middle."""

FEWEST_A_SIDE = 2

ParameterPair = tuple[ParameterIndex, ParameterIndex]
WEIGHTS: ParameterPair = (("weights", 0, 0, 1), ("weights", 1, 0, 0))


def index_of(experiment: Experiment, parameter: ParameterIndex) -> int:
    """The index of a parameter in ``Parameters.vector``.

    Raises:
        ValueError: the network has no such weight or bias.
    """
    layer, unit, column = column_of(experiment, parameter)
    numbered = Parameters(experiment.layer_sizes, np.arange(experiment.parameter_count, dtype=np.float64))
    return int(numbered.layers[layer][unit, column])


def indices_of(experiment: Experiment, axes: ParameterPair) -> list[int]:
    """The indices of two parameters in ``Parameters.vector``.

    Raises:
        ValueError: the network has no such parameter, or both are the same.
    """
    if isinstance(axes, str) or len(axes) != 2:
        raise ValueError(f"axes must be two parameters, got {axes!r}")
    first, second = (index_of(experiment, each) for each in axes)
    if first == second:
        raise ValueError(f"the axes must be two parameters, got {parameter_name(axes[0])} twice")
    return [first, second]


def cost_over(
    experiment: Experiment, parameters: Parameters, axes: ParameterPair, x: ArrayLike, y: ArrayLike
) -> Array:
    """The cost at every pair of values of two parameters.

    Args:
        experiment: whose data, features and activations apply.
        parameters: where all others are held.
        axes: the two.
        x: values of the first, (nx,).
        y: values of the second, (ny,).

    Returns:
        Shape (ny, nx).

    Raises:
        ValueError: the network has no such parameter, or both are the same.
    """
    first, second = indices_of(experiment, axes)
    across, up = np.meshgrid(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
    vector = np.repeat(parameters.vector[:, np.newaxis], across.size, axis=1)
    vector[first], vector[second] = across.ravel(), up.ravel()
    rows = Evaluator.training(experiment, Parameters(experiment.layer_sizes, vector), experiment.data())
    with np.errstate(over="ignore", invalid="ignore"):  # far from the path a network may answer anything
        return np.asarray(rows.cost()).reshape(across.shape)


def span(path: Array) -> tuple[float, float]:
    """The range of a parameter's axis that shows all of a path with a margin, centered on the path's middle."""
    low, high = float(path.min()), float(path.max())
    reach = max(LEAST_REACH, (high - low) * (0.5 + MARGIN))
    middle = (low + high) / 2
    return middle - reach, middle + reach


@dataclass(frozen=True, eq=False)
class CostLandscape:
    """A slice through the cost, and the run's path beside it.

    Attributes:
        axes: the two parameters.
        x, y: their values, (size,) each.
        cost: (size, size), rows follow y.
        path: the two parameters after every epoch, 0 included, (epochs + 1, 2).
        path_cost: the true cost there, (epochs + 1,). The path lies on the slice only at ``epoch``: anywhere
            else the other parameters were elsewhere too, and it is a projection.
        epoch: where the others are held.
    """

    axes: ParameterPair
    x: Array
    y: Array
    cost: Array
    path: Array
    path_cost: Array
    epoch: int

    def __repr__(self) -> str:
        """In one line."""
        names = " and ".join(map(parameter_name, self.axes))
        return f"CostLandscape({names}: {len(self.x)} x {len(self.y)} costs around epoch {self.epoch})"


def cost_landscape(
    experiment: Experiment, axes: ParameterPair = WEIGHTS, size: int = 60, *, epoch: int | None = None
) -> CostLandscape:
    """Train, and compute the cost over two parameters around the run's path.

    Args:
        experiment: what to train.
        axes: two parameters, ("weights", layer, unit, input) or ("biases", layer, unit).
        size: values of each, at least 2.
        epoch: where the other parameters are held; the last if left out, or if the run ends before it.

    Raises:
        ValueError: the network has no such parameter, both are the same, the size is below 2, or the epoch
            is not of the run.
        TypeError: the epoch or the size is no whole number, or ``experiment`` no Experiment.
    """
    required(experiment)
    epoch = experiment.epochs if epoch is None else index(epoch)
    if not 0 <= epoch <= experiment.epochs:
        raise ValueError(f"epoch must be in [0, {experiment.epochs}], got {epoch}")
    size = whole_number("size", size, FEWEST_A_SIDE)
    chosen = indices_of(experiment, axes)
    training = Training(experiment)
    path, held = [training.parameters.vector[chosen]], training.parameters.copy()
    while training.end is None:
        training.advance(1)
        if training.epoch == len(path):  # not so where it diverged
            path.append(training.parameters.vector[chosen])
        if training.epoch <= epoch:
            held = training.parameters.copy()
    walked = np.array(path)
    x, y = (np.linspace(*span(values), size) for values in walked.T)
    cost = cost_over(experiment, held, axes, x, y)
    path_cost = np.concatenate([[training.initial_cost], training.cost[: training.epoch]])
    return CostLandscape(axes, x, y, cost, walked, path_cost, min(epoch, training.epoch))
