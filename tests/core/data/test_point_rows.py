"""Points that are wrong as a whole are refused in one sentence, and so are points that rounding would merge."""

import numpy as np
import pytest
from pydantic import ValidationError

from nnlab import Experiment

RNG = np.random.default_rng(3)
POINTS = RNG.normal(size=(40, 2))
LABELS = (POINTS[:, 0] > 0).astype(int)
ROWS = np.column_stack([POINTS, LABELS])


def error_of(points):
    with pytest.raises(ValidationError) as caught:
        Experiment(dataset="own", points=points)
    (error,) = caught.value.errors(include_url=False)
    assert error["loc"] == ("points",)
    return error["msg"]


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (POINTS, r"points must be rows of x1, x2, label, got shape (40, 2)"),
        (LABELS, r"points must be rows of x1, x2, label, got shape (40,)"),
        (
            (POINTS, LABELS),
            "points must be rows of x1, x2, label, got arrays of shapes (40, 2) and (40,); np.column_stack joins them",
        ),
        (POINTS.tolist(), f"points must be rows of x1, x2, label, got {tuple(POINTS[0].tolist())} for row 0"),
        (POINTS[0].tolist() * 2, f"points must be rows of x1, x2, label, got {POINTS[0, 0]} for row 0"),
        (np.column_stack([POINTS, np.full(40, 2)]), "label must be 0 or 1, or -1 and 1, got 2.0 in row 0"),
        ([(*point, "a") for point in POINTS], "label must be 0 or 1, or -1 and 1, got 'a' in row 0"),
        (1e7 * ROWS, f"x1 must be a number within -1,000,000 and 1,000,000, got {1e7 * POINTS[0, 0]} in row 0"),
    ],
    ids=lambda value: value[:50] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_wrong_with_many_rows_is_told_once(points, message):
    assert error_of(points) == message


@pytest.mark.parametrize("kind", [bool, np.bool_, object])
def test_labels_may_be_true_and_false(kind):
    labels = (LABELS == 1).astype(kind if kind is object else bool)
    rows = [
        (*point, kind(label) if kind is not object else label)
        for point, label in zip(POINTS, labels, strict=True)
    ]
    table = np.column_stack([POINTS.astype(object), labels])
    expected = Experiment(dataset="own", points=ROWS).points
    assert Experiment(dataset="own", points=rows).points == expected
    assert Experiment(dataset="own", points=table).points == expected


@pytest.mark.parametrize("size", [9e-4, 1e-4, 1e-6, 1e-12])
def test_points_that_rounding_would_merge_are_refused(size):
    spread = np.column_stack([size * POINTS / np.ptp(POINTS, axis=0), LABELS])
    message = error_of(spread)
    assert message.startswith("points must keep their places when rounded to 4 decimals, got x1 within ")
    assert message.endswith(" of each other; multiply the coordinates, by 1000 say, and standardize")


def test_points_that_are_near_each_other_and_far_from_the_middle_are_refused_too():
    rows = np.column_stack([1000.0 + 1e-4 * POINTS[:, 0], POINTS[:, 1], LABELS])
    assert "rounded to 4 decimals, got x1 within" in error_of(rows)


def test_rows_whose_places_are_rounded_already_are_kept():
    rows = tuple((0.0001 * (k % 3), 0.0002 * (k % 2), k % 2) for k in range(6))
    kept = Experiment(dataset="own", points=rows)
    assert Experiment.model_validate_json(kept.model_dump_json()) == kept
    assert kept.changed(points=kept.points) == kept


def test_a_coordinate_that_does_not_vary_but_for_arithmetic_is_kept():
    rows = [(0.1 + 0.2, 1.0, 0), (0.3, 2.0, 1), (1e-17, 3.0, 1)]
    assert Experiment(dataset="own", points=rows[:2]).points == ((0.3, 1.0, 0), (0.3, 2.0, 1))
    assert Experiment(dataset="own", points=[(1e-17, 1.0, 0), (0.0, 2.0, 1)]).points == ((0, 1, 0), (0, 2, 1))


@pytest.mark.parametrize("size", [0.01, 1.0, 1e5])
def test_larger_points_are_rounded_and_kept(size):
    kept = Experiment(dataset="own", points=ROWS * [size, size, 1]).points
    np.testing.assert_allclose(np.array(kept)[:, :2], POINTS * size, atol=5.1e-5)
