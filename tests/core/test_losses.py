import numpy as np
import pytest

from nnlab.core.losses import half_mean_squared_error, residual

OUTPUTS = np.array([[0.5, -0.25, 1.0]])
TARGETS = np.array([[1.0, -1.0, 1.0]])


def test_the_cost_is_half_the_mean_of_squared_distances():
    assert half_mean_squared_error(OUTPUTS, TARGETS) == (0.5**2 + 0.75**2) / 6


def test_the_cost_of_the_right_answers_is_zero():
    assert half_mean_squared_error(TARGETS, TARGETS) == 0


def test_the_cost_of_one_network_is_one_number():
    assert half_mean_squared_error(OUTPUTS, TARGETS).shape == ()


def test_the_cost_of_many_networks_is_one_number_each():
    many = np.stack([OUTPUTS, TARGETS, 2 * OUTPUTS], axis=-1)
    costs = half_mean_squared_error(many, TARGETS[..., np.newaxis])
    assert costs.tolist() == [half_mean_squared_error(many[..., n], TARGETS) for n in range(3)]


@pytest.mark.parametrize("shape", [(3,), (3, 1), (1, 2), (1, 1)])
def test_targets_of_another_shape_are_rejected_not_broadcast(shape):
    with pytest.raises(ValueError, match="must have one shape"):
        half_mean_squared_error(OUTPUTS, np.ones(shape))


def test_the_slope_is_the_central_difference_of_one_rows_loss():
    h, slope = 1e-6, np.empty_like(OUTPUTS)
    residual(OUTPUTS, TARGETS, slope)
    difference = ((OUTPUTS + h - TARGETS) ** 2 / 2 - (OUTPUTS - h - TARGETS) ** 2 / 2) / (2 * h)
    np.testing.assert_allclose(slope, difference, atol=1e-9)
