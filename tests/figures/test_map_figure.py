"""The map of what trains: a byte for how a run ended, and a colour for each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.core import outcomes
from nnlab.core.experiment import Experiment
from nnlab.figures.map_figure import (
    DIVERGED,
    FIRST_FAILED,
    GOLD,
    LAST_FAILED,
    LAST_TRAINED,
    PALETTE,
    STOPS,
    code,
    worst_cost,
)
from nnlab.figures.theme import THEMES

BIPOLAR, BINARY = Experiment(), Experiment(encoding="binary", output_activation="sigmoid")
ENTROPY = BINARY.changed(loss="cross_entropy")

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


def codes(
    cost: list[float], since: list[int], epochs: int = 200, experiment: Experiment = BIPOLAR
) -> list[int]:
    coded = code(np.array(cost), np.array(since), epochs, experiment)
    assert coded.dtype == np.uint8
    return [int(each) for each in coded]


# --- codes --------------------------------------------------------------------------------------


def test_a_run_that_trained_is_coded_by_how_soon_and_how_well() -> None:
    assert codes([0.0002] * 4, [0, 50, 100, 200]) == [0, 24, 47, 94]
    assert codes([0.0, 1e-9, 0.0002, 0.002, 0.0199], [0] * 5) == [0, 0, 0, 16, 31]
    assert codes([0.02 - 1e-12], [200]) == [LAST_TRAINED]


@pytest.mark.parametrize("experiment", [BIPOLAR, BINARY])
def test_a_run_that_failed_is_coded_by_the_logarithm_of_its_cost(experiment: Experiment) -> None:
    solved = outcomes.solved_cost(experiment)
    # all answers wrong costs 100 times as much as a solved run may
    assert codes([solved, 10 * solved, 100 * solved], [-1] * 3, experiment=experiment) == [128, 191, 254]


def test_all_answers_wrong_is_the_worst_that_is_told() -> None:
    targets = BIPOLAR.data().targets
    all_wrong = float(np.mean((-targets - targets) ** 2) / 2)
    assert codes([all_wrong, 10 * all_wrong, 1e300], [-1] * 3) == [LAST_FAILED] * 3


def test_with_cross_entropy_a_failure_goes_from_a_chance_of_nine_tenths_to_one_of_one_tenth() -> None:
    solved = outcomes.solved_cost(ENTROPY)
    assert solved == pytest.approx(-np.log(0.9))
    assert worst_cost(ENTROPY) == pytest.approx(-np.log(0.1))
    middle = float(np.sqrt(solved * worst_cost(ENTROPY)))
    assert codes([solved, middle, -np.log(0.1), 50.0], [-1] * 4, experiment=ENTROPY) == [128, 191, 254, 254]


def test_a_regression_is_coded_by_targets_that_go_from_minus_1_to_1() -> None:
    plane = Experiment(dataset="plane", encoding="binary", output_activation="linear")
    assert codes([0.02, 0.2, 2.0], [-1] * 3, experiment=plane) == [128, 191, 254]


def test_what_diverged_has_a_code_of_its_own_whatever_it_was_before() -> None:
    cost, since = np.array([1e-9, 0.5, 1e308, 0.01]), np.array([3, -1, -1, 0])
    coded = code(cost, since, 200, BIPOLAR, np.array([True, True, True, False]))
    assert coded[:3].tolist() == [DIVERGED] * 3
    assert coded[3] <= LAST_TRAINED


def test_a_cost_that_is_no_number_is_the_worst_failure() -> None:
    assert codes([np.inf, np.nan], [-1, -1]) == [LAST_FAILED] * 2


def test_a_run_that_was_solved_too_late_to_be_looked_at_is_the_mildest_failure() -> None:
    assert codes([0.0, 1e-300], [-1, -1]) == [FIRST_FAILED] * 2


@given(
    st.floats(0, 1e6), st.integers(-1, 5000), st.floats(0, 1e6), st.integers(-1, 5000), st.sampled_from([BIPOLAR, BINARY])
)  # fmt: skip
def test_whatever_the_run_its_code_is_of_its_family_and_in_its_order(
    cost: float, since: int, other_cost: float, other_since: int, experiment: Experiment
) -> None:
    one, other = codes([cost, other_cost], [since, other_since], 5000, experiment)
    for each, solved in ((one, since >= 0), (other, other_since >= 0)):
        assert 0 <= each <= LAST_TRAINED if solved else FIRST_FAILED <= each <= LAST_FAILED
    if since >= 0 and other_since >= 0 and since <= other_since and cost <= other_cost:
        assert one <= other
    if since < 0 and other_since < 0:
        assert (one <= other) == (cost <= other_cost) or one == other
    if since >= 0 > other_since:
        assert one < DIVERGED < other


def test_codes_have_the_shape_of_the_map() -> None:
    assert code(np.ones((3, 5)), np.full((3, 5), -1), 10, BIPOLAR).shape == (3, 5)


# --- colours ------------------------------------------------------------------------------------


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
