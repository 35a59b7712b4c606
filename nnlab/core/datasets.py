"""What a network is trained on: points of the plane, and what it should say at each.

The logic gates are four points, in the order of a truth table, (0, 0), (0, 1), (1, 0), (1, 1): the order in which
mini-batches take them, so it decides how a run goes. Samples are drawn (``samples.py``) or brought by a student
(``own_data.py``); some of their rows train the network and the others test it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from nnlab.core.arrays import Array
from nnlab.core.initializers import uniform_draw
from nnlab.core.own_data import Point, standardized
from nnlab.core.samples import REACH, SAMPLERS, sample

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


GATE_MARGIN = 1.5
"""How many times as wide as a gate's points its plane is, so that no point sits on the edge."""

FEWEST_TO_TEST = 20
"""Of fewer rows of their own a student would miss every one that only tests."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """What a network is trained on, and tested on.

    Attributes:
        points: places in the plane that train it, shape (m, 2).
        targets: what the output should be at each, shape (m,).
        middle: the output that belongs to neither class; of a regression, in the middle of all targets.
        domain: the least and the greatest coordinate of the plane that is looked at.
        test_points, test_targets: likewise, of the rows that only test it; (0, 2) and (0,) of a gate.
        regression: whether targets are numbers, and not two classes.
        standardization: mean and standard deviation, (2,) each, that a student's points were standardized with.
    """

    points: Array
    targets: Array
    middle: float
    domain: tuple[float, float]
    test_points: Array = field(default_factory=lambda: np.empty((0, 2)))
    test_targets: Array = field(default_factory=lambda: np.empty(0))
    regression: bool = False
    standardization: tuple[Array, Array] | None = None

    @property
    def reach(self) -> float:
        """How far the farthest target is from the middle: where a picture's colour is full."""
        return float(np.abs(self.targets - self.middle).max()) or 1.0


def gate(targets: Targets, encoding: Encoding) -> Dataset:
    """A gate's truth table as numbers: four rows in ROWS order."""
    points = encoding.encode(ROWS)
    low, high = points.min(), points.max()
    middle, half_width = (low + high) / 2, GATE_MARGIN * (high - low) / 2
    domain = float(middle - half_width), float(middle + half_width)
    return Dataset(points, encoding.encode(targets), encoding.middle, domain)


def sampled(
    name: str, samples: int, noise: float, train_share: float, seed: int, encoding: Encoding
) -> Dataset:
    """Samples drawn by a seed; the first of them, which are as good as any, train.

    Args:
        name: a key of ``samples.SAMPLERS``.
        samples: rows in all.
        noise: in percent, 0 to 50.
        train_share: of the rows that train, in percent.
        seed: of the draw.
        encoding: of the two classes; targets of a regression are what they are.

    Raises:
        ValueError: an argument is out of its bounds.
    """
    points, labels = sample(name, samples, noise, seed)
    regression = SAMPLERS[name].regression
    targets = labels if regression else encoding.encode(labels)
    first = max(1, round(samples * train_share / 100))
    return Dataset(
        points[:first],
        targets[:first],
        0.0 if regression else encoding.middle,
        (-REACH, REACH),
        points[first:],
        targets[first:],
        regression,
    )


def own(
    rows: Sequence[Point], train_share: float, seed: int, encoding: Encoding, *, standardize: bool
) -> Dataset:
    """A student's rows. Which of them train is a function of seed and place, so a row more moves no other.

    Args:
        rows: (x1, x2, label), label 0 or 1; at least one.
        train_share: of rows that train, in percent, about; all do if there are fewer than FEWEST_TO_TEST.
        seed: draws which.
        encoding: of the two classes.
        standardize: give both coordinates mean 0 and standard deviation 1 first.

    Raises:
        ValueError: there is no row.
    """
    if not rows:
        raise ValueError("rows must be at least 1, got 0")
    table = np.asarray(rows, dtype=np.float64)
    points, targets, used = table[:, :2], encoding.encode(table[:, 2]), None
    if standardize:
        points, *used = standardized(points)
    trains = np.full(len(rows), True)
    if len(rows) >= FEWEST_TO_TEST:
        trains = uniform_draw(seed, np.arange(len(rows))) < train_share / 100
        trains[0] = True  # always, so that one does, and no later row changes that
    reach = max(REACH, float(np.ceil(np.abs(points).max())))
    return Dataset(
        points[trains],
        targets[trains],
        encoding.middle,
        (-reach, reach),
        points[~trains],
        targets[~trains],
        standardization=(used[0], used[1]) if used else None,
    )


def verdicts(outputs: Array, dataset: Dataset) -> Array:
    """Tell right answers from wrong ones, training row by training row.

        verdict = sign(output - middle) * sign(target - middle)

    Args:
        outputs: one output a row, shape (m,).
        dataset: whose targets they are held against.

    Returns:
        Shape (m,): 1 right, -1 wrong, 0 undecided (the output is exactly in the middle).
    """
    return np.sign(outputs - dataset.middle) * np.sign(dataset.targets - dataset.middle)
