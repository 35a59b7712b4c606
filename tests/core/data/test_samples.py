import math

import numpy as np
import pytest

from nnlab.core.data.samples import REACH, SAMPLERS, sample

MANY = 4000
REGRESSIONS = {"plane", "multi_gaussians"}
CLASSES = {"circle", "gaussians", "quadrants", "spiral", "moons"}
SHUFFLED_ONLY = {"spiral", "moons"}  # without noise another seed is only another order
LABELED_BY_NOISE = {"circle", "quadrants", "plane", "multi_gaussians"}  # their points do not move

each_sampler = pytest.mark.parametrize("name", SAMPLERS)
each_classification = pytest.mark.parametrize("name", sorted(CLASSES))


def sorted_rows(points):
    return points[np.lexsort(points.T)]


# --- every data set -----------------------------------------------------------------------------


def test_the_data_sets_are_these_seven_and_two_are_regressions():
    assert set(SAMPLERS) == CLASSES | REGRESSIONS
    assert {name for name, sampler in SAMPLERS.items() if sampler.regression} == REGRESSIONS


@each_sampler
@pytest.mark.parametrize("samples", [2, 3, 20, 101, 500])
@pytest.mark.parametrize("noise", [0, 50])
def test_there_are_exactly_as_many_rows_as_asked_for(name, samples, noise):
    points, labels = sample(name, samples, noise, 0)
    assert points.shape == (samples, 2)
    assert labels.shape == (samples,)
    assert points.dtype == labels.dtype == np.float64


@each_sampler
def test_the_same_seed_draws_the_same_bits(name):
    for first, second in zip(sample(name, 100, 20, 7), sample(name, 100, 20, 7), strict=True):
        assert first.tobytes() == second.tobytes()


@each_sampler
def test_another_seed_draws_other_points(name):
    points, others = (sorted_rows(sample(name, 100, 20, seed)[0]) for seed in (7, 8))
    assert (np.abs(points - others).max(axis=1) > 1e-6).mean() > 0.9


@pytest.mark.parametrize("name", sorted(SHUFFLED_ONLY))
def test_without_noise_another_seed_puts_a_regular_figure_in_another_order(name):
    points, others = (sample(name, 100, 0, seed)[0] for seed in (7, 8))
    assert not np.array_equal(points, others)
    np.testing.assert_array_equal(sorted_rows(points), sorted_rows(others))


@each_classification
def test_classes_are_zero_and_one_and_about_balanced(name):
    labels = sample(name, MANY, 0, 1)[1]
    assert set(labels) == {0.0, 1.0}
    assert labels.mean() == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("name", ["circle", "gaussians", "spiral", "moons"])
@pytest.mark.parametrize("samples", [3, 10, 101])
def test_of_an_odd_number_the_extra_row_is_of_class_one(name, samples):
    assert sample(name, samples, 0, 1)[1].sum() == math.ceil(samples / 2)


@pytest.mark.parametrize("name", sorted(REGRESSIONS))
@pytest.mark.parametrize("noise", [0, 50])
def test_targets_of_regression_are_many_numbers_from_minus_one_to_one(name, noise):
    labels = sample(name, MANY, noise, 1)[1]
    assert -1 <= labels.min() < -0.9
    assert 0.9 < labels.max() <= 1
    assert len(set(labels)) > MANY / 4


@each_classification
def test_rows_are_shuffled_so_that_the_first_half_is_a_fair_sample(name):
    labels = sample(name, MANY, 0, 1)[1]
    assert labels[: MANY // 2].mean() == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("name", sorted(set(SAMPLERS) - {"gaussians"}))
def test_without_noise_points_stay_in_the_square_and_use_most_of_it(name):
    reach = np.abs(sample(name, MANY, 0, 1)[0]).max()
    assert 4.9 < reach <= REACH


def test_without_noise_nearly_all_of_the_clouds_stay_in_the_square():
    points = sample("gaussians", MANY, 0, 1)[0]
    assert (np.abs(points) <= REACH).all(axis=1).mean() >= 0.95


@pytest.mark.parametrize("name", sorted(LABELED_BY_NOISE))
def test_noise_changes_some_labels_and_leaves_the_points(name):
    (points, labels), (noisy_points, noisy_labels) = (sample(name, 500, noise, 3) for noise in (0, 30))
    np.testing.assert_array_equal(points, noisy_points)
    assert (labels != noisy_labels).any()


@pytest.mark.parametrize("name", sorted(set(SAMPLERS) - LABELED_BY_NOISE))
def test_noise_moves_points_and_leaves_their_labels(name):
    (points, labels), (noisy_points, noisy_labels) = (sample(name, 500, noise, 3) for noise in (0, 30))
    np.testing.assert_array_equal(labels, noisy_labels)
    assert (points != noisy_points).any(axis=1).mean() > 0.99


# --- one by one ---------------------------------------------------------------------------------


def test_circle_is_a_disk_of_ones_in_a_ring_of_zeros():
    points, labels = sample("circle", MANY, 0, 2)
    radius = np.hypot(*points.T)
    np.testing.assert_array_equal(labels, radius <= 2.5)
    disk, ring = radius[labels == 1], radius[labels == 0]
    assert disk.mean() == pytest.approx(1.25, abs=0.06)
    assert disk.max() > 2.4
    assert ring.mean() == pytest.approx(4.25, abs=0.04)
    assert 3.5 - 1e-9 <= ring.min() < 3.55
    assert 4.95 < ring.max() <= 5 + 1e-9
    np.testing.assert_allclose(points.mean(axis=0), 0, atol=0.2)


def test_labels_of_a_noisy_circle_are_those_of_points_displaced_by_up_to_a_share_of_the_radius():
    points, labels = sample("circle", 20 * MANY, 20, 2)
    moves = np.random.default_rng(5).uniform(-5 * 0.2, 5 * 0.2, (20, *points.shape))
    chance_of_one = (np.hypot(*np.moveaxis(points + moves, -1, 0)) <= 2.5).mean(axis=0)
    for part in (np.hypot(*points.T) <= 2.5, np.hypot(*points.T) >= 3.5 - 1e-9):
        assert labels[part].mean() == pytest.approx(chance_of_one[part].mean(), abs=0.006)


@pytest.mark.parametrize(("noise", "variance"), [(0, 0.5), (25, 2.25), (50, 4.0)])
def test_gaussians_are_centered_on_the_diagonal_and_widen_with_noise(noise, variance):
    points, labels = sample("gaussians", MANY, noise, 2)
    for label, center in ((1, 2), (0, -2)):
        cloud = points[labels == label]
        np.testing.assert_allclose(cloud.mean(axis=0), center, atol=0.2)
        np.testing.assert_allclose(cloud.var(axis=0), variance, rtol=0.1)


def test_full_noise_makes_the_clouds_wider_by_the_root_of_eight():
    (narrow, ones), (wide, _) = (sample("gaussians", MANY, noise, 2) for noise in (0, 50))
    assert wide[ones == 1].std() / narrow[ones == 1].std() == pytest.approx(math.sqrt(8), rel=0.02)


def test_quadrants_are_one_where_the_signs_agree_with_a_gap_along_the_axes():
    points, labels = sample("quadrants", MANY, 0, 2)
    np.testing.assert_array_equal(labels, points[:, 0] * points[:, 1] >= 0)
    size = np.abs(points)
    assert 0.3 <= size.min() < 0.32
    assert 5.28 < size.max() <= 5.3
    np.testing.assert_allclose((points > 0).mean(axis=0), 0.5, atol=0.03)


def test_noise_makes_labels_of_quadrants_wrong_only_near_the_axes():
    points, labels = sample("quadrants", MANY, 20, 2)
    wrong = labels != (points[:, 0] * points[:, 1] >= 0)
    assert 0.02 < wrong.mean() < 0.3
    assert 0.7 < np.abs(points)[wrong].min(axis=1).max() <= 5 * 0.2


@pytest.mark.parametrize("samples", [10, 201])
def test_spiral_has_two_arms_of_the_playgrounds_formula(samples):
    points, labels = sample("spiral", samples, 0, 2)
    for label, delta in ((1, 0.0), (0, math.pi)):
        k = (samples + label) // 2
        arm = []
        for i in range(k):
            r, t = 5 * i / k, 1.75 * 2 * math.pi * i / k + delta
            arm.append((r * math.sin(t), r * math.cos(t)))
        drawn = points[labels == label]
        np.testing.assert_allclose(drawn[np.argsort(np.hypot(*drawn.T))], arm, atol=1e-12)


def test_spiral_stays_within_a_radius_of_five():
    assert 4.9 < np.hypot(*sample("spiral", 500, 0, 2)[0].T).max() <= 5


def test_noise_moves_points_of_the_spiral_by_at_most_its_share():
    moved = sample("spiral", MANY, 40, 2)[0] - sample("spiral", MANY, 0, 2)[0]
    assert -0.4 - 1e-12 <= moved.min() < -0.39
    assert 0.39 < moved.max() <= 0.4 + 1e-12


def test_moons_are_two_half_ellipses_that_reach_into_each_other():
    points, labels = sample("moons", 500, 0, 2)
    for label, center, side in ((1, (-5 / 3, -4 / 3), 1), (0, (5 / 3, 4 / 3), -1)):
        x, y = ((points[labels == label] - center) / (10 / 3, 16 / 3)).T
        np.testing.assert_allclose(x**2 + y**2, 1)
        assert (side * y >= -1e-12).all()
    np.testing.assert_allclose(points.min(axis=0), (-5, -4), atol=1e-3)
    np.testing.assert_allclose(points.max(axis=0), (5, 4), atol=1e-3)


@pytest.mark.parametrize("noise", [10, 50])
def test_noise_of_the_moons_is_normal_and_grows_in_proportion(noise):
    moved = sample("moons", MANY, noise, 2)[0] - sample("moons", MANY, 0, 2)[0]
    spread = 3 * noise / 100
    np.testing.assert_allclose(moved.std(axis=0), spread, rtol=0.05)
    assert (np.abs(moved) > 2 * spread).mean() == pytest.approx(0.0455, abs=0.01)


def test_plane_is_the_sum_of_the_coordinates_cut_off_at_one():
    points, labels = sample("plane", MANY, 0, 2)
    expected = [max(-1.0, min(1.0, (x + y) / 10)) for x, y in points]
    np.testing.assert_allclose(labels, expected, rtol=1e-12)
    assert {-1.0, 1.0} <= set(labels)


def test_noise_spreads_targets_of_the_plane_as_two_uniform_displacements_do():
    points, labels = sample("plane", MANY, 10, 2)
    error = (labels - points.sum(axis=1) / 10)[np.abs(labels) < 0.8]
    assert error.std() == pytest.approx(0.6 * math.sqrt(2 / 3) / 10, rel=0.05)


def test_multi_gaussians_take_the_largest_of_six_bumps():
    points, labels = sample("multi_gaussians", 300, 0, 2)
    bumps = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]
    for (x, y), label in zip(points, labels, strict=True):
        heights = [sign * max(0.0, 1 - math.hypot(x - bx, y - by) / 2) for bx, by, sign in bumps]
        assert label == pytest.approx(max(heights, key=abs), abs=1e-12)


def test_noise_changes_targets_of_multi_gaussians_by_no_more_than_half_the_displacement():
    change = np.abs(sample("multi_gaussians", MANY, 10, 2)[1] - sample("multi_gaussians", MANY, 0, 2)[1])
    assert 0.35 < change.max() <= 0.6 * math.sqrt(2) / 2


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("rings", 100, 0, 0), r"name must be one of circle, .*multi_gaussians, got 'rings'"),
        (("circle", 1, 0, 0), "samples must be at least 2, got 1"),
        (("circle", 100, -0.1, 0), "noise must be between 0 and 50 percent, got -0.1"),
        (("circle", 100, 50.1, 0), "noise must be between 0 and 50 percent, got 50.1"),
        (("circle", 100, math.nan, 0), "noise must be between 0 and 50 percent, got nan"),
        (("circle", 100, 0, -1), "seed must be at least 0, got -1"),
    ],
)
def test_an_argument_out_of_bounds_is_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match=message):
        sample(*arguments)
