"""Networks end in the same bits however many are trained together, and wherever the work is cut."""

import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.core.many import starts
from nnlab.core.many.many_training import (
    FEWEST,
    MOST,
    ManyTraining,
    first_checkpoint,
    slice_size,
    slices,
    train_variations,
)
from nnlab.core.many.variations import Variations

from ..any_experiment import experiments

UNIFORM = Experiment(initialization="uniform")
SHORT = UNIFORM.changed(epochs=10)
CIRCLE = UNIFORM.changed(dataset="circle", samples=60, batch_size=10, learning_rate=0.1, epochs=12)

unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

EACH_WAY = [
    {},
    {"batch_size": 1, "hidden_layer_sizes": ()},
    {"batch_size": 4, "hidden_layer_sizes": (3, 2), "activation": "sigmoid"},
    {"batch_size": 3, "hidden_layer_sizes": (1,), "features": ("x1", "x2", "x1*x2")},
    {"batch_size": 4, "hidden_layer_sizes": (8, 8)},
    {"batch_size": 4, "activation": "relu", "output_activation": "linear", "learning_rate": 0.1},
    {"batch_size": 10, "dataset": "circle", "samples": 100, "optimizer": "adam", "regularization": "l1"},
]

each_precision = pytest.mark.parametrize("precision", ["double", "single"])


def trained(variations, precision):
    training = ManyTraining(variations, first_checkpoint(variations, precision))
    training.advance(20)
    return training.parameters.vector, training.cost()


@pytest.mark.parametrize("shape", EACH_WAY, ids=str)
@each_precision
@pytest.mark.parametrize("size", [1, 2, 3, 7, 16, 69])
def test_any_cut_ends_in_the_same_bits(shape, precision, size):
    variations = Variations(
        UNIFORM.changed(**shape), 70, {"seed": np.arange(70), "learning_rate": np.linspace(0.1, 9, 70)}
    )
    pieces = [trained(variations[low : low + size], precision) for low in range(0, 70, size)]
    vector, cost = trained(variations, precision)
    np.testing.assert_array_equal(np.concatenate([piece[0] for piece in pieces], axis=1), vector)
    np.testing.assert_array_equal(np.concatenate([piece[1] for piece in pieces]), cost)


@unhurried
@given(experiments(), st.sampled_from(["double", "single"]), st.data())
def test_any_experiment_ends_in_the_same_bits_in_any_pieces(experiment, precision, data):
    """Some of its seeds, cut anywhere, sent away and taken up again after any epochs."""
    experiment = experiment.changed(
        epochs=min(experiment.epochs, 6), samples=min(experiment.samples, 30), seed=0
    )
    variations = starts.variations(experiment, 5)
    epochs = range(experiment.epochs + 1)
    whole = train_variations(variations, epochs=epochs, precision=precision)
    edges = [0, *sorted(data.draw(st.sets(st.integers(1, 4)))), 5]
    looks = sorted(data.draw(st.sets(st.sampled_from(epochs))) | {experiment.epochs})
    for low, high in pairwise(edges):
        part = variations[low:high]
        checkpoint, cost = first_checkpoint(part, precision), []
        for look in looks:
            training = ManyTraining(part, pickle.loads(pickle.dumps(checkpoint)))
            training.advance(look)
            cost.append(training.cost())
            checkpoint = training.checkpoint()
        np.testing.assert_array_equal(np.stack(cost, axis=1), whole.cost[low:high, looks])
        np.testing.assert_array_equal(checkpoint.vector, whole.parameters.vector[:, low:high])
        np.testing.assert_array_equal(checkpoint.ends, whole.ends[low:high])
        np.testing.assert_array_equal(checkpoint.last_epochs, whole.last_epochs[low:high])


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


# --- a checkpoint -----------------------------------------------------------------------------------

WITH_MEMORY = [
    {},
    {"optimizer": "momentum"},
    {"optimizer": "nesterov", "regularization": "l2"},
    {"optimizer": "rmsprop", "learning_rate": 0.01},
    {"optimizer": "adam", "learning_rate": 0.01, "regularization": "l1", "regularization_rate": 0.1},
    {"regularization": "l1", "regularization_rate": 0.3, "learning_rate": 0.05},
    {"shuffle": True},
    {"stop_no_improvement": 3, "learning_rate": 3.0},
    {"stop_test_rising": 2, "learning_rate": 1.0},
    {"stop_all_correct": True},
    {"stop_cost": 0.4},
]


@pytest.mark.parametrize("change", WITH_MEMORY, ids=str)
@each_precision
@pytest.mark.parametrize("after", [1, 5, 11])
def test_training_goes_on_from_where_it_stood(change, precision, after):
    variations = starts.variations(CIRCLE.changed(**change), 5)
    first = ManyTraining(variations, first_checkpoint(variations, precision))
    first.advance(after)
    then = ManyTraining(variations, first.checkpoint())
    then.advance(12)
    then.advance(3)
    assert then.epoch == 12
    whole = train_variations(variations, precision=precision)
    np.testing.assert_array_equal(then.parameters.vector, whole.parameters.vector)
    np.testing.assert_array_equal(then.ends, whole.ends)
    np.testing.assert_array_equal(then.last_epochs, whole.last_epochs)


@pytest.mark.parametrize(
    ("change", "vectors"),
    [
        ({}, 0),
        ({"optimizer": "momentum"}, 1),
        ({"optimizer": "nesterov", "regularization": "l2"}, 1),
        ({"optimizer": "rmsprop", "regularization": "l1", "l1_clamp": False}, 1),
        ({"optimizer": "adam"}, 2),
        ({"optimizer": "adam", "regularization": "l1"}, 3),
        ({"regularization": "l1"}, 1),
    ],
    ids=str,
)
@each_precision
def test_at_the_start_nothing_is_remembered(change, vectors, precision):
    checkpoint = first_checkpoint(starts.variations(CIRCLE.changed(**change), 5), precision)
    assert checkpoint.memory.shape == (vectors, *checkpoint.vector.shape)
    assert checkpoint.memory.dtype == checkpoint.vector.dtype
    assert not checkpoint.memory.any()
    assert (checkpoint.epoch, set(checkpoint.ends), set(checkpoint.last_epochs)) == (0, {-1}, {0})


@pytest.mark.parametrize("count", [1, 5])
def test_a_standing_stays_while_training_goes_on(count):
    variations = starts.variations(CIRCLE.changed(optimizer="adam", stop_no_improvement=3), count)
    training = ManyTraining(variations, first_checkpoint(variations))
    training.advance(4)
    checkpoint = training.checkpoint()
    kept = pickle.loads(pickle.dumps(checkpoint))
    training.advance(12)
    for name in ("epoch", "vector", "memory", "stop_memory", "ends", "last_epochs"):
        np.testing.assert_array_equal(getattr(checkpoint, name), getattr(kept, name), err_msg=name)


# --- slices ---------------------------------------------------------------------------------------


@unhurried
@given(st.integers(1, 20_000), st.integers(1, 5000))
def test_slices_hold_each_network_once_and_are_alike_in_length(count, size):
    cuts = slices(Variations(UNIFORM, count), size)
    assert [0, *(cut.stop for cut in cuts)] == [*(cut.start for cut in cuts), count]
    lengths = [cut.stop - cut.start for cut in cuts]
    assert 1 <= min(lengths) <= max(lengths) <= size
    assert max(lengths) - min(lengths) <= 1


@pytest.mark.parametrize(
    "experiment",
    [UNIFORM, CIRCLE, CIRCLE.changed(samples=1000, batch_size=1000)],
    ids=["gate", "circle", "all rows"],
)
def test_larger_networks_are_trained_in_smaller_slices(experiment):
    sizes = [slice_size(experiment.changed(hidden_layer_sizes=(8,) * depth)) for depth in range(7)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1] or sizes[0] == FEWEST


def test_slices_are_neither_too_small_for_numpy_nor_too_large_for_memory():
    deep = CIRCLE.changed(samples=1000, hidden_layer_sizes=(8,) * 6)
    assert slice_size(UNIFORM.changed(hidden_layer_sizes=())) == MOST
    assert slice_size(deep) == FEWEST
    assert 10 < slice_size(deep.changed(batch_size=1000)) < FEWEST


def test_larger_batches_are_trained_in_smaller_slices():
    sizes = [slice_size(CIRCLE.changed(samples=1000, batch_size=size)) for size in (1, 10, 100, 1000)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]
