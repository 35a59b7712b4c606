"""The map in the browser: it sharpens, can be zoomed into and out of, read, and opened in the Lab."""

import csv

import numpy as np
import pytest

import nnlab
from nnlab.core.many.outcome_codes import outcome_codes
from nnlab.core.many.trainability import Axis

UNIFORM = nnlab.Experiment(initialization="uniform")
CODES = "Array.from(nnlab.workspace.pages.map.recording.codes)"
AXES = "nnlab.workspace.pages.map.viewport.axes"


@pytest.fixture
def charted(lab):
    """The shared page, gone to a small map."""
    lab.go("map")
    lab.until(
        "nnlab.workspace.pages.map.recording?.size === 64 && nnlab.workspace.pages.map.recording.trained !== undefined"
    )
    return lab


def settled(lab, condition="true"):
    lab.until(f"nnlab.workspace.pages.map.recording.trained !== undefined && ({condition})")


def at(lab, column, row):
    """Where on the screen a run is."""
    return lab.js(
        """([column, row]) => {
      const graph = document.querySelector("#map .js-plotly-plot");
      const { xaxis, yaxis } = graph._fullLayout;
      const box = graph.getBoundingClientRect();
      const { x, y } = nnlab.workspace.pages.map.recording.head;
      return [box.left + xaxis._offset + xaxis.d2p(x[column]), box.top + yaxis._offset + yaxis.d2p(y[row])];
    }""",
        [column, row],
    )


def test_every_run_ends_as_the_core_says(charted):
    its = nnlab.trainability_map(UNIFORM, size=64)
    codes = outcome_codes(its.final_cost, its.solved_since, 201, UNIFORM)
    assert charted.js(CODES) == codes.ravel().tolist()
    assert charted.text("map-share") == f"{100 * its.solved.mean():.1f}\u00a0%"


def test_the_picture_has_the_palettes_colours(charted):
    pixels = charted.js("""() => {
      const { canvas } = nnlab.workspace.pages.map;
      return Array.from(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data);
    }""")
    picture = np.array(pixels, dtype=np.uint8).reshape(64, 64, 4)[::-1, :, :3]
    palette = np.array(
        charted.js("JSON.parse(document.getElementById('configuration').textContent).map.palette.light")
    )
    codes = np.array(charted.js(CODES)).reshape(64, 64)
    np.testing.assert_array_equal(picture, palette[codes])


def test_hover_says_the_numbers(charted):
    its = nnlab.trainability_map(UNIFORM, size=64)
    row, column = np.argwhere(its.solved)[its.solved.sum() // 2]
    charted.page.mouse.move(*at(charted, int(column), int(row)))
    words = charted.text("map-readout")
    assert "trained, for good from about epoch" in words
    assert f"Learning rate {its.x.values(64)[column]:.6g}".rstrip("0") in words
    charted.page.mouse.move(*at(charted, 1, 1))
    assert "not trained; final cost about 0.5" in charted.text("map-readout")


def test_a_click_opens_that_very_run(charted):
    its = nnlab.trainability_map(UNIFORM, size=64)
    row, column = (int(place) for place in np.argwhere(its.solved)[its.solved.sum() // 2])
    charted.page.mouse.click(*at(charted, column, row))
    charted.until("document.documentElement.dataset.page === 'lab'")
    expected = its.experiment_at(row, column)
    charted.trained(learning_rate=expected.learning_rate, scale=expected.scale)
    assert charted.experiment == expected.model_dump(mode="json")
    assert charted.js("nnlab.lab.recording.tail.cost") == pytest.approx(its.final_cost[row, column], rel=1e-9)


def test_a_drag_zooms_and_back_goes_back(charted):
    before = charted.js(AXES)
    corners = at(charted, 20, 20), at(charted, 40, 50)
    charted.page.mouse.move(*corners[0])
    charted.page.mouse.down()
    charted.page.mouse.move(*corners[1], steps=6)
    charted.page.mouse.up()
    settled(charted, "nnlab.workspace.pages.map.recording.head.x[0] > 0.05")
    zoomed = charted.js(AXES)
    values = nnlab.trainability_map(UNIFORM, size=2).x.values(64)
    assert zoomed["x"]["low"] == pytest.approx(values[20], rel=0.02)
    assert zoomed["x"]["high"] == pytest.approx(values[40], rel=0.02)
    x, y = (Axis(axis["setting"], axis["low"], axis["high"], "log") for axis in (zoomed["x"], zoomed["y"]))
    its = nnlab.trainability_map(
        UNIFORM, (x.name, x.low, x.high, x.spacing), (y.name, y.low, y.high, y.spacing), 64
    )
    codes = outcome_codes(its.final_cost, its.solved_since, 201, UNIFORM)
    assert charted.js(CODES) == codes.ravel().tolist()
    assert "view.x=learning_rate" in charted.hash
    charted.page.locator("#map-back").click()
    settled(charted, "nnlab.workspace.pages.map.recording.head.x[0] < 0.02")
    assert charted.js(AXES) == before


def test_the_keyboard_moves_a_cross_zooms_and_opens(charted):
    charted.page.locator("#map-picture").focus()
    charted.page.keyboard.press("ArrowRight")
    charted.page.keyboard.press("Shift+ArrowUp")
    middle = 31
    assert charted.js("nnlab.workspace.pages.map.cross") == [middle + 1, middle + 10]
    assert "Learning rate" in charted.text("map-readout")
    charted.page.keyboard.press("+")
    settled(charted, "nnlab.workspace.pages.map.recording.head.x[0] > 0.02")
    charted.page.keyboard.press("0")
    settled(charted, "nnlab.workspace.pages.map.recording.head.x[0] < 0.02")
    charted.page.keyboard.press("ArrowRight")
    charted.page.keyboard.press("Enter")
    charted.until("document.documentElement.dataset.page === 'lab'")
    charted.trained(initialization="uniform")


def test_a_weight_can_be_an_axis(charted):
    charted.page.locator("#map-y").select_option("weights.0.0.1")
    settled(charted, "nnlab.workspace.pages.map.recording.asked.view.y.setting === 'weights.0.0.1'")
    assert charted.text("map-notice") == "", "the notebook's start is used, but for that weight"
    its = nnlab.trainability_map(nnlab.Experiment(), y=(("weights", 0, 0, 1), -5.0, 5.0, "linear"), size=64)
    codes = outcome_codes(its.final_cost, its.solved_since, 201, its.experiment)
    assert charted.js(CODES) == codes.ravel().tolist()


def test_a_slider_moves_the_map(charted):
    charted.choose("dataset", "or")
    settled(charted, "nnlab.workspace.pages.map.recording.head.experiment.dataset === 'or'")
    its = nnlab.trainability_map(UNIFORM.changed(dataset="or"), size=64)
    assert charted.text("map-share") == f"{100 * its.solved.mean():.1f}\u00a0%"


def test_numbers_are_taken_home_in_full(charted):
    with charted.page.expect_download() as waiting:
        charted.page.locator("#save-map").click()
    rows = list(csv.DictReader(waiting.value.path().read_text().splitlines()))
    its = nnlab.trainability_map(UNIFORM, size=64)
    assert [float(row["final_cost"]) for row in rows] == pytest.approx(
        its.final_cost.ravel().tolist(), rel=1e-12
    )
    assert [int(row["solved_since"]) for row in rows] == its.solved_since.ravel().tolist()
    assert [float(row["learning_rate"]) for row in rows[:64]] == pytest.approx(
        its.x.values(64).tolist(), rel=1e-15
    )


def test_the_picture_is_taken_home(charted):
    with charted.page.expect_download() as waiting:
        charted.page.locator("[data-view=map] [data-part=save-png]").click()
    assert waiting.value.suggested_filename == "nnlab-map.png"
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")


def test_too_much_work_makes_the_map_smaller_and_says_so(charted):
    charted.expected = ["422"]
    charted.type("epochs", "5000")
    charted.until("nnlab.workspace.history.experiment.epochs === 5000")
    charted.page.locator("#map-size").select_option("512")
    charted.until("document.getElementById('map-notice').textContent.includes('at most 128')", None)
    charted.page.locator("#map-size").select_option("64")
    charted.type("epochs", "201")
    charted.until("!document.getElementById('map-notice').textContent.includes('at most')")
    settled(charted, "nnlab.workspace.pages.map.recording.size === 64")


def test_a_link_holds_the_view(new_lab):
    path = "/map#dataset=and&view.x=learning_rate:1:10&view.y=seed:0:63&view.size=64"
    lab = new_lab(path, wait=False)
    lab.done()
    assert lab.js(AXES) == {
        "x": {"setting": "learning_rate", "low": 1, "high": 10, "spacing": "log"},
        "y": {"setting": "seed", "low": 0, "high": 63, "spacing": "linear"},
    }
    assert lab.experiment["dataset"] == "and"
    assert lab.js("location.pathname + decodeURIComponent(location.hash)") == path


def test_a_link_with_a_wrong_axis_opens_with_the_error_shown(lab):
    lab.expected = ["422"]
    lab.visit("/map#view.x=learning_rate:5:1&view.size=64&learning_rate=77")
    lab.until("document.getElementById('error-view')?.textContent")
    assert "must be smaller" in lab.text("error-view").lower()
    assert "at most 10" in lab.error("learning_rate")
    lab.done()


def test_an_end_that_is_no_number_is_named_as_it_was_written(lab):
    lab.expected = ["422"]
    lab.visit("/map#view.x=learning_rate:a:5&view.size=64")
    said = "(said) => document.getElementById('error-view')?.textContent.includes(said)"
    lab.until(said, "“a” is not a value")
    lab.done()
    for end, sentence in (("", "A value is needed here."), ("1e999", "1e999"), ("0", "got 0 – 5")):
        lab.js("(end) => { location.hash = `view.x=learning_rate:${end}:5&view.size=64` }", end)
        lab.until(said, sentence)


def test_a_place_that_the_network_has_not_is_replaced_and_named(lab):
    lab.visit("/map#view.y=weights.0.4.1:-1:1&view.size=64")
    lab.done()
    assert "This network has no w⁽¹⁾₅₂; Scale is shown instead." in lab.text("map-notice")
    lab.page.locator("#map-size").select_option("128")
    lab.until("nnlab.workspace.pages.map.recording?.size === 128")
    assert "This network has no" not in lab.text("map-notice")


def test_the_browsers_back_goes_back_on_the_map_too(charted):
    charted.page.locator("#map-y").select_option("seed")
    settled(charted, "nnlab.workspace.pages.map.recording.asked.view.y.setting === 'seed'")
    charted.page.locator("#map-zoom-in").click()
    settled(charted, "nnlab.workspace.pages.map.recording.head.y[0] > 0")
    charted.page.go_back()
    settled(charted, "nnlab.workspace.pages.map.recording.head.y[0] === 0")
    charted.page.go_back()
    settled(charted, "nnlab.workspace.pages.map.recording.asked.view.y.setting === 'scale'")
    assert charted.page.locator("#map-y").input_value() == "scale"


def test_a_tap_reads_a_run_and_a_button_opens_it(new_lab):
    lab = new_lab(
        "/map#view.size=64",
        wait=False,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    lab.done()
    lab.into_view("#map-picture")
    lab.page.touchscreen.tap(*at(lab, 40, 30))
    lab.until("nnlab.workspace.pages.map.cross !== null")
    assert lab.js("nnlab.workspace.pages.map.cross") == [40, 30]
    assert "Learning rate" in lab.text("map-readout")
    assert lab.js("document.documentElement.dataset.page") == "map", "it was read, and nothing opened"
    lab.page.locator("#map-open").tap()
    lab.until("document.documentElement.dataset.page === 'lab'")
    lab.trained(initialization="uniform")


def test_a_click_while_the_server_is_away_says_so_and_the_map_stays(charted):
    charted.expected = ["ERR_INTERNET_DISCONNECTED"]
    charted.page.context.set_offline(True)
    charted.page.mouse.click(*at(charted, 20, 30))
    charted.until("document.getElementById('banner').textContent.includes('could not be opened')")
    charted.page.context.set_offline(False)
    assert charted.js("document.documentElement.dataset.page") == "map"
    charted.page.mouse.click(*at(charted, 20, 30))
    charted.until("document.documentElement.dataset.page === 'lab'")
    charted.until("document.getElementById('banner').textContent === ''")


def test_a_run_that_ends_otherwise_than_the_map_said_says_so_and_why(charted):
    run = """([end, cost]) => nnlab.workspace.go("lab", {
      experiment: { ...nnlab.workspace.history.experiment, initialization: "uniform", seed: 3 },
      expected: { end, cost, slack: 1.03, least: 4e-6, greatest: 2, solved: 0.02 },
    })"""
    its = nnlab.train(UNIFORM.changed(seed=3))
    other = "failed" if its.cost[-1] < 0.02 else "trained"
    charted.js(run, [other, 0.5])
    charted.until("document.getElementById('why-words').textContent.includes('chaotic')")
    charted.go("map")
    same = "trained" if its.cost[-1] < 0.02 else "failed"
    charted.js(run, [same, its.cost[-1]])
    charted.until("document.getElementById('why').hidden")


def test_the_map_takes_keys_and_is_no_mere_image(charted):
    assert charted.page.locator("#map-picture").get_attribute("role") == "application"
    assert charted.page.locator("#map-readout").get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_what_stands_beside_the_maps_axes_is_whole_and_apart(lab, size):
    lab.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    for y in ("scale:0.05:5", "weights.0.0.1:-0.0501:0.0499", "weights.0.0.1:-3.0000001:-2.9999999"):
        lab.visit(f"/map#view.y={y}&view.size=64")
        lab.done()
        assert lab.js("nnlab.workspace.pages.map.recording.asked.view.y.setting") == y.partition(":")[0]
        lab.fitted("#map .js-plotly-plot")
        assert lab.crowded("#map .js-plotly-plot") == [], y


def test_zooming_ends_where_neighbouring_runs_would_be_one_and_says_so(lab):
    low, high = 0.273039, 0.273039 + 1.2e-12
    lab.visit(f"/map#view.y=scale:{low}:{high!r}&view.size=64")
    lab.done()
    ticks = "nnlab.workspace.pages.map.recording && document.querySelector('#map .js-plotly-plot')._fullLayout.yaxis.ticktext"
    assert len(set(lab.js(ticks))) == len(lab.js(ticks)) > 1
    assert lab.crowded("#map .js-plotly-plot") == []
    before = lab.js(AXES)
    for _ in range(3):
        if "as near as it gets" in lab.text("map-notice"):
            break
        lab.page.locator("#map-zoom-in").click()
        lab.done()
    assert "as near as it gets" in lab.text("map-notice")
    assert (
        lab.js(AXES)["y"]["high"] - lab.js(AXES)["y"]["low"] >= (before["y"]["high"] - before["y"]["low"]) / 8
    )
