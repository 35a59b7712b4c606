"""Runs that diverge or are stopped, and maps and starts that would be too much work, on the pages about many networks."""

import csv

import pytest

DIVERGING = (
    "#dataset=plane&samples=40&activation=linear&output_activation=linear&hidden_layer_sizes=[3,2]"
    "&initialization=xavier&learning_rate=0.1&batch_size=7"
)
"""Some starts of it end well, and some beyond all numbers."""

LOST = "#dataset=plane&samples=40&activation=linear&output_activation=linear&initialization=uniform&learning_rate=10"

DEEP = "#dataset=circle&batch_size=10&epochs=500&hidden_layer_sizes=[8,8,8,8,8,8]&initialization=xavier"
MAP, SLICE = "nnlab.workspace.pages.map", "nnlab.workspace.pages.landscape.slice"
CODES = f"Array.from({MAP}.recording.codes)"
DIVERGED = 127


def test_starts_say_how_many_diverge_and_which_of_the_pictures(lab):
    lab.visit(f"/starts{DIVERGING}&view.starts=100")
    lab.done()
    ends = lab.js("nnlab.workspace.pages.starts.shown.tail.ends")
    assert 10 < ends["diverged"] < 90
    words = lab.text("success-words")
    assert f"{ends['diverged']} runs diverged" in words
    assert "higher" in words
    tiles = lab.page.locator(".tile-cost").all_inner_texts()
    assert tiles[0] == "∞"
    assert lab.page.locator(".tile").first.get_attribute("aria-label").startswith("diverged")
    assert lab.module("configuration.mjs", "its.parsed(argument)", tiles[-1]) < 0.02
    median = max(lab.js("nnlab.workspace.pages.starts.shown.tail.fan[2]"))
    top = lab.js("document.querySelector('#fan .js-plotly-plot')._fullLayout.yaxis.range[1]")
    assert 10**top <= 101 * median
    with lab.page.expect_download() as waiting:
        lab.page.locator("#save-starts").click()
    rows = list(csv.DictReader(waiting.value.path().read_text().splitlines()))
    assert sum(row["end"] == "diverged" for row in rows) == ends["diverged"]
    assert all(row["solved"] == "0" for row in rows if row["end"] == "diverged")


def test_starts_say_how_many_a_rule_ended(lab):
    lab.visit("/starts#initialization=uniform&stop_all_correct=true&view.starts=100")
    lab.done()
    ends = lab.js("nnlab.workspace.pages.starts.shown.tail.ends")
    assert ends["all_correct"] > 50
    assert f"{ends['all_correct']} runs were ended early by a stop rule" in lab.text("success-words")
    assert "diverged" not in lab.text("success-words")


def test_what_diverges_is_gold_on_the_map_and_is_named_in_legend_words_and_by_the_cross(lab):
    lab.visit(f"/map{DIVERGING}&view.size=64")
    lab.done()
    codes = lab.js(CODES)
    count = codes.count(DIVERGED)
    assert 100 < count < 64 * 64
    share = f"{100 * count / 64**2:.1f}".removesuffix(".0")
    assert f"{share}\u00a0% diverge" in lab.text("map-words")
    assert "diverged" in lab.text("legend-diverged")
    gold = lab.js("JSON.parse(document.getElementById('configuration').textContent).map.palette.light[127]")
    color = "getComputedStyle(document.querySelector('#legend-diverged .ramp')).backgroundColor"
    assert lab.js(color) == f"rgb({', '.join(map(str, gold))})"
    row, column = divmod(codes.index(DIVERGED), 64)
    lab.js(f"(place) => {{ {MAP}.cross = place; }}", [column, row])
    lab.page.locator("#map-picture").focus()
    lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("ArrowLeft")
    assert "diverged" in lab.text("map-readout")
    lab.page.keyboard.press("Enter")
    lab.until("nnlab.lab.recording?.tail?.reason === 'diverged'")


def test_the_legend_has_no_gold_while_nothing_diverges(lab):
    lab.visit("/map#initialization=uniform&epochs=20&view.size=64")
    lab.done()
    assert DIVERGED not in lab.js(CODES)
    assert not lab.page.locator("#legend-diverged").is_visible()
    assert "diverge" not in lab.text("map-words")


def test_a_map_of_the_deepest_network_is_made_as_small_as_it_must_be(lab):
    lab.expected = ["422"]
    lab.visit(f"/map{DEEP}&view.size=256")
    lab.until("document.getElementById('map-notice')?.textContent.includes('at most 16 × 16')")
    assert (lab.experiment["epochs"], lab.experiment["hidden_layer_sizes"]) == (500, [8] * 6)


def test_of_too_many_starts_there_are_fewer_and_it_is_said(lab):
    lab.expected = ["422"]
    lab.visit(f"/starts{DEEP}")
    lab.until("document.getElementById('starts-notice')?.textContent.includes('at most 200 starts')")
    assert (lab.experiment["epochs"], lab.experiment["hidden_layer_sizes"]) == (500, [8] * 6)


@pytest.mark.parametrize("link", [DIVERGING, LOST], ids=["late", "at once"])
def test_the_landscape_of_a_run_that_diverges_ends_where_it_can_be_drawn(lab, link):
    seed = "&learning_rate=0.3&seed=1" if link is DIVERGING else ""
    lab.expected = ["422"]
    lab.visit(f"/landscape{link}{seed}")
    lab.until("document.documentElement.dataset.run === 'diverged'")
    lab.until(
        f"{SLICE}?.recording === nnlab.lab.recording && {SLICE}.wanted === nnlab.lab.recording.expected - 1"
    )
    assert lab.js("nnlab.lab.recording.tail.reason") == "diverged"
    last = lab.js(f"{SLICE}.index")
    parameters = "Array.from(nnlab.lab.recording.parameters[{}], Math.abs)"
    assert max(lab.js(parameters.format(last))) <= 1e100
    if lab.js(f"{SLICE}.wanted") > last:
        assert max(lab.js(parameters.format(last + 1))) > 1e100
        assert "no landscape is drawn" in lab.text("landscape-words")
    assert all(abs(height) <= 1.001e30 for height in lab.js(f"Array.from({SLICE}.slice.cost)"))
    ground = [height for row in lab.trace("levels", 0, "z") for height in row]
    if lab.js(f"{SLICE}.ground.beyond"):
        assert "the ground is shown flat" in lab.text("landscape-words")
        assert set(ground) == {0}
    else:
        assert "cut off" in lab.text("landscape-words")
        assert max(ground) == pytest.approx(lab.js(f"{SLICE}.ground.top"), rel=1e-6)
