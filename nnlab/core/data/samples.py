"""The data sets that are drawn at random: clouds, rings and spirals of points in the plane.

Most are those of TensorFlow Playground (D. Smilkov et al., "Direct-manipulation visualization of deep
networks", 2017, arXiv:1708.03788), written anew; the moons are after scikit-learn's ``make_moons``.

In the formulas m is the number of samples, e the noise share from 0 to 0.5 and U(a, b) a number drawn
uniformly between a and b. Noise is drawn even when e = 0, so that with one seed, more noise moves the
same points further, or tells more lies about them, and draws no new ones.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnlab.core.arrays import Array

Draw = Callable[[int, float, np.random.Generator], tuple[Array, Array]]

REACH = 6.0
"""Without noise, every point lies in the square from -REACH to REACH (but for a stray one in a far tail)."""

BUMPS = np.array([(-4, 2.5), (0, 2.5), (4, 2.5), (-4, -2.5), (0, -2.5), (4, -2.5)])
SIGNS = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])


@dataclass(frozen=True)
class Sampler:
    """One way to draw points with labels.

    Attributes:
        draw: (m, e, generator) -> points of shape (m, 2), labels of shape (m,). Rows may stand class by class.
        regression: labels are real numbers in [-1, 1]; otherwise they are the classes 0.0 and 1.0.
    """

    draw: Draw
    regression: bool = False


def _classes(samples: int) -> Array:
    """Ones, then as many zeros; of an odd number the extra row is a one."""
    return (np.arange(samples) < (samples + 1) // 2).astype(np.float64)


def _polar(radius: Array, angle: Array) -> Array:
    """Points at a distance from the origin, the angle measured from the upward axis: shape (m, 2)."""
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def _displaced(points: Array, reach: float, noise: float, generator: np.random.Generator) -> Array:
    """Return the points displaced by noise, U(-reach, reach) e in each coordinate; the label is computed there."""
    return points + noise * generator.uniform(-reach, reach, points.shape)


def circle(samples: int, noise: float, generator: np.random.Generator) -> tuple[Array, Array]:
    """A disk (class 1) inside a ring (class 0).

        (x, y) = (r sin t, r cos t),   t ~ U(0, 2 pi),   r ~ U(0, 2.5) in the disk, U(3.5, 5) in the ring
        label = 1 if |(x, y) + d| <= 2.5 else 0,   d ~ U(-5, 5) e in each coordinate

    Noise makes labels wrong; the points stay where they are.
    """
    inside = _classes(samples) == 1
    radius = generator.uniform(np.where(inside, 0.0, 3.5), np.where(inside, 2.5, 5.0))
    points = _polar(radius, generator.uniform(0.0, 2.0 * np.pi, samples))
    seen = _displaced(points, 5.0, noise, generator)
    return points, (np.hypot(*seen.T) <= 2.5).astype(np.float64)


def gaussians(samples: int, noise: float, generator: np.random.Generator) -> tuple[Array, Array]:
    """Two round clouds, around (2, 2) (class 1) and (-2, -2) (class 0).

        (x, y) = +-(2, 2) + sqrt(v) (normal, normal),   v = 0.5 + 7 e

    Noise widens the clouds, up to a variance of 4: about one point in twenty then lies outside -6..6.
    """
    labels = _classes(samples)
    centers = np.where(labels == 1, 2.0, -2.0)[:, np.newaxis]
    return centers + np.sqrt(0.5 + 7.0 * noise) * generator.standard_normal((samples, 2)), labels


def quadrants(samples: int, noise: float, generator: np.random.Generator) -> tuple[Array, Array]:
    """Exclusive or for real numbers: class 1 where both coordinates have one sign, class 0 elsewhere.

        x = u + 0.3 sign(u),   u ~ U(-5, 5),   y drawn in the same way
        label = 1 if x' y' >= 0 else 0,   (x', y') = (x, y) + U(-5, 5) e in each coordinate

    The 0.3 leaves a gap along the axes. Noise makes labels wrong; the points stay where they are.
    """
    points = generator.uniform(-5.0, 5.0, (samples, 2))
    points += np.copysign(0.3, points)
    seen = _displaced(points, 5.0, noise, generator)
    return points, (seen.prod(axis=1) >= 0).astype(np.float64)


def spiral(samples: int, noise: float, generator: np.random.Generator) -> tuple[Array, Array]:
    """Two arms wound around each other, 1.75 turns long; class 0 is class 1 turned by half a turn.

        r_i = 5 i / k,   t_i = 1.75 (2 pi) i / k (+ pi in class 0),   i = 0 ... k - 1 of an arm's k points
        (x, y) = (r sin t, r cos t) + U(-1, 1) e in each coordinate

    Without noise nothing but the order of the rows is random.
    """
    labels = _classes(samples)
    arms = (samples + 1) // 2, samples // 2
    share = np.concatenate([np.arange(k) / k for k in arms])
    points = _polar(5.0 * share, 1.75 * 2.0 * np.pi * share + np.pi * (1.0 - labels))
    return _displaced(points, 1.0, noise, generator), labels


def moons(samples: int, noise: float, generator: np.random.Generator) -> tuple[Array, Array]:
    """Two half circles that reach into each other, stretched to fill -5..5 by -4..4.

        upper moon (class 1): (cos t, sin t),   lower moon (class 0): (1 - cos t, 1/2 - sin t)
        (x, y) = (10/3 (moon_x - 1/2), 16/3 (moon_y - 1/4)) + 3 e (normal, normal)

    The angles t divide 0 ... pi evenly, so without noise nothing but the order of the rows is random.
    At e = 0.5 the moons overlap and about one point in twelve lies outside -6..6.
    """
    labels = _classes(samples)
    angles = np.concatenate([np.linspace(0.0, np.pi, k) for k in ((samples + 1) // 2, samples // 2)])
    upper = np.column_stack([np.cos(angles), np.sin(angles)])
    moon = np.where(labels[:, np.newaxis] == 1, upper, (1.0, 0.5) - upper)
    points = (moon - (0.5, 0.25)) * (10.0 / 3.0, 16.0 / 3.0)
    return points + 3.0 * noise * generator.standard_normal(points.shape), labels


def plane(samples: int, noise: float, generator: np.random.Generator) -> tuple[Array, Array]:
    """A slope to be learned as a number: the sum of the coordinates, cut off at -1 and 1.

        x, y ~ U(-6, 6),   label = clip((x' + y') / 10, -1, 1),   (x', y') = (x, y) + U(-6, 6) e

    The playground lets the labels run on to +-1.2 in two corners; here the targets of regression lie in
    [-1, 1], which the network's output can reach. Noise changes labels; the points stay.
    """
    points = generator.uniform(-REACH, REACH, (samples, 2))
    seen = _displaced(points, REACH, noise, generator)
    return points, np.clip(seen.sum(axis=1) / 10.0, -1.0, 1.0)


def multi_gaussians(samples: int, noise: float, generator: np.random.Generator) -> tuple[Array, Array]:
    """Six bumps, by turns up and down, in two rows of three; flat between them.

        x, y ~ U(-6, 6),   label = sign_b max(0, 1 - |(x', y') - bump_b| / 2) of the bump b where that is largest
        (x', y') = (x, y) + U(-6, 6) e

    The bumps are cones, in spite of the name the playground gave them. Noise changes labels; the points stay.
    """
    points = generator.uniform(-REACH, REACH, (samples, 2))
    seen = _displaced(points, REACH, noise, generator)
    distance = np.linalg.norm(seen[:, np.newaxis] - BUMPS, axis=2)
    return points, np.maximum(
        0.0, 1.0 - distance / 2.0
    ) @ SIGNS  # no two cones overlap: their sum is the largest


SAMPLERS: Mapping[str, Sampler] = MappingProxyType(
    {
        "circle": Sampler(circle),
        "gaussians": Sampler(gaussians),
        "quadrants": Sampler(quadrants),
        "spiral": Sampler(spiral),
        "moons": Sampler(moons),
        "plane": Sampler(plane, regression=True),
        "multi_gaussians": Sampler(multi_gaussians, regression=True),
    }
)


def sample(name: str, samples: int, noise: float, seed: int) -> tuple[Array, Array]:
    """Draw a data set, its rows in random order, so that the first part of them is a fair sample of all.

    Args:
        name: a key of SAMPLERS.
        samples: how many rows, at least 2.
        noise: in percent, 0..50. It may carry points of gaussians and moons out of -REACH..REACH; they are
            not clipped, for a cloud cut off at an edge would be another cloud.
        seed: a whole number from 0 up; the same seed draws the same bits (under one version of NumPy).

    Returns:
        Points of shape (samples, 2) and labels of shape (samples,): 0.0 or 1.0, for regression in [-1, 1].

    Raises:
        ValueError: no data set has this name, or another argument is outside its bounds.
    """
    if name not in SAMPLERS:
        raise ValueError(f"name must be one of {', '.join(SAMPLERS)}, got {name!r}")
    if samples < 2:
        raise ValueError(f"samples must be at least 2, got {samples}")
    if not 0 <= noise <= 50:  # so written, it refuses nan too
        raise ValueError(f"noise must be between 0 and 50 percent, got {noise}")
    if seed < 0:
        raise ValueError(f"seed must be at least 0, got {seed}")
    generator = np.random.Generator(np.random.PCG64(seed))
    points, labels = SAMPLERS[name].draw(samples, noise / 100.0, generator)
    order = generator.permutation(samples)
    return points[order], labels[order]
