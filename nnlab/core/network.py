"""A fully connected network: its parameters, its forward pass, and back-propagation.

Symbols, used on every page of nnlab: layer l has weights W of shape (n_out, n_in) and biases b of shape
(n_out,); z = W a_previous + b is the weighted sum, a = g(z) the activation. Points stand in columns.

Many networks of one shape are held as one, with an axis more: weights (n_out, n_in, N), activations
(n_out, m, N). The network's number comes last, so that every formula below is one operation on long rows
of memory, and only the product of two matrices has two forms (``matrix_products.py``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from nnlab.core import losses, matrix_products
from nnlab.core.activations import Activation
from nnlab.core.arrays import ArrayLike, Numbers, Surface
from nnlab.core.losses import LOSSES, Loss


@dataclass(frozen=True, eq=False)
class Parameters:
    """Every weight and bias of a network, as views of one vector.

    An optimizer works on ``vector``; the mathematics of a layer on ``weights[l]`` and ``biases[l]``.
    They are the same memory: to change one is to change the other.

    Attributes:
        layer_sizes: units in each layer, from the inputs to the output.
        vector: all numbers, layer by layer, unit by unit, each unit's weights and then its bias; shape (n,),
            or (n, N) for many networks.
        layers: a view of shape (n_out, n_in + 1) for each layer, the biases in its last column; with N after
            it for many networks, as in every view.
    """

    layer_sizes: tuple[int, ...]
    vector: Numbers
    layers: list[Numbers] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        size = parameter_count(self.layer_sizes)
        if self.vector.ndim not in (1, 2) or len(self.vector) != size:
            raise ValueError(f"vector must have shape ({size},) or ({size}, N), got {self.vector.shape}")
        layers, start = [], 0
        for n_in, n_out in zip(self.layer_sizes[:-1], self.layer_sizes[1:], strict=True):
            stop = start + n_out * (n_in + 1)
            layers.append(self.vector[start:stop].reshape(n_out, n_in + 1, *self.networks))
            start = stop
        object.__setattr__(self, "layers", layers)

    @classmethod
    def of(cls, weights: Sequence[ArrayLike], biases: Sequence[ArrayLike]) -> "Parameters":
        """Copy a list of (n_out, n_in) weights and a list of (n_out,) biases into one vector.

        Raises:
            ValueError: a layer has not as many inputs as the layer before it has units.
        """
        matrices = [np.column_stack([w, b]) for w, b in zip(weights, biases, strict=True)]
        for before, after in pairwise(matrices):
            if after.shape[1] - 1 != len(before):
                raise ValueError(
                    f"a layer after {len(before)} units must have as many inputs, got {after.shape[1] - 1}"
                )
        sizes = (matrices[0].shape[1] - 1, *(len(matrix) for matrix in matrices))
        vector = np.concatenate([matrix.ravel() for matrix in matrices])
        return cls(sizes, vector.astype(np.float64))

    def __reduce__(self) -> tuple[type["Parameters"], tuple[tuple[int, ...], Numbers]]:
        """Copy and pickle the vector alone: copied views would be views no more."""
        return Parameters, (self.layer_sizes, self.vector)

    @property
    def networks(self) -> tuple[int, ...]:
        """The axis of networks: () for one, (N,) for many."""
        return self.vector.shape[1:]

    @property
    def weights(self) -> list[Numbers]:
        """Views of shape (n_out, n_in), a layer each."""
        return [layer[:, :-1] for layer in self.layers]

    @property
    def biases(self) -> list[Numbers]:
        """Views of shape (n_out,), a layer each."""
        return [layer[:, -1] for layer in self.layers]

    def copy(self) -> "Parameters":
        """Return a copy."""
        return Parameters(self.layer_sizes, self.vector.copy())

    def network(self, number: int) -> "Parameters":
        """Return a copy of one network of many, in double precision."""
        return Parameters(self.layer_sizes, self.vector[:, number].astype(np.float64))


def shape_name(layer_sizes: Sequence[int]) -> str:
    """The shape of a network as one writes it: 2-2-1."""
    return "-".join(map(str, layer_sizes))


def parameter_count(layer_sizes: Sequence[int]) -> int:
    """How many weights and biases a network of these layer sizes has."""
    return sum(n_out * (n_in + 1) for n_in, n_out in pairwise(layer_sizes))


@dataclass(frozen=True)
class LayerPass:
    """The weighted sums z and the activations a of one layer, points in columns."""

    weighted_sums: Surface
    activations: Surface


def forward(parameters: Parameters, activations: Sequence[Activation], inputs: Surface) -> list[LayerPass]:
    """The forward pass, every step of it kept.

        z = W a_previous + b,   a = g(z)

    Args:
        parameters: of the network.
        activations: g of each layer.
        inputs: one point a column, shape (n_in, m).

    Returns:
        One LayerPass a layer, arrays of shape (n_out, m); the last one's activations are the outputs.
    """
    passes: list[LayerPass] = []
    a = inputs
    for weights, biases, g in zip(parameters.weights, parameters.biases, activations, strict=True):
        z = weights @ a + biases[:, np.newaxis]
        a = np.empty_like(z)
        g.apply(z, a)
        passes.append(LayerPass(z, a))
    return passes


class PassBuffers:
    """Memory for the forward and backward passes of so many rows, shared by all batches of that size.

    Training makes the same few products thousands of times, so nothing is allocated on the way, and a
    bias is the weight of an input that is always 1: one matrix product a layer does for both.
    Against one NumPy expression a formula this halves the time of the notebook's run
    (``make bench``, row "core").
    """

    def __init__(self, parameters: Parameters, activations: Sequence[Activation], rows: int) -> None:
        """Allocate arrays for ``rows`` rows.

        Args:
            parameters: read in place at every pass; of one network or of many.
            activations: g of each layer.
            rows: m.
        """
        sizes, networks, precision = parameters.layer_sizes, parameters.networks, parameters.vector.dtype
        self.parameters, self.activations, self.rows = parameters, activations, rows
        self.product = matrix_products.of_many if networks else matrix_products.of_one
        # a of each layer after the inputs; it has a last row of ones, which the next layer's biases multiply
        self.a = [np.ones((size + 1, rows, *networks), dtype=precision) for size in sizes[1:]]
        self.outputs = self.a[-1][:-1]
        # the output's weighted sums are kept beside its activations, since a loss may ask for them
        self.sums = np.empty_like(self.outputs)
        self.z = [*(a[:-1] for a in self.a[:-1]), self.sums]
        self.gradient = Parameters(sizes, np.zeros_like(parameters.vector))
        # errors have a last row as well, the error of the ones, which nobody asks for: with it
        # every product is of whole arrays, which BLAS takes as they lie in memory
        self.errors = [np.empty((size + 1, rows, *networks), dtype=precision) for size in sizes[1:]]
        self.deltas = [error[:-1] for error in self.errors]
        self.slopes = [np.empty_like(delta) for delta in self.deltas]


class Batch:
    """A batch of rows with its forward and backward pass."""

    def __init__(
        self, buffers: PassBuffers, loss: Loss, inputs: Numbers, targets: Numbers, divisor: int
    ) -> None:
        """Set the batch up.

        Args:
            buffers: for as many rows.
            loss: the cost of outputs against targets.
            inputs: one point a column, shape (n_in, m); many networks share them.
            targets: shape (m,), or (n_out, m) for several outputs.
            divisor: what the summed gradient is divided by.
        """
        self.buffers = buffers
        m, parameters = buffers.rows, buffers.parameters
        networks, precision = parameters.networks, parameters.vector.dtype
        shared = (1,) * len(networks)  # what all networks have alike is held once
        self.inputs = np.ones((parameters.layer_sizes[0] + 1, m, *shared), dtype=precision)
        self.targets = np.empty((parameters.layer_sizes[-1], m, *shared), dtype=precision)
        self.divisor = np.array(divisor, dtype=precision)
        self.loss, self.product = loss, buffers.product
        self.sums, self.outputs, self.gradient = buffers.sums, buffers.outputs, buffers.gradient
        self.take(inputs, targets)
        a, deltas, slopes = [self.inputs, *buffers.a], buffers.deltas, buffers.slopes
        activations, layers = buffers.activations, parameters.layers
        self.forward_steps = [
            (layer, a_in, z, a_out[:-1], g.apply)
            for layer, a_in, z, a_out, g in zip(layers, a[:-1], buffers.z, a[1:], activations, strict=True)
        ]
        self.backward_steps = [
            (
                matrix_products.transposed(layers[l]),
                deltas[l],
                buffers.errors[l - 1],
                deltas[l - 1],
                activations[l - 1].slope,
                a[l][:-1],
                slopes[l - 1],
                matrix_products.transposed(a[l - 1]),
                self.gradient.layers[l - 1],
            )
            for l in reversed(range(1, len(layers)))
        ]
        self.delta, self.slope = deltas[-1], slopes[-1]
        self.last_inputs = matrix_products.transposed(a[-2])
        self.output_slope = activations[-1].slope

    @classmethod
    def alone(
        cls,
        parameters: Parameters,
        activations: Sequence[Activation],
        inputs: Numbers,
        targets: Numbers,
        divisor: int,
        loss: Loss = LOSSES["squared_error"],
    ) -> "Batch":
        """Create a batch with buffers of its own."""
        return cls(PassBuffers(parameters, activations, inputs.shape[1]), loss, inputs, targets, divisor)

    def take(self, inputs: Numbers, targets: Numbers) -> None:
        """Load as many other rows into the batch, such as the next epoch's."""
        self.inputs[:-1] = inputs.reshape(self.inputs[:-1].shape)
        self.targets[...] = targets.reshape(self.targets.shape)

    def forward(self) -> Numbers:
        """The outputs, shape (n_out, m) or (n_out, m, N): z = W a + b and a = g(z), layer by layer."""
        product = self.product
        for layer, a_in, z, a_out, g in self.forward_steps:
            product(layer, a_in, z)
            g(z, a_out)
        return self.outputs

    def cost(self) -> Numbers:
        """The cost of the present parameters on these rows; (N,) of many networks."""
        self.forward()
        return self.loss.cost(self.sums, self.outputs, self.targets)

    def backward(self) -> Numbers:
        """The gradient of the batch's loss in every parameter, by back-propagation.

            delta_L = (a_L - y) * g'(z_L) / divisor, or without g'(z_L) for cross-entropy
            delta_l = (W_(l+1)^T delta_(l+1)) * g'(z_l)
            dC/dW_l = delta_l a_(l-1)^T,   dC/db_l = the sum of delta_l over the batch

        It follows a call of ``forward``. Source: Rumelhart, Hinton & Williams, Nature 323 (1986).

        Returns:
            Shape (n,) or (n, N), laid out as ``Parameters.vector``; overwritten by the next call.
        """
        product, delta, slope = self.product, self.delta, self.slope
        losses.residual(self.outputs, self.targets, delta)
        if not self.loss.slope_in_sums:
            self.output_slope(self.outputs, slope)
            np.multiply(delta, slope, delta)
        np.divide(delta, self.divisor, delta)
        product(delta, self.last_inputs, self.gradient.layers[-1])
        for layer_t, delta_next, error, delta, g_slope, a, slope, a_in_t, gradient in self.backward_steps:
            product(layer_t, delta_next, error)
            g_slope(a, slope)
            np.multiply(delta, slope, delta)
            product(delta, a_in_t, gradient)
        return self.gradient.vector
