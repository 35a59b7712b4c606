"""The hidden space: points, bent lattice and the straight cut, of two units and of three; a way there for others."""

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nnlab.core.experiment import Experiment
from nnlab.core.hidden_space import places, threshold
from nnlab.core.network import Parameters
from nnlab.figures.theme import THEMES

from .lab import DESKTOP
from .test_accessibility import LANGUAGES

OPEN = """(its) => {
  nnlab.lab.recording.old = true;
  nnlab.workspace.open({ ...nnlab.workspace.history.experiment, ...its });
}"""
FRAME = """(index) => {
  const { head, parameters } = nnlab.lab.recording;
  return { experiment: head.experiment, points: head.points, tests: head.test_points, targets: head.targets,
           middle: head.middle, parameters: Array.from(parameters.at(index)) };
}"""
FITTED = """() => {
  const view = document.querySelector("[data-view=hidden]");
  const [picture, canvas] = ["picture", "canvas"].map((name) => view.querySelector(`[data-part=${name}]`));
  return canvas.width === Math.round(picture.getBoundingClientRect().width * devicePixelRatio);
}"""
"""Whether the picture is drawn as large as its place, which follows the window a moment later."""
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
    """The lab at rest on the notebook's run, with the hidden space unfolded and large enough to tell its pixels apart."""
    lab.page.set_viewport_size(DESKTOP)
    lab.js("localStorage.setItem('nnlab.folded', 'surface')")
    lab.js("nnlab.lab.views.repaint()")
    lab.until(FITTED)
    return lab


def frame_of(lab, index=-1):
    """A frame of the page's recording, and where its last hidden layer puts the points: Python's own numbers."""
    frame = lab.js(FRAME, index)
    experiment = Experiment.model_validate(frame["experiment"])
    network = Parameters(experiment.layer_sizes, np.array(frame["parameters"]))
    points = np.array([*frame["points"], *frame["tests"]])
    frame["hidden"] = places(experiment, network, points)
    frame["threshold"] = threshold(experiment, frame["middle"])
    return frame


def opened(lab, **settings):
    lab.js("nnlab.lab.clock.toEnd()")
    lab.js(OPEN, settings)
    lab.until("!nnlab.lab.recording.old")
    lab.trained(**settings)
    lab.js("nnlab.lab.clock.toEnd()")
    lab.at_rest()


def picture(lab):
    return lab.js("document.querySelector('[data-view=hidden] [data-part=canvas]').toDataURL()")


def changed(lab, before):
    """Until something else is on the canvas."""
    lab.until(
        "(before) => document.querySelector('[data-view=hidden] [data-part=canvas]').toDataURL() !== before",
        before,
    )


def pixels(lab):
    """What is on the canvas, (height, width, 4)."""
    address = picture(lab)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))))


def rgb(color):
    return [int(color[at : at + 2], 16) for at in (1, 3, 5)]


def on_canvas(lab, index=-1):
    """Where the frame's points lie on the canvas of two bounded units, computed from the axes' ends."""
    hidden = frame_of(lab, index)["hidden"]
    left, top, side = plot(lab)
    return np.column_stack(
        [left + (hidden[:, 0] + 1.12) / 2.24 * side, top + (1.12 - hidden[:, 1]) / 2.24 * side]
    )


def plot(lab):
    """Left, top and side of the flat picture's square."""
    place = "document.querySelector('[data-view=hidden] [data-part=picture]')"
    view = lab.module(
        "views/hidden_space/picture_2d.mjs",
        f"its.flatView({{ width: {place}.clientWidth, height: {place}.clientHeight }})",
    )
    return view["left"], view["top"], view["side"]


def test_the_points_of_a_gate_stand_where_the_units_put_them(lab):
    shown = pixels(lab)
    targets = frame_of(lab)["targets"]
    for (x, y), target in zip(on_canvas(lab), targets, strict=True):
        color = THEMES["light"].high if target > 0 else THEMES["light"].low
        assert shown[round(y), round(x), :3].tolist() == rgb(color)


@pytest.mark.parametrize("epoch", [0, 30, 201])
def test_the_scene_is_that_of_the_network(lab, epoch):
    lab.seek(epoch)
    shown = np.array(lab.js("Array.from(nnlab.lab.views.hidden.scene.values)")).reshape(-1, 2)
    np.testing.assert_allclose(shown[:4], frame_of(lab, epoch)["hidden"], rtol=1e-12, atol=1e-14)


def sides(frame):
    """On which side of the line each training point of a frame stands."""
    *w, b = frame["parameters"][-frame["hidden"].shape[1] - 1 :]
    hidden = frame["hidden"][: len(frame["points"])]
    return np.sign(hidden @ np.array(w) + b - frame["threshold"])


def test_for_xor_the_corners_become_separable_while_it_plays(lab):
    targets = frame_of(lab)["targets"]
    right = [int((sides(frame_of(lab, index)) == targets).sum()) for index in (0, 10, 201)]
    assert right[0] < 4
    assert right[-1] == 4
    for index, count in zip((0, 10, 201), right, strict=True):
        lab.seek(index)
        assert f"straight line through them: {count} of 4 training points" in lab.text("hidden/caption")
    assert "4 of 4" in lab.page.locator("[data-view=hidden] [data-part=picture]").get_attribute("aria-label")


def test_each_side_of_the_line_has_its_colour(lab):
    """Where nothing else is drawn: the corners of the plot that the lattice leaves empty."""
    shown = pixels(lab).astype(int)
    frame = frame_of(lab)
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
    lab.seek(201)
    assert picture(lab) == end


@pytest.mark.parametrize(
    ("hidden", "said"), [([], "Without a hidden layer"), ([4], "has 4 units"), ([3, 1], "has 1 unit.")]
)
@pytest.mark.parametrize("units", [2, 3])
def test_other_networks_are_told_when_there_is_something_to_see(lab, hidden, said, units):
    opened(lab, hidden_layer_sizes=hidden, initialization="uniform")
    assert said in lab.text("hidden/why")
    assert not lab.page.locator("[data-view=hidden] [data-part=picture]").is_visible()
    assert lab.page.locator("[data-view=hidden] [data-part=save-png]").is_disabled()
    lab.part("hidden", f"give-{units}").click()
    lab.trained(hidden_layer_sizes=[*hidden[:-1], units])
    assert lab.page.locator("[data-view=hidden] [data-part=picture]").is_visible()
    assert not lab.page.locator("[data-view=hidden] [data-part=why]").is_visible()
    assert lab.page.locator("[data-view=hidden] [data-part=save-png]").is_enabled()
    lab.at_rest()
    assert (pixels(lab)[..., 3] > 0).mean() > 0.02


def test_three_units_stand_in_a_box_that_hand_and_keys_turn(lab):
    opened(lab, **THREE)
    frame = frame_of(lab)
    assert (sides(frame) == frame["targets"]).all()
    assert "flat plane" in lab.text("hidden/caption")
    shown = pixels(lab)
    for color in (THEMES["light"].low, THEMES["light"].high, THEMES["light"].line):
        assert (shown[..., :3] == rgb(color)).all(axis=2).sum() > 20, color
    looks = [picture(lab)]

    def turned():
        changed(lab, looks[-1])
        looks.append(picture(lab))

    place = lab.page.locator("[data-view=hidden] [data-part=picture]")
    lab.into_view("[data-view=hidden] [data-part=picture]")
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
    lab = new_lab(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    opened(lab, **THREE)
    before = picture(lab)
    lab.into_view("[data-view=hidden] [data-part=picture]")
    box = lab.page.locator("[data-view=hidden] [data-part=picture]").bounding_box()
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
    frame = frame_of(lab)
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
    lab.page.locator("[data-view=boundary] [data-part=tests] input").click()
    changed(lab, before)
    hidden = pixels(lab)
    assert all(hidden[y, x, :3].tolist() != paper for x, y in tested)
    assert all(hidden[y, x].tolist() == shown[y, x].tolist() for x, y, _ in trained)
    lab.page.locator("[data-view=boundary] [data-part=tests] input").click()


def test_in_a_regression_colour_is_the_output_and_there_is_no_line(lab):
    opened(
        lab,
        dataset="plane",
        samples=60,
        hidden_layer_sizes=[2],
        output_activation="linear",
        learning_rate=0.03,
    )
    assert "line" not in lab.text("hidden/caption").replace("straight direction", "")
    shown = pixels(lab).astype(int)
    cover = shown[..., 3] > 150
    warm, cold = (shown[..., 0] - shown[..., 2] > 40) & cover, (shown[..., 2] - shown[..., 0] > 40) & cover
    assert min(warm.sum(), cold.sum()) > 200
    assert not (shown[..., :3] == rgb(THEMES["light"].line)).all(axis=2).any()


def test_an_output_that_never_reaches_the_middle_draws_no_line(lab):
    opened(lab, output_activation="sigmoid")
    assert "draws no boundary" in lab.text("hidden/caption")
    assert not (pixels(lab)[..., :3] == rgb(THEMES["light"].line)).all(axis=2).any()


def test_the_picture_can_be_saved(lab):
    with lab.page.expect_download() as saved:
        lab.page.locator("[data-view=hidden] [data-part=save-png]").click()
    assert saved.value.suggested_filename == "nnlab-hidden.png"
    image = Image.open(saved.value.path())
    assert image.size == (1600, 1440)
    assert image.convert("RGB").getpixel((2, 2)) == tuple(rgb(THEMES["light"].paper))


def test_the_picture_is_told_in_words(lab):
    words = lab.page.locator("[data-view=hidden] [data-part=picture]").get_attribute("aria-label")
    assert words.startswith("Hidden space of 2 units after epoch 201.")
    first = frame_of(lab)["hidden"][0]
    said = ", ".join(f"{value:.2g}".replace("-", "−") for value in first)
    assert f"Point (−1, −1) goes to ({said})." in words


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


SECTIONS = ["[data-view=hidden]", "[data-view=layers]", "[data-view=table]"]


SHOWN: dict[str, dict[str, Any]] = {
    "flat": CIRCLE,
    "solid": THREE,
    "neither": {
        "hidden_layer_sizes": [4],
        "initialization": "uniform",
        "activation": "relu",
        "dataset": "plane",
    },
}


@pytest.mark.parametrize(("language", "first"), LANGUAGES)
def test_axe_finds_nothing(new_lab, language, first):
    lab = new_lab(locale=language)
    found = {}
    for name, settings in SHOWN.items():
        opened(lab, **(Experiment().model_dump(mode="json") | settings))
        for look in lab.looks(first):
            found[name, *look] = lab.axe(*SECTIONS)
            assert lab.js("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert {place: problems for place, problems in found.items() if problems} == {}
