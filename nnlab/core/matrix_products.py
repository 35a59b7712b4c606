"""The matrix product for one network and for many: the only operation in which the two differ.

``out`` takes the result, since training makes the same products thousands of times.
"""

import numpy as np

from nnlab.core.arrays import Numbers


def of_one(left: Numbers, right: Numbers, out: Numbers) -> None:
    """The matrix product (n, k) (k, m) -> (n, m)."""
    np.dot(left, right, out)


def of_many(left: Numbers, right: Numbers, out: Numbers) -> None:
    """The matrix product of each of N networks: (n, k, N) (k, m, N) -> (n, m, N).

        out[i, j, network] = sum over k of left[i, k, network] right[k, j, network]

    An operand that all networks share may have a last axis of 1. With the network's number last, the
    innermost loop runs over networks, in step with memory: for XOR this takes a ninth of the time of a batched
    ``matmul`` with it first. For layers of 8 units ``matmul`` would win (``python -m benchmarks.products``).
    """
    np.einsum("ikn,kjn->ijn", left, right, out=out)


def transposed(matrix: Numbers) -> Numbers:
    """A view with rows and columns exchanged, whether or not an axis of networks follows."""
    return matrix.swapaxes(0, 1)
