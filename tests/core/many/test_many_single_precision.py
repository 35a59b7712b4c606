"""Many networks in single precision."""

import numpy as np
import pytest

import nnlab
from nnlab import Experiment

UNIFORM = Experiment(initialization="uniform")
SHORT = UNIFORM.changed(epochs=10)


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
