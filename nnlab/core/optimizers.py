"""What is done with a gradient. An optimizer works on whole vectors: it never asks which weight is which."""

import numpy as np

from nnlab.core.arrays import Array


def gradient_descent(parameters: Array, gradient: Array, learning_rate: float) -> None:
    """Take one step down the slope.

        theta <- theta - learning_rate * gradient

    Args:
        parameters: theta, every weight and bias, shape (n,); updated in place.
        gradient: of the batch's cost, shape (n,); used up as working space.
        learning_rate: the length of the step, as a factor of the gradient.
    """
    np.multiply(gradient, learning_rate, gradient)
    np.subtract(parameters, gradient, parameters)
