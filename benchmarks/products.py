"""Times the matrix product of many networks with the network's index last and first: ``python -m benchmarks.products``.

Last, as ``nnlab.core.matrix_products`` has it, and first, as a batched ``matmul`` wants it; each in its own layout.
"""

import timeit

import numpy as np

from benchmarks.figures import percentile
from nnlab.core import matrix_products

SHAPES = ((2, 3, 2, 4096), (8, 9, 4, 1024), (8, 9, 10, 256))
"""Units, inputs with the bias, rows, networks: XOR, eight units on the gates, eight units on batches of ten."""


def compared(shape: tuple[int, int, int, int]) -> tuple[float, float]:
    """Microseconds of one product with the number last, and with it first; the median of runs in turn."""
    n_out, n_in, m, networks = shape
    generator = np.random.default_rng(0)
    left, right = generator.normal(size=(n_out, n_in, networks)), generator.normal(size=(n_in, m, networks))
    out = np.empty((n_out, m, networks))
    left_first, right_first = (np.ascontiguousarray(np.moveaxis(each, -1, 0)) for each in (left, right))
    out_first = np.empty((networks, n_out, m))
    last, first = [], []
    for _ in range(25):
        last.append(timeit.timeit(lambda: matrix_products.of_many(left, right, out), number=10) * 1e5)
        first.append(
            timeit.timeit(lambda: np.matmul(left_first, right_first, out=out_first), number=10) * 1e5
        )
    np.testing.assert_allclose(np.moveaxis(out, -1, 0), out_first, rtol=1e-9, atol=1e-12)
    return percentile(last, 0.5), percentile(first, 0.5)


def main() -> None:
    """Print one line for each shape."""
    for shape in SHAPES:
        last, first = compared(shape)
        n_out, n_in, m, networks = shape
        what = f"({n_out}, {n_in}) x ({n_in}, {m}) of {networks:,} networks"
        print(f"{what:42} last {last:5.0f} us   first {first:5.0f} us   first / last {first / last:.2f}")


if __name__ == "__main__":
    main()
