"""Where the last hidden layer puts the plane, and the straight line that the output draws there."""

from typing import Any

import numpy as np
import pytest

from nnlab import Experiment, train
from nnlab.core import hidden_space
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.data.datasets import ENCODINGS
from nnlab.core.network import Parameters, parameter_count

SQUASH: dict[str, Any] = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "linear": lambda z: z,
}
POINTS = np.random.default_rng(3).uniform(-6, 6, (50, 2))


def some_parameters(experiment: Experiment) -> Parameters:
    sizes = experiment.layer_sizes
    return Parameters(sizes, np.random.default_rng(4).normal(size=parameter_count(sizes)))


def an_experiment(**settings: Any) -> Experiment:
    return Experiment.model_validate({"initialization": "uniform"} | settings)


@pytest.mark.parametrize("activation", SQUASH)
@pytest.mark.parametrize("hidden", [(2,), (3,), (5, 2), (4, 1, 3)])
def test_points_stand_where_the_forward_pass_puts_them(activation: str, hidden: tuple[int, ...]) -> None:
    experiment = an_experiment(
        hidden_layer_sizes=hidden, activation=activation, features=["x2", "x1^2", "sin x1"]
    )
    parameters = some_parameters(experiment)
    a = np.array([POINTS[:, 1], POINTS[:, 0] ** 2, np.sin(POINTS[:, 0])])
    for weights, biases in list(zip(parameters.weights, parameters.biases, strict=True))[:-1]:
        a = SQUASH[activation](weights @ a + biases[:, np.newaxis])
    places = hidden_space.places(experiment, parameters, POINTS)
    assert places.shape == (50, hidden[-1])
    np.testing.assert_allclose(places, a.T, rtol=1e-12, atol=1e-14)


def test_without_a_hidden_layer_there_is_no_place() -> None:
    experiment = an_experiment(hidden_layer_sizes=())
    with pytest.raises(ValueError, match="must have a layer, got none"):
        hidden_space.places(experiment, some_parameters(experiment), POINTS)


@pytest.mark.parametrize(
    ("hidden", "units"),
    [((), None), ((1,), None), ((2,), 2), ((3,), 3), ((4,), None), ((2, 8), None), ((8, 3), 3)],
)
def test_two_or_three_units_can_be_drawn(hidden: tuple[int, ...], units: int | None) -> None:
    assert hidden_space.dimensions(an_experiment(hidden_layer_sizes=hidden)) == units


def test_the_lattice_lies_over_the_domain_row_by_row() -> None:
    lattice = hidden_space.lattice((-6.0, 6.0))
    assert lattice.shape == (13 * 13, 2)
    assert lattice[[0, 1, 12, 13, -1]].tolist() == [[-6, -6], [-5, -6], [6, -6], [-6, -5], [6, 6]]
    assert hidden_space.lattice((0.0, 1.0), 2).tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]


@pytest.mark.parametrize("output_activation", ["tanh", "sigmoid", "linear"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("units", [2, 3])
def test_at_a_place_on_the_line_the_output_is_in_the_middle(
    output_activation: str, encoding: str, units: int
) -> None:
    """w . h + b = threshold; a sigmoid never comes down to 0, the middle between -1 and 1."""
    experiment = an_experiment(
        hidden_layer_sizes=(units,), output_activation=output_activation, encoding=encoding
    )
    middle = ENCODINGS[encoding].middle
    threshold = hidden_space.threshold(experiment, middle)
    if (output_activation, encoding) == ("sigmoid", "bipolar"):
        assert threshold == -np.inf
        return
    *w, b = np.random.default_rng(5).normal(size=units + 1)
    along = np.array(w)
    aside = np.linalg.svd(along[np.newaxis])[2][1:].sum(axis=0)
    for far in (-1.0, 0.0, 0.7):
        h = along * (threshold - b) / (along @ along) + far * aside
        out = np.empty(1)
        ACTIVATIONS[output_activation].apply(np.array([along @ h + b]), out)
        assert out[0] == pytest.approx(middle, abs=1e-12)


@pytest.mark.parametrize(
    ("middle", "expected"), [(0.0, -np.inf), (-3.0, -np.inf), (1.0, np.inf), (7.0, np.inf)]
)
def test_a_middle_that_a_sigmoid_cannot_reach_is_infinitely_far(middle: float, expected: float) -> None:
    assert hidden_space.threshold(an_experiment(output_activation="sigmoid"), middle) == expected


@pytest.mark.parametrize("middle", [-1.0, 1.0, 2.5])
def test_neither_can_tanh_reach_the_ends_of_its_range(middle: float) -> None:
    assert hidden_space.threshold(an_experiment(), middle) == np.copysign(np.inf, middle)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"encoding": "binary", "output_activation": "sigmoid", "loss": "cross_entropy", "epochs": 20},
        {
            "dataset": "moons",
            "hidden_layer_sizes": (4, 3),
            "activation": "relu",
            "initialization": "he",
            "epochs": 5,
        },
    ],
    ids=str,
)
def test_a_point_is_on_the_side_of_the_line_that_the_output_says(settings: dict[str, Any]) -> None:
    experiment = Experiment.model_validate(settings)
    run = train(experiment)
    data = experiment.data()
    points = np.concatenate([data.points, hidden_space.lattice(data.domain)])
    places = hidden_space.places(experiment, run.parameters, points)
    sums = places @ run.parameters.weights[-1][0] + run.parameters.biases[-1][0]
    beyond = sums > hidden_space.threshold(experiment, data.middle)
    assert beyond.tolist() == (run.predict(points) > data.middle).tolist()
    assert 0 < beyond.sum() < len(points)


def test_xor_becomes_separable() -> None:
    """No straight line tells the four corners of the plane apart as XOR does; in the hidden space one does."""
    experiment = Experiment()
    data = experiment.data()
    run = train(experiment)
    for places, right in (
        (data.points, False),
        (hidden_space.places(experiment, run.parameters, data.points), True),
    ):
        assert separable(places, data.targets > data.middle) == right


def separable(places: Any, high: Any) -> bool:
    """Whether across some direction of very many all high places lie on one side of all low ones."""
    angles = np.linspace(0, np.pi, 3600, endpoint=False)
    along = places @ np.array([np.cos(angles), np.sin(angles)])
    apart = (along[high].min(axis=0) > along[~high].max(axis=0)) | (
        along[high].max(axis=0) < along[~high].min(axis=0)
    )
    return bool(apart.any())
