"""The readable form of a forward and backward pass, with every number kept; no run trains by it.

Runs train with ``network.Batch``, the fast form, which overwrites what it no longer needs. Here each number has an
array of its own. The products and their order are the same, and a test holds the two together bit for bit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nnlab.core import losses, matrix_products
from nnlab.core.activations import Activation
from nnlab.core.arrays import Numbers
from nnlab.core.losses import Loss
from nnlab.core.network import Parameters


@dataclass(frozen=True, eq=False)
class Backpropagation:
    """Every number of one forward and backward pass; each list has one array a layer, the output's last.

    Shapes are those of one network; many have an axis (N,) after them.

    Attributes:
        inputs: features of the rows, (n_in, m).
        targets: y, (n_out, m).
        weighted_sums: z = W a_previous + b, (n_out, m).
        activations: a = g(z), (n_out, m).
        residual: a - y at the output, (n_out, m).
        slopes: g'(z), (n_out, m).
        deltas: the slope of the summed loss in z, over the divisor, (n_out, m).
        gradient: dC/dW and dC/db.
        cost: the mean loss of the rows, a number or (N,).
    """

    inputs: Numbers
    targets: Numbers
    weighted_sums: list[Numbers]
    activations: list[Numbers]
    residual: Numbers
    slopes: list[Numbers]
    deltas: list[Numbers]
    gradient: Parameters
    cost: Numbers

    @classmethod
    def of(
        cls,
        parameters: Parameters,
        activations: Sequence[Activation],
        loss: Loss,
        inputs: Numbers,
        targets: Numbers,
        divisor: int,
    ) -> "Backpropagation":
        """Compute the forward and backward pass of some rows.

        Args:
            parameters: of one network or of many.
            activations: g of each layer.
            loss: the cost of outputs against targets.
            inputs: features of the rows, (n_in, m).
            targets: (m,).
            divisor: what the summed gradient is divided by.
        """
        shared = (1,) * len(parameters.networks)
        precision = parameters.vector.dtype
        # row after row in memory, as in training: another layout may sum in another order
        inputs = np.array(inputs, dtype=precision, order="C").reshape(*inputs.shape, *shared)
        targets = targets.astype(precision).reshape(1, -1, *shared)
        sums, outputs = _forward(parameters, activations, inputs)
        residual = np.empty_like(outputs[-1])
        losses.residual(outputs[-1], targets, residual)
        slopes = [_applied(g.slope, a) for g, a in zip(activations, outputs, strict=True)]
        last = residual if loss.slope_in_sums else residual * slopes[-1]
        deltas = _deltas(parameters, last / np.array(divisor, dtype=precision), slopes)
        return cls(
            inputs=inputs,
            targets=targets,
            weighted_sums=sums,
            activations=outputs,
            residual=residual,
            slopes=slopes,
            deltas=deltas,
            gradient=_gradient(parameters, deltas, [inputs, *outputs[:-1]]),
            cost=loss.cost(sums[-1], outputs[-1], targets),
        )

    def row_gradient(self, place: int) -> Parameters:
        """Compute what one row brings to the gradient, over the divisor like the whole; all rows' add up to it.

        It is taken from these passes: computed alone, a row on the kink of a ReLU may come out on its other side.

        Args:
            place: of the row among these, from 0.
        """
        row = slice(place, place + 1)
        inputs = [self.inputs, *self.activations[:-1]]
        return _gradient(self.gradient, [delta[:, row] for delta in self.deltas], [a[:, row] for a in inputs])


def _forward(
    parameters: Parameters, activations: Sequence[Activation], inputs: Numbers
) -> tuple[list[Numbers], list[Numbers]]:
    """Weighted sums z = W a_previous + b and activations a = g(z) of each layer."""
    sums: list[Numbers] = []
    outputs: list[Numbers] = []
    for layer, g in zip(parameters.layers, activations, strict=True):
        sums.append(_product(parameters, layer, _with_ones(outputs[-1] if outputs else inputs)))
        outputs.append(_applied(g.apply, sums[-1]))
    return sums, outputs


def _deltas(parameters: Parameters, last: Numbers, slopes: list[Numbers]) -> list[Numbers]:
    """The output's delta taken back to the first layer: delta_l = (W_(l+1)^T delta_(l+1)) g'(z_l)."""
    deltas = [last]
    for layer, slope in zip(reversed(parameters.layers[1:]), reversed(slopes[:-1]), strict=True):
        error = _product(parameters, matrix_products.transposed(layer), deltas[0])
        deltas.insert(0, error[:-1] * slope)
    return deltas


def _gradient(parameters: Parameters, deltas: list[Numbers], inputs: list[Numbers]) -> Parameters:
    """dC/dW_l = delta_l a_(l-1)^T, and dC/db_l = delta_l 1, summed over rows."""
    gradient = Parameters(parameters.layer_sizes, np.zeros_like(parameters.vector))
    for layer, delta, a in zip(gradient.layers, deltas, inputs, strict=True):
        layer[...] = _product(parameters, delta, matrix_products.transposed(_with_ones(a)))
    return gradient


def _product(parameters: Parameters, left: Numbers, right: Numbers) -> Numbers:
    shape = left.shape[0], right.shape[1], *parameters.networks
    out = np.empty(shape, dtype=parameters.vector.dtype)
    (matrix_products.of_many if parameters.networks else matrix_products.of_one)(left, right, out)
    return out


def _with_ones(a: Numbers) -> Numbers:
    """An input that is always 1 after the others: a bias is its weight."""
    return np.concatenate([a, np.ones((1, *a.shape[1:]), dtype=a.dtype)])


def _applied(function: Callable[[Numbers, Numbers], object], numbers: Numbers) -> Numbers:
    out = np.empty_like(numbers)
    function(numbers, out)
    return out
