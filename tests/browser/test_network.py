"""The network diagram: it shows what each frame says, enlarges a unit, and builds the network."""

import pytest

from .test_accessibility import LANGUAGES

DEEPEST = [8] * 6
UNITS = "[data-view=network] [data-part=diagram] .network-unit"
READY = """(sizes) => {
  const { recording, shown } = nnlab.lab.views;
  const units = document.querySelectorAll("[data-view=network] .network-unit").length;
  return units === sizes.reduce((sum, size) => sum + size, 0)
    && recording.experiment.hidden_layer_sizes.join() === sizes.slice(1, -1).join() && recording.tail && shown === recording;
}"""
AS_THE_NETWORK_SAYS = """async () => {
  const main = document.querySelector('script[src$="main.mjs"]').src;
  const from = async (name) => import(new URL(name, main));
  const [{ forward, formOf }, { axis }, { apply }] = await Promise.all(
    ["core/network.mjs", "core/plane.mjs", "core/features.mjs"].map(from));
  const [{ paintValues }, { unitScale }, { levelColors }] = await Promise.all(
    ["views/colors.mjs", "views/boundary.mjs", "theme.mjs"].map(from));
  const { recording, index } = nnlab.lab.views;
  const { head } = recording;
  const shown = [...document.querySelectorAll("[data-view=network] .network-unit canvas")];
  const size = shown[0].width;
  const line = axis(head.domain, size);
  const points = [...line].flatMap((x2) => [...line].map((x1) => [x1, x2]));
  const passes = forward(formOf(head.experiment), recording.parameters[index], points);
  const layers = [apply(head.experiment.features, points), ...passes.map(({ activations }) => activations)];
  const maps = layers.flatMap((values, column) =>
    Array.from({ length: values.length / points.length }, (_, unit) =>
      ({ column, values: values.slice(unit * points.length, (unit + 1) * points.length) })));
  if (shown.length !== maps.length) return `${shown.length} maps, not ${maps.length}`;
  const pixels = (canvas) => canvas.getContext("2d").getImageData(0, 0, size, size).data;
  return maps.map(({ column, values }, at) => {
    const other = document.createElement("canvas");
    const palette = levelColors();
    const output = { middle: head.middle, reach: head.reach, palette };
    const scale = column === layers.length - 1 ? output : unitScale(values, { column }, head.experiment, palette);
    paintValues(other, values, size, scale);
    const [one, two] = [pixels(other), pixels(shown[at])];
    return one.filter((value, place) => value !== two[place]).length < one.length / 200; // a level may be rounded otherwise
  });
}"""
AWAY = """(at) => {
  const size = 20;
  const [large, small] = [
    document.querySelector("[data-view=boundary] [data-part=map] canvas"),
    document.querySelectorAll("[data-view=network] .network-unit canvas")[at],
  ].map((canvas) => {
    const copy = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const context = copy.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(canvas, 0, 0, size, size);
    return context.getImageData(0, 0, size, size).data;
  });
  return large.reduce((sum, value, place) => sum + Math.abs(value - small[place]), 0) / large.length;
}"""
"""How far the large map is from a unit's small one, by the mean of all colours."""
LINE = """([layer, unit, source]) => {
  const { experiment } = nnlab.lab.views.recording;
  const sizes = [experiment.features.length, ...experiment.hidden_layer_sizes, 1];
  const buttons = [...document.querySelectorAll("[data-view=network] [data-part=diagram] .network-unit")];
  const before = (number) => sizes.slice(0, number).reduce((sum, size) => sum + size, 0);
  const column = (number) => buttons.slice(before(number), before(number + 1));
  const [from, to] = [column(layer)[source], column(layer + 1)[unit]].map((its) => its.getBoundingClientRect());
  const spread = (place, count, box) => (count === 1 ? 0 : 0.56 * box.height * (place / (count - 1) - 0.5));
  return { x: to.left - 2, y: to.top + to.height / 2 + spread(source, sizes[layer], to) };
}"""


def unit(lab, name):
    return lab.page.get_by_role("button", name=name, exact=True)


def shaped(lab, *hidden, features=2):
    """Until the diagram shows these hidden layers."""
    lab.trained(hidden_layer_sizes=list(hidden))
    lab.until(READY, [features, *hidden, 1])


def press(lab, name):
    lab.page.get_by_role("button", name=name, exact=True).click()


# --- what it shows -----------------------------------------------------------------------------------------------


def test_every_map_is_the_frames_own(lab):
    shaped(lab, 2)
    pictures = []
    for epoch in (0, 60, 201):
        lab.seek(epoch)
        assert lab.js(AS_THE_NETWORK_SAYS) == [True] * 5
        pictures.append(
            lab.js(f"[...document.querySelectorAll('{UNITS} canvas')].map((its) => its.toDataURL())")
        )
    first, later, last = pictures
    assert first[:2] == later[:2] == last[:2], "features do not learn"
    for learning in (2, 3, 4):
        assert len({first[learning], later[learning], last[learning]}) == 3


def test_a_feature_is_blue_where_it_is_low_and_orange_where_it_is_high(lab):
    shaped(lab, 2)
    corners = lab.js(f"""[...document.querySelectorAll('{UNITS} canvas')].slice(0, 2).map((canvas) => {{
      const context = canvas.getContext("2d", {{ willReadFrequently: true }});
      const end = canvas.width - 1;
      return [[0, end], [end, end], [0, 0]].map(([x, y]) => context.getImageData(x, y, 1, 1).data[0]);
    }})""")
    (here, right, up), (below, beside, above) = corners
    assert here == up < right, "x1 grows to the right: orange has more red"
    assert below == beside < above, "x2 grows upwards"


@pytest.mark.parametrize(
    "change",
    [
        {"activation": "relu", "hidden_layer_sizes": [3, 2]},
        {"activation": "sigmoid", "hidden_layer_sizes": [1]},
        {"features": ["x1", "x2", "x1*x2"], "hidden_layer_sizes": []},
    ],
)
def test_so_it_is_for_any_network(lab, change):
    lab.js(
        "(its) => nnlab.workspace.open({ ...nnlab.workspace.history.experiment, initialization: 'xavier', ...its })",
        change,
    )
    shaped(lab, *change["hidden_layer_sizes"], features=len(change.get("features", "12")))
    lab.at_rest()
    assert set(lab.js(AS_THE_NETWORK_SAYS)) == {True}


def test_a_line_is_orange_for_a_positive_weight_blue_for_a_negative_and_dashed_grey_for_none(lab):
    """Read from the pixels of the canvas, just before the line arrives."""
    lab.js("""nnlab.workspace.open({ ...nnlab.workspace.history.experiment, initialization: "explicit",
      hidden_layer_sizes: [], weights: [[[4, -4]]], biases: [[0]] })""")
    shaped(lab)
    lab.seek(0)
    red = """([x, y]) => {
      const canvas = document.querySelector(".network-lines");
      const box = canvas.getBoundingClientRect();
      const scale = canvas.width / box.width;
      const context = canvas.getContext("2d", { willReadFrequently: true });
      const { data } = context.getImageData((x - box.left - 55) * scale, (y - box.top - 9) * scale, 40 * scale, 18 * scale);
      const found = [];
      for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 40) found.push(data[at] - data[at + 2]);
      return found;
    }"""

    def found(source):
        place = lab.js(LINE, [0, 0, source])
        return lab.js(red, [place["x"], place["y"]])

    positive, negative = found(0), found(1)
    assert min(positive) > 30
    assert max(negative) < -30
    lab.js("""nnlab.workspace.open({ ...nnlab.workspace.history.experiment, weights: [[[0, -0.5]]] })""")
    lab.trained(weights=[[[0, -0.5]]])
    lab.seek(0)
    assert abs(sum(found(0)) / len(found(0))) < 60, "grey"
    assert 0 < len(found(0)) < len(found(1)) < len(negative), "dashes; a small weight; a large one"


# --- hover, focus ------------------------------------------------------------------------------------------------


def test_a_unit_under_the_pointer_is_seen_large_and_no_longer_when_it_is_left(lab):
    shaped(lab, 2)
    lab.at_rest()
    output, hint = lab.map(), lab.text("network/caption")
    unit(lab, "Hidden layer 1, unit 2").hover()
    caption = lab.text("network/caption")
    assert caption.startswith("Hidden layer 1, unit 2")
    assert "Hidden layer 1, unit 2" in lab.text("boundary/readout")
    now = lab.js("Array.from(nnlab.lab.views.recording.parameters.at(-1))")
    for value in now[3:6]:
        assert f"{value:.3g}".replace("-", "−") in caption
    assert lab.map() != output
    assert lab.js(AWAY, 3) < 6 < lab.js(AWAY, 4)
    unit(lab, "Output").hover()
    assert lab.map() == output
    lab.page.mouse.move(5, 5)
    lab.page.locator("[data-view=network] [data-part=title]").hover()
    assert lab.map() == output
    assert lab.text("network/caption") == hint


def test_it_stays_large_while_the_run_plays(lab):
    shaped(lab, 2)
    lab.seek(0)
    unit(lab, "Hidden layer 1, unit 1").hover()
    start = lab.map()
    lab.seek(100)
    assert lab.map() != start
    assert lab.js(AWAY, 2) < 6 < lab.js(AWAY, 4)
    lab.page.locator("[data-view=network] [data-part=title]").hover()


def test_a_network_of_another_shape_takes_a_large_map_away(lab):
    shaped(lab, 2)
    unit(lab, "Hidden layer 1, unit 2").hover()
    lab.js("nnlab.workspace.set('hidden_layer_sizes', [1])")
    shaped(lab, 1)
    lab.at_rest()
    lab.until(
        "!document.querySelector('[data-view=boundary] [data-part=readout]').textContent.includes('unit 2')"
    )
    assert lab.js(AWAY, 3) < 6, "the output's map is the large one again"


# --- + and − -----------------------------------------------------------------------------------------------------


def test_plus_and_minus_build_the_network(lab):
    shaped(lab, 2)
    press(lab, "Layer 1: one unit more")
    shaped(lab, 3)
    press(lab, "+ layer")
    shaped(lab, 3, 2)
    press(lab, "Layer 2: one unit less")
    shaped(lab, 3, 1)
    assert (
        lab.text("network/sizes") == "Features: 2. Units in the hidden layers: 3, 1. Weights and biases: 15."
    )
    press(lab, "− layer")
    shaped(lab, 3)
    press(lab, "− layer")
    shaped(lab)
    fewer = lab.page.get_by_role("button", name="− layer", exact=True)
    assert fewer.get_attribute("aria-disabled") == "true"
    fewer.click(force=True)
    lab.page.locator("#undo").click()
    shaped(lab, 3)


def test_rapid_presses_add_up_and_stop_at_the_bounds(lab):
    shaped(lab, 2)
    lab.js("""() => {
      const press = (name, times) => {
        const button = [...document.querySelectorAll("[data-view=network] button")]
          .find((its) => (its.ariaLabel ?? its.textContent) === name);
        for (let time = 0; time < times; time += 1) button.click();
      };
      press("+ layer", 9);
      for (let layer = 1; layer <= 6; layer += 1) press(`Layer ${layer}: one unit more`, 9);
    }""")
    shaped(lab, *DEEPEST)
    lab.at_rest()
    assert lab.js(AS_THE_NETWORK_SAYS) == [True] * 51
    assert lab.page.get_by_role("button", name="+ layer", exact=True).get_attribute("aria-disabled") == "true"
    assert lab.experiment["hidden_layer_sizes"] == DEEPEST


def test_what_was_refused_is_not_built_on(lab):
    shaped(lab, 2)
    lab.expected = ["422"]
    lab.js("nnlab.workspace.set('hidden_layer_sizes', [9])")
    lab.until("document.documentElement.dataset.run === 'refused'")
    press(lab, "Layer 1: one unit more")
    shaped(lab, 3)


# --- saved, at every width -------------------------------------------------------------------------------


def test_the_picture_is_saved(lab):
    shaped(lab, 2)
    with lab.page.expect_download() as download:
        lab.page.locator("[data-view=network] [data-part=save-png]").click()
    assert download.value.suggested_filename == "nnlab-network.png"
    data = download.value.path().read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    assert width > height > 300


APART = """[...document.querySelectorAll(".network-stepper:not([hidden])")].map((its) => its.getBoundingClientRect())
  .every((its, at, all) => at === 0 || its.left >= all[at - 1].right)"""


@pytest.mark.parametrize(("language", "first"), LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(new_lab, language, first):
    lab = new_lab(locale=language)
    found = {}
    for hidden in ([], DEEPEST):
        lab.js("(sizes) => nnlab.workspace.set('hidden_layer_sizes', sizes)", hidden)
        shaped(lab, *hidden)
        for width, theme in lab.looks(first):
            lab.page.locator(UNITS).last.click()
            found[len(hidden), width, theme, "open"] = lab.axe("[data-view=network]")
            box = lab.page.locator("[data-view=network] [data-part=editor]").bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            lab.page.keyboard.press("Escape")
            found[len(hidden), width, theme, "closed"] = lab.axe("[data-view=network]")
            assert lab.js("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            sizes = lab.js(f"[...document.querySelectorAll('{UNITS}')].map((its) => its.offsetWidth)")
            assert min(sizes) >= 22
            assert lab.js(APART)
    assert {place: problems for place, problems in found.items() if problems} == {}
