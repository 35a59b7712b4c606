"""Many networks at once against as many single runs, and against themselves, however they are cut."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.core import starts
from nnlab.core.activations import ACTIVATIONS
from nnlab.core.experiment import choices
from nnlab.core.many import (
    FEWEST,
    MOST,
    ManyTraining,
    looks,
    slice_size,
    slices,
    start,
    train_variations,
)
from nnlab.core.network import Batch, Parameters, parameter_count
from nnlab.core.training import Training
from nnlab.core.variations import Variations

UNIFORM = Experiment(initialization="uniform")
SHORT = UNIFORM.changed(epochs=10)

unhurried = settings(deadline=None, max_examples=50)

STEADY = 1e-10
ALIKE = 1e-9


def alone(experiments):
    """Where single runs end, (n, N)."""
    return np.stack([nnlab.train(experiment).parameters.vector for experiment in experiments], axis=-1)


def nudged(experiment, toward):
    """Where a single run ends if the last bit of every parameter is changed before every epoch.

    A change of the start alone may vanish in the first step's rounding, and say nothing of the steps after it.
    """
    training = Training(experiment)
    vector = training.parameters.vector
    for _ in range(experiment.epochs):
        np.nextafter(vector, toward, out=vector)
        training.advance(1)
    return vector


def sensitivity(experiments, ends):
    """How far changes in the last bit carry each single run from its end, (N,)."""
    both = [
        np.stack([nudged(experiment, toward) for experiment in experiments], axis=-1)
        for toward in (np.inf, -np.inf)
    ]
    return np.abs(np.array(both) - ends).max(axis=(0, 1))


def assert_end_as_alone(experiments, at_least=0.8):
    """Each ends where its own run ends, wherever that is well defined: for most of them."""
    history, ends = nnlab.train_many(experiments), alone(experiments)
    steady = sensitivity(experiments, ends) < STEADY
    assert steady.mean() >= at_least
    np.testing.assert_allclose(history.parameters.vector[:, steady], ends[:, steady], rtol=0, atol=ALIKE)


# --- one run each ---------------------------------------------------------------------------------


def test_every_learning_rate_ends_as_alone():
    assert_end_as_alone([Experiment(learning_rate=rate) for rate in np.geomspace(0.001, 10, 40)])


@pytest.mark.parametrize("initialization", ["uniform", "normal", "equal"])
def test_every_scale_ends_as_alone(initialization):
    assert_end_as_alone(
        [
            Experiment(initialization=initialization, scale=scale, seed=seed)
            for seed, scale in enumerate(np.geomspace(0.01, 5, 24))
        ]
    )


@pytest.mark.parametrize("initialization", ["uniform", "normal", "xavier"])
def test_every_seed_ends_as_alone(initialization):
    seeds = [*range(22), 2**31, 2**32 - 1]
    assert_end_as_alone([Experiment(initialization=initialization, seed=seed) for seed in seeds])


def test_explicit_weights_end_as_alone():
    vectors = np.random.default_rng(5).normal(scale=1.5, size=(24, 9))
    assert_end_as_alone([UNIFORM.with_start(Parameters((2, 2, 1), vector)) for vector in vectors])


def test_starts_of_every_kind_end_as_alone_together():
    kinds = [kind for kind in choices("initialization") if kind != "explicit"]
    experiments = [Experiment(initialization=kind, scale=0.5, seed=2) for kind in kinds]
    assert_end_as_alone([*experiments, Experiment().with_start(UNIFORM.initial_parameters())], at_least=1)


@pytest.mark.parametrize("batch_size", [1, 2, 3, 4])
@pytest.mark.parametrize("batch_divisor", ["nominal", "actual"])
def test_every_batch_size_ends_as_alone(batch_size, batch_divisor):
    experiment = UNIFORM.changed(batch_size=batch_size, batch_divisor=batch_divisor, epochs=101)
    assert_end_as_alone(
        [
            experiment.changed(seed=seed, learning_rate=rate)
            for seed, rate in enumerate(np.geomspace(0.05, 5, 20))
        ]
    )


@pytest.mark.parametrize("hidden", [(), (1,), (4,), (3, 2), (3, 2, 4)], ids=str)
@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
@pytest.mark.parametrize(("encoding", "output"), [("bipolar", "tanh"), ("binary", "sigmoid")])
@pytest.mark.parametrize("features", [("x1", "x2"), ("x2", "x1*x2", "x1 and x2")], ids="+".join)
def test_every_shape_ends_as_alone(hidden, activation, encoding, output, features):
    experiment = Experiment(
        hidden_layer_sizes=hidden,
        activation=activation,
        encoding=encoding,
        output_activation=output,
        features=features,
        initialization="normal",
        epochs=61,
    )
    assert_end_as_alone(
        [
            experiment.changed(seed=seed, learning_rate=rate)
            for seed, rate in enumerate(np.geomspace(0.05, 5, 8))
        ],
        at_least=0.6,
    )


@st.composite
def calm(draw):
    """Experiments that differ in numbers, of any shape, that rounding does not carry apart in so few epochs."""
    experiment = Experiment(
        dataset=draw(st.sampled_from(["xor", "and", "nor"])),
        encoding=draw(st.sampled_from(choices("encoding"))),
        features=draw(st.lists(st.sampled_from(choices("features")), min_size=1, unique=True)),
        hidden_layer_sizes=draw(st.lists(st.integers(1, 8), max_size=6)),
        activation=draw(st.sampled_from(choices("activation"))),
        output_activation=draw(st.sampled_from(choices("output_activation"))),
        batch_size=draw(st.integers(1, 4)),
        batch_divisor=draw(st.sampled_from(choices("batch_divisor"))),
        initialization=draw(st.sampled_from(["uniform", "normal", "xavier", "equal", "zeros"])),
        epochs=draw(st.integers(1, 12)),
    )
    numbers = st.tuples(st.floats(0.001, 0.5), st.floats(0.01, 2.0), st.integers(0, 2**32 - 1))
    names = ("learning_rate", "scale", "seed")
    return [
        experiment.changed(**dict(zip(names, values, strict=True)))
        for values in draw(st.lists(numbers, min_size=1, max_size=4))
    ]


@unhurried
@given(calm())
def test_any_experiments_end_as_alone(experiments):
    history = nnlab.train_many(experiments)
    np.testing.assert_allclose(history.parameters.vector, alone(experiments), rtol=0, atol=ALIKE)


def test_on_the_border_of_what_trains_many_and_one_part_as_one_parts_from_itself():
    """There the last bit decides, so no order of summing is the right one."""
    experiments = [Experiment(learning_rate=rate) for rate in np.linspace(1.95, 2.05, 11)]
    ends = alone(experiments)
    assert (sensitivity(experiments, ends) > 1e-3).all()
    assert np.abs(nnlab.train_many(experiments).parameters.vector - ends).max() > 1e-3


# --- the cost on the way --------------------------------------------------------------------------


def test_the_cost_at_chosen_epochs_is_that_of_the_single_runs():
    experiments = [UNIFORM.changed(seed=seed) for seed in range(12)]
    history = nnlab.train_many(experiments, epochs=[100, 0, 1, 7, 7])
    assert history.epochs.tolist() == [0, 1, 7, 100, 201]
    assert history.cost.shape == (12, 5)
    for cost, experiment in zip(history.cost, experiments, strict=True):
        run = nnlab.train(experiment)
        whole = np.concatenate([[run.initial_cost], run.cost])
        np.testing.assert_allclose(cost, whole[history.epochs], rtol=0, atol=1e-12)


def test_costs_are_taken_from_the_first_epoch_to_the_last_by_themselves():
    history = nnlab.train_many([SHORT])
    assert history.epochs.tolist() == list(range(11))


def test_only_the_end_is_looked_at_if_no_epoch_is_chosen():
    assert nnlab.train_many([SHORT], epochs=[]).epochs.tolist() == [10]


@unhurried
@given(st.integers(1, 5000), st.integers(2, 100))
def test_looks_are_evenly_spaced_from_start_to_end(last, count):
    at = looks(last, count)
    assert (at[0], at[-1], len(at)) == (0, last, min(count, last + 1))
    assert np.ptp(np.diff(at)) <= 1


def test_a_history_says_who_has_learned_and_since_when():
    history = nnlab.train_many([UNIFORM.changed(seed=seed) for seed in range(40)], epochs=range(201))
    np.testing.assert_array_equal(history.final_cost, history.cost[:, -1])
    np.testing.assert_array_equal(history.solved, history.final_cost < 0.02)
    np.testing.assert_array_equal(history.solved_since >= 0, history.solved)
    assert 0 < history.solved.sum() < 40
    for cost, since in zip(history.cost, history.solved_since, strict=True):
        if since > 0:
            assert (cost[since:] < 0.02).all()
            assert cost[since - 1] >= 0.02


# --- any cut --------------------------------------------------------------------------------------

EACH_WAY = [
    {},
    {"batch_size": 1, "hidden_layer_sizes": ()},
    {"batch_size": 4, "hidden_layer_sizes": (3, 2), "activation": "sigmoid"},
    {"batch_size": 3, "hidden_layer_sizes": (1,), "features": ("x1", "x2", "x1*x2")},
    {"batch_size": 4, "hidden_layer_sizes": (8, 8)},
]


def trained(variations, precision):
    training = ManyTraining(variations, start(variations, precision))
    training.advance(20)
    return training.parameters.vector, training.cost()


@pytest.mark.parametrize("shape", EACH_WAY, ids=str)
@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 16, 69])
def test_any_cut_ends_in_the_same_bits(shape, precision, size):
    variations = Variations(
        UNIFORM.changed(**shape), 70, {"seed": np.arange(70), "learning_rate": np.linspace(0.1, 9, 70)}
    )
    pieces = [trained(variations[low : low + size], precision) for low in range(0, 70, size)]
    vector, cost = trained(variations, precision)
    np.testing.assert_array_equal(np.concatenate([piece[0] for piece in pieces], axis=1), vector)
    np.testing.assert_array_equal(np.concatenate([piece[1] for piece in pieces]), cost)


def test_a_network_ends_in_the_same_bits_alone_and_among_many():
    """On the border too: a point of a map is trained again by itself."""
    experiments = [UNIFORM.changed(seed=seed, learning_rate=2.0, batch_size=4) for seed in range(5)]
    together = nnlab.train_many(experiments)
    for number, experiment in enumerate(experiments):
        history = nnlab.train_many([experiment])
        np.testing.assert_array_equal(history.cost[0], together.cost[number])
        np.testing.assert_array_equal(history.parameters.vector[:, 0], together.parameters.vector[:, number])


def test_more_networks_than_a_slice_holds_are_all_trained():
    variations = starts.variations(SHORT, 2 * slice_size(SHORT) + 1)
    assert len(slices(variations)) == 3
    history = train_variations(variations)
    for cut in (slice(0, 1), slice(2000, 2003), slice(len(variations) - 1, None)):
        few = train_variations(variations[cut])
        np.testing.assert_array_equal(few.parameters.vector, history.parameters.vector[:, cut])
        np.testing.assert_array_equal(few.cost, history.cost[cut])


def test_training_goes_on_from_where_it_stood():
    variations = starts.variations(SHORT, 5)
    first = ManyTraining(variations, start(variations))
    first.advance(4)
    then = ManyTraining(variations, first.standing())
    then.advance(10)
    then.advance(3)
    assert then.epoch == 10
    np.testing.assert_array_equal(then.parameters.vector, train_variations(variations).parameters.vector)


@unhurried
@given(st.integers(1, 20_000), st.integers(1, 5000))
def test_slices_hold_each_network_once_and_are_alike_in_length(count, size):
    cuts = slices(Variations(UNIFORM, count), size)
    assert [0, *(cut.stop for cut in cuts)] == [*(cut.start for cut in cuts), count]
    lengths = [cut.stop - cut.start for cut in cuts]
    assert 1 <= min(lengths) <= max(lengths) <= size
    assert max(lengths) - min(lengths) <= 1


def test_larger_networks_are_trained_in_smaller_slices():
    sizes = [slice_size(UNIFORM.changed(hidden_layer_sizes=(8,) * depth)) for depth in range(7)]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (MOST, FEWEST)


# --- single precision -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "bound"), [({}, 0.001), ({"epochs": 2001}, 0.001), ({"learning_rate": 2.0}, 0.06)], ids=str
)
def test_few_outcomes_differ_in_single_precision(settings, bound):
    """Of the notebook's learning rate none or nearly none; where runs are chaotic a few in a hundred."""
    double = nnlab.many_starts(UNIFORM.changed(**settings), 2000)
    single = nnlab.many_starts(UNIFORM.changed(**settings), 2000, precision="single")
    assert np.mean(double.solved != single.solved) <= bound
    assert single.success.value == pytest.approx(double.success.value, abs=0.01)


def test_single_precision_is_that_of_the_parameters_and_costs_come_in_double():
    history = nnlab.train_many([SHORT, SHORT], precision="single")
    assert history.parameters.vector.dtype == np.float32
    assert history.cost.dtype == np.float64
    assert history.parameters.network(1).vector.dtype == np.float64
    np.testing.assert_allclose(
        history.parameters.vector, nnlab.train_many([SHORT, SHORT]).parameters.vector, rtol=1e-4
    )


# --- gradients ------------------------------------------------------------------------------------

H = 1e-5
INPUTS = np.random.default_rng(2).normal(size=(2, 3))
TARGETS = np.array([-1.0, 1.0, 1.0])


def batch_of(sizes, vector, activation):
    activations = [ACTIVATIONS[activation]] * (len(sizes) - 2) + [ACTIVATIONS["tanh"]]
    return Batch.alone(Parameters(sizes, vector), activations, INPUTS, TARGETS, divisor=3)


def gradient(batch):
    batch.forward()
    return batch.backward().copy()


each_network = pytest.mark.parametrize("sizes", [(2, 1), (2, 2, 1), (2, 3, 1, 1), (2, 4, 3, 2, 1)], ids=str)
each_activation = pytest.mark.parametrize("activation", ["tanh", "sigmoid"])


@each_network
@each_activation
@pytest.mark.parametrize("networks", [1, 2, 17])
def test_the_gradient_of_many_is_each_networks_own(sizes, activation, networks):
    vectors = np.random.default_rng(39).normal(size=(parameter_count(sizes), networks))
    together = gradient(batch_of(sizes, vectors, activation))
    own = [gradient(batch_of(sizes, vector.copy(), activation)) for vector in vectors.T]
    np.testing.assert_allclose(together.T, own, rtol=1e-12, atol=1e-15)


@each_network
@each_activation
def test_the_cost_of_many_slopes_as_the_gradient_says(sizes, activation):
    """Every nudge of every parameter is a network of its own: C(theta + h e_k) and C(theta - h e_k)."""
    theta = np.random.default_rng(39).normal(size=parameter_count(sizes))
    steps = H * np.eye(theta.size)
    up = batch_of(sizes, theta[:, np.newaxis] + steps, activation).cost()
    down = batch_of(sizes, theta[:, np.newaxis] - steps, activation).cost()
    both = gradient(batch_of(sizes, np.stack([theta, -theta], axis=-1), activation))
    np.testing.assert_allclose(both[:, 0], (up - down) / (2 * H), rtol=1e-6, atol=1e-10)
    assert np.abs(both[:, 0]).max() > 1e-3


# --- what does not hold ---------------------------------------------------------------------------


@pytest.mark.parametrize(("epochs", "wrong"), [([0, 202], 202), ([-1], -1), ([-3, 500], -3)])
def test_an_epoch_that_is_not_of_the_run_is_rejected(epochs, wrong):
    with pytest.raises(ValueError, match=rf"epochs must be in \[0, 201\], got {wrong}"):
        nnlab.train_many([UNIFORM], epochs=epochs)


def test_half_an_epoch_is_rejected():
    with pytest.raises(TypeError, match="float"):
        nnlab.train_many([UNIFORM], epochs=[0.5])


def test_a_precision_that_is_neither_is_rejected():
    with pytest.raises(ValueError, match="precision must be one of double, single, got 'half'"):
        nnlab.train_many([UNIFORM], precision="half")


def test_no_network_is_rejected():
    with pytest.raises(ValueError, match="at least 1 network is needed, got 0"):
        train_variations(Variations(UNIFORM, 0))
    with pytest.raises(ValueError, match="at least 1 experiment is needed, got 0"):
        nnlab.train_many([])


@pytest.mark.parametrize("size", [0, -1])
def test_a_slice_of_nobody_is_rejected(size):
    with pytest.raises(ValueError, match=f"a slice must have at least 1 network, got {size}"):
        slices(Variations(UNIFORM, 10), size)
