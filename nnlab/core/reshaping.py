"""Changes a network's shape; every weight that both shapes have keeps its initial value."""

from collections.abc import Sequence

import numpy as np

from nnlab.core.experiment import Experiment, InitializationName
from nnlab.core.initializers import NOTEBOOK_WEIGHTS, uniform
from nnlab.core.network import Parameters

LayerIndex = tuple[int, int, int]
"""Layer, unit, column of ``Parameters.layers``."""


def reshape(
    experiment: Experiment,
    features: Sequence[str],
    hidden_layer_sizes: Sequence[int],
    rule: InitializationName | None = None,
) -> Experiment:
    """Change a network's features or layers, and keep the initial values of the weights that survive.

    A weight survives if both networks have the two units that it joins: features are told by name, hidden
    units by layer and number. If the initialization itself puts every survivor where it was, it stands.
    Otherwise it becomes ``explicit``, and weights that are new are drawn uniformly from the experiment's seed
    and scale.

    Args:
        experiment: whose network is given another shape.
        features: of the new shape.
        hidden_layer_sizes: of the new shape.
        rule: where an explicit start came about by changes of shape alone, the initialization that it had before
            them: it is back as soon as it puts every survivor where it is.

    Raises:
        pydantic.ValidationError: the new shape is out of bounds, or a start is beyond 1,000.
    """
    shape = {"features": tuple(features), "hidden_layer_sizes": tuple(hidden_layer_sizes)}
    # the bounds of the new shape are checked with a start that fits any network
    new = experiment.changed(**shape, initialization="uniform")
    old_start, new_indices = experiment.initial_parameters(), _indices(new)
    survivors = [
        (old_start.layers[layer][unit, column], new_indices[connection])
        for connection, (layer, unit, column) in _indices(experiment).items()
        if connection in new_indices
    ]
    if new.layer_sizes == experiment.layer_sizes and new.features == experiment.features:
        return experiment
    initialization = experiment.initialization
    if initialization == "explicit" and rule is not None:
        initialization = rule
        new = new.changed(weights=None, biases=None)  # nobody set them
    if _fits(initialization, new):
        by_rule = new.changed(initialization=initialization)
        start = by_rule.initial_parameters()
        if all(start.layers[l][unit, column] == value for value, (l, unit, column) in survivors):
            return by_rule
    weights = uniform(new.layer_sizes, new.scale, new.seed)
    start = Parameters.of(weights, [np.zeros(len(matrix)) for matrix in weights])
    for value, (layer, unit, column) in survivors:
        start.layers[layer][unit, column] = value
    return new.with_start(start)


def _fits(initialization: str, experiment: Experiment) -> bool:
    if initialization == "explicit":
        return False
    return initialization != "notebook" or experiment.layer_sizes in NOTEBOOK_WEIGHTS


def _indices(experiment: Experiment) -> dict[tuple[str, str], LayerIndex]:
    """The index of each connection's weight, by the names of the units it joins; a bias joins "bias" to a unit."""
    names: list[list[str]] = [list(experiment.features)]
    names += [
        [f"hidden {layer} {unit}" for unit in range(size)]
        for layer, size in enumerate(experiment.hidden_layer_sizes)
    ]
    names.append(["output"])
    return {
        (source, target): (layer, unit, column)
        for layer in range(len(names) - 1)
        for unit, target in enumerate(names[layer + 1])
        for column, source in enumerate([*names[layer], "bias"])
    }
