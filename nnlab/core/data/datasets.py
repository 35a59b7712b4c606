"""The data that a network is trained on: points of the plane, and the target at each.

The logic gates are four points, in the order of a truth table, (0, 0), (0, 1), (1, 0), (1, 1): the order in which
mini-batches take them, so it decides how a run goes. Samples are drawn (``samples.py``) or brought by a student
(``own_data.py``); some of their rows train the network and the others test it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from nnlab.core.arrays import Array
from nnlab.core.data.own_data import Point, standardization
from nnlab.core.data.samples import REACH, SAMPLERS, sample
from nnlab.core.initializers import uniform_draw

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
"""A student's own rows are split into training and test rows from so many on; fewer all train."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """The points and targets that a network is trained on and tested on.

    Attributes:
        points: places in the plane that train it, shape (m, 2); standardized, if the dataset is.
        targets: what the output should be at each, shape (m,).
        middle: the output that belongs to neither class; of a regression, in the middle of all targets.
        domain: the least and the greatest coordinate of the plane that is looked at.
        test_points, test_targets: the points and targets of the rows that only test it; (0, 2) and (0,) of a gate.
        regression: whether targets are numbers, and not two classes.
        standardization: mean and standard deviation of a student's training points, (2,) each, by which all their points were
            moved and divided.
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
        """The distance of the farthest target from the middle: there a picture's colour is full."""
        return float(np.abs(self.targets - self.middle).max()) or 1.0

    def standardized(self, points: Array) -> Array:
        """Move and scale a student's coordinates, (m, 2), as those of the dataset were, if they were."""
        if self.standardization is None:
            return points
        mean, deviation = self.standardization
        return (points - mean) / deviation


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
    """Draw samples; the first ``train_share`` percent of them are training rows, the others test rows.

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
    first, _ = sampled_counts(samples, train_share)
    return Dataset(
        points[:first],
        targets[:first],
        0.0 if regression else encoding.middle,
        (-REACH, REACH),
        points[first:],
        targets[first:],
        regression,
    )


def sampled_counts(samples: int, train_share: float) -> tuple[int, int]:
    """The numbers of training rows, at least one, and of test rows among so many samples."""
    first = max(1, round(samples * train_share / 100))
    return first, samples - first


def own_split(count: int, train_share: float, seed: int) -> NDArray[np.bool_]:
    """Choose which of ``count`` own rows are training rows, (count,); the others are test rows.

        row i trains if u_i < train_share / 100,    u_i ~ U(0, 1), a function of seed and i alone

    So a row that is added moves no other to the other side. The first row always trains. If none of the first FEWEST_TO_TEST
    rows tests by that rule, the one with the largest u does, so that there is always a row to test with.
    """
    if count < FEWEST_TO_TEST:
        return np.full(count, True)
    drawn = uniform_draw(seed, np.arange(count))
    trains = np.asarray(drawn < train_share / 100)
    trains[0] = True
    first = slice(1, FEWEST_TO_TEST)
    if trains[first].all():
        trains[1 + int(drawn[first].argmax())] = False
    return trains


def own(
    rows: Sequence[Point], train_share: float, seed: int, encoding: Encoding, *, standardize: bool
) -> Dataset:
    """A student's rows, split into those that train and those that test.

    Args:
        rows: (x1, x2, label), label 0 or 1; at least one.
        train_share: of rows that train, in percent, about; all do if there are fewer than FEWEST_TO_TEST.
        seed: draws which.
        encoding: of the two classes.
        standardize: move and scale both coordinates so that the training rows have mean 0 and standard deviation 1. The test
            rows are moved and scaled alike, and have no part in mean and deviation: nothing of them may reach the training.

    Raises:
        ValueError: there is no row.
    """
    if not rows:
        raise ValueError("rows must be at least 1, got 0")
    table = np.asarray(rows, dtype=np.float64)
    points, targets, used = table[:, :2], encoding.encode(table[:, 2]), None
    trains = own_split(len(rows), train_share, seed)
    if standardize:
        used = mean, deviation = standardization(points[trains])
        points = (points - mean) / deviation
    reach = max(REACH, float(np.ceil(np.abs(points).max())))
    return Dataset(
        points[trains],
        targets[trains],
        encoding.middle,
        (-reach, reach),
        points[~trains],
        targets[~trains],
        standardization=used,
    )


def verdicts(outputs: Array, dataset: Dataset) -> Array:
    """Whether the output at each training row is correct.

        verdict = sign(output - middle) * sign(target - middle)

    Args:
        outputs: one output a row, shape (m,).
        dataset: whose targets they are held against.

    Returns:
        Shape (m,): 1 right, -1 wrong, 0 undecided (the output is exactly in the middle).
    """
    return np.sign(outputs - dataset.middle) * np.sign(dataset.targets - dataset.middle)
