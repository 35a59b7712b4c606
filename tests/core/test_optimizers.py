"""Each optimizer against its formula, written out for one number at a time."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from nnlab.core.optimizers import OPTIMIZERS

SETTINGS = {
    "gradient_descent": {},
    "momentum": {"momentum": 0.8},
    "nesterov": {"momentum": 0.8},
    "rmsprop": {"decay": 0.7, "epsilon": 1e-3},
    "adam": {"beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3},
}
MEMORY = {"gradient_descent": 0, "momentum": 1, "nesterov": 1, "rmsprop": 1, "adam": 2}
RATE = 0.05
THETA = np.array([1.5, -0.3, 0.0, 2.0, -7.0])
GRADIENTS = np.random.default_rng(11).normal(size=(12, THETA.size)) * [1, 10, 1e-3, 1, 0]

each_optimizer = pytest.mark.parametrize("name", SETTINGS)
each_with_memory = pytest.mark.parametrize("name", [name for name in SETTINGS if MEMORY[name]])


def by_hand(name, theta, gradients, rate, given):
    """One number, step after step."""
    s = SimpleNamespace(**given)
    v = m = q = 0.0
    for t, g in enumerate(gradients, start=1):
        if name == "gradient_descent":
            theta = theta - rate * g
        elif name == "momentum":
            v = s.momentum * v + g
            theta = theta - rate * v
        elif name == "nesterov":
            v = s.momentum * v + g
            theta = theta - rate * (g + s.momentum * v)
        elif name == "rmsprop":
            q = s.decay * q + (1 - s.decay) * g**2
            theta = theta - rate * g / (math.sqrt(q) + s.epsilon)
        else:
            m = s.beta1 * m + (1 - s.beta1) * g
            q = s.beta2 * q + (1 - s.beta2) * g**2
            theta = theta - rate * (m / (1 - s.beta1**t)) / (math.sqrt(q / (1 - s.beta2**t)) + s.epsilon)
    return theta


def steps(name, theta, gradients, rate=RATE, given=None):
    """The same by the optimizer, from an empty memory: where it ends, and what it then remembers."""
    optimizer = OPTIMIZERS[name]
    theta, memory = theta.copy(), np.zeros((optimizer.memory, *theta.shape), theta.dtype)
    given = SETTINGS[name] if given is None else given
    for update, gradient in enumerate(gradients, start=1):
        remembered = (memory,) if optimizer.memory else ()
        counted = {"update": update} if optimizer.counts else {}
        optimizer.step(theta, gradient.copy(), rate, *remembered, **counted, **given)
    return theta, memory


def test_the_optimizers_are_these_five_with_their_settings_and_memories():
    assert {name: each.memory for name, each in OPTIMIZERS.items()} == MEMORY
    assert {name: set(each.settings) for name, each in OPTIMIZERS.items()} == {
        name: set(given) for name, given in SETTINGS.items()
    }
    assert [name for name, each in OPTIMIZERS.items() if each.counts] == ["adam"]


# --- the formulas ---------------------------------------------------------------------------------


@each_optimizer
@pytest.mark.parametrize("count", [1, 2, 3, 12])
def test_steps_follow_the_formula_number_by_number(name, count):
    theta, _ = steps(name, THETA, GRADIENTS[:count])
    expected = [
        by_hand(name, start, gradients.tolist(), RATE, SETTINGS[name])
        for start, gradients in zip(THETA.tolist(), GRADIENTS[:count].T, strict=True)
    ]
    np.testing.assert_allclose(theta, expected, rtol=1e-13, atol=1e-15)


@each_optimizer
def test_no_slope_is_no_step_from_rest(name):
    theta = np.array([0.1, -0.0, 1e-300])
    np.testing.assert_array_equal(steps(name, theta, np.zeros((3, 3)), 10.0)[0], theta)


@each_optimizer
def test_a_step_is_taken_in_place_so_that_views_of_the_vector_follow(name):
    optimizer, theta = OPTIMIZERS[name], np.ones(4)
    matrix = theta[:2].reshape(1, 2)
    memory = (np.zeros((optimizer.memory, 4)),) if optimizer.memory else ()
    counted = {"update": 1} if optimizer.counts else {}
    optimizer.step(theta, np.ones(4), 0.25, *memory, **counted, **SETTINGS[name])
    assert (matrix < 1).all()
    np.testing.assert_array_equal(matrix[0], theta[:2])


@each_optimizer
def test_small_steps_lower_a_cost(name):
    """C = theta . theta, whose gradient is 2 theta."""
    optimizer, theta = OPTIMIZERS[name], np.array([3.0, -1.0])
    memory = (np.zeros((optimizer.memory, 2)),) if optimizer.memory else ()
    costs = [float(theta @ theta)]
    for update in range(1, 21):
        counted = {"update": update} if optimizer.counts else {}
        optimizer.step(theta, 2 * theta, 0.01, *memory, **counted, **SETTINGS[name])
        costs.append(float(theta @ theta))
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < 0.9 * costs[0]


# --- what the formulas imply ----------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_the_first_step_of_adam_is_as_long_as_the_learning_rate_however_steep_it_is(scale):
    given = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-12}
    theta, _ = steps("adam", np.zeros(3), scale * np.array([[1.0, -0.5, 2.0]]), 0.2, given)
    np.testing.assert_allclose(theta, [-0.2, 0.2, -0.2], rtol=1e-8)


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_without_momentum_it_is_plain_gradient_descent(name):
    rolled, _ = steps(name, THETA, GRADIENTS, given={"momentum": 0.0})
    np.testing.assert_allclose(rolled, steps("gradient_descent", THETA, GRADIENTS)[0], rtol=1e-14)


def test_down_an_even_slope_momentum_comes_to_many_times_the_plain_step():
    """v goes to g / (1 - mu)."""
    theta = [
        steps("momentum", np.zeros(1), np.ones((k, 1)), 1.0, {"momentum": 0.9})[0][0] for k in (200, 201)
    ]
    assert theta[0] - theta[1] == pytest.approx(10, rel=1e-6)


def test_nesterov_looks_ahead_of_momentum_by_one_friction():
    """After one step from rest: g (1 + mu), where momentum goes g."""
    theta, _ = steps("nesterov", np.zeros(1), np.ones((1, 1)), 1.0, {"momentum": 0.9})
    assert theta[0] == pytest.approx(-1.9, rel=1e-15)


def test_rmsprop_down_an_even_slope_comes_to_steps_of_the_learning_rate():
    given = {"decay": 0.9, "epsilon": 1e-12}
    theta = [steps("rmsprop", np.zeros(1), np.full((k, 1), 37.0), 0.01, given)[0][0] for k in (300, 301)]
    assert theta[0] - theta[1] == pytest.approx(0.01, rel=1e-6)


@each_with_memory
def test_what_is_remembered_are_the_running_means_of_the_formula(name):
    _, memory = steps(name, np.zeros(1), np.full((2, 1), 3.0))
    s = SimpleNamespace(**SETTINGS[name])
    expected = {
        "momentum": lambda: [[3 * 0.8 + 3]],
        "nesterov": lambda: [[3 * 0.8 + 3]],
        "rmsprop": lambda: [[9 * (1 - s.decay**2)]],
        "adam": lambda: [[3 * (1 - s.beta1**2)], [9 * (1 - s.beta2**2)]],
    }
    np.testing.assert_allclose(memory, expected[name](), rtol=1e-14)


# --- many networks --------------------------------------------------------------------------------


@each_optimizer
def test_many_networks_step_as_each_does_alone(name):
    rng = np.random.default_rng(3)
    theta, gradients, rates = rng.normal(size=(5, 7)), rng.normal(size=(6, 5, 7)), np.geomspace(0.01, 1, 7)
    together, memory = steps(name, theta, gradients, rates)
    for number, rate in enumerate(rates):
        own, its_memory = steps(name, theta[:, number], gradients[..., number], rate)
        np.testing.assert_array_equal(together[:, number], own)
        np.testing.assert_array_equal(memory[..., number], its_memory)


@each_optimizer
@pytest.mark.parametrize("rate", [0.05, np.array([0.05, 0.5], np.float32)], ids=["one rate", "a rate each"])
def test_single_precision_stays_single(name, rate):
    theta = np.ones((3, 2), np.float32)
    gradients = np.full((4, 3, 2), 0.5, np.float32)
    stepped, memory = steps(name, theta, gradients, rate)
    assert stepped.dtype == memory.dtype == np.float32
    double, _ = steps(
        name, theta.astype(np.float64), gradients.astype(np.float64), np.asarray(rate, np.float64)
    )
    np.testing.assert_allclose(stepped, double, rtol=1e-5)
    assert (stepped != 1).all()
