import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab import Experiment
from nnlab.core.arrays import Array
from nnlab.core.many.variations import ParameterIndex, Variations, column_of, parameter_name

UNIFORM = Experiment(initialization="uniform")
RATES = np.array([0.1, 0.2, 0.3])
DRAWN = ("uniform", "normal", "xavier", "he", "equal", "zeros", "notebook")


def starts_of(variations):
    """Every network's initial vector, by itself, (n, N)."""
    experiments = map(variations.experiment_of, range(len(variations)))
    return np.stack([experiment.initial_parameters().vector for experiment in experiments], axis=-1)


# --- where they start -----------------------------------------------------------------------------


@pytest.mark.parametrize("initialization", DRAWN)
@pytest.mark.parametrize("varied", [(), ("seed",), ("scale",), ("seed", "scale")], ids=str)
def test_each_starts_in_the_bits_of_its_own_experiment(initialization, varied):
    numbers = {"seed": np.array([3, 0, 2**32 - 1]), "scale": np.array([0.5, 5.0, 0.01])}
    experiment = Experiment(initialization=initialization)
    variations = Variations(experiment, 3, {name: numbers[name] for name in varied})
    together = variations.initial_parameters().vector
    np.testing.assert_array_equal(together, starts_of(variations))
    assert together.shape == (9, 3)
    assert together.dtype == np.float64


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 2**32 - 1), st.floats(0.01, 5.0)), min_size=1, max_size=5),
    st.sampled_from(["uniform", "normal", "xavier", "he", "equal"]),
    st.lists(st.integers(1, 8), max_size=3),
)
def test_any_seeds_and_scales_start_where_their_experiments_do(numbers, initialization, hidden):
    experiments = [
        Experiment(initialization=initialization, hidden_layer_sizes=hidden, seed=seed, scale=scale)
        for seed, scale in numbers
    ]
    together = Variations.of(experiments).initial_parameters().vector
    alone = np.stack([experiment.initial_parameters().vector for experiment in experiments], axis=-1)
    np.testing.assert_array_equal(together, alone)


def test_a_start_in_single_precision_is_the_double_one_rounded():
    variations = Variations(UNIFORM, 3, {"seed": np.arange(3)})
    rounded = variations.initial_parameters().vector.astype(np.float32)
    single = variations.initial_parameters("single").vector
    np.testing.assert_array_equal(single, rounded)
    assert single.dtype == np.float32


def test_explicit_weights_are_everybodys_start():
    experiment = UNIFORM.with_start(Experiment().initial_parameters())
    vector = Variations(experiment, 3, {"learning_rate": RATES}).initial_parameters().vector
    np.testing.assert_array_equal(vector.T, [Experiment().initial_parameters().vector] * 3)


def test_a_parameter_stands_in_for_what_is_drawn():
    places: dict[ParameterIndex, Array] = {
        ("weights", 1, 0, 1): np.array([7.0, 8.0]),
        ("biases", 0, 1): np.array([-1.0, -2.0]),
    }
    start = Variations(UNIFORM, 2, initial_values=places).initial_parameters()
    drawn = UNIFORM.initial_parameters()
    np.testing.assert_array_equal(start.weights[1][0, 1], [7, 8])
    np.testing.assert_array_equal(start.biases[0][1], [-1, -2])
    np.testing.assert_array_equal(start.weights[0], np.stack([drawn.weights[0]] * 2, axis=-1))
    np.testing.assert_array_equal(start.weights[1][0, 0], [drawn.weights[1][0, 0]] * 2)


def test_a_start_is_new_memory_every_time():
    variations = Variations.of([Experiment(), UNIFORM])
    variations.initial_parameters().vector[:] = 42.0
    assert 42.0 not in variations.initial_parameters().vector


# --- a list of experiments ------------------------------------------------------------------------


def test_experiments_become_their_numbers():
    experiments = [UNIFORM.changed(seed=seed, learning_rate=rate) for seed, rate in enumerate(RATES)]
    variations = Variations.of(experiments)
    assert variations.experiment is experiments[0]
    assert len(variations) == 3
    np.testing.assert_array_equal(variations.number("seed"), [0, 1, 2])
    np.testing.assert_array_equal(variations.number("learning_rate"), RATES)
    assert [variations.experiment_of(number) for number in range(3)] == experiments


def test_experiments_that_start_each_in_their_own_way_keep_their_starts():
    experiments = [Experiment(), UNIFORM, UNIFORM.changed(initialization="normal", seed=5)]
    variations = Variations.of(experiments)
    expected = np.stack([experiment.initial_parameters().vector for experiment in experiments], axis=-1)
    np.testing.assert_array_equal(variations.initial_parameters().vector, expected)
    np.testing.assert_array_equal(starts_of(variations), expected)


def test_experiments_with_explicit_weights_keep_each_its_own():
    experiments = [UNIFORM.with_start(UNIFORM.changed(seed=seed).initial_parameters()) for seed in range(3)]
    variations = Variations.of(experiments)
    np.testing.assert_array_equal(variations.initial_parameters().vector, starts_of(variations))
    assert [variations.experiment_of(number) for number in range(3)] == experiments


def test_no_experiment_is_rejected():
    with pytest.raises(ValueError, match="at least 1 experiment is needed, got 0"):
        Variations.of([])


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("epochs", 7, "epochs of experiment 1 must be that of the first, 201, got 7"),
        ("dataset", "and", "dataset of experiment 1 must be that of the first, 'xor', got 'and'"),
        ("batch_size", 4, "batch_size of experiment 1 must be that of the first, 2, got 4"),
        ("hidden_layer_sizes", (3,), "hidden_layer_sizes of experiment 1 must be"),
    ],
)
def test_experiments_that_differ_in_more_than_numbers_are_rejected(setting, value, message):
    with pytest.raises(ValueError, match=message):
        Variations.of([UNIFORM, UNIFORM.changed(**{setting: value})])


# --- slices ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [slice(1, 3), slice(0, 0), slice(2, 99), slice(None, None, 2)], ids=str)
@pytest.mark.parametrize(
    "variations",
    [
        Variations(UNIFORM, 4, {"seed": np.arange(4)}, {("biases", 0, 0): np.arange(4.0)}),
        Variations.of([Experiment(), UNIFORM, UNIFORM.changed(seed=1), UNIFORM.changed(scale=2)]),
    ],
    ids=["numbers and parameters", "starts"],
)
def test_a_slice_is_some_of_them_in_order(variations, cut):
    some = variations[cut]
    assert len(some) == len(range(4)[cut])
    whole = variations.initial_parameters().vector
    np.testing.assert_array_equal(some.initial_parameters().vector, whole[:, cut])
    for setting, values in some.numbers.items():
        np.testing.assert_array_equal(values, variations.numbers[setting][cut])


def test_a_pickled_slice_starts_in_the_same_bits():
    variations = Variations(UNIFORM, 4, {"seed": np.arange(4)}, {("biases", 0, 0): np.arange(4.0)})[1:3]
    again = pickle.loads(pickle.dumps(variations))
    np.testing.assert_array_equal(again.initial_parameters().vector, variations.initial_parameters().vector)
    assert again.experiment == variations.experiment


# --- what does not hold ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({"epochs": RATES}, "a setting that varies must be one of learning_rate, scale, seed, got epochs"),
        ({"learning_rate": RATES[:2]}, r"learning_rate must be 3 numbers, got shape \(2,\)"),
        ({"learning_rate": RATES[:, None]}, r"learning_rate must be 3 numbers, got shape \(3, 1\)"),
        ({"learning_rate": RATES - 0.1}, r"learning_rate must be in \[0.001, 10\], got 0.0"),
        ({"learning_rate": RATES * np.nan}, r"learning_rate must be in \[0.001, 10\], got nan"),
        ({"scale": RATES * 50}, r"scale must be in \[0.01, 5\], got 10.0"),
        ({"seed": np.arange(-1, 2)}, r"seed must be in \[0, 4.29497e\+09\], got -1"),
    ],
)
def test_numbers_that_do_not_hold_are_rejected(numbers, message):
    with pytest.raises(ValueError, match=message):
        Variations(UNIFORM, 3, numbers)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([0.0], r"weights.0.1.1 must be 2 numbers, got shape \(1,\)"),
        ([0.0, 1000.5], r"weights.0.1.1 must be in \[-1000, 1000\], got 1000.5"),
        ([np.inf, 0.0], r"weights.0.1.1 must be in \[-1000, 1000\], got inf"),
    ],
)
def test_weights_that_do_not_hold_are_rejected(values, message):
    with pytest.raises(ValueError, match=message):
        Variations(UNIFORM, 2, initial_values={("weights", 0, 1, 1): np.array(values)})


@pytest.mark.parametrize("shape", [(9, 2), (8, 3), (3, 9), (9,)])
def test_starts_of_the_wrong_shape_are_rejected(shape):
    with pytest.raises(ValueError, match=r"starts must have shape \(9, 3\), got"):
        Variations(UNIFORM, 3, starts=np.zeros(shape))


@pytest.mark.parametrize("number", [-1, 3])
def test_a_network_that_is_not_among_them_is_rejected(number):
    with pytest.raises(ValueError, match=rf"number must be in \[0, 2\], got {number}"):
        Variations(UNIFORM, 3).experiment_of(number)


# --- parameters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "column"),
    [
        (("weights", 0, 1, 0), (0, 1, 0)),
        (("weights", 1, 0, 1), (1, 0, 1)),
        (("biases", 0, 1), (0, 1, 2)),
        (("biases", 1, 0), (1, 0, 2)),
    ],
)
def test_a_parameter_is_a_column_of_its_layer(place, column):
    assert column_of(UNIFORM, place) == column


def test_every_parameter_has_a_place():
    """Twenty of a network 3-4-1, each another number of the vector, as the layers have them."""
    experiment = UNIFORM.changed(features=("x1", "x2", "x1*x2"), hidden_layer_sizes=(4,))
    sizes = experiment.layer_sizes
    places: list[Any] = [
        place
        for layer in range(2)
        for unit in range(sizes[layer + 1])
        for place in (
            *(("weights", layer, unit, source) for source in range(sizes[layer])),
            ("biases", layer, unit),
        )
    ]
    numbered = {place: np.array([float(number)]) for number, place in enumerate(places)}
    start = Variations(experiment, 1, initial_values=numbered).initial_parameters()
    np.testing.assert_array_equal(start.vector[:, 0], np.arange(experiment.parameter_count))


@pytest.mark.parametrize(
    "place",
    [("weights", 2, 0, 0), ("weights", 0, 2, 0), ("weights", 0, 0, 2), ("weights", -1, 0, 0),
     ("weights", 0, -1, 0), ("weights", 0, 0, -1), ("biases", 1, 1), ("biases", 2, 0)],
)  # fmt: skip
def test_a_parameter_outside_the_network_is_rejected(place):
    with pytest.raises(ValueError, match=f"{parameter_name(place)} must be in the network 2-2-1"):
        column_of(UNIFORM, place)


@pytest.mark.parametrize("place", [("weights", 0, 0), ("biases", 0, 0, 0), ("slopes", 0, 0), ("biases",)])
def test_what_is_no_parameter_is_rejected(place):
    with pytest.raises(ValueError, match=r"a parameter must be a weight .* or a bias .*, got"):
        column_of(UNIFORM, place)


def test_a_parameter_has_the_name_that_links_spell():
    assert parameter_name(("weights", 0, 1, 1)) == "weights.0.1.1"
    assert parameter_name(("biases", 1, 0)) == "biases.1.0"


@pytest.mark.parametrize(
    ("given", "differ"),
    [
        ({}, "nothing"),
        ({"numbers": {"learning_rate": RATES}}, "learning_rate"),
        ({"initial_values": {("weights", 0, 1, 1): RATES}}, "weights.0.1.1"),
        ({"starts": np.zeros((9, 3))}, "starts"),
    ],
    ids=["nothing", "a number", "a weight", "starts"],
)
def test_it_is_shown_in_one_line_what_differs(given: dict[str, Any], differ: str) -> None:
    shown = repr(Variations(UNIFORM, 3, **given))
    assert shown == f"Variations(xor, 2-2-1: 3 networks that differ in {differ})"
