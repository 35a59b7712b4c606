"""The shapes of weights and biases that are given as nested tuples."""

from collections.abc import Sequence


def matrix_shapes(matrices: Sequence[Sequence[Sequence[float]]] | None) -> list[list[int]] | None:
    """The shape of each matrix, [rows, columns]; [] where its rows differ in length. None if there are no matrices."""
    if matrices is None:
        return None
    return [
        [len(matrix), len(matrix[0])] if matrix and len({len(row) for row in matrix}) == 1 else []
        for matrix in matrices
    ]


def row_shapes(rows: Sequence[Sequence[float]] | None) -> list[list[int]] | None:
    """The shape of each row, [length]. None if there are no rows."""
    return None if rows is None else [[len(row)] for row in rows]
