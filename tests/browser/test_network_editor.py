"""A click in the network diagram sets where training starts; all of it goes by keyboard too."""

import pytest

from .test_network import LINE, UNITS, shaped, unit


def fields(lab):
    return lab.js(
        "[...document.querySelectorAll('[data-view=network] [data-part=editor] input')]"
        ".map((its) => [its.ariaLabel, Number(its.value)])"
    )


def test_a_unit_opens_on_its_weights_and_bias(lab):
    shaped(lab, 2)
    lab.seek(60)
    unit(lab, "Hidden layer 1, unit 2").click()
    assert fields(lab) == [
        ["x₁: starting value", 0.3],
        ["x₂: starting value", 0.7],
        ["bias: starting value", 0],
    ]
    now = lab.js("Array.from(nnlab.lab.views.recording.parameters[60].slice(3, 6))")
    shown = lab.page.locator("[data-view=network] [data-part=editor] tbody td:last-child").all_inner_texts()
    assert shown == [f"{value:.3f}".replace("-", "−") for value in now]
    lab.seek(61)
    assert (
        lab.page.locator("[data-view=network] [data-part=editor] tbody td:last-child").all_inner_texts()
        != shown
    )
    lab.page.keyboard.press("Escape")
    assert lab.page.locator("[data-view=network] [data-part=editor]").is_hidden()
    assert lab.js("document.activeElement.ariaLabel") == "Hidden layer 1, unit 2"


def test_a_click_on_a_line_sets_that_weight_and_the_network_trains_again(lab):
    shaped(lab, 2)
    lab.into_view("[data-view=network] [data-part=diagram]")
    place = lab.js(LINE, [0, 1, 0])
    lab.page.mouse.move(place["x"] - 30, place["y"])
    assert lab.js(
        "document.querySelector('[data-view=network] [data-part=diagram]').classList.contains('near')"
    )
    assert lab.text("network/caption").startswith("Feature x₁ → Hidden layer 1, unit 2")
    lab.page.mouse.click(place["x"] - 30, place["y"])
    assert lab.js("document.activeElement.dataset.setting") == "weights.0.1.0"
    lab.page.keyboard.type("-1,25")
    lab.page.keyboard.press("Enter")
    lab.trained(initialization="explicit", weights=[[[0.2, 0.4], [-1.25, 0.7]], [[0.4, 0.9]]])
    assert lab.js("Array.from(nnlab.lab.recording.parameters[0])") == [
        *(0.2, 0.4, 0), *(-1.25, 0.7, 0), *(0.4, 0.9, 0)
    ]  # fmt: skip
    assert lab.js("document.activeElement.dataset.setting") == "weights.0.1.0", (
        "the next value can follow at once"
    )
    lab.page.locator("[data-view=network] [data-part=title]").click()
    assert lab.page.locator("[data-view=network] [data-part=editor]").is_hidden()


def test_a_click_on_a_dot_sets_that_bias(lab):
    shaped(lab, 2)
    box = unit(lab, "Output").bounding_box()
    lab.page.mouse.click(box["x"] - 4, box["y"] + box["height"] - 3)
    assert lab.js("document.activeElement.dataset.setting") == "biases.1.0"
    lab.page.keyboard.type("0.5")
    lab.page.keyboard.press("Enter")
    lab.trained(initialization="explicit", biases=[[0, 0], [0.5]])
    lab.page.keyboard.press("Escape")


def test_a_feature_opens_on_what_goes_out_of_it(lab):
    shaped(lab, 2)
    unit(lab, "Feature x₂").click()
    assert fields(lab) == [["unit 1: starting value", 0.4], ["unit 2: starting value", 0.7]]
    lab.page.keyboard.press("Escape")


def test_several_values_typed_quickly_all_stand(lab):
    shaped(lab, 2)
    unit(lab, "Hidden layer 1, unit 1").click()
    for value in ("1", "2", "3"):
        lab.page.keyboard.type(value)
        lab.page.keyboard.press("Tab")
    lab.trained(weights=[[[1, 2], [0.3, 0.7]], [[0.4, 0.9]]], biases=[[3, 0], [0]])
    lab.page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("<b>x</b>", "“<b>x</b>” is not a number."),
        ("", "“” is not a number."),
        ("1001", "Must lie between −1,000 and 1,000."),
    ],
)
def test_what_is_no_start_is_said_beside_it(lab, typed, said):
    shaped(lab, 2)
    unit(lab, "Hidden layer 1, unit 1").click()
    field = lab.page.locator("[data-view=network] [data-setting='weights.0.0.1']")
    field.fill(typed)
    field.press("Enter")
    assert lab.page.locator("[data-setting='weights.0.0.1'] + .network-error").inner_text() == said
    assert field.get_attribute("aria-invalid") == "true"
    assert lab.experiment["initialization"] == "notebook"
    field.fill("0.4")
    field.press("Enter")
    assert lab.page.locator("[data-setting='weights.0.0.1'] + .network-error").inner_text() == ""
    lab.page.keyboard.press("Escape")


def test_escape_takes_back_what_was_only_typed(lab):
    shaped(lab, 2)
    unit(lab, "Output").click()
    lab.page.keyboard.type("5")
    lab.page.keyboard.press("Escape")
    lab.page.wait_for_timeout(100)
    assert lab.experiment["initialization"] == "notebook"
    unit(lab, "Output").click()
    lab.page.keyboard.type("5")
    lab.page.locator(
        "[data-view=network] [data-part=title]"
    ).click()  # while leaving the field for elsewhere enters it
    lab.trained(initialization="explicit", weights=[[[0.2, 0.4], [0.3, 0.7]], [[5, 0.9]]])


def test_all_of_it_goes_by_keyboard_alone(lab):
    shaped(lab, 2)
    lab.at_rest()
    output = lab.map()
    page = lab.page
    page.locator("[data-view=network] [data-part=more-layers]").focus()
    page.keyboard.press("Enter")
    shaped(lab, 2, 2)
    lab.at_rest()
    output = lab.map()
    assert lab.js("document.activeElement.dataset.part") == "more-layers"
    first = lab.js(f"document.querySelector('{UNITS}[tabindex=\"0\"]').ariaLabel")
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(lab.js("document.activeElement.ariaLabel"))
    assert names == [
        "Layer 1: one unit less", "Layer 1: one unit more", "Layer 2: one unit less", "Layer 2: one unit more", first
    ]  # fmt: skip
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    assert lab.js("document.activeElement.ariaLabel") == "Feature x₁"
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    assert lab.js("document.activeElement.ariaLabel") == "Hidden layer 2, unit 2"
    assert lab.map() != output
    assert lab.text("network/caption").startswith("Hidden layer 2, unit 2")
    page.keyboard.press("Enter")
    assert lab.js("document.activeElement.dataset.setting") == "weights.1.1.0"
    page.keyboard.type("1.5")
    page.keyboard.press("Enter")
    lab.until("nnlab.lab.recording.experiment.weights?.[1][1][0] === 1.5 && nnlab.lab.recording.tail")
    page.keyboard.press("Escape")
    assert lab.js("document.activeElement.ariaLabel") == "Hidden layer 2, unit 2"
    page.keyboard.press("Tab")
    lab.at_rest()
    assert "unit" not in lab.text("boundary/readout"), "its map is not large any more"
