import numpy as np

from nnlab.core.optimizers import gradient_descent


def test_a_step_goes_down_the_slope_by_the_learning_rate():
    theta = np.array([1.0, -2.0, 0.5])
    gradient_descent(theta, np.array([0.5, -1.0, 0.0]), 0.2)
    np.testing.assert_allclose(theta, [0.9, -1.8, 0.5], rtol=1e-15)


def test_a_step_is_taken_in_place_so_that_views_of_the_vector_follow():
    theta = np.ones(4)
    matrix = theta[:2].reshape(1, 2)
    gradient_descent(theta, np.ones(4), 0.25)
    np.testing.assert_array_equal(matrix, [[0.75, 0.75]])


def test_no_slope_is_no_step():
    theta = np.array([0.1, -0.0, 1e-300])
    gradient_descent(theta, np.zeros(3), 10.0)
    np.testing.assert_array_equal(theta, [0.1, -0.0, 1e-300])


def test_a_small_step_lowers_a_cost():
    def cost(theta):
        return float(theta @ theta)

    theta = np.array([3.0, -1.0])
    before = cost(theta)
    gradient_descent(theta, 2 * theta, 0.01)
    assert cost(theta) < before
