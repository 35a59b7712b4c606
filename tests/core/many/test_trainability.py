import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlab
from nnlab import Experiment
from nnlab.core.many.trainability import Axis, AxisSpec, axis_of, refinements, spec, variations, varied

UNIFORM = Experiment(initialization="uniform", seed=3)
RATE: AxisSpec = ("learning_rate", 0.05, 5.0, "log")
SCALE: AxisSpec = ("scale", 0.1, 4.0, "log")
WEIGHT: AxisSpec = (("weights", 0, 1, 1), -4.0, 4.0, "linear")
BIAS: AxisSpec = (("biases", 1, 0), -1.0, 3.0, "linear")
SEED: AxisSpec = ("seed", 0, 60, "linear")


# --- axes -----------------------------------------------------------------------------------------


def test_a_linear_axis_has_equal_differences():
    np.testing.assert_allclose(Axis("scale", 1.0, 3.0).values(5), [1, 1.5, 2, 2.5, 3], rtol=1e-15)


def test_a_logarithmic_axis_has_equal_ratios():
    values = Axis("learning_rate", 0.01, 10.0, "log").values(4)
    np.testing.assert_allclose(values, [0.01, 0.1, 1, 10], rtol=1e-14)


@settings(deadline=None, max_examples=50)
@given(st.floats(0.001, 10.0), st.floats(0.001, 10.0), st.sampled_from(["linear", "log"]), st.integers(2, 99))
def test_both_ends_are_on_the_axis_and_nothing_is_beyond_them(one, other, spacing, size):
    low, high = sorted((one, other))
    if low == high:
        return
    values = Axis("learning_rate", low, high, spacing).values(size)
    assert len(values) == size
    assert (values[0], values[-1]) == (low, high)
    assert ((values >= low) & (values <= high)).all()


def test_seeds_are_whole_numbers():
    values = Axis("seed", 0, 2**32 - 1).values(4)
    assert values.tolist() == [0, 1431655765, 2863311530, 2**32 - 1]
    assert values.dtype == np.int64


def test_a_places_axis_may_run_through_zero_as_far_as_weights_go():
    assert Axis(("biases", 0, 0), -1000.0, 1000.0).values(3).tolist() == [-1000, 0, 1000]


@pytest.mark.parametrize(
    ("axis", "values"),
    [
        (Axis(*RATE), ["learning_rate", 0.05, 5.0, "log"]),
        (Axis(*WEIGHT), ["weights.0.1.1", -4.0, 4.0, "linear"]),
    ],
)
def test_an_axis_is_written_in_plain_values(axis, values):
    assert spec(axis) == values


@pytest.mark.parametrize(
    ("axis", "message"),
    [
        (("epochs", 1, 9), "an axis must be one of learning_rate, scale, seed or a parameter, got epochs"),
        (("scale", 1, 2, "cubic"), "scale must be spaced linear or log, got 'cubic'"),
        (("scale", 2, 2), r"scale must rise within \[0.01, 5\], got 2 to 2"),
        (("scale", 3, 2), r"scale must rise within \[0.01, 5\], got 3 to 2"),
        (("scale", 0.001, 2), r"scale must rise within \[0.01, 5\], got 0.001 to 2"),
        (("learning_rate", 1, 11), r"learning_rate must rise within \[0.001, 10\], got 1 to 11"),
        (("learning_rate", np.nan, 1), "learning_rate must rise within .*, got nan to 1"),
        (("learning_rate", 1, np.inf), "learning_rate must rise within .*, got 1 to inf"),
        (("seed", -1, 9), r"seed must rise within \[0, 4.29497e\+09\], got -1 to 9"),
        (("seed", 0, 9, "log"), "seed must be above 0 on a logarithmic axis, got 0"),
        ((("biases", 0, 1), -1001, 0), r"biases.0.1 must rise within \[-1000, 1000\], got -1001 to 0"),
        ((("biases", 0, 1), -1, 1, "log"), "biases.0.1 must be above 0 on a logarithmic axis, got -1"),
    ],
)
def test_an_axis_that_does_not_hold_is_rejected(axis, message):
    with pytest.raises(ValueError, match=message):
        Axis(*axis)


@pytest.mark.parametrize(
    ("given", "axis"),
    [
        ("learning_rate", Axis("learning_rate", 0.01, 10.0, "log")),
        ("seed", Axis("seed", 0, 511)),
        ("weights.0.1.1", Axis(("weights", 0, 1, 1), -5.0, 5.0)),
        (("biases", 1, 0), Axis(("biases", 1, 0), -5.0, 5.0)),
        (("weights", 0, 1, 1), Axis(("weights", 0, 1, 1), -5.0, 5.0)),
        (("weights.0.1.1", -4.0, 4.0, "linear"), Axis(*WEIGHT)),
        (("scale", 0.1, 4.0), Axis("scale", 0.1, 4.0)),
        (SCALE, Axis(*SCALE)),
        (list(WEIGHT), Axis(*WEIGHT)),
    ],
    ids=str,
)
def test_an_axis_may_be_named_or_given_with_its_ends(given, axis):
    assert axis_of(given) == axis
    other = "seed" if axis.setting != "seed" else "scale"
    assert nnlab.trainability_map(UNIFORM.changed(epochs=1), x=given, y=other, size=2).x == axis


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (
            "epochs",
            ValueError,
            "an axis must be one of learning_rate, scale, seed or a parameter, got epochs",
        ),
        ("weights.0", ValueError, "a parameter must be a weight"),
        ("weights.9.0.0", ValueError, "weights.9.0.0 must be in the network 2-2-1"),
        (3, TypeError, r"an axis must be a setting or \(setting, low, high, spacing\), got 3"),
        (("scale", 1.0), TypeError, "an axis must be a setting or"),
        ((), TypeError, "an axis must be a setting or"),
    ],
)
def test_what_is_no_axis_is_refused(given, error, message):
    with pytest.raises(error, match=message):
        nnlab.trainability_map(UNIFORM, x=given, size=2)


# --- the map --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y"),
    [(RATE, SCALE), (WEIGHT, BIAS), (SEED, RATE), (BIAS, SCALE), (BIAS, WEIGHT)],
    ids=["numbers", "parameters", "seeds", "a parameter and a number", "a bias across"],
)
def test_the_experiment_at_a_point_trains_to_the_maps_own_cost(x, y):
    """In the same bits, on the border of what trains too."""
    runs = nnlab.trainability_map(UNIFORM, x, y, size=8)
    for row in range(8):
        for column in range(8):
            history = nnlab.train_many([runs.experiment_at(row, column)])
            assert history.final_cost[0] == runs.final_cost[row, column]
            assert history.solved_since[0] == runs.solved_since[row, column]
    assert 0 < runs.solved.sum() < 64


def test_the_experiment_at_a_point_trains_so_by_itself_too():
    runs = nnlab.trainability_map(UNIFORM, ("learning_rate", 0.01, 0.5, "log"), SCALE, size=4)
    alone = [
        [nnlab.train(runs.experiment_at(row, column)).cost[-1] for column in range(4)] for row in range(4)
    ]
    np.testing.assert_allclose(runs.final_cost, alone, rtol=0, atol=1e-9)


def test_rows_follow_y_and_columns_x():
    runs = nnlab.trainability_map(UNIFORM.changed(epochs=1), RATE, SEED, size=4)
    experiment = runs.experiment_at(2, 1)
    assert experiment == runs.experiment.changed(seed=40, learning_rate=Axis(*RATE).values(4)[1])
    assert (runs.x, runs.y, runs.size) == (Axis(*RATE), Axis(*SEED), 4)
    assert runs.final_cost.shape == runs.solved.shape == (4, 4)


def test_places_as_axes_are_weights_of_the_start_and_leave_the_others():
    runs = nnlab.trainability_map(UNIFORM.changed(epochs=1), WEIGHT, BIAS, size=5)
    start, drawn = runs.experiment_at(1, 3).initial_parameters(), UNIFORM.initial_parameters()
    assert (start.weights[0][1, 1], start.biases[1][0]) == (2.0, 0.0)
    drawn.weights[0][1, 1], drawn.biases[1][0] = 2.0, 0.0
    np.testing.assert_array_equal(start.vector, drawn.vector)


def test_nothing_trains_at_a_tiny_learning_rate_and_most_at_the_notebooks():
    slow = nnlab.trainability_map(UNIFORM, ("learning_rate", 0.001, 0.002, "log"), SEED, size=8)
    fair = nnlab.trainability_map(UNIFORM, ("learning_rate", 0.15, 0.3, "log"), SEED, size=8)
    assert not slow.solved.any()
    assert fair.solved.mean() > 0.6


def test_a_map_in_single_precision_looks_alike():
    double = nnlab.trainability_map(UNIFORM, RATE, SCALE, size=24)
    single = nnlab.trainability_map(UNIFORM, RATE, SCALE, size=24, precision="single")
    assert np.mean(double.solved != single.solved) < 0.05


@pytest.mark.parametrize(
    ("initialization", "x", "y", "drawn"),
    [
        ("notebook", RATE, SCALE, "uniform"),
        ("notebook", RATE, WEIGHT, "notebook"),
        ("xavier", RATE, SCALE, "uniform"),
        ("xavier", RATE, SEED, "xavier"),
        ("equal", RATE, SCALE, "equal"),
        ("equal", SEED, SCALE, "uniform"),
        ("normal", SEED, SCALE, "normal"),
    ],
)
def test_a_start_that_an_axis_would_not_change_is_drawn_instead(initialization, x, y, drawn):
    experiment = UNIFORM.changed(initialization=initialization)
    assert varied(experiment, Axis(*x), Axis(*y)) == experiment.changed(initialization=drawn)


@pytest.mark.parametrize(
    ("initialization", "x", "y", "name"),
    [("notebook", RATE, SCALE, "scale"), ("xavier", SCALE, RATE, "scale"), ("equal", RATE, SEED, "seed")],
)
def test_an_axis_that_changes_nothing_is_warned_of_where_the_map_is_asked_for(initialization, x, y, name):
    experiment = nnlab.Experiment(initialization=initialization, epochs=1)
    with pytest.warns(UserWarning, match=f"the axis {name} changes nothing: initialization=") as caught:
        nnlab.trainability_map(experiment, x, y, size=2)
    (warning,) = caught
    assert warning.filename == __file__


@pytest.mark.parametrize(
    ("x", "y", "size", "message"),
    [
        (RATE, ("learning_rate", 1, 2, "linear"), 4, "the axes must be two settings, got learning_rate twice"),
        (WEIGHT, WEIGHT, 4, "the axes must be two settings, got weights.0.1.1 twice"),
        (RATE, SCALE, 1, "size must be at least 2, got 1"),
        (RATE, SCALE, -3, "size must be at least 2, got -3"),
        (RATE, (("weights", 1, 1, 0), -1, 1, "linear"), 4, "weights.1.1.0 must be in the network 2-2-1"),
        (("epochs", 1, 9, "linear"), SCALE, 4, "an axis must be one of learning_rate, scale, seed or a parameter"),
    ],
)  # fmt: skip
def test_a_map_that_does_not_hold_is_rejected(x, y, size, message):
    with pytest.raises(ValueError, match=message):
        nnlab.trainability_map(UNIFORM, x, y, size)


# --- how it sharpens ------------------------------------------------------------------------------

each_size = pytest.mark.parametrize("size", [2, 3, 16, 31, 32, 33, 64, 100])
each_coarsest = pytest.mark.parametrize("coarsest", [1, 7, 16, 200])


@each_size
@each_coarsest
def test_refinements_take_each_point_exactly_once(size, coarsest):
    taken = np.zeros((size, size), dtype=int)
    for _, rows, columns in refinements(size, coarsest):
        np.add.at(taken, (rows, columns), 1)
    assert (taken == 1).all()


@each_size
@each_coarsest
def test_after_each_refinement_the_map_is_whole_at_half_the_distance(size, coarsest):
    taken, before = np.zeros((size, size), dtype=bool), None
    for stride, rows, columns in refinements(size, coarsest):
        assert before in (None, 2 * stride)
        taken[rows, columns], before = True, stride
        expected = np.zeros_like(taken)
        expected[::stride, ::stride] = True
        np.testing.assert_array_equal(taken, expected)
    assert before == 1


def test_the_first_refinement_has_about_as_many_points_as_asked_for():
    _, rows, _ = refinements(256, 16)[0]
    assert len(rows) == 16**2


def test_a_map_made_of_its_refinements_is_the_map():
    x, y = Axis(*RATE), Axis(*SCALE)
    whole = nnlab.trainability_map(UNIFORM, RATE, SCALE, size=16).final_cost
    made = np.full((16, 16), np.nan)
    for _, rows, columns in refinements(16, 4):
        runs = variations(UNIFORM, x, y, 16, rows, columns)
        made[rows, columns] = nnlab.core.many.many_training.train_variations(runs, epochs=[]).final_cost
    np.testing.assert_array_equal(made, whole)
