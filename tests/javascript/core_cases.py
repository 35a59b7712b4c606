"""Networks with all that the core computes of them, for assets/js/core to be held against.

How near is near? A number's *size* is the sum of the absolute values of all that went into it: |W| times the sizes
of a layer's inputs, and |b|; through an activation it goes as far as the slope carries it. Two ways to sum the same
numbers differ by roundings of that size, however small the sum is, and whatever the weights are.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from nnlab.core import features, hidden_space, metrics, network
from nnlab.core.activations import ACTIVATIONS, LEAK, SATURATED, Activation
from nnlab.core.arrays import Array, Surface
from nnlab.core.data.datasets import Dataset
from nnlab.core.experiment import Experiment, choices
from nnlab.core.features import FEATURES
from nnlab.core.layer_statistics import STUCK, LayerStatistics
from nnlab.core.network import Parameters, parameter_count

ALL_FEATURES = tuple(FEATURES)
DEEP = (8,) * 6
SHAPES = ((), (2,), (3, 2), (4, 1, 3), DEEP)
OWN = tuple((i * 37 % 100 - 20.5, (i * i) % 70 * 100.0 + 3, i % 3 % 2) for i in range(12))
ORDINARY = 3.0
"""The largest weight of a network whose numbers are held to 1e-12 of its layer's largest, too."""


def registries() -> dict[str, Any]:
    """What there is, by name, and what is said of it."""
    line = np.linspace(-1, 1, 3)
    shapes = {(1, 3): "x1", (3, 1): "x2", (3, 3): "both"}
    return {
        "features": {
            name: shapes[feature(line[np.newaxis], line[:, np.newaxis]).shape]
            for name, feature in FEATURES.items()
        },
        "activations": {
            name: {
                "low": g.low,
                "high": g.high,
                "bounded": g.bounded,
                "middle": (g.low + g.high) / 2 if g.bounded else 0.0,
            }
            for name, g in ACTIVATIONS.items()
        },
        "leak": LEAK,
        "saturated": SATURATED,
        "stuck": dict(STUCK),
        "dimensions": hidden_space.DIMENSIONS,
        "lattice": hidden_space.LATTICE,
        "counts": [[shape, parameter_count(shape)] for shape in ((1, 1), (2, 2, 1), (8, *DEEP, 1))],
    }


def networks() -> Iterator[dict[str, Any]]:
    """A case of each feature, activation, output, encoding, shape and size of weight; what is odd comes last."""
    for name in ALL_FEATURES:
        yield case(f"{name} alone", drawn(features=(name,), hidden_layer_sizes=(2,)))
    for activation in choices("activation"):
        for output in choices("output_activation"):
            for shape in SHAPES:
                functions = {"activation": activation, "output_activation": output}
                named = f"{activation}, {output}, {'-'.join(map(str, shape)) or 'no hidden layer'}"
                for scale in (1.0, 1e3, 1e-9, 1e-300):
                    drawn_here = drawn(scale, hidden_layer_sizes=shape, **functions)
                    yield case(f"{named}, weights up to {scale:g}", drawn_here)
    for encoding in choices("encoding"):
        yield case(f"the notebook's run, {encoding}", Experiment(encoding=encoding))
        yield case(
            f"a spiral, {encoding}", drawn(dataset="spiral", encoding=encoding, hidden_layer_sizes=(8, 8))
        )
        yield case(f"own rows, standardized, {encoding}", drawn(encoding=encoding, **own(standardize=True)))
    yield case("own rows as they are", drawn(**own(standardize=False)))
    yield case("all features, 6 x 8", drawn(features=ALL_FEATURES, hidden_layer_sizes=DEEP))
    yield case("features in another order", drawn(features=ALL_FEATURES[::-1], hidden_layer_sizes=(3,)))
    yield case("a regression", drawn(dataset="plane", output_activation="linear", hidden_layer_sizes=(3,)))
    yield from undecided()
    yield from not_finite()


def undecided() -> Iterator[dict[str, Any]]:
    """Networks whose output is exactly in the middle, at some points or at all."""
    for encoding, output in (("bipolar", "tanh"), ("binary", "sigmoid"), ("bipolar", "linear")):
        blank = Experiment(encoding=encoding, output_activation=output, initialization="zeros")
        yield case(f"zeros, {encoding}", blank)
        # what one unit says the other takes back, where the coordinates are equal
        weights = (((0.3, -0.7), (0.7, -0.3)), ((0.6, 0.6),))
        start = {"weights": weights, "biases": ((0.0, 0.0), (0.0,))}
        yield case(f"as much as as little, {encoding}", blank.changed(initialization="explicit", **start))


def not_finite() -> Iterator[dict[str, Any]]:
    """Networks that are about to diverge. All weights of a layer have one sign, so no order of summing matters."""
    for activation in choices("activation"):
        for signs in ((1, 1, 1), (1, -1, 1), (-1, 1, -1)):
            experiment = drawn(
                dataset="and", encoding="binary", activation=activation, output_activation="linear",
                hidden_layer_sizes=(2, 2),
            )  # fmt: skip
            parameters = experiment.initial_parameters()
            for layer, sign in zip(parameters.layers, signs, strict=True):
                layer[:] = sign * 1e300
            yield case(f"{activation}, 1e300 {signs}", experiment, parameters)
        for value in (np.inf, -np.inf, np.nan):
            parameters = (experiment := drawn(activation=activation)).initial_parameters()
            parameters.vector[:] = value
            yield case(f"{activation}, all {value}", experiment, parameters)


def drawn(scale: float = 1.0, **settings: Any) -> Experiment:
    """An experiment with random weights and biases, of about a size."""
    experiment = Experiment(**{"initialization": "zeros", "samples": 20} | settings)
    sizes = experiment.layer_sizes
    vector = scale * np.random.default_rng(len(sizes)).uniform(-1, 1, experiment.parameter_count)
    # 1,000 is the most that an experiment may start with
    return experiment.with_start(Parameters(sizes, vector))


def own(**settings: Any) -> dict[str, Any]:
    return {"dataset": "own", "points": OWN, "hidden_layer_sizes": (3,), "activation": "sigmoid"} | settings


def case(name: str, experiment: Experiment, parameters: Parameters | None = None) -> dict[str, Any]:
    """A network, and what the core says of it: at the rows, over a grid, of its layers and its hidden space."""
    parameters = parameters or experiment.initial_parameters()
    data = experiment.data()
    low, high = data.domain
    x1s, x2s = np.linspace(low, high, 5), np.linspace(low / 3, high, 3)
    grid = np.column_stack([np.tile(x1s, len(x2s)), np.repeat(x2s, len(x1s))])
    with np.errstate(all="ignore"):
        rows = passes(experiment, parameters, data.points)
        outputs = rows[-1]["activations"][0]
        return {
            "name": name,
            "experiment": experiment.model_dump(mode="json"),
            "parameters": parameters.vector,
            "ordinary": bool(np.abs(parameters.vector).max() <= ORDINARY),
            "points": data.points,
            "targets": data.targets,
            "middle": data.middle,
            "domain": data.domain,
            "layers": rows,
            "x1s": x1s,
            "x2s": x2s,
            "grid": passes(experiment, parameters, grid),
            "features": features.apply(experiment.features, grid).T,
            "hidden": hidden(experiment, parameters, data),
            "threshold": hidden_space.threshold(experiment, data.middle),
            "states": states(experiment, parameters, data),
            "metrics": measured(outputs, data.targets, data.middle),
        }


def passes(experiment: Experiment, parameters: Parameters, points: Array) -> list[dict[str, Array]]:
    """Each layer's sums and activations with their sizes, (units, m)."""
    inputs = features.apply(experiment.features, points).T
    activations = experiment.layer_activations
    found: list[Any] = []
    size: Array = np.abs(inputs)
    layers = network.forward(parameters, activations, inputs)
    for layer, weights, biases, g in zip(
        layers, parameters.weights, parameters.biases, activations, strict=True
    ):
        z, a = layer.weighted_sums, layer.activations
        sums_size = np.abs(weights) @ size + np.abs(biases)[:, np.newaxis]
        size = activation_size(g, z, a, sums_size)
        found.append({"sums": z, "sums_size": sums_size, "activations": a, "activations_size": size})
        for values, sizes in ((z, sums_size), (a, size)):
            assert np.isfinite(sizes[np.isfinite(values)]).all(), "what is finite must be held to something"
    return found


def activation_size(g: Activation, z: Surface, a: Surface, size: Array) -> Array:
    """The size of g(z): that of z as far as the steepest slope nearby lets it through, its own, and that of g(0)."""
    spread = 1e-12 * size
    steepest = np.maximum(0, np.abs(z) - spread) if g.bounded else z + spread  # within that of z
    near, slope, zero = np.empty_like(z), np.empty_like(z), np.zeros(1)
    g.apply(steepest, near)
    g.slope(near, slope)
    g.apply(zero, zero)
    return zero + np.abs(a) + np.where(np.isinf(z) | (slope == 0), 0, slope * size)


def hidden(experiment: Experiment, parameters: Parameters, data: Dataset) -> Array | None:
    """Where the last hidden layer puts the rows and the lattice."""
    if not experiment.hidden_layer_sizes:
        return None
    points = np.concatenate([data.points, hidden_space.lattice(data.domain)])
    return hidden_space.places(experiment, parameters, points)


def states(experiment: Experiment, parameters: Parameters, data: Dataset) -> list[dict[str, float]]:
    """What is said of each layer, but for its gradient."""
    inputs = features.apply(experiment.features, data.points).T
    names = ("weights", "activations", "dead", "saturated")
    looked = LayerStatistics(experiment, parameters, inputs, data.targets).measure()
    return [{name: getattr(state, name) for name in names} for state in looked]


def measured(outputs: Array, targets: Array, middle: float) -> dict[str, Any]:
    """Every metric of some answers."""
    return {
        "outputs": outputs,
        "targets": targets,
        "middle": middle,
        "accuracy": metrics.accuracy(outputs, targets, middle),
        "confusion": metrics.confusion(outputs, targets, middle),
        "r_squared": metrics.r_squared(outputs, targets),
        "rmse": metrics.root_mean_squared_error(outputs, targets),
    }


def thresholds() -> Iterator[dict[str, Any]]:
    """Middles of every kind of output, also such as no output can have."""
    for activation in choices("output_activation"):
        experiment = Experiment(output_activation=activation)
        for middle in (-2.0, -1.0, -0.25, 0.0, 0.5, 0.75, 1.0, 2.0):
            threshold = hidden_space.threshold(experiment, middle)
            yield {"activation": activation, "middle": middle, "threshold": threshold}


def answers() -> Iterator[dict[str, Any]]:
    """Outputs and targets where metrics are particular: no rows, undecided, not finite, targets that do not vary."""
    draw = np.random.default_rng(3)
    for middle in (0.0, 0.5):
        low, high = (-1.0, 1.0) if middle == 0 else (0.0, 1.0)
        odd = [np.inf, -np.inf], [low, high, middle, np.nan], [1e200, -1e200]
        for outputs in ([], [middle], [np.nan], *odd):
            for first in (low, high):
                targets = np.resize([first, low + high - first], len(outputs))
                yield measured(np.array(outputs, dtype=np.float64), targets, middle)
        constant = np.full(7, 0.1)
        yield measured(draw.normal(size=7), constant, middle)
        yield measured(constant, constant, middle)
        yield measured(draw.normal(size=2), np.array([0.0, 1e-200]), middle)
        yield measured(draw.normal(size=50), draw.choice([low, high], 50), middle)
        yield measured(draw.normal(size=50), draw.normal(size=50), middle)
