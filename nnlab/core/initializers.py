"""Initializers: how the weights are chosen that training starts from.

Random weights come from a *counter-based* generator: each number is a function of its own address,
(seed, layer, unit, input), and of nothing drawn before it. So a new unit moves no other weight, and any
number of seeds can be drawn at once. The function is the finalizer of SplitMix64 (Steele, Lea & Flood,
"Fast splittable pseudorandom number generators", OOPSLA 2014), applied once for each part of the address.
(Under ``xavier`` and ``he`` the draws stay, but their limits follow the layers' sizes.)
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from nnlab.core.arrays import Array, ArrayLike
from nnlab.core.network import shape_name

Integers = NDArray[np.uint64]

GOLDEN_GAMMA = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)


def mix(state: Integers) -> Integers:
    """SplitMix64's finalizer: 64 bits in, 64 well-stirred bits out, elementwise."""
    state = (state ^ (state >> np.uint64(30))) * MIX_1
    state = (state ^ (state >> np.uint64(27))) * MIX_2
    return state ^ (state >> np.uint64(31))


def uniform_draw(*address: ArrayLike) -> Array:
    """A number in [0, 1) for each address.

        h_0 = 0,   h_k = mix(h_(k-1) + gamma * (address_k + 1)),   draw = floor(h / 2^11) / 2^53

    Args:
        address: non-negative integers or arrays of them that broadcast against each other.

    Returns:
        Their common shape.
    """
    parts = np.broadcast_arrays(*(np.asarray(part, dtype=np.uint64) for part in address))
    state = np.zeros(parts[0].shape, dtype=np.uint64)
    with np.errstate(over="ignore"):  # arithmetic modulo 2^64 is the point
        for part in parts:
            state = mix(state + GOLDEN_GAMMA * (part + np.uint64(1)))
    return (state >> np.uint64(11)).astype(np.float64) * 2.0**-53


def normal_draw(*address: ArrayLike) -> Array:
    """A standard normal number for each address, by the transform of Box & Muller (1958).

    draw = sqrt(-2 ln(1 - u_0)) cos(2 pi u_1),   u_k = uniform_draw(*address, k)
    """
    radius = np.sqrt(-2.0 * np.log1p(-uniform_draw(*address, 0)))
    return radius * np.cos(2.0 * np.pi * uniform_draw(*address, 1))


Weights = list[Array]
Initializer = Callable[[Sequence[int], ArrayLike, ArrayLike], Weights]
"""(layer_sizes, scale, seed) -> weights of shape (n_out, n_in) a layer.

For many networks ``scale`` and ``seed`` are both arrays of one axis, (N,) or (1,), and so are the weights:
(n_out, n_in, N), or 1 where all networks have the same.
"""


def _each_layer(
    layer_sizes: Sequence[int], seed: ArrayLike, draw: Callable[[ArrayLike, ArrayLike, ArrayLike], Array]
) -> Weights:
    """Weights of a layer each, from a function of (layer, unit, input)."""
    networks = (1,) * np.ndim(seed)
    shapes = zip(layer_sizes[1:], layer_sizes[:-1], strict=True)
    return [
        draw(layer, np.arange(n_out).reshape(-1, 1, *networks), np.arange(n_in).reshape(-1, *networks))
        for layer, (n_out, n_in) in enumerate(shapes)
    ]


def equal(layer_sizes: Sequence[int], scale: ArrayLike, seed: ArrayLike) -> Weights:
    """Every weight is ``scale``: all units of a layer stay alike for ever."""
    scale = np.asarray(scale, dtype=np.float64)
    shapes = zip(layer_sizes[1:], layer_sizes[:-1], strict=True)
    return [np.broadcast_to(scale, (*shape, *scale.shape)).copy() for shape in shapes]


def zeros(layer_sizes: Sequence[int], scale: ArrayLike, seed: ArrayLike) -> Weights:
    """Every weight is 0: with tanh no gradient passes back, and nothing but the output bias can ever move."""
    return equal(layer_sizes, np.zeros_like(scale, dtype=np.float64), seed)


def uniform(layer_sizes: Sequence[int], scale: ArrayLike, seed: ArrayLike) -> Weights:
    """Uniform in [-scale, scale)."""
    return _each_layer(
        layer_sizes, seed, lambda *address: np.multiply(scale, 2.0 * uniform_draw(seed, *address) - 1.0)
    )


def normal(layer_sizes: Sequence[int], scale: ArrayLike, seed: ArrayLike) -> Weights:
    """Normal with mean 0 and standard deviation ``scale``."""
    return _each_layer(layer_sizes, seed, lambda *address: np.multiply(scale, normal_draw(seed, *address)))


def xavier(layer_sizes: Sequence[int], scale: ArrayLike, seed: ArrayLike) -> Weights:
    """Uniform in +-sqrt(6 / (n_in + n_out)), layer by layer (Glorot & Bengio 2010); ``scale`` is not used."""
    shapes = zip(layer_sizes[1:], layer_sizes[:-1], strict=True)
    return [
        weights * np.sqrt(6.0 / (n_in + n_out))
        for weights, (n_out, n_in) in zip(
            uniform(layer_sizes, np.ones_like(scale, dtype=np.float64), seed), shapes, strict=True
        )
    ]


def he(layer_sizes: Sequence[int], scale: ArrayLike, seed: ArrayLike) -> Weights:
    """Normal with standard deviation scale sqrt(2 / n_in), layer by layer (He, Zhang, Ren & Sun 2015).

    Half of a layer's ReLU units are silent at a time; the 2 makes up for them.
    """
    return [
        weights * np.sqrt(2.0 / n_in)
        for weights, n_in in zip(normal(layer_sizes, scale, seed), layer_sizes[:-1], strict=True)
    ]


NOTEBOOK_WEIGHTS: Mapping[tuple[int, ...], tuple[ArrayLike, ...]] = MappingProxyType(
    {
        (2, 2, 1): ([[0.2, 0.4], [0.3, 0.7]], [[0.4, 0.9]]),
        (3, 2, 1): ([[0.2, 0.4, 0.4], [0.3, 0.7, 0.4]], [[0.4, 0.9]]),
    }
)


def notebook(layer_sizes: Sequence[int], scale: ArrayLike, seed: ArrayLike) -> Weights:
    """The teaching notebook's own start, for its network of two inputs and for its form with three.

    Raises:
        ValueError: the network has any other shape.
    """
    if tuple(layer_sizes) not in NOTEBOOK_WEIGHTS:
        shapes = " or ".join(map(shape_name, NOTEBOOK_WEIGHTS))
        shape = shape_name(layer_sizes)
        raise ValueError(f"the notebook's weights need a network of {shapes}, got {shape}")
    networks = (1,) * np.ndim(seed)
    weights = (np.array(matrix, dtype=np.float64) for matrix in NOTEBOOK_WEIGHTS[tuple(layer_sizes)])
    return [matrix.reshape(*matrix.shape, *networks) for matrix in weights]


INITIALIZERS: Mapping[str, Initializer] = MappingProxyType(
    {
        "notebook": notebook,
        "zeros": zeros,
        "equal": equal,
        "uniform": uniform,
        "normal": normal,
        "xavier": xavier,
        "he": he,
    }
)

DRAWN_BY_SEED = ("uniform", "normal", "xavier", "he")
"""Initializations that are random: another seed is another start."""

SIZED_BY_SCALE = ("equal", "uniform", "normal", "he")
"""Initializations whose weights grow with the scale."""
