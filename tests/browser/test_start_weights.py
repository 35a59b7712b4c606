"""Where training starts: a slider for every weight and bias, showing the truth, kept when anything else changes."""

from typing import Any

import pytest

import nnlab

SLIDERS = "#start-sliders input[type=range]"
NOTEBOOK: dict[str, Any] = {"weights": [[[0.2, 0.4], [0.3, 0.7]], [[0.4, 0.9]]], "biases": [[0, 0], [0]]}


def sliders(lab):
    """Each start slider's setting and value."""
    pairs = lab.js(
        f"[...document.querySelectorAll('{SLIDERS}')].map((its) => [its.id.slice(7), Number(its.value)])"
    )
    return dict(pairs)


def test_nine_sliders_show_the_true_start(lab):
    shown = sliders(lab)
    assert len(shown) == 9
    for layer, units in enumerate(NOTEBOOK["weights"]):
        for unit, row in enumerate(units):
            assert shown[f"biases-{layer}-{unit}"] == 0
            for source, value in enumerate(row):
                assert shown[f"weights-{layer}-{unit}-{source}"] == pytest.approx(value, abs=1e-9)


def test_drawn_weights_are_shown_as_they_are(lab):
    lab.page.locator("#choice-initialization").select_option("normal")
    lab.trained(initialization="normal")
    start = nnlab.Experiment(initialization="normal").initial_parameters()
    assert lab.start()["weights"] == [weights.tolist() for weights in start.weights]
    field = lab.page.locator("#number-weights-0-1-0")
    assert float(field.input_value()) == pytest.approx(start.weights[0][1, 0], rel=1e-5)


def test_dragging_one_makes_the_start_own_and_moves_no_other(lab):
    hand = lab.hand("slider-weights-0-1-0").press()
    hand.drag(0.9)
    hand.release()
    lab.trained(initialization="explicit")
    own = lab.experiment
    moved = own["weights"][0][1][0]
    assert moved > 1
    assert moved == float(lab.page.locator("#slider-weights-0-1-0").input_value())
    own["weights"][0][1][0] = 0.3
    assert {"weights": own["weights"], "biases": own["biases"]} == NOTEBOOK
    assert lab.page.locator("#choice-initialization").input_value() == "explicit"
    assert lab.start()["weights"][0][1][0] == moved


def test_a_typed_value_widens_its_track(lab):
    lab.type("weights-1-0-1", "-37.5")
    lab.until("nnlab.lab.recording.experiment.weights?.[1][0][1] === -37.5")
    slider = lab.page.locator("#slider-weights-1-0-1")
    lab.until("document.getElementById('slider-weights-1-0-1').min === '-50'")
    assert slider.input_value() == "-37.5"
    assert slider.get_attribute("max") == "50"


def test_changing_anything_else_leaves_every_start_weight_bit_for_bit(lab):
    lab.page.locator("#choice-initialization").select_option("xavier")
    lab.trained(initialization="xavier")
    before = lab.start()
    lab.type("learning_rate", "0.9")
    lab.choose("dataset", "and")
    lab.choose("activation", "sigmoid")
    lab.choose("encoding", "binary")
    lab.type("epochs", "50")
    lab.trained(
        initialization="xavier",
        learning_rate=0.9,
        dataset="and",
        activation="sigmoid",
        encoding="binary",
        epochs=50,
    )
    assert lab.start() == before


def test_a_weight_that_was_set_stays_when_the_learning_rate_changes(lab):
    lab.type("weights-0-0-0", "0.123456789")
    lab.trained(initialization="explicit")
    before = lab.start()
    hand = lab.hand("slider-learning_rate").press()
    hand.drag(0.7)
    hand.release()
    lab.until("nnlab.lab.recording.experiment.learning_rate > 0.2")
    lab.trained(initialization="explicit")
    assert lab.start() == before
    assert before["weights"][0][0][0] == 0.123456789


def test_another_shape_keeps_the_survivors_and_says_so(lab):
    lab.type("hidden_units", "3")
    lab.trained(hidden_layer_sizes=[3], initialization="explicit")
    start = lab.start()
    assert start["weights"][0][:2] == NOTEBOOK["weights"][0]
    assert start["weights"][1][0][:2] == NOTEBOOK["weights"][1][0]
    assert "“Own”" in lab.text("notice-start")
    lab.until(f"document.querySelectorAll('{SLIDERS}').length === 13")
    lab.until("document.getElementById('slider-weights-0-1-1').value === '0.7'")
    shown = sliders(lab)
    assert shown["weights-0-2-0"] == pytest.approx(start["weights"][0][2][0], abs=0.011)


def test_without_hidden_units_and_back_again_is_the_same_network(lab):
    before = lab.experiment
    for units in (0, 2, 3, 2):
        lab.type("hidden_units", units)
        lab.trained(hidden_layer_sizes=[units] if units else [])
    assert lab.experiment == before
    assert lab.text("notice-start") == ""


def test_a_weight_that_was_set_meanwhile_stays_ones_own(lab):
    lab.type("hidden_units", 3)
    lab.trained(hidden_layer_sizes=[3])
    lab.type("weights-0-0-0", 0.75)
    lab.until("nnlab.workspace.history.experiment.weights[0][0][0] === 0.75")
    lab.type("hidden_units", 2)
    lab.trained(hidden_layer_sizes=[2], initialization="explicit")
    assert lab.experiment["weights"][0] == [[0.75, 0.4], [0.3, 0.7]]


def test_a_number_that_is_being_typed_is_not_overwritten_by_an_answer(lab):
    """It is entered in the middle of a run that was asked for before."""
    for setting in ("weights-0-0-0", "learning_rate"):
        field = lab.page.locator(f"#number-{setting}")
        field.fill("0.75")
        lab.js("nnlab.workspace.set('epochs', nnlab.workspace.wanted.experiment.epochs + 1)")
        lab.until(
            "nnlab.workspace.history.experiment.epochs === Number(document.getElementById('number-epochs').value)"
        )
        assert field.input_value() == "0.75"
        field.press("Enter")
    lab.trained(learning_rate=0.75, initialization="explicit", epochs=203)
    assert lab.experiment["weights"][0][0] == [0.75, 0.4]


def test_what_stays_of_another_shape_is_not_drawn_anew(lab):
    lab.js("""() => {
      window.kept = document.getElementById('number-weights-0-0-0');
      window.kept.focus();
    }""")
    for units, count in ((3, 13), (1, 5), (2, 9)):
        lab.js("units => nnlab.workspace.set('hidden_units', units)", units)
        lab.trained(hidden_layer_sizes=[units])
        lab.until(f"document.querySelectorAll('{SLIDERS}').length === {count}")
        assert lab.js("document.activeElement === window.kept")
    labels = lab.js(
        "[...document.querySelectorAll('#start-sliders .unit')].map((its) => its.getAttribute('aria-label'))"
    )
    assert labels == ["Hidden unit 1", "Hidden unit 2", "Output"]


def test_every_slider_and_field_has_a_label(lab):
    for setting in sliders(lab):
        for kind in ("slider", "number"):
            assert lab.page.locator(f"label[for={kind}-{setting}]").inner_text()


def test_beyond_thirteen_there_is_a_sentence_and_back_again_the_sliders(lab):
    lab.type("hidden_units", "4")
    lab.trained(hidden_layer_sizes=[4])
    lab.until("document.getElementById('start-sliders').textContent.includes('17')")
    lab.type("hidden_units", "0")
    lab.trained(hidden_layer_sizes=[])
    lab.until(f"document.querySelectorAll('{SLIDERS}').length === 3")


def test_a_feature_more_keeps_the_notebooks_three_feature_form_or_the_survivors(lab):
    lab.choose("features", "x1*x2")
    lab.trained(features=["x1", "x2", "x1*x2"])
    start = lab.start()
    assert [row[:2] for row in start["weights"][0]] == NOTEBOOK["weights"][0]


def test_undo_redo_and_reset(lab):
    page = lab.page
    assert page.locator("#undo").is_disabled()
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    lab.type("weights-0-0-0", "1.5")
    lab.trained(learning_rate=0.5, initialization="explicit")
    page.locator("#undo").click()
    lab.trained(learning_rate=0.5, initialization="notebook")
    page.locator("#undo").click()
    lab.trained(learning_rate=0.2, initialization="notebook")
    assert page.locator("#undo").is_disabled()
    page.locator("#redo").click()
    lab.trained(learning_rate=0.5, initialization="notebook")
    lab.js("document.getElementById('views').focus()")
    page.keyboard.press("Control+Shift+Z")
    lab.trained(learning_rate=0.5, initialization="explicit")
    assert lab.start()["weights"][0][0][0] == 1.5
    page.keyboard.press("Control+z")
    lab.trained(learning_rate=0.5, initialization="notebook")
    page.locator("#reset").click()
    lab.trained(**nnlab.Experiment().model_dump(mode="json"))
    assert lab.start() == NOTEBOOK
