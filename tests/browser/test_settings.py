"""The other controls: the gate and its truth table, seed, choices, and errors said beside what they are about."""

import pytest

import nnlab


def test_turning_a_target_makes_the_gate_own(lab):
    lab.page.locator("#target-0").click()
    lab.trained(dataset="custom", targets=[1, 1, 1, 0])
    assert lab.page.locator("#choice-dataset input[value='custom']").is_checked()
    assert lab.page.locator("#target-0").get_attribute("aria-pressed") == "true"
    table = lab.js(
        "[...document.querySelector('[data-view=table] [data-part=rows]').rows].map((row) => row.cells[2].textContent)"
    )
    assert table == ["1", "1", "1", "−1"]


def test_the_own_gate_is_kept_while_another_is_chosen(lab):
    lab.page.locator("#target-3").click()
    lab.trained(dataset="custom", targets=[0, 1, 1, 1])
    lab.choose("dataset", "nor")
    lab.trained(dataset="nor", targets=[0, 1, 1, 1])
    lab.choose("dataset", "custom")
    lab.trained(dataset="custom", targets=[0, 1, 1, 1])


@pytest.mark.parametrize(("setting", "value"), [
    ("dataset", "xnor"), ("encoding", "binary"), ("output_activation", "sigmoid"), ("batch_divisor", "actual"),
])  # fmt: skip
def test_a_choice_is_a_run(lab, setting, value):
    lab.choose(setting, value)
    lab.trained(**{setting: value})
    final = nnlab.train(nnlab.Experiment(**{setting: value})).cost[-1]
    assert lab.js("nnlab.lab.recording.tail.cost") == final


def test_the_last_feature_cannot_be_taken_away_without_a_word(lab):
    lab.expected = ["422"]
    lab.choose("features", "x1")
    lab.trained(features=["x2"])
    lab.choose("features", "x2")
    lab.until("document.getElementById('error-features').textContent")
    assert lab.error("features") == "Needs at least 1, got 0."
    assert lab.experiment["features"] == ["x2"]


def test_a_new_seed_draws_another_start(lab):
    lab.page.locator("#choice-initialization").select_option("uniform")
    lab.trained(initialization="uniform")
    before = lab.start()
    lab.page.locator("#new-seed").click()
    lab.until("nnlab.lab.recording.experiment.seed > 0")
    lab.trained(initialization="uniform")
    assert lab.start() != before


BAD = [
    ("learning_rate", "99", "Must be at most 10, got 99.", "Должно быть не больше 10, получено 99."),
    ("learning_rate", "abc", "“abc” is not a value for this.", "«abc» — недопустимое значение."),
    ("epochs", "0", "Must be at least 1, got 0.", "Должно быть не меньше 1, получено 0."),
    ("epochs", "1.5", "“1.5” is not a value for this.", "«1,5» — недопустимое значение."),
    ("seed", "-1", "Must be at least 0, got −1.", "Должно быть не меньше 0, получено −1."),
    ("scale", "", "A value is needed here.", "Здесь нужно значение."),
    ("hidden_units", "9", "Must be at most 8, got 9.", "Должно быть не больше 8, получено 9."),
    (
        "hidden_units",
        "<b>x</b>",
        "“<b>x</b>” is not a value for this.",
        "«<b>x</b>» — недопустимое значение.",
    ),
    (
        "weights-0-0-1",
        "1001",
        "Must be at most 1,000, got 1,001.",
        "Должно быть не больше 1\N{NO-BREAK SPACE}000, получено 1\N{NO-BREAK SPACE}001.",
    ),
]


def test_a_bad_value_shows_its_error_beside_the_control(lab):
    for setting, typed, english, _ in BAD:
        before = lab.js("nnlab.lab.recording.experiment")
        refuse(lab, setting, typed, english)
        assert lab.page.locator(f"#number-{setting}").input_value() == typed
        assert lab.js("nnlab.lab.recording.experiment") == before
        lab.type(setting, {"weights-0-0-1": "0.25", "scale": "0.5", "learning_rate": "0.3"}.get(setting, "3"))
        lab.until("document.documentElement.dataset.run === 'completed'")
        assert lab.error(setting) == ""


def refuse(lab, setting, typed, sentence):
    lab.expected = ["422"]
    lab.type(setting, typed)
    lab.page.locator(f"#error-{setting}", has_text=sentence).wait_for()
    assert lab.error(setting) == sentence


def test_a_comma_and_a_true_minus_are_read(lab):
    lab.type("weights-0-0-0", "−0,75")
    lab.until("nnlab.lab.recording.experiment.weights?.[0][0][0] === -0.75")
