"""Rows in a new order each epoch: which order, and that nothing but the data's seed and the epoch decides it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.core.batches import shuffled as order_of
from nnlab.core.many import starts
from nnlab.core.many.many_training import ManyTraining, first_checkpoint, train_variations
from nnlab.core.network import Parameters
from nnlab.core.training import Training

CIRCLE = Experiment(
    dataset="circle",
    samples=40,
    hidden_layer_sizes=(3,),
    initialization="uniform",
    batch_size=6,
    epochs=12,
    shuffle=True,
    data_seed=5,
)
ORDERED = CIRCLE.changed(shuffle=False)


# --- the order ------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 4999), st.integers(1, 1000))
def test_an_order_takes_each_row_once(seed, epoch, rows):
    order = order_of(CIRCLE.changed(data_seed=seed), epoch, rows)
    assert sorted(order.tolist()) == list(range(rows))


def test_each_epoch_has_an_order_of_its_own():
    orders = [tuple(order_of(CIRCLE, epoch, 20)) for epoch in range(200)]
    assert len(set(orders)) == 200
    assert tuple(range(20)) not in orders


def test_the_datas_seed_and_the_epoch_say_which():
    np.testing.assert_array_equal(order_of(CIRCLE, 3, 20), order_of(CIRCLE, 3, 20))
    other = CIRCLE.changed(data_seed=6)
    assert not np.array_equal(order_of(CIRCLE, 3, 20), order_of(other, 3, 20))


def test_the_seed_of_the_weights_and_all_else_leave_it():
    other = CIRCLE.changed(
        seed=77, learning_rate=1.0, batch_size=3, hidden_layer_sizes=(8,), optimizer="adam"
    )
    np.testing.assert_array_equal(order_of(CIRCLE, 3, 20), order_of(other, 3, 20))


def test_every_row_comes_about_as_often_at_every_place():
    places = np.array([order_of(CIRCLE, epoch, 4) for epoch in range(4000)])
    for row in range(4):
        np.testing.assert_allclose((places == row).mean(axis=0), 0.25, atol=0.03)


# --- training in it -------------------------------------------------------------------------------


def in_given_order(experiment):
    """The run whose rows stand, for each epoch, in that epoch's order: own data, an epoch at a time."""
    data, parameters = experiment.data(), experiment.initial_parameters()
    for epoch in range(experiment.epochs):
        order = order_of(experiment, epoch, len(data.targets))
        rows = [
            (*data.points[row].round(4).tolist(), int(data.targets[row] > data.middle))
            for row in order.tolist()
        ]
        run = experiment.changed(dataset="own", points=rows, shuffle=False, epochs=1).with_start(parameters)
        parameters = nnlab.train(run).parameters
    return parameters.vector


@pytest.mark.parametrize("batch_size", [1, 6, 19, 1000])
@pytest.mark.parametrize("batch_divisor", ["nominal", "actual"])
def test_a_run_takes_its_rows_in_the_epochs_order(batch_size, batch_divisor):
    """Of 19 own rows, since fewer than 20 all train."""
    points = [(*np.round(place, 4).tolist(), k % 2) for k, place in enumerate(ORDERED.data().points[:19])]
    experiment = CIRCLE.changed(
        dataset="own", points=points, batch_size=batch_size, batch_divisor=batch_divisor
    )
    vector = nnlab.train(experiment).parameters.vector
    np.testing.assert_allclose(vector, in_given_order(experiment), rtol=1e-12)


def test_in_another_order_a_run_ends_elsewhere():
    shuffled, ordered = (nnlab.train(each).parameters.vector for each in (CIRCLE, ORDERED))
    assert np.abs(shuffled - ordered).max() > 1e-3


def test_with_all_rows_in_one_batch_the_order_makes_no_difference():
    whole = CIRCLE.changed(batch_size=1000)
    shuffled, ordered = (nnlab.train(whole.changed(shuffle=choice)) for choice in (True, False))
    np.testing.assert_allclose(shuffled.parameters.vector, ordered.parameters.vector, rtol=1e-10)


def test_the_cost_is_over_the_rows_whatever_their_order():
    frame = next(nnlab.stream(CIRCLE))
    assert frame.cost == next(nnlab.stream(ORDERED)).cost
    history, data = nnlab.train(CIRCLE), CIRCLE.data()
    expected = np.mean((history.predict(data.points) - data.targets) ** 2) / 2
    assert history.cost[-1] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("steps", [(1,) * 12, (5, 7), (11, 1)], ids=str)
def test_trained_in_pieces_is_trained_at_once(steps):
    training, variations = Training(CIRCLE), starts.variations(CIRCLE, 4)
    checkpoint = first_checkpoint(variations)
    for epochs in steps:
        training.advance(epochs)
        many = ManyTraining(variations, checkpoint)
        many.advance(training.epoch)
        checkpoint = many.checkpoint()
    np.testing.assert_array_equal(training.parameters.vector, nnlab.train(CIRCLE).parameters.vector)
    np.testing.assert_array_equal(checkpoint.vector, train_variations(variations).parameters.vector)


def test_many_networks_see_the_rows_in_the_order_of_a_single_run():
    experiments = [CIRCLE.changed(seed=seed) for seed in range(4)]
    together = nnlab.train_many(experiments).parameters.vector
    for number, experiment in enumerate(experiments):
        alone = nnlab.train(experiment).parameters.vector
        np.testing.assert_allclose(together[:, number], alone, rtol=1e-9)


def test_a_start_given_by_hand_goes_through_the_same_order():
    start = CIRCLE.initial_parameters()
    by_hand = CIRCLE.with_start(Parameters(start.layer_sizes, start.vector)).changed(seed=99)
    np.testing.assert_array_equal(
        nnlab.train(by_hand).parameters.vector, nnlab.train(CIRCLE).parameters.vector
    )
