"""Optimizers: how a gradient changes the parameters, by the same formula for every weight and bias.

Symbols: theta is every weight and bias, g the gradient of the batch's cost, eta the learning rate. What an
optimizer remembers between two updates are a few vectors like theta, its *memory*, 0 at the start. Every
formula is the same for one network, vectors (n,), and for many at once, (n, N).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnlab.core.arrays import Numbers


def gradient_descent(theta: Numbers, gradient: Numbers, learning_rate: float | Numbers) -> None:
    """Step against the gradient: plain gradient descent.

        theta <- theta - eta g

    Args:
        theta: every weight and bias, shape (n,), or (n, N) of many networks; updated in place.
        gradient: g, of the same shape; used up as working space.
        learning_rate: eta, the length of the step as a factor of the gradient; one number, or (N,).
    """
    np.multiply(gradient, learning_rate, gradient)
    np.subtract(theta, gradient, theta)


def momentum(
    theta: Numbers, gradient: Numbers, learning_rate: float | Numbers, memory: Numbers, *, momentum: float
) -> None:
    """Descend with momentum: a velocity sums the gradients up, and friction slows it (Polyak 1964).

    v <- mu v + g,   theta <- theta - eta v
    """
    (velocity,) = memory
    velocity *= momentum
    velocity += gradient
    theta -= learning_rate * velocity


def nesterov(
    theta: Numbers, gradient: Numbers, learning_rate: float | Numbers, memory: Numbers, *, momentum: float
) -> None:
    """Descend with momentum and look ahead: the step is the one that the velocity would take next (Nesterov 1983).

        v <- mu v + g,   theta <- theta - eta (g + mu v)

    This is the form of Sutskever, Martens, Dahl & Hinton (2013), in the variables after the look ahead.
    """
    (velocity,) = memory
    velocity *= momentum
    velocity += gradient
    theta -= learning_rate * (gradient + momentum * velocity)


def rmsprop(
    theta: Numbers,
    gradient: Numbers,
    learning_rate: float | Numbers,
    memory: Numbers,
    *,
    decay: float,
    epsilon: float,
) -> None:
    """Divide each parameter's step by the running size of its gradients (Tieleman & Hinton 2012).

    s <- rho s + (1 - rho) g^2,   theta <- theta - eta g / (sqrt(s) + epsilon)
    """
    (squares,) = memory
    squares *= decay
    squares += (1.0 - decay) * gradient * gradient
    theta -= learning_rate * gradient / (np.sqrt(squares) + epsilon)


def adam(
    theta: Numbers,
    gradient: Numbers,
    learning_rate: float | Numbers,
    memory: Numbers,
    *,
    update: int,
    beta1: float,
    beta2: float,
    epsilon: float,
) -> None:
    """Step by the running mean of the gradients, divided by their running size (Kingma & Ba 2015).

        v <- beta1 v + (1 - beta1) g,   s <- beta2 s + (1 - beta2) g^2
        theta <- theta - eta (v / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + epsilon)

    Both means begin at 0; the divisors make up for that.

    Args:
        update: t, 1 at the first update.
    """
    means, squares = memory
    means *= beta1
    means += (1.0 - beta1) * gradient
    squares *= beta2
    squares += (1.0 - beta2) * gradient * gradient
    size = np.sqrt(squares / (1.0 - beta2**update)) + epsilon
    theta -= learning_rate * (means / (1.0 - beta1**update)) / size


@dataclass(frozen=True)
class Optimizer:
    """An optimizer: the function that makes its step, and the memory and settings that this takes.

    Attributes:
        step: changes theta and the memory in place.
        memory: how many vectors it remembers.
        settings: of the experiment that it asks for, by name.
        counts: whether it asks for the number of the update.
    """

    step: Callable[..., None]
    memory: int = 0
    settings: tuple[str, ...] = ()
    counts: bool = False


OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType(
    {
        "gradient_descent": Optimizer(gradient_descent),
        "momentum": Optimizer(momentum, 1, ("momentum",)),
        "nesterov": Optimizer(nesterov, 1, ("momentum",)),
        "rmsprop": Optimizer(rmsprop, 1, ("decay", "epsilon")),
        "adam": Optimizer(adam, 2, ("beta1", "beta2", "epsilon"), counts=True),
    }
)
