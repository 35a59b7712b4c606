"""The size of each layer's numbers, and units that are stuck, of networks where they are known."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from nnlab import Experiment, train
from nnlab.core import features
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.arrays import Array
from nnlab.core.layer_statistics import STUCK, LayerState, LayerStatistics, gradient_sizes
from nnlab.core.network import Parameters, parameter_count

H = 1e-5
SQUASH: dict[str, Any] = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "linear": lambda z: z,
}


def layers_of(experiment: Experiment, parameters: Parameters) -> list[LayerState]:
    data = experiment.data()
    inputs = features.apply(experiment.features, data.points).T
    return LayerStatistics(experiment, parameters, inputs, data.targets).measure()


def some_parameters(experiment: Experiment) -> Parameters:
    sizes = experiment.layer_sizes
    return Parameters(sizes, np.random.default_rng(8).normal(size=parameter_count(sizes)))


def written_out(theta: Array, experiment: Experiment) -> tuple[float, list[Array]]:
    """The cost over all training rows and every layer's activations, once more and by other means."""
    data = experiment.data()
    a = data.points.T
    start, passes = 0, []
    names = [experiment.activation] * len(experiment.hidden_layer_sizes) + [experiment.output_activation]
    for (n_in, n_out), name in zip(pairwise(experiment.layer_sizes), names, strict=True):
        table = theta[start : start + n_out * (n_in + 1)].reshape(n_out, n_in + 1)
        start += table.size
        a = SQUASH[name](table[:, :-1] @ a + table[:, -1:])
        passes.append(a)
    y = data.targets
    if experiment.loss == "cross_entropy":
        return float(-np.mean(y * np.log(a[0]) + (1 - y) * np.log(1 - a[0]))), passes
    return float(np.mean((a[0] - y) ** 2) / 2), passes


def numeric_gradient(theta: Array, experiment: Experiment) -> Array:
    steps = H * np.eye(theta.size)
    return np.array(
        [
            (written_out(theta + step, experiment)[0] - written_out(theta - step, experiment)[0]) / (2 * H)
            for step in steps
        ]
    )


SHAPES: list[dict[str, Any]] = [
    {"hidden_layer_sizes": ()},
    {"hidden_layer_sizes": (3,), "activation": "sigmoid"},
    {"hidden_layer_sizes": (4, 3), "activation": "leaky_relu", "output_activation": "linear"},
    {"hidden_layer_sizes": (3, 2, 4), "activation": "relu", "batch_size": 3},
    {"hidden_layer_sizes": (2, 2), "loss": "cross_entropy", "output_activation": "sigmoid", "encoding": "binary"},
    {"dataset": "circle", "samples": 60, "hidden_layer_sizes": (3, 2), "regularization": "l2"},
    {"dataset": "plane", "samples": 40, "hidden_layer_sizes": (2,), "output_activation": "linear"},
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_sizes_are_root_mean_squares(shape: dict[str, Any]) -> None:
    """The gradient is that of the cost, which knows neither penalty nor batches."""
    experiment = Experiment.model_validate({"initialization": "uniform"} | shape)
    parameters = some_parameters(experiment)
    states = layers_of(experiment, parameters)
    gradient = Parameters(parameters.layer_sizes, numeric_gradient(parameters.vector, experiment))
    passes = written_out(parameters.vector, experiment)[1]
    assert len(states) == len(experiment.hidden_layer_sizes) + 1
    for state, weights, slope, a in zip(states, parameters.weights, gradient.weights, passes, strict=True):
        assert state.weights == pytest.approx(np.sqrt(np.mean(weights**2)), rel=1e-12)
        assert state.gradient == pytest.approx(np.sqrt(np.mean(slope**2)), rel=1e-6)
        assert state.gradient > 1e-4  # far more than the error allowed
        assert state.activations == pytest.approx(np.sqrt(np.mean(a**2)), rel=1e-12)


def test_it_looks_at_the_network_as_it_is_now() -> None:
    experiment = Experiment()
    parameters = experiment.initial_parameters()
    data = experiment.data()
    layers = LayerStatistics(experiment, parameters, data.points.T, data.targets)
    before = layers.measure()
    parameters.vector[:] *= 2
    after = layers.measure()
    assert [state.weights for state in after] == pytest.approx([2 * state.weights for state in before])
    assert after == layers_of(experiment, parameters)


def a_layer(activation: str, weights: Any, biases: Any) -> LayerState:
    """The state of a hidden layer of these units, of the four rows of a gate."""
    units = len(biases)
    shape = {"hidden_layer_sizes": (units,), "activation": activation, "initialization": "uniform"}
    return layers_of(
        Experiment.model_validate(shape), Parameters.of([weights, np.ones((1, units))], [biases, [0]])
    )[0]


def test_a_relu_is_dead_if_it_is_silent_on_every_row() -> None:
    """Sums x1 + b are -1 or 1, and b more: silent throughout from b = -1 on."""
    along = [[1.0, 0.0]] * 4
    assert a_layer("relu", along, [-2.0, -1.0, -0.999, 3.0]).dead == 2
    assert a_layer("relu", along, [0.0, 0.0, 0.0, 0.0]).dead == 0
    assert a_layer("leaky_relu", along, [-2.0, -2.0, -2.0, -2.0]).dead == 0


@pytest.mark.parametrize(
    ("activation", "just_below", "just_above"), [("tanh", 1.83, 1.84), ("sigmoid", 3.66, 3.67)]
)
def test_a_bounded_unit_is_saturated_near_either_end_of_its_range(
    activation: str, just_below: float, just_above: float
) -> None:
    """tanh is 0.95 at 1.832, and 0.975 of the way from 0 to 1 is where sigmoid(3.664) lies."""
    constant = np.zeros((4, 2))
    assert a_layer(activation, constant, [just_below, -just_below, 0.0, 0.0]).saturated == 0
    assert a_layer(activation, constant, [just_above, -just_above, 0.0, 0.0]).saturated == 2


def test_a_unit_is_saturated_on_more_than_half_of_the_rows() -> None:
    """x1 + x2 is -2, 0, 0, 2: with weight 2 two rows of four are at an end, with a bias of 3 three are."""
    assert a_layer("tanh", [[2.0, 2.0]], [0.0]).saturated == 0
    assert a_layer("tanh", [[2.0, 2.0]], [3.0]).saturated == 1


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "linear"])
def test_what_has_no_end_is_never_saturated(activation: str) -> None:
    assert a_layer(activation, [[9.0, 9.0]], [99.0]).saturated == 0


def test_the_output_is_looked_at_as_well() -> None:
    far = Parameters.of([[[0.0, 0.0]]], [[5.0]])
    assert layers_of(Experiment(hidden_layer_sizes=(), initialization="uniform"), far)[0].saturated == 1


def test_who_can_get_stuck() -> None:
    assert STUCK == {"dead": ("relu",), "saturated": ("tanh", "sigmoid")}
    assert {name for names in STUCK.values() for name in names} <= set(ACTIVATIONS)


def test_a_dead_relu_stays_as_it_is_however_long_it_trains() -> None:
    settings = {"hidden_layer_sizes": (2,), "activation": "relu", "initialization": "uniform", "epochs": 50}
    start = Parameters.of([[[1.0, 0.5], [0.7, -0.4]], [[1.0, 1.0]]], [[-2.0, 0.1], [0.0]])
    experiment = Experiment.model_validate(settings).with_start(start)
    assert layers_of(experiment, start)[0].dead == 1
    end = train(experiment).parameters
    assert layers_of(experiment, end)[0].dead == 1
    assert end.layers[0][0].tolist() == [1.0, 0.5, -2.0]
    assert end.layers[0][1].tolist() != [0.7, -0.4, 0.1]


def test_the_gradients_of_many_networks_are_those_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where they are computed a few at a time."""
    experiment = Experiment(dataset="circle", samples=60, hidden_layer_sizes=(3, 2), initialization="uniform")
    starts = [experiment.changed(seed=seed).initial_parameters() for seed in range(5)]
    expected = [[state.gradient for state in layers_of(experiment, start)] for start in starts]
    vectors = np.stack([start.vector for start in starts], axis=1)
    for rows in (20_000, 60):
        monkeypatch.setattr("nnlab.core.layer_statistics.ROWS_OF_ALL", rows)
        sizes = gradient_sizes(experiment, experiment.data(), vectors)
        np.testing.assert_allclose(sizes.T, expected, rtol=1e-10)
