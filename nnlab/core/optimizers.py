"""What is done with a gradient. An optimizer works on whole vectors: it never asks which weight is which."""

import numpy as np

from nnlab.core.arrays import Numbers


def gradient_descent(parameters: Numbers, gradient: Numbers, learning_rate: float | Numbers) -> None:
    """Take one step down the slope.

        theta <- theta - learning_rate * gradient

    Args:
        parameters: theta, every weight and bias, shape (n,), or (n, N) of many networks; updated in place.
        gradient: of the batch's cost, of the same shape; used up as working space.
        learning_rate: the length of the step, as a factor of the gradient; one number, or (N,).
    """
    np.multiply(gradient, learning_rate, gradient)
    np.subtract(parameters, gradient, parameters)
