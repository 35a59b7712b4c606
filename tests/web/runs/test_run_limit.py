"""The estimated work of a run, and its limit."""

import pytest

from nnlab import Experiment
from nnlab.web.http.request_limits import LimitExceededError
from nnlab.web.runs import run_limit
from nnlab.web.runs.run_request import RunRequest, View

CIRCLE = {"dataset": "circle", "batch_size": 10, "initialization": "he", "hidden_layer_sizes": (4, 3)}
DEEP = {"hidden_layer_sizes": (8,) * 6, "initialization": "xavier"}


def ask(view=None, **experiment):
    return RunRequest(version=3, experiment=Experiment(**experiment), view=View(**(view or {})))


def test_work_grows_with_epochs_batches_layers_rows_and_gradients():
    work = run_limit.work(ask())
    assert run_limit.work(ask(epochs=1000)) > work
    assert run_limit.work(ask(batch_size=1)) > work
    assert run_limit.work(ask(**DEEP)) > work
    assert run_limit.work(ask({"gradients": True})) > work
    circle, all_train = run_limit.work(ask(**CIRCLE)), run_limit.work(ask(train_share=90, **CIRCLE))
    assert work < circle < all_train
    assert run_limit.work(ask({"epoch": 20})) < work


def test_frames_cost_no_work():
    """They are copies of what training has at hand."""
    assert run_limit.work(ask({"frames": 2})) == run_limit.work(ask())


def test_whatever_the_page_can_ask_for_is_within_the_ceiling():
    for epochs in (1, 5000):
        run_limit.check(ask(epochs=epochs, batch_size=1, **DEEP))
        run_limit.check(ask({"epoch": epochs}, epochs=epochs, batch_size=1, **DEEP))
        seen = {"gradients": True}
        run_limit.check(ask(seen, epochs=epochs, batch_size=10, **DEEP, dataset="spiral", samples=1000))


@pytest.mark.parametrize("seen", [{}, {"gradients": True}])
def test_too_much_work_is_refused_with_the_most_epochs_that_are_within(seen):
    dear = {"batch_size": 1, "dataset": "spiral", "samples": 1000} | DEEP
    with pytest.raises(LimitExceededError, match="epochs, by the work of them, must be at most") as caught:
        run_limit.check(ask(seen, epochs=5000, **dear))
    error = caught.value
    assert (error.field, error.rule, error.value) == ("epochs", "work", 5000)
    run_limit.check(ask(seen, epochs=error.bound, **dear))
    with pytest.raises(LimitExceededError):
        run_limit.check(ask(seen, epochs=error.bound + 1, **dear))
