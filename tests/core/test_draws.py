"""The counter-based generator: its numbers, its randomness."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlab.core.initializers import GOLDEN_GAMMA, mix, normal_draw, uniform_draw

SEED, LAYER, UNIT, INPUT = range(4)
DRAWS = 20_000


def along(axis, draw, count=DRAWS):
    """Draws whose address counts up in one place and stands still in the others."""
    address = [11, 1, 2, 1]
    address[axis] = np.arange(count)
    return draw(*address)


each_axis = pytest.mark.parametrize(
    "axis", [SEED, LAYER, UNIT, INPUT], ids=["seed", "layer", "unit", "input"]
)


# --- the numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "number"),
    [
        (1, 6457827717110365317),
        (2, 3203168211198807973),
        (3, 9817491932198370423),
        (4, 4593380528125082431),
        (5, 16408922859458223821),
    ],
)
def test_mix_gives_the_published_stream_of_splitmix64(count, number):
    with np.errstate(over="ignore"):
        state = np.array([1234567], dtype=np.uint64) + GOLDEN_GAMMA * np.uint64(count)
        assert mix(state) == number


def test_the_draw_at_zero_is_splitmix64s_first_number_from_seed_zero():
    assert uniform_draw(0) == (0xE220A8397B1DCDAF >> 11) / 2**53


def by_the_formula(address):
    """The docstring's recurrence, in Python's integers."""
    h = 0
    for part in address:
        h = (h + 0x9E3779B97F4A7C15 * (part + 1)) % 2**64
        h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        h = (h ^ (h >> 27)) * 0x94D049BB133111EB % 2**64
        h ^= h >> 31
    return (h // 2**11) / 2**53


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5))
def test_a_draw_is_the_documented_function_of_its_address(address):
    assert uniform_draw(*address) == by_the_formula(address)


@pytest.mark.parametrize(
    ("address", "uniform", "normal"),
    [
        ((0, 0, 0, 0), 0.1296456182997474, -0.17838245878646744),
        ((7, 0, 0, 1), 0.7215466639701028, -0.8353553386580843),
        ((7, 0, 1, 0), 0.9116112581720478, 0.45403775569792637),
        ((7, 1, 0, 0), 0.9466402506044537, -1.0337169911567503),
        ((2**32 - 1, 6, 7, 7), 0.24838928119815673, -1.4317928618124123),
    ],
)
def test_the_draws_at_these_addresses_never_change(address, uniform, normal):
    """A link to a run must mean the same run next year."""
    assert uniform_draw(*address) == uniform
    assert normal_draw(*address) == pytest.approx(normal, rel=1e-12)


@pytest.mark.parametrize("draw", [uniform_draw, normal_draw])
def test_many_addresses_at_once_give_what_each_gives_alone(draw):
    seeds, units, inputs = np.arange(50)[:, None, None], np.arange(8)[:, None], np.arange(4)
    together = draw(seeds, 3, units, inputs)
    alone = [[[draw(seed, 3, unit, k) for k in range(4)] for unit in range(8)] for seed in range(50)]
    assert together.shape == (50, 8, 4)
    np.testing.assert_allclose(together, alone, rtol=1e-12)


def test_each_place_of_the_address_counts():
    draws = {
        float(uniform_draw(*address)) for address in [(1, 2, 3, 4), (2, 1, 3, 4), (1, 3, 2, 4), (1, 2, 4, 3)]
    }
    assert len(draws) == 4


# --- the randomness -----------------------------------------------------------------------------


def uniform_cdf(x):
    return x


normal_cdf = np.vectorize(lambda x: (1 + math.erf(x / math.sqrt(2))) / 2)


@each_axis
@pytest.mark.parametrize(
    ("draw", "mean", "variance"),
    [(uniform_draw, 1 / 2, 1 / 12), (normal_draw, 0, 1)],
    ids=["uniform", "normal"],
)
def test_draws_have_the_mean_and_the_variance_of_their_distribution(axis, draw, mean, variance):
    draws = along(axis, draw)
    assert draws.mean() == pytest.approx(mean, abs=4 * math.sqrt(variance / DRAWS))
    assert draws.var() == pytest.approx(variance, rel=4 * math.sqrt(2 / DRAWS))


@each_axis
@pytest.mark.parametrize(
    ("draw", "distribution"),
    [(uniform_draw, uniform_cdf), (normal_draw, normal_cdf)],
    ids=["uniform", "normal"],
)
def test_draws_pass_kolmogorov_and_smirnov(axis, draw, distribution):
    expected = distribution(np.sort(along(axis, draw)))
    steps = np.arange(DRAWS + 1) / DRAWS
    distance = max((expected - steps[:-1]).max(), (steps[1:] - expected).max())
    assert distance * math.sqrt(DRAWS) < 1.95, "a fair generator gets here once in a thousand"


@each_axis
@pytest.mark.parametrize("lag", [1, 2, 8])
def test_neighbours_along_one_axis_are_uncorrelated(axis, lag):
    draws = along(axis, uniform_draw)
    assert abs(np.corrcoef(draws[:-lag], draws[lag:])[0, 1]) < 4 / math.sqrt(DRAWS)


@pytest.mark.parametrize("neighbour", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (-1, 1, 0), (0, 1, -1)])
def test_weights_side_by_side_are_uncorrelated_over_the_seeds(neighbour):
    seeds, place = np.arange(DRAWS), np.array([2, 3, 1])
    here, there = uniform_draw(seeds, *place), uniform_draw(seeds, *(place + neighbour))
    assert abs(np.corrcoef(here, there)[0, 1]) < 4 / math.sqrt(DRAWS)


@each_axis
def test_draws_along_an_axis_are_all_different(axis):
    assert len(np.unique(along(axis, uniform_draw))) == DRAWS


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**64 - 2), min_size=1, max_size=5))
def test_a_uniform_draw_is_from_zero_up_to_but_not_one(address):
    assert 0 <= uniform_draw(*address) < 1


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**64 - 2), min_size=1, max_size=5))
def test_a_normal_draw_is_finite(address):
    assert math.isfinite(normal_draw(*address))
