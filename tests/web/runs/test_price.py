"""What a run will cost, before it is begun."""

import pytest

from nnlab import Experiment
from nnlab.web.border.asking import TooExpensiveError
from nnlab.web.runs import price
from nnlab.web.runs.request import RunRequest, View
from nnlab.web.runs.stream import Run

CIRCLE = {"dataset": "circle", "batch_size": 10, "initialization": "he", "hidden_layer_sizes": (4, 3)}
DEEP = {"hidden_layer_sizes": (8,) * 6, "initialization": "xavier"}


def ask(view=None, **experiment):
    return RunRequest(version=2, experiment=Experiment(**experiment), view=View(**(view or {})))


@pytest.mark.parametrize(
    "asked",
    [
        ask(),
        ask({"every": 1}),
        ask({"epoch": 30}),
        ask({"frames": 7, "grid": 33, "exact": False}),
        ask(epochs=40, batch_size=3, **DEEP),
        ask({"units": True, "hidden": True}, epochs=40),
        ask({"units": True, "hidden": True, "grid": 20}, epochs=15, **CIRCLE),
        ask({"units": True, "hidden": True}, epochs=5, **DEEP),
        ask({"grid": 20}, epochs=5, dataset="plane", samples=77, initialization="zeros", train_share=83),
    ],
)
def test_the_bytes_are_those_of_the_frames_and_the_exact_surface(asked):
    run = Run(asked)
    frames = b""
    while not run.complete:
        frames += run.advance(until=0.0)
    surface = 8 * asked.view.grid**2 * asked.view.exact
    assert price.price(asked).bytes == len(frames) + surface


def test_work_grows_with_epochs_layers_frames_and_grid():
    work = price.price(ask()).work
    assert price.price(ask(epochs=1000)).work > work
    assert price.price(ask(batch_size=1)).work > work
    assert price.price(ask(**DEEP)).work > work
    assert price.price(ask({"units": True})).work > work
    circle, all_train = price.price(ask(**CIRCLE)).work, price.price(ask(train_share=90, **CIRCLE)).work
    assert work < circle < all_train
    assert price.price(ask({"frames": 200})).work > work
    assert price.price(ask({"grid": 121})).work > work
    assert price.price(ask({"epoch": 20})).work < work


def test_whatever_the_page_can_ask_for_is_within_the_ceilings():
    for epochs in (1, 5000):
        price.check(ask(epochs=epochs, batch_size=1, **DEEP))
        price.check(ask({"epoch": epochs}, epochs=epochs, batch_size=1, **DEEP))
        seen = {"units": True, "hidden": True}
        price.check(ask(seen, epochs=epochs, batch_size=10, **DEEP, dataset="spiral", samples=1000))


def test_too_much_work_is_refused_with_the_bound():
    with pytest.raises(TooExpensiveError, match="work must be at most") as caught:
        price.check(ask({"every": 1, "grid": 240}, epochs=5000, **DEEP))
    error = caught.value
    assert (error.rule, error.bound) == ("work", price.WORK_CEILING)
    assert error.value > price.WORK_CEILING


def test_too_many_bytes_are_refused_with_the_bound():
    with pytest.raises(TooExpensiveError, match="bytes must be at most") as caught:
        price.check(
            ask({"every": 1, "grid": 240}, epochs=5000, hidden_layer_sizes=(), initialization="zeros")
        )
    assert (caught.value.rule, caught.value.bound) == ("bytes", price.BYTES_CEILING)
