"""The hidden space: points, bent lattice and the straight cut, of two units and of three; a way there for others."""

import base64
import io
import json
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from nnlab.core.experiment import Experiment
from nnlab.core.hidden_space import places, threshold
from nnlab.figures.theme import THEMES

from .test_accessibility import AXE

OPEN = """(its) => {
  nnlab.lab.player.recording.old = true;
  nnlab.desk.open({ ...nnlab.desk.workbench.experiment, ...its });
}"""
LOOK = """async (sections) => {
  const { violations } = await axe.run({ include: sections }, { runOnly: ["wcag2a", "wcag2aa"] });
  return violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 4).map((node) => `${node.target} ${node.failureSummary}`)]);
}"""
FRAME = """(index) => {
  const { head, frames } = nnlab.lab.player.recording;
  const { hidden, parameters } = frames.at(index);
  return { points: head.points, tests: head.test_points, targets: head.targets, threshold: head.threshold,
           hidden: Array.from(hidden), parameters: Array.from(parameters) };
}"""
THREE = {"hidden_layer_sizes": [3], "initialization": "uniform", "seed": 4}
CIRCLE = {
    "dataset": "circle",
    "samples": 60,
    "hidden_layer_sizes": [4, 2],
    "initialization": "xavier",
    "batch_size": 10,
}


@pytest.fixture
def lab(lab):
    """The lab at rest on the notebook's run, with the hidden space unfolded."""
    lab.js("localStorage.setItem('nnlab.folded', 'surface')")
    lab.js("nnlab.lab.lookCloser()")
    lab.until("nnlab.lab.player.recording.head.view.hidden && nnlab.lab.player.recording.tail")
    lab.js("nnlab.lab.player.toEnd()")
    lab.at_rest()
    return lab


def opened(lab, **settings):
    lab.js("nnlab.lab.player.toEnd()")
    lab.js(OPEN, settings)
    lab.until("!nnlab.lab.player.recording.old")
    lab.trained(**settings)
    lab.js("nnlab.lab.player.toEnd()")
    lab.at_rest()


def picture(lab):
    return lab.js("document.getElementById('hidden-canvas').toDataURL()")


def changed(lab, before):
    """Until something else is on the canvas."""
    lab.until("(before) => document.getElementById('hidden-canvas').toDataURL() !== before", before)


def pixels(lab):
    """What is on the canvas, (height, width, 4)."""
    address = picture(lab)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))))


def rgb(color):
    return [int(color[at : at + 2], 16) for at in (1, 3, 5)]


def on_canvas(lab, index=-1):
    """Where the frame's points lie on the canvas of two bounded units, computed from the axes' ends."""
    frame = lab.js(FRAME, index)
    count = len(frame["points"]) + len(frame["tests"])
    hidden = np.array(frame["hidden"]).reshape(-1, 2)[:count]
    left, top, side = plot(lab)
    return np.column_stack(
        [left + (hidden[:, 0] + 1.12) / 2.24 * side, top + (1.12 - hidden[:, 1]) / 2.24 * side]
    )


def plot(lab):
    """Left, top and side of the flat picture's square."""
    place = "document.getElementById('hidden-picture')"
    view = lab.module(
        "views/hidden/flat.mjs",
        f"its.flatView({{ width: {place}.clientWidth, height: {place}.clientHeight }})",
    )
    return view["left"], view["top"], view["side"]


def test_the_points_of_a_gate_stand_where_the_units_put_them(lab):
    shown = pixels(lab)
    targets = lab.js(FRAME, -1)["targets"]
    for (x, y), target in zip(on_canvas(lab), targets, strict=True):
        color = THEMES["light"].high if target > 0 else THEMES["light"].low
        assert shown[round(y), round(x), :3].tolist() == rgb(color)


@pytest.mark.parametrize("index", [0, 30, 119])
def test_the_frames_hidden_space_is_that_of_its_parameters(lab, index):
    frame = lab.js(FRAME, index)
    experiment = Experiment()
    start = experiment.initial_parameters()
    start.vector[:] = frame["parameters"]
    expected = places(experiment, start, np.array(frame["points"]))
    found = np.array(frame["hidden"]).reshape(-1, 2)[:4]
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-7)
    assert frame["threshold"] == threshold(experiment, 0.0)


def sides(frame, units=2):
    """On which side of the line each training point of a frame stands."""
    *w, b = frame["parameters"][-units - 1 :]
    hidden = np.array(frame["hidden"]).reshape(-1, units)[: len(frame["points"])]
    return np.sign(hidden @ np.array(w) + b - frame["threshold"])


def test_for_xor_the_corners_become_separable_while_it_plays(lab):
    targets = lab.js(FRAME, -1)["targets"]
    right = [int((sides(lab.js(FRAME, index)) == targets).sum()) for index in (0, 10, 119)]
    assert right[0] < 4
    assert right[-1] == 4
    for index, count in zip((0, 10, 119), right, strict=True):
        lab.seek(index)
        assert f"straight line through them: {count} of 4 training points" in lab.text("hidden-caption")
    assert "4 of 4" in lab.page.locator("#hidden-picture").get_attribute("aria-label")


def test_each_side_of_the_line_has_its_colour(lab):
    """Where nothing else is drawn: the corners of the plot that the lattice leaves empty."""
    shown = pixels(lab).astype(int)
    frame = lab.js(FRAME, -1)
    *w, b = frame["parameters"][-3:]
    left, top, side = plot(lab)
    seen = set()
    for h1, h2 in [(-0.6, -0.3), (0.6, -0.3), (-0.7, 0.7), (0.3, -0.8), (-0.4, 0.6)]:
        x, y = left + (h1 + 1.12) / 2.24 * side, top + (1.12 - h2) / 2.24 * side
        red, _, blue, _ = shown[round(y), round(x)]
        side_of = np.sign(np.dot(w, (h1, h2)) + b)
        assert np.sign(red - blue) == side_of, (h1, h2)
        seen.add(side_of)
    assert seen == {-1, 1}


def test_it_moves_as_the_run_is_played(lab):
    end = picture(lab)
    lab.seek(20)
    assert picture(lab) != end
    lab.seek(119)
    assert picture(lab) == end


def test_a_frame_that_has_brought_none_leaves_what_was_painted(lab):
    lab.seek(40)
    before = picture(lab)
    lab.js(
        "{ const frame = nnlab.lab.player.recording.frames[60]; window.kept = frame.hidden; delete frame.hidden; }"
    )
    lab.seek(60)
    assert picture(lab) == before
    lab.js("{ nnlab.lab.player.recording.frames[60].hidden = window.kept; }")
    lab.seek(60)
    assert picture(lab) != before


@pytest.mark.parametrize(
    ("hidden", "said"), [([], "Without a hidden layer"), ([4], "has 4 units"), ([3, 1], "has 1 units")]
)
@pytest.mark.parametrize("units", [2, 3])
def test_other_networks_are_told_when_there_is_something_to_see(lab, hidden, said, units):
    opened(lab, hidden_layer_sizes=hidden, initialization="uniform")
    assert said in lab.text("hidden-why")
    assert not lab.page.locator("#hidden-picture").is_visible()
    assert lab.page.locator("#save-hidden-png").is_disabled()
    lab.page.locator(f"#hidden-give-{units}").click()
    lab.trained(hidden_layer_sizes=[*hidden[:-1], units])
    assert lab.page.locator("#hidden-picture").is_visible()
    assert not lab.page.locator("#hidden-why").is_visible()
    assert lab.page.locator("#save-hidden-png").is_enabled()
    lab.at_rest()
    assert (pixels(lab)[..., 3] > 0).mean() > 0.02


def test_three_units_stand_in_a_box_that_hand_and_keys_turn(lab):
    opened(lab, **THREE)
    frame = lab.js(FRAME, -1)
    assert (sides(frame, 3) == frame["targets"]).all()
    assert "flat plane" in lab.text("hidden-caption")
    shown = pixels(lab)
    for color in (THEMES["light"].low, THEMES["light"].high, THEMES["light"].line):
        assert (shown[..., :3] == rgb(color)).all(axis=2).sum() > 20, color
    looks = [picture(lab)]

    def turned():
        changed(lab, looks[-1])
        looks.append(picture(lab))

    place = lab.page.locator("#hidden-picture")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    lab.page.mouse.move(*middle)
    lab.page.mouse.down()
    lab.page.mouse.move(middle[0] + 60, middle[1] + 20)
    turned()
    lab.page.mouse.up()
    lab.page.mouse.move(*middle)
    epoch = lab.epoch
    place.focus()
    for key in ("ArrowLeft", "ArrowUp"):
        lab.page.keyboard.press(key)
        turned()
    assert lab.epoch == epoch, "the player took the picture's keys"
    assert len(set(looks)) == 4


def test_a_finger_turns_it_too(new_lab):
    lab = new_lab(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    opened(lab, **THREE)
    before = picture(lab)
    lab.page.locator("#hidden-picture").scroll_into_view_if_needed()
    box = lab.page.locator("#hidden-picture").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = lab.page.context.new_cdp_session(lab.page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 8):
        at = {"x": x + 12 * step, "y": y + 3 * step}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    changed(lab, before)


def test_test_points_are_ringed_and_can_be_hidden(lab):
    opened(lab, **CIRCLE)
    frame = lab.js(FRAME, -1)
    spots = [tuple(map(round, place)) for place in on_canvas(lab)]
    alone = [sum(np.hypot(*np.subtract(spot, other)) < 13 for other in spots) == 1 for spot in spots]
    count = len(frame["points"])
    trained = [
        (*spot, target) for spot, target, its in zip(spots, frame["targets"], alone, strict=False) if its
    ]
    tested = [spot for spot, its in list(zip(spots, alone, strict=True))[count:] if its]
    assert min(len(trained), len(tested)) > 3
    before, paper = picture(lab), rgb(THEMES["light"].paper)
    shown = pixels(lab)
    for x, y, target in trained:
        assert shown[y, x, :3].tolist() == rgb(THEMES["light"].high if target > 0 else THEMES["light"].low)
    assert all(shown[y, x, :3].tolist() == paper for x, y in tested)
    lab.page.locator("#boundary-tests").click()
    changed(lab, before)
    hidden = pixels(lab)
    assert all(hidden[y, x, :3].tolist() != paper for x, y in tested)
    assert all(hidden[y, x].tolist() == shown[y, x].tolist() for x, y, _ in trained)
    lab.page.locator("#boundary-tests").click()


def test_in_a_regression_colour_is_the_output_and_there_is_no_line(lab):
    opened(
        lab,
        dataset="plane",
        samples=60,
        hidden_layer_sizes=[2],
        output_activation="linear",
        learning_rate=0.03,
    )
    assert "line" not in lab.text("hidden-caption").replace("straight direction", "")
    shown = pixels(lab).astype(int)
    cover = shown[..., 3] > 150
    warm, cold = (shown[..., 0] - shown[..., 2] > 40) & cover, (shown[..., 2] - shown[..., 0] > 40) & cover
    assert min(warm.sum(), cold.sum()) > 200
    assert not (shown[..., :3] == rgb(THEMES["light"].line)).all(axis=2).any()


def test_an_output_that_never_reaches_the_middle_draws_no_line(lab):
    opened(lab, output_activation="sigmoid")
    assert "draws no border" in lab.text("hidden-caption")
    assert not (pixels(lab)[..., :3] == rgb(THEMES["light"].line)).all(axis=2).any()


def wishes(lab):
    """Whether each request for a run from now on asks for the hidden space."""
    asked = []

    def heard(request):
        if request.url.endswith("/run"):
            asked.append(json.loads(request.post_data)["view"]["hidden"])

    lab.page.on("request", heard)
    return asked


def test_it_is_asked_for_only_while_it_is_unfolded(new_lab):
    lab = new_lab(reduced_motion="reduce")
    asked = wishes(lab)
    lab.page.locator("#fold-hidden").click()
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    assert asked == [False]
    assert lab.js("nnlab.lab.player.recording.frames.every((frame) => !frame.hidden)")
    lab.js("nnlab.lab.player.recording.old = true")
    lab.page.locator("#fold-hidden").click()
    lab.until("!nnlab.lab.player.recording.old && nnlab.lab.player.recording.tail")
    assert asked == [False, True]
    assert lab.js("nnlab.lab.player.recording.frames.every((frame) => frame.hidden)")
    lab.at_rest()
    shown = pixels(lab)
    assert all(shown[round(y), round(x), 3] == 255 for x, y in on_canvas(lab))


def test_the_picture_can_be_saved(lab):
    with lab.page.expect_download() as saved:
        lab.page.locator("#save-hidden-png").click()
    assert saved.value.suggested_filename == "nnlab-hidden.png"
    image = Image.open(saved.value.path())
    assert image.size == (1600, 1440)
    assert image.convert("RGB").getpixel((2, 2)) == tuple(rgb(THEMES["light"].paper))


def test_the_picture_is_told_in_words(lab):
    words = lab.page.locator("#hidden-picture").get_attribute("aria-label")
    assert words.startswith("Hidden space of 2 units after epoch 201.")
    frame = lab.js(FRAME, -1)
    first = frame["hidden"][:2]
    said = ", ".join(f"{value:.2g}".replace("-", "−") for value in first)
    assert f"Point −1, −1 stands at {said}." in words


def test_it_follows_the_theme(lab):
    before = picture(lab)
    try:
        lab.page.locator("#theme").click()
        changed(lab, before)
        shown = pixels(lab)
        assert (shown[..., :3] == rgb(THEMES["dark"].high)).all(axis=2).sum() > 50
        assert not (shown[..., :3] == rgb(THEMES["light"].high)).all(axis=2).any()
    finally:
        lab.page.locator("#theme").click()


AXIS = """(() => {
  const head = { unit_middle: 0, unit_reach: null, points: [[0, 0]], test_points: [] };
  const frames = argument.map((hidden) => ({ hidden: Float32Array.from(hidden) }));
  const recording = { head, frames, experiment: { hidden_layer_sizes: [2] } };
  return frames.map((_, index) => its.axisOf(recording, index));
})()"""


def test_the_axes_of_an_unbounded_layer_hold_its_points_and_seldom_move(lab):
    generator = np.random.default_rng(2)
    walk = np.cumsum(generator.normal(0.02, 0.03, (120, 2)), axis=0)
    axes = lab.module("views/hidden/scene.mjs", AXIS, walk.tolist())
    for axis, place in zip(axes, walk, strict=True):
        assert axis["low"] < min(0, *place)
        assert axis["high"] > max(0, *place)
        assert 2 <= len(axis["ticks"]) <= 7
        assert axis["low"] <= min(axis["ticks"]) <= max(axis["ticks"]) <= axis["high"]
    moves = sum(one != other for one, other in pairwise(axes))
    assert moves < 30


def test_the_axes_of_a_bounded_layer_never_move(lab):
    recording = "nnlab.lab.player.recording"
    axes = lab.module(
        "views/hidden/scene.mjs", f"{recording}.frames.map((_, index) => its.axisOf({recording}, index))"
    )
    assert all(axis == axes[0] for axis in axes)
    assert axes[0]["ticks"] == [-1, -0.5, 0, 0.5, 1]


def test_the_plane_is_cut_to_the_box(lab):
    generator = np.random.default_rng(7)
    normals = generator.normal(size=(60, 3))
    normals[0] = 1, -1, 1
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    offsets = [0.0, *generator.uniform(-2, 2, 59)]
    cuts = [
        {"normal": list(normal), "offset": float(offset)}
        for normal, offset in zip(normals, offsets, strict=True)
    ]
    planes = lab.module("views/hidden/solid.mjs", "argument.map(its.planeOf)", cuts)
    assert len(planes[0]) == 6
    assert [] in planes
    for normal, offset, corners in zip(normals, offsets, planes, strict=True):
        assert (corners == []) == (abs(offset) > np.abs(normal).sum())
        if corners:
            assert len(corners) >= 3
            np.testing.assert_allclose(np.array(corners) @ normal, offset, atol=1e-9)
            assert np.abs(corners).max() <= 1 + 1e-9
            on_walls = np.isclose(np.abs(corners), 1).sum(axis=1)
            assert (on_walls >= 2).all(), "each corner lies on an edge of the box"


SECTIONS = ["#view-hidden", "#view-layers", "#view-table"]


@pytest.mark.parametrize("language", ["en-US", "ru-RU"])
@pytest.mark.parametrize(
    "settings",
    [
        CIRCLE,
        THREE,
        {"hidden_layer_sizes": [4], "initialization": "uniform", "activation": "relu", "dataset": "plane"},
    ],
    ids=["flat", "solid", "neither"],
)
def test_axe_finds_nothing(new_lab, language, settings):
    lab = new_lab(locale=language, reduced_motion="reduce")
    lab.js(AXE)
    opened(lab, **settings)
    found = {}
    for width in (1440, 768, 390):
        lab.page.set_viewport_size({"width": width, "height": 900})
        for theme in ("light", "dark"):
            lab.js(
                "(name) => { document.documentElement.dataset.bsTheme = name; nnlab.lab.stage.theme(); }",
                theme,
            )
            found[width, theme] = lab.js(LOOK, SECTIONS)
        assert lab.js("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert {place: problems for place, problems in found.items() if problems} == {}
