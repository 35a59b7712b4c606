"""Links of TensorFlow Playground: what they become here, and what is said to be unequal."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnlab.core.experiment import MOST_LAYERS, MOST_UNITS, Experiment, bounds
from nnlab.core.playground import LONGEST_LINK, NUMBERS, Unequal, is_playground_link, translate

HOST = "https://playground.tensorflow.org/"
DEFAULT_LINK = (
    f"{HOST}#activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03"
    "&regularizationRate=0&noise=0&networkShape=4,2&seed=0.12345&showTestData=false&discretize=false"
    "&percTrainData=50&x=true&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false"
    "&cosY=false&sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false"
)
SPIRAL_LINK = (
    f"{HOST}#activation=relu&batchSize=10&dataset=spiral&regDataset=reg-plane&learningRate=0.03"
    "&regularization=L2&regularizationRate=0.001&noise=10&networkShape=8,8,4&seed=0.55555&showTestData=true"
    "&discretize=true&percTrainData=70&x=true&y=true&xTimesY=true&xSquared=true&ySquared=true&cosX=false"
    "&sinX=true&cosY=false&sinY=true&collectStats=false&problem=classification&initZero=false&hideText=false"
)
DEFAULT_SETTINGS = {
    "dataset": "circle",
    "samples": 500,
    "noise": 0.0,
    "train_share": 50,
    "data_seed": 0,
    "encoding": "bipolar",
    "features": ("x1", "x2"),
    "hidden_layer_sizes": (4, 2),
    "activation": "tanh",
    "output_activation": "tanh",
    "initialization": "uniform",
    "scale": 0.5,
    "seed": 0,
    "loss": "squared_error",
    "optimizer": "gradient_descent",
    "learning_rate": 0.03,
    "regularization": "none",
    "regularization_rate": 0.0,
    "l1_clamp": True,
    "shuffle": False,
    "batch_size": 10,
    "batch_divisor": "actual",
    "epochs": 500,
}
NO_BIASES = Unequal("initZero", "", "biases")


def changed(parameters):
    """The settings that a fragment brings, where they are not the playground's defaults."""
    settings = translate(f"#{parameters}").settings
    assert settings.keys() == DEFAULT_SETTINGS.keys()
    return {name: value for name, value in settings.items() if value != DEFAULT_SETTINGS[name]}


def unequal(parameters):
    """What is unequal in a fragment, beside the biases, which always are."""
    found = translate(f"#{parameters}").unequal
    assert NO_BIASES in found
    return [(entry.name, entry.value, entry.reason) for entry in found if entry != NO_BIASES]


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


# --- which texts are links ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        DEFAULT_LINK,
        SPIRAL_LINK,
        "#activation=relu",
        "#dataset=spiral",
        "#networkShape=",
        "http://localhost:5000/#noise=5&learningRate=0.1",
        "see https://lab.example/a?b=c#networkShape=4%2C2",
        "#dataset=gauss&noise_hide=true",
        "#problem=regression&utm_source=mail",
    ],
)
def test_a_playground_link_is_known_wherever_it_points(text):
    assert is_playground_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#",
        HOST,
        "activation=relu",
        "https://lab.example/?networkShape=4,2",
        "#noise=5",
        "#notes&dataset",
        "#dataset=and",  # these are links of ours
        "#dataset=moons&activation=leaky_relu",
        "#learning_rate=0.5",
        "#dataset=xor&hidden_layer_sizes=3",
        "#activation=sigmoid&view.starts=100",
    ],
)
def test_another_text_is_none(text):
    assert not is_playground_link(text)


@pytest.mark.parametrize("unit", ["#", "&", "%", "=", "%2C", "a=b&", "\ud800", "a.b_hide&"])
def test_knowing_a_link_takes_time_in_proportion_to_its_length(unit):
    def seconds(count):
        started = time.perf_counter()
        is_playground_link("#" + unit * count)
        return time.perf_counter() - started

    short = min(seconds(10_000) for _ in range(3))
    assert min(seconds(160_000) for _ in range(3)) < 16 * 5 * short + 0.05


# --- any text -----------------------------------------------------------------------------------

CONTRACT = {
    "samples": (20, 1000),
    "noise": (0, 50),
    "train_share": (10, 90),
    "data_seed": (0, 2**32 - 1),
    "seed": (0, 2**32 - 1),
    "scale": (0.01, 5),
    "learning_rate": (0.001, 10),
    "regularization_rate": (0, 10),
    "batch_size": (1, 1000),
    "epochs": (1, 5000),
}
CONTRACT_CHOICES = {
    "dataset": {"circle", "quadrants", "gaussians", "spiral", "plane", "multi_gaussians"},
    "activation": {"tanh", "sigmoid", "relu", "linear"},
    "output_activation": {"tanh", "linear"},
    "regularization": {"none", "l1", "l2"},
    "initialization": {"uniform", "zeros"},
}
CONTRACT_FEATURES = ["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin x1", "sin x2"]
REASONS = {"number", "choice", "shape", "feature", "samples", "seed", "biases", "hidden_control", "unknown"}

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=LONGEST_LINK)
names = st.sampled_from([part.partition("=")[0] for part in DEFAULT_LINK.partition("#")[2].split("&")])
values = st.one_of(
    st.floats().map(str),
    st.integers().map(str),
    st.lists(st.integers(-1, 10), max_size=9).map(lambda sizes: ",".join(map(str, sizes))),
    st.sampled_from(["true", "false", "regression", "L1", "reg-gauss", "xor", "relu"]),
    st.text("0123456789+-.eE_, %"),
    any_text,
)
parameters = st.tuples(names | names.map("{}_hide".format) | any_text, values).map("=".join)
fragments = st.lists(parameters, max_size=30).map(lambda parts: ("#" + "&".join(parts))[:LONGEST_LINK])


@given(link=fragments | any_text | any_text.map(lambda text: f"#{text}"[:LONGEST_LINK]))
@example(link="#" + "&".join(f"n{i}=1" for i in range(1000)))
@example(link="#learningRate=" + "1" * 8000)
@example(link="#learningRate=1e" + "9" * 8000)
@example(link="#networkShape=" + "," * 8000)
@example(link="#" + "%" * 8191)
def test_any_text_becomes_settings_within_the_bounds(link):
    translation = translate(link)
    settings = translation.settings
    assert settings.keys() == DEFAULT_SETTINGS.keys()
    for name, (low, high) in CONTRACT.items():
        assert low <= settings[name] <= high
        assert type(settings[name]) is type(DEFAULT_SETTINGS[name])
    for name, choices in CONTRACT_CHOICES.items():
        assert settings[name] in choices
    assert settings["features"]
    assert list(settings["features"]) == [name for name in CONTRACT_FEATURES if name in settings["features"]]
    assert len(settings["hidden_layer_sizes"]) <= 6
    assert all(type(size) is int and 1 <= size <= 8 for size in settings["hidden_layer_sizes"])
    assert translation.view.keys() <= {"test", "classes"}
    assert all(type(shown) is bool for shown in translation.view.values())
    for entry in translation.unequal:
        assert entry.reason in REASONS
        assert max(len(entry.name), len(entry.value)) <= 60
        (entry.name + entry.value).encode()
    assert translate(link) == translation
    assert is_playground_link(link) in (True, False)


def test_a_longer_text_is_refused_with_the_bound_and_the_length():
    translate("#" * LONGEST_LINK)
    with pytest.raises(ValueError, match="at most 8192 characters long, got 8193"):
        translate("#" * (LONGEST_LINK + 1))


# --- and Experiment -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        DEFAULT_LINK,
        SPIRAL_LINK,
        "#problem=regression&regDataset=reg-gauss&networkShape=&regularization=L1",
        "#initZero=true&x=false&y=false&batchSize=1e9&learningRate=0&noise=99&percTrainData=0",
        *(f"#dataset={name}" for name in ("circle", "xor", "gauss", "spiral")),
    ],
)
def test_an_experiment_takes_the_settings(link):
    settings = translate(link).settings
    experiment = Experiment(**settings)
    assert {name: getattr(experiment, name) for name in settings} == settings


@pytest.mark.parametrize("name", list(NUMBERS))
def test_the_bounds_are_the_experiments(name):
    field, default, low, high = NUMBERS[name]
    assert (low, high) == bounds(field)
    assert low <= default <= high


def test_the_bounds_of_the_shape_are_the_experiments():
    assert translate("#networkShape=" + "99," * 99 + "99").settings["hidden_layer_sizes"] == (
        (MOST_UNITS,) * MOST_LAYERS
    )
