"""Links of TensorFlow Playground: what their data and networks become here, and what is said to be unequal."""

import pytest

from nnlab.formats.playground_link import Unequal, translate

from .playground_links import DEFAULT_LINK, DEFAULT_SETTINGS, NO_BIASES, SPIRAL_LINK, changed, unequal

# --- whole links --------------------------------------------------------------------------------


def test_a_link_that_says_nothing_gives_the_playgrounds_defaults():
    translation = translate("#")
    assert translation.settings == DEFAULT_SETTINGS
    assert translation.view == {}
    assert translation.unequal == (NO_BIASES,)


def test_the_playgrounds_default_link_gives_its_defaults_and_a_seed():
    translation = translate(DEFAULT_LINK)
    seed = 806896314
    assert translation.settings == DEFAULT_SETTINGS | {"seed": seed, "data_seed": seed}
    assert translation.view == {"test": False, "classes": False}
    assert translation.unequal == (
        Unequal("seed", "0.12345", "seed"),
        Unequal("initZero", "false", "biases"),
    )


def test_the_classic_spiral_is_carried_over_whole():
    translation = translate(SPIRAL_LINK)
    seed = translation.settings["seed"]
    assert translation.settings == DEFAULT_SETTINGS | {
        "dataset": "spiral",
        "noise": 10.0,
        "train_share": 70,
        "features": ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin x1", "sin x2"),
        "hidden_layer_sizes": (8, 8, 4),
        "activation": "relu",
        "regularization": "l2",
        "regularization_rate": 0.001,
        "seed": seed,
        "data_seed": seed,
    }
    assert translation.view == {"test": True, "classes": True}
    assert {entry.reason for entry in translation.unequal} == {"seed", "biases"}


def test_a_text_without_a_fragment_gives_the_defaults():
    assert translate("activation=relu").settings == DEFAULT_SETTINGS


# --- data ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("circle", "circle"), ("xor", "quadrants"), ("gauss", "gaussians"), ("spiral", "spiral")],
)
def test_a_dataset_of_classes_has_its_name_here(theirs, ours):
    assert translate(f"#dataset={theirs}").settings == DEFAULT_SETTINGS | {"dataset": ours}
    assert unequal(f"dataset={theirs}") == []


@pytest.mark.parametrize(("theirs", "ours"), [("reg-plane", "plane"), ("reg-gauss", "multi_gaussians")])
def test_a_dataset_of_regression_brings_a_linear_output_and_fewer_points(theirs, ours):
    fragment = f"dataset=spiral&regDataset={theirs}&problem=regression"
    assert changed(fragment) == {"dataset": ours, "output_activation": "linear", "samples": 1000}
    assert unequal(fragment) == [("problem", "regression", "samples")]


def test_the_dataset_of_the_other_problem_changes_nothing():
    assert changed("regDataset=reg-gauss") == {}


def test_noise_and_the_share_of_training_rows_stay_percent():
    assert changed("noise=25&percTrainData=80") == {"noise": 25.0, "train_share": 80}


def test_a_seed_becomes_the_same_numbers_every_time():
    published = 0xBF9CF968  # FNV-1a of "foobar"
    assert changed("seed=foobar") == {"seed": published, "data_seed": published}
    assert unequal("seed=0.12345") == [("seed", "0.12345", "seed")]


def test_other_seeds_become_other_numbers():
    texts = [f"0.{digits:05}" for digits in range(1000)]
    assert len({translate(f"#seed={text}").settings["seed"] for text in texts}) == len(texts)


# --- the network --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("x", "x1"),
        ("y", "x2"),
        ("xSquared", "x1^2"),
        ("ySquared", "x2^2"),
        ("xTimesY", "x1*x2"),
        ("sinX", "sin x1"),
        ("sinY", "sin x2"),
    ],
)
def test_a_feature_alone_has_its_name_here(theirs, ours):
    fragment = f"x=false&y=false&{theirs}=true"
    assert translate(f"#{fragment}").settings["features"] == (ours,)
    assert unequal(fragment) == []


@pytest.mark.parametrize("name", ["cosX", "cosY"])
def test_a_cosine_has_no_equal(name):
    assert changed(f"{name}=true") == {}
    assert unequal(f"{name}=true") == [(name, "true", "feature")]


def test_without_any_feature_the_first_is_taken():
    assert changed("x=false&y=false") == {"features": ("x1",)}
    assert unequal("x=false&y=false") == [("x", "false", "feature")]


def test_a_feature_whose_control_is_hidden_is_off_as_in_the_playground():
    assert changed("x=true&x_hide=true") == {"features": ("x2",)}
    assert unequal("x=true&x_hide=true") == [("x_hide", "true", "hidden_control")]


def test_a_switch_is_on_unless_it_says_false_as_in_the_playground():
    assert changed("xTimesY=1&x=0") == {"features": ("x1", "x2", "x1*x2")}


@pytest.mark.parametrize("name", ["tanh", "relu", "sigmoid", "linear"])
def test_an_activation_is_that_of_the_hidden_layers(name):
    settings = translate(f"#activation={name}").settings
    assert (settings["activation"], settings["output_activation"]) == (name, "tanh")


@pytest.mark.parametrize(
    ("shape", "sizes"),
    [("", ()), ("1", (1,)), ("4,2", (4, 2)), ("8,8,8,8,8,8", (8,) * 6), ("3, 2", (3, 2))],
)
def test_a_shape_is_the_units_of_the_hidden_layers(shape, sizes):
    assert translate(f"#networkShape={shape}").settings["hidden_layer_sizes"] == sizes
    assert unequal(f"networkShape={shape}") == []


@pytest.mark.parametrize(
    ("shape", "sizes"),
    [
        ("1,2,3,4,5,6,7", (1, 2, 3, 4, 5, 6)),
        ("9,2", (8, 2)),
        ("0,2", (1, 2)),
        ("-3", (1,)),
        ("2.5", (2,)),
        ("1e999", (8,)),
    ],
)
def test_a_shape_beyond_the_bounds_is_cut_to_them(shape, sizes):
    assert changed(f"networkShape={shape}") == {"hidden_layer_sizes": sizes}
    assert unequal(f"networkShape={shape}") == [("networkShape", shape, "shape")]


@pytest.mark.parametrize("shape", ["four,2", "4,,2", ",", "4;2", "nan", "1_0"])
def test_a_shape_that_is_no_numbers_is_the_default(shape):
    assert changed(f"networkShape={shape}") == {}
    assert unequal(f"networkShape={shape}") == [("networkShape", shape, "number")]


def test_zeros_at_the_start_are_equal_with_their_biases():
    translation = translate("#initZero=true")
    assert translation.settings == DEFAULT_SETTINGS | {"initialization": "zeros"}
    assert translation.unequal == ()
