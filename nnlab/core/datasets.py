"""The logic gates: four points of the plane and what the network should say at each.

Rows always come in the order of a truth table, (0, 0), (0, 1), (1, 0), (1, 1): the order in which
mini-batches take them, so it decides how a run goes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnlab.core.arrays import Array

Targets = tuple[int, int, int, int]

GATES: Mapping[str, Targets] = MappingProxyType(
    {
        "and": (0, 0, 0, 1),
        "or": (0, 1, 1, 1),
        "xor": (0, 1, 1, 0),
        "nand": (1, 1, 1, 0),
        "nor": (1, 0, 0, 0),
        "xnor": (1, 0, 0, 1),
    }
)

ROWS = ((0, 0), (0, 1), (1, 0), (1, 1))


@dataclass(frozen=True)
class Encoding:
    """The two numbers that stand for false and true, in inputs and targets alike."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Half way between the two classes: an output here is undecided."""
        return (self.low + self.high) / 2

    def encode(self, bits: object) -> Array:
        """Replace 0 by ``low`` and 1 by ``high``; any shape."""
        return self.low + (self.high - self.low) * np.asarray(bits, dtype=np.float64)


ENCODINGS: Mapping[str, Encoding] = MappingProxyType(
    {"bipolar": Encoding(-1.0, 1.0), "binary": Encoding(0.0, 1.0)}
)


@dataclass(frozen=True)
class Dataset:
    """What a network is trained on.

    Attributes:
        points: places in the plane, shape (m, 2).
        targets: what the output should be at each, shape (m,).
        middle: the output that belongs to neither class.
    """

    points: Array
    targets: Array
    middle: float


def gate(targets: Targets, encoding: Encoding) -> Dataset:
    """A gate's truth table as numbers: four rows in ROWS order."""
    return Dataset(encoding.encode(ROWS), encoding.encode(targets), encoding.middle)


def verdicts(outputs: Array, dataset: Dataset) -> Array:
    """Tell right answers from wrong ones, row by row.

        verdict = sign(output - middle) * sign(target - middle)

    Args:
        outputs: one output a row, shape (m,).
        dataset: whose targets they are held against.

    Returns:
        Shape (m,): 1 right, -1 wrong, 0 undecided (the output is exactly in the middle).
    """
    return np.sign(outputs - dataset.middle) * np.sign(dataset.targets - dataset.middle)
