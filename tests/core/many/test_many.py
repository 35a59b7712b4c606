"""Many networks at once against as many single runs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.core.experiment import choices
from nnlab.core.many.many_training import cost_epochs, slices, train_variations
from nnlab.core.many.variations import Variations
from nnlab.core.network import Parameters

from .against_single_runs import ALIKE, assert_end_as_alone, steady_ones, vectors

UNIFORM = Experiment(initialization="uniform")
SHORT = UNIFORM.changed(epochs=10)

unhurried = settings(deadline=None, max_examples=50)

# --- one run each ---------------------------------------------------------------------------------


def test_every_learning_rate_ends_as_alone():
    assert_end_as_alone([Experiment(learning_rate=rate) for rate in np.geomspace(0.001, 10, 40)])


@pytest.mark.parametrize("initialization", ["uniform", "normal", "he", "equal"])
def test_every_scale_ends_as_alone(initialization):
    assert_end_as_alone(
        [
            Experiment(initialization=initialization, scale=scale, seed=seed)
            for seed, scale in enumerate(np.geomspace(0.01, 5, 24))
        ]
    )


@pytest.mark.parametrize("initialization", ["uniform", "normal", "xavier", "he"])
def test_every_seed_ends_as_alone(initialization):
    seeds = [*range(22), 2**31, 2**32 - 1]
    assert_end_as_alone([Experiment(initialization=initialization, seed=seed) for seed in seeds])


def test_explicit_weights_end_as_alone():
    drawn = np.random.default_rng(5).normal(scale=1.5, size=(24, 9))
    assert_end_as_alone([UNIFORM.with_start(Parameters((2, 2, 1), vector)) for vector in drawn])


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
        activation=draw(st.sampled_from(["tanh", "sigmoid"])),
        output_activation=draw(st.sampled_from(["tanh", "sigmoid"])),
        batch_size=draw(st.integers(1, 5)),
        batch_divisor=draw(st.sampled_from(choices("batch_divisor"))),
        initialization=draw(st.sampled_from(["uniform", "normal", "xavier", "he", "equal", "zeros"])),
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
def test_any_calm_experiments_end_as_alone_every_one(experiments):
    ends = vectors([nnlab.train(experiment) for experiment in experiments])
    many = nnlab.train_many(experiments).parameters.vector
    np.testing.assert_allclose(many, ends, rtol=ALIKE, atol=ALIKE)


def test_on_the_border_of_what_trains_many_and_one_part_as_one_parts_from_itself():
    """There the last bit decides, so no order of summing is the right one."""
    experiments = [Experiment(learning_rate=rate) for rate in np.linspace(1.95, 2.05, 11)]
    runs = [nnlab.train(experiment) for experiment in experiments]
    assert not steady_ones(experiments, runs).any()
    assert np.abs(nnlab.train_many(experiments).parameters.vector - vectors(runs)).max() > 1e-3


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
    at = cost_epochs(last, count)
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


# --- what does not hold ---------------------------------------------------------------------------


@pytest.mark.parametrize(("epochs", "wrong"), [([0, 202], 202), ([-1], -1), ([-3, 500], -3)])
def test_an_epoch_that_is_not_of_the_run_is_rejected(epochs, wrong):
    with pytest.raises(ValueError, match=rf"epochs must be in \[0, 201\], got {wrong}"):
        nnlab.train_many([UNIFORM], epochs=epochs)


def test_half_an_epoch_is_rejected():
    with pytest.raises(TypeError, match="float"):
        nnlab.train_many([UNIFORM], epochs=[0.5])  # type: ignore[list-item]


def test_a_precision_that_is_neither_is_rejected():
    with pytest.raises(ValueError, match="precision must be one of double, single, got 'half'"):
        nnlab.train_many([UNIFORM], precision="half")  # type: ignore[arg-type]


def test_no_network_is_rejected():
    with pytest.raises(ValueError, match="at least 1 network is needed, got 0"):
        train_variations(Variations(UNIFORM, 0))
    with pytest.raises(ValueError, match="at least 1 experiment is needed, got 0"):
        nnlab.train_many([])


@pytest.mark.parametrize("size", [0, -1])
def test_a_slice_of_nobody_is_rejected(size):
    with pytest.raises(ValueError, match=f"a slice must have at least 1 network, got {size}"):
        slices(Variations(UNIFORM, 10), size)
