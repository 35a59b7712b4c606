"""What many networks will cost, before any is made."""

import tracemalloc

import numpy as np
import pytest

from nnlab import Experiment
from nnlab.web.border.asking import TooExpensiveError
from nnlab.web.many import price
from nnlab.web.many.requests import (
    LandscapeRequest,
    LandscapeView,
    MapRequest,
    MapView,
    StartsRequest,
    StartsView,
)

DEEP = {"hidden_layer_sizes": (8,) * 6, "initialization": "xavier", "batch_size": 1}


def ask_starts(starts, **experiment):
    return StartsRequest(version=1, experiment=Experiment(**experiment), view=StartsView(starts=starts))


def ask_map(size, numbers=False, **experiment):
    view = MapView(size=size, numbers=numbers)
    return MapRequest(version=1, experiment=Experiment(**experiment), view=view)


def test_the_work_is_counted_as_by_hand():
    # 2-2-1 has 9 connections, passed three times, and 3 units of 8; four rows, 201 epochs
    assert price.work(Experiment(), 10) == 10 * 201 * (3 * 9 + 8 * 3) * 4


def test_work_grows_with_networks_epochs_and_layers_and_where_batches_are_small():
    work = price.work(Experiment(), 10)
    assert price.work(Experiment(), 20) == 2 * work
    assert price.work(Experiment(epochs=402), 10) == 2 * work
    assert price.work(Experiment(batch_size=1), 10) > work
    assert price.work(Experiment(**DEEP), 10) > work


def test_what_the_pages_ask_for_by_themselves_is_within_the_ceilings():
    for initialization in ("notebook", "uniform"):
        price.check_starts(ask_starts(10_000, initialization=initialization, epochs=5000))
        price.check_map(ask_map(512, numbers=True, initialization=initialization, epochs=1000))


def test_the_largest_landscape_is_within_the_ceilings():
    experiment = Experiment(features=("x1", "x2", "x1*x2", "x1 and x2"), **DEEP)
    view = LandscapeView(x_path=(-1, 1), y_path=(-1, 1), size=120)
    parameters = tuple(np.zeros(experiment.parameter_count).tolist())
    price.check_landscape(
        LandscapeRequest(version=1, experiment=experiment, parameters=parameters, view=view)
    )


@pytest.mark.parametrize(
    ("check", "asked"),
    [
        (price.check_starts, lambda: ask_starts(10_000, epochs=5000, **DEEP)),
        (price.check_map, lambda: ask_map(512, epochs=5000)),
    ],
    ids=["starts", "map"],
)
def test_too_much_work_is_refused_with_the_bound_before_memory_is_taken(check, asked):
    tracemalloc.start()
    try:
        with pytest.raises(TooExpensiveError, match="work must be at most") as caught:
            check(asked())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    error = caught.value
    assert (error.rule, error.bound) == ("work", price.WORK_CEILING)
    assert error.value > price.WORK_CEILING
    assert peak < 1_000_000  # one number for each network would be more


@pytest.mark.parametrize("numbers", [False, True])
def test_the_bytes_of_a_map_are_refused_beyond_their_ceiling(numbers, monkeypatch):
    sent = 9 * (14 if numbers else 2)
    monkeypatch.setattr(price, "BYTES_CEILING", sent)
    price.check_map(ask_map(3, numbers))
    monkeypatch.setattr(price, "BYTES_CEILING", sent - 1)
    with pytest.raises(TooExpensiveError, match=f"bytes must be at most {sent - 1}, got {sent}"):
        price.check_map(ask_map(3, numbers))
