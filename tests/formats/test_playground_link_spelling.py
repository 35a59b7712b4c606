"""Links of TensorFlow Playground: how training is set in them, and how names and values are spelled."""

import pytest

from nnlab.formats.playground_link import NUMBERS, Unequal, translate

from .playground_links import changed, unequal

# --- training -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("theirs", "ours"), [("L1", "l1"), ("L2", "l2")])
def test_a_regularization_comes_with_its_rate(theirs, ours):
    fragment = f"regularization={theirs}&regularizationRate=0.003"
    assert changed(fragment) == {"regularization": ours, "regularization_rate": 0.003}
    assert unequal(fragment) == []


@pytest.mark.parametrize(
    ("name", "value", "field", "nearest"),
    [
        ("learningRate", "0.00001", "learning_rate", 0.001),
        ("learningRate", "11", "learning_rate", 10.0),
        ("learningRate", "1e999", "learning_rate", 10.0),
        ("batchSize", "0", "batch_size", 1),
        ("batchSize", "1001", "batch_size", 1000),
        ("batchSize", "2.7", "batch_size", 3),
        ("regularizationRate", "10.5", "regularization_rate", 10.0),
        ("noise", "80", "noise", 50.0),
        ("percTrainData", "100", "train_share", 90),
        ("percTrainData", "-1e999", "train_share", 10),
    ],
)
def test_a_number_beyond_our_bounds_is_the_nearest_within(name, value, field, nearest):
    assert changed(f"{name}={value}") == {field: nearest}
    assert unequal(f"{name}={value}") == [(name, value, "number")]


@pytest.mark.parametrize("name", list(NUMBERS))
@pytest.mark.parametrize("value", ["much", "nan", "NaN", "inf", "1_0", "+-1", "٣", "true", "0x10", "1e", "."])
def test_a_number_that_is_none_is_the_default(name, value):
    assert changed(f"{name}={value}") == {}
    assert unequal(f"{name}={value}") == [(name, value, "number")]


@pytest.mark.parametrize("name", ["activation", "regularization", "dataset", "regDataset", "problem"])
@pytest.mark.parametrize("value", ["Relu", "toString", "l1", "reg-argmax", "0"])
def test_a_choice_that_is_none_is_the_default(name, value):
    assert changed(f"{name}={value}") == {}
    assert unequal(f"{name}={value}") == [(name, value, "choice")]


def test_an_empty_value_is_a_missing_one_as_in_the_playground():
    fragment = "regularization=&learningRate=&dataset&seed=&x=&showTestData="
    assert changed(fragment) == {}
    assert unequal(fragment) == []
    assert translate(f"#{fragment}").view == {}


def test_no_number_is_minus_zero():
    assert str(translate("#noise=-0").settings["noise"]) == "0.0"


def test_whole_settings_are_integers_and_the_others_floats():
    settings = translate("#batchSize=10.0&percTrainData=50&noise=5&learningRate=1").settings
    kinds = {name: type(settings[name]) for name in ("batch_size", "train_share", "noise", "learning_rate")}
    assert kinds == {"batch_size": int, "train_share": int, "noise": float, "learning_rate": float}


# --- names, spelling ----------------------------------------------------------------------------


def test_the_view_says_only_what_the_link_says():
    assert translate("#showTestData=true").view == {"test": True}
    assert translate("#discretize=true&showTestData=false").view == {"classes": True, "test": False}


def test_an_unknown_name_is_unequal():
    assert changed("momentum=0.9&flag") == {}
    assert unequal("momentum=0.9&flag") == [("momentum", "0.9", "unknown"), ("flag", "", "unknown")]


@pytest.mark.parametrize("name", ["hideText", "tutorial", "collectStats", "numHiddenLayers"])
def test_what_is_only_the_playgrounds_page_is_passed_over(name):
    assert changed(f"{name}=3") == {}
    assert unequal(f"{name}=3") == []


def test_a_hidden_control_is_unequal_only_if_it_is_hidden():
    assert unequal("learningRate_hide=true&noise_hide=false&playButton_hide=") == [
        ("learningRate_hide", "true", "hidden_control")
    ]


def test_percent_codes_are_read():
    assert changed("networkShape=3%2C1&%64ataset=xo%72") == {
        "hidden_layer_sizes": (3, 1),
        "dataset": "quadrants",
    }
    assert unequal("word=%D1%81%D0%BB%D0%BE%D0%B2%D0%BE") == [("word", "слово", "unknown")]


@pytest.mark.parametrize("value", ["%", "%%", "%4", "%zz", "100%", "% 1"])
def test_a_percent_sign_that_begins_no_code_stays(value):
    assert unequal(f"word={value}") == [("word", value, "unknown")]


def test_of_two_values_the_last_counts():
    assert changed("noise=5&dataset=xor&noise=20") == {"noise": 20.0, "dataset": "quadrants"}
    assert unequal("noise=much&noise=20") == []


def test_only_the_first_number_sign_begins_the_parameters():
    assert unequal("word=#noise=5") == [("word", "#noise=5", "unknown")]


def test_long_names_and_values_are_cut_to_sixty_characters():
    assert unequal(f"{'n' * 500}={'v' * 500}") == [("n" * 60, "v" * 60, "unknown")]


def test_a_lone_surrogate_does_not_come_back():
    (entry, *_) = translate("#seed=\ud800").unequal
    assert entry == Unequal("seed", "?", "seed")
