"""Which texts are links of TensorFlow Playground, and what any text at all becomes."""

import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnlab.core.experiment import MOST_LAYERS, MOST_UNITS, Experiment, bounds
from nnlab.formats.playground_link import LONGEST_LINK, NUMBERS, is_playground_link, translate

from .playground_links import DEFAULT_LINK, DEFAULT_SETTINGS, HOST, SPIRAL_LINK

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
        started = time.process_time()
        is_playground_link("#" + unit * count)
        return time.process_time() - started

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
    settings: Any = translation.settings
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
