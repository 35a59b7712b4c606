import numpy as np
import pytest

from nnlab.core.initializers import (
    DRAWN_BY_SEED,
    INITIALIZERS,
    SIZED_BY_SCALE,
    he,
    normal,
    normal_draw,
    notebook,
    uniform,
    uniform_draw,
    xavier,
)

SIZES = (3, 4, 2, 1)
SEEDS = range(200)

each_random_start = pytest.mark.parametrize("start", [uniform, normal, xavier, he])
each_scaled_start = pytest.mark.parametrize("start", [uniform, normal])


def assert_same(weights, expected):
    for matrix, other in zip(weights, expected, strict=True):
        np.testing.assert_array_equal(matrix, other)


def over_seeds(start, scale):
    """Every weight of a network, for many seeds: (seeds, weights)."""
    return np.array([np.concatenate([w.ravel() for w in start(SIZES, scale, seed)]) for seed in SEEDS])


@pytest.mark.parametrize("name", [name for name in INITIALIZERS if name != "notebook"])
@pytest.mark.parametrize("sizes", [(1, 1), (2, 2, 1), (4, 8, 8, 8, 8, 8, 8, 1)])
def test_weights_have_a_row_for_each_unit_and_a_column_for_each_input(name, sizes):
    weights = INITIALIZERS[name](sizes, 1.0, 0)
    assert [w.shape for w in weights] == list(zip(sizes[1:], sizes[:-1], strict=True))
    assert {w.dtype for w in weights} == {np.dtype(np.float64)}


@pytest.mark.parametrize("name", INITIALIZERS)
def test_which_are_drawn_by_the_seed_and_which_grow_with_the_scale(name):
    sizes = (2, 2, 1)
    start, seeded, scaled = (INITIALIZERS[name](sizes, *given) for given in ((1.0, 0), (1.0, 1), (2.0, 0)))
    differs = [
        any(not np.array_equal(a, b) for a, b in zip(start, other, strict=True)) for other in (seeded, scaled)
    ]
    assert differs == [name in DRAWN_BY_SEED, name in SIZED_BY_SCALE]


# --- without chance -----------------------------------------------------------------------------


def test_zeros_are_zeros_at_any_scale():
    assert not any(w.any() for w in INITIALIZERS["zeros"](SIZES, 3.0, 5))


def test_equal_weights_are_all_the_scale():
    assert {value for w in INITIALIZERS["equal"](SIZES, 0.7, 5) for value in w.ravel()} == {0.7}


@pytest.mark.parametrize(
    ("sizes", "weights"),
    [
        ((2, 2, 1), ([[0.2, 0.4], [0.3, 0.7]], [[0.4, 0.9]])),
        ((3, 2, 1), ([[0.2, 0.4, 0.4], [0.3, 0.7, 0.4]], [[0.4, 0.9]])),
    ],
)
def test_the_notebooks_weights_are_its_own_in_both_forms(sizes, weights):
    assert_same(notebook(sizes, 1.0, 0), weights)


def test_changing_the_notebooks_weights_leaves_the_next_start_alone():
    notebook((2, 2, 1), 1.0, 0)[0][:] = 99
    assert notebook((2, 2, 1), 1.0, 0)[0][0, 0] == 0.2


@pytest.mark.parametrize("sizes", [(2, 3, 1), (4, 2, 1), (2, 1), (2, 2, 2, 1)])
def test_the_notebooks_weights_are_refused_to_another_shape(sizes):
    with pytest.raises(
        ValueError, match="need a network of 2-2-1 or 3-2-1, got " + "-".join(map(str, sizes))
    ):
        notebook(sizes, 1.0, 0)


# --- by chance: each weight a function of its own address ------------------------------------------


def test_a_uniform_weight_is_the_draw_at_its_address():
    weights = uniform(SIZES, 1.5, 9)
    assert weights[1][1, 3] == 1.5 * (2 * uniform_draw(9, 1, 1, 3) - 1)


def test_a_normal_weight_is_the_draw_at_its_address():
    weights = normal(SIZES, 1.5, 9)
    assert weights[1][1, 3] == pytest.approx(1.5 * normal_draw(9, 1, 1, 3), rel=1e-12)


@each_scaled_start
def test_adding_a_unit_moves_no_other_weight(start):
    before, after = start((2, 3, 2, 1), 1.0, 4), start((2, 4, 2, 1), 1.0, 4)
    np.testing.assert_array_equal(after[0][:3], before[0])
    np.testing.assert_array_equal(after[1][:, :3], before[1])
    np.testing.assert_array_equal(after[2], before[2])


@each_scaled_start
def test_adding_an_input_moves_no_other_weight(start):
    before, after = start((2, 3, 1), 1.0, 4), start((3, 3, 1), 1.0, 4)
    np.testing.assert_array_equal(after[0][:, :2], before[0])
    np.testing.assert_array_equal(after[1], before[1])


@each_scaled_start
def test_adding_a_layer_at_the_end_moves_no_weight_before_it(start):
    before, after = start((2, 3, 1), 1.0, 4), start((2, 3, 1, 1), 1.0, 4)
    assert_same(after[:2], before)


@each_scaled_start
def test_an_added_layer_shares_the_addresses_it_has_in_common(start):
    """The old output's weights to unit 0 stay, though the layer has more units now."""
    before, after = start((2, 3, 1), 1.0, 4), start((2, 3, 5, 1), 1.0, 4)
    np.testing.assert_array_equal(after[0], before[0])
    np.testing.assert_array_equal(after[1][:1], before[1])


@each_random_start
def test_many_seeds_at_once_give_what_each_gives_alone(start):
    scales = np.linspace(0.1, 4, 30)
    together = start(SIZES, scales, np.arange(30))
    for seed, scale in enumerate(scales):
        for matrix, alone in zip(together, start(SIZES, scale, seed), strict=True):
            np.testing.assert_array_equal(matrix[..., seed], alone)


@each_random_start
def test_one_seed_for_networks_of_many_scales_draws_once(start):
    scales = np.array([0.5, 1.0, 2.0])
    together = start(SIZES, scales, np.array([7]))
    for number, scale in enumerate(scales):
        for matrix, alone in zip(together, start(SIZES, scale, 7), strict=True):
            np.testing.assert_array_equal(np.broadcast_to(matrix, (*alone.shape, 3))[..., number], alone)


@each_random_start
def test_the_same_seed_draws_the_same_weights(start):
    assert_same(start(SIZES, 0.8, 123), start(SIZES, 0.8, 123))


@each_random_start
def test_every_seed_draws_weights_of_its_own(start):
    weights = over_seeds(start, 1.0)
    assert len(np.unique(weights)) == weights.size


@each_random_start
@pytest.mark.parametrize("seed", [0, 2**32 - 1])
def test_the_first_and_the_last_seed_draw_like_any_other(start, seed):
    weights = np.concatenate([w.ravel() for w in start(SIZES, 1.0, seed)])
    assert np.isfinite(weights).all()
    assert len(np.unique(weights)) == weights.size


# --- by chance: how large ---------------------------------------------------------------------------


@pytest.mark.parametrize("start", [uniform, normal, he])
def test_the_scale_multiplies_what_is_drawn(start):
    for wide, unit in zip(start(SIZES, 2.5, 6), start(SIZES, 1.0, 6), strict=True):
        np.testing.assert_allclose(wide, 2.5 * unit, rtol=1e-15)


def test_xavier_does_not_use_the_scale():
    assert_same(xavier(SIZES, 0.01, 6), xavier(SIZES, 5.0, 6))


@pytest.mark.parametrize("scale", [0.01, 1.0, 5.0])
def test_uniform_weights_fill_the_interval_of_plus_and_minus_the_scale(scale):
    weights = over_seeds(uniform, scale)
    assert -scale <= weights.min() < -0.99 * scale
    assert 0.99 * scale < weights.max() < scale
    assert weights.std() == pytest.approx(scale / np.sqrt(3), rel=0.05)


@pytest.mark.parametrize("scale", [0.01, 1.0, 5.0])
def test_normal_weights_have_the_scale_as_their_standard_deviation(scale):
    weights = over_seeds(normal, scale)
    assert weights.std() == pytest.approx(scale, rel=0.05)
    assert weights.mean() == pytest.approx(0, abs=0.08 * scale)
    assert np.mean(np.abs(weights) > 2 * scale) == pytest.approx(0.0455, abs=0.015)


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_xavier_weights_fill_an_interval_set_by_the_layers_own_size(layer):
    weights = np.array([xavier(SIZES, 1.0, seed)[layer] for seed in SEEDS])
    limit = np.sqrt(6 / (SIZES[layer] + SIZES[layer + 1]))
    assert -limit <= weights.min() < -0.97 * limit
    assert 0.97 * limit < weights.max() < limit


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_he_weights_are_normal_with_a_deviation_set_by_the_layers_inputs(layer):
    weights = np.array([he(SIZES, 1.5, seed)[layer] for seed in SEEDS])
    assert weights.std() == pytest.approx(1.5 * np.sqrt(2 / SIZES[layer]), rel=0.05)
    assert weights.mean() == pytest.approx(0, abs=0.15 * weights.std())
    drawn = normal(SIZES, 1.5, 9)[layer]
    np.testing.assert_allclose(he(SIZES, 1.5, 9)[layer], drawn * np.sqrt(2 / SIZES[layer]), rtol=1e-14)


def test_through_layers_of_relu_he_keeps_the_size_of_what_is_passed_on():
    """The mean square of each layer's sums, over many seeds, is twice that of the inputs: so it was derived."""
    a, squares = np.array([3.0, 4.0]), []
    for seed in SEEDS:
        out = a
        for matrix in he((2, 8, 8, 8, 8), 1.0, seed):
            z = matrix @ out
            out = np.maximum(z, 0)
        squares.append(np.mean(z**2))
    assert np.mean(squares) == pytest.approx(2 * np.mean(a**2), rel=0.3)
