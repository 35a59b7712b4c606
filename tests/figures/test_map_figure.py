"""The map of what trains: a colour for how each run ended."""

import numpy as np
import pytest

from nnlab.core.many.outcome_codes import DIVERGED, FIRST_FAILED, LAST_FAILED, LAST_TRAINED
from nnlab.figures.map_figure import GOLD, PALETTE, STOPS
from nnlab.figures.theme import THEMES

# How colours look to eyes that lack one kind of cone, on linear RGB (Machado, Oliveira and Fernandes 2009).
EYES = {
    "all cones": np.eye(3),
    "no long": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no middle": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no short": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TOLD_APART = 10.0
"""A distance in CIELAB at which colours side by side are told apart at a glance; 2.3 is just noticed."""


def seen(colors: np.ndarray, eyes: np.ndarray) -> np.ndarray:
    """Colours as CIELAB, (n, 3), the way these eyes see them."""
    share = colors / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    linear = np.clip(linear @ eyes.T, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = (linear @ to_xyz.T / [0.9505, 1.0, 1.089]).T
    x, y, z = (np.where(v > (6 / 29) ** 3, np.cbrt(v), v * (29 / 6) ** 2 / 3 + 4 / 29) for v in (x, y, z))
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def families(theme: str, eyes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What trained, and what failed."""
    colors = seen(PALETTE[theme].astype(float), eyes)
    return colors[: LAST_TRAINED + 1], colors[FIRST_FAILED:]


def test_every_code_has_a_colour_in_every_theme() -> None:
    assert PALETTE.keys() == STOPS.keys() == THEMES.keys()
    for colors in PALETTE.values():
        assert colors.shape == (LAST_FAILED + 1, 3)
        assert colors.dtype == np.uint8
        assert "#" + bytes(colors[DIVERGED]).hex() == GOLD


@pytest.mark.parametrize("theme", PALETTE)
def test_each_family_begins_and_ends_where_it_is_said_to(theme: str) -> None:
    colors = ["#" + bytes(color).hex() for color in PALETTE[theme]]
    trained, failed = STOPS[theme]
    assert (colors[0], colors[LAST_TRAINED]) == (trained[0], trained[-1])
    assert (colors[FIRST_FAILED], colors[LAST_FAILED]) == (failed[0], failed[-1])


@pytest.mark.parametrize("eyes", EYES.values(), ids=EYES)
@pytest.mark.parametrize("theme", PALETTE)
def test_in_each_family_brightness_alone_tells_the_order(theme: str, eyes: np.ndarray) -> None:
    trained, failed = (np.diff(family[:, 0]) for family in families(theme, eyes))
    rises = theme == "light"  # towards the paper where the two meet
    assert (trained > 0 if rises else trained < 0).all()
    assert (failed < 0 if rises else failed > 0).all()


@pytest.mark.parametrize("eyes", EYES.values(), ids=EYES)
@pytest.mark.parametrize("theme", PALETTE)
def test_whatever_trained_is_told_from_whatever_failed(theme: str, eyes: np.ndarray) -> None:
    trained, failed = families(theme, eyes)
    assert np.linalg.norm(trained[:, np.newaxis] - failed, axis=2).min() >= TOLD_APART


@pytest.mark.parametrize("eyes", EYES.values(), ids=EYES)
@pytest.mark.parametrize("theme", PALETTE)
def test_what_diverged_is_told_from_both_families_and_from_the_paper(theme: str, eyes: np.ndarray) -> None:
    paper = np.array([[int(THEMES[theme].paper[at : at + 2], 16) for at in (1, 3, 5)]], dtype=float)
    others = np.concatenate([*families(theme, eyes), seen(paper, eyes)])
    gold = seen(PALETTE[theme][DIVERGED : DIVERGED + 1].astype(float), eyes)
    assert np.linalg.norm(others - gold, axis=1).min() >= 2 * TOLD_APART


@pytest.mark.parametrize("theme", PALETTE)
def test_the_ends_of_both_families_stand_out_from_the_paper(theme: str) -> None:
    paper = np.array([[int(THEMES[theme].paper[at : at + 2], 16) for at in (1, 3, 5)]], dtype=float)
    for family in families(theme, EYES["all cones"]):
        distance = np.abs(family[:, 0] - seen(paper, EYES["all cones"])[0, 0])
        assert distance.max() > 60
        assert distance.min() < 12
