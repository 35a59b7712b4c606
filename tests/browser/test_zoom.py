"""The plane can be zoomed and moved, and what it shows there is exact: boundary, map and what is read under the pointer."""

import numpy as np
import pytest

import nnlab

LINE = "nnlab.lab.views.boundary.line"
RANGE = "nnlab.lab.views.boundary.range"
WIDTH = "document.querySelector('[data-view=boundary] .js-plotly-plot')._fullLayout.xaxis._length"
LOOK = """([x, y, width]) => {
  const { boundary } = nnlab.lab.views;
  const graph = document.querySelector("[data-view=boundary] .js-plotly-plot");
  const area = document.querySelector("[data-view=boundary] [data-part=picture]");
  for (let wheel = 0; boundary.range.x[1] - boundary.range.x[0] > width; wheel += 1) {
    if (wheel > 60) throw new Error("it does not come nearer");
    const box = graph.getBoundingClientRect();
    const { xaxis, yaxis } = graph._fullLayout;
    const [clientX, clientY] = [box.x + xaxis._offset + xaxis.l2p(x), box.y + yaxis._offset + yaxis.l2p(y)];
    const turned = { deltaY: -200, ctrlKey: true, clientX, clientY, bubbles: true, cancelable: true };
    area.dispatchEvent(new WheelEvent("wheel", turned));
  }
}"""


def picture(lab):
    area = lab.part("boundary", "picture")
    lab.into_view("[data-view=boundary] [data-part=picture]")
    return area


def sharp(lab):
    lab.until("nnlab.lab.views.boundary.sharp")


def test_a_drag_that_ends_elsewhere_has_ended(lab):
    picture(lab)
    before = lab.js(RANGE)
    box = lab.part("boundary", "picture").bounding_box()
    x, y = lab.place(0, 0)
    lab.page.mouse.move(box["x"] + 2, y)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] - 1, y)  # no drag yet, and already outside
    lab.page.mouse.up()
    lab.page.mouse.move(x, y)
    lab.page.mouse.move(x + 60, y)
    assert lab.js(RANGE) == before, "no button is pressed"


def width_of(lab):
    low, high = lab.js(RANGE)["x"]
    return high - low


def network_at(lab):
    """The network in sight, as Python trains it."""
    experiment = nnlab.Experiment.model_validate(lab.experiment)
    return next(each for each in nnlab.stream(experiment) if each.epoch == lab.js("nnlab.lab.clock.epoch"))


def away(network, points, pixel):
    """How far from the true boundary each point is, in pixels: the output there over how fast it changes."""
    steps = [np.array([pixel, 0.0]), np.array([0.0, pixel])]
    slopes = [(network.predict(points + step) - network.predict(points - step)) / 2 for step in steps]
    return np.abs(network.predict(points)) / np.hypot(*slopes)


def test_the_buttons_zoom_about_the_middle_and_go_back(lab):
    whole = lab.js(RANGE)
    assert lab.part("boundary", "zoom-reset").is_disabled()
    lab.part("boundary", "zoom-in").click()
    assert lab.js(RANGE)["x"] == pytest.approx([low / 1.5 for low in whole["x"]])
    lab.part("boundary", "zoom-out").click()
    assert lab.js(RANGE)["x"] == pytest.approx(whole["x"])
    lab.part("boundary", "zoom-in").click()
    lab.part("boundary", "zoom-reset").click()
    assert lab.js(RANGE) == whole
    assert lab.part("boundary", "zoom-reset").is_disabled()


def test_keys_zoom_and_move_it_and_the_player_keeps_its_own(lab):
    area = picture(lab)
    area.focus()
    epoch = lab.epoch
    lab.page.keyboard.press("ArrowLeft")
    assert lab.epoch == epoch - 1, "of the whole plane the arrows are the player's"
    lab.page.keyboard.press("+")
    before = lab.js(RANGE)
    lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("ArrowUp")
    after = lab.js(RANGE)
    assert lab.epoch == epoch - 1
    moved = 0.15 * (before["x"][1] - before["x"][0])
    for side in ("x", "y"):
        assert after[side] == pytest.approx([end + moved for end in before[side]])
    lab.page.keyboard.press("0")
    assert lab.js(RANGE)["x"] == pytest.approx([-1.5, 1.5])


def test_the_wheel_zooms_a_plane_that_is_meant_and_else_scrolls_the_page(lab):
    area = picture(lab)
    lab.js("document.activeElement.blur()")
    spot = lab.place(0.7, -0.4)
    lab.page.mouse.move(*spot)
    before, scrolled = lab.js(RANGE), lab.js("scrollY")
    lab.page.mouse.wheel(0, 40)
    lab.until("(before) => scrollY !== before", scrolled)
    assert lab.js(RANGE) == before
    area.focus()
    lab.into_view("[data-view=boundary] [data-part=picture]")
    spot = lab.place(0.7, -0.4)
    lab.page.mouse.move(*spot)
    lab.page.mouse.wheel(0, -300)
    lab.until(f"{RANGE}.x[1] - {RANGE}.x[0] < 3")
    assert lab.place(0.7, -0.4) == pytest.approx(spot, abs=1), "a wheel tells of whole pixels"


def test_a_drag_takes_the_plane_along_and_follows_no_point(lab):
    picture(lab)
    lab.part("boundary", "zoom-in").click()
    lab.js("document.querySelector('[data-view=probe] [data-part=body]').replaceChildren()")
    x, y = lab.place(0.2, 0.1)
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + 60, y - 25, steps=6)
    lab.page.mouse.up()
    assert lab.place(0.2, 0.1) == pytest.approx([x + 60, y - 25], abs=0.01)
    assert lab.page.locator("[data-view=probe] .probe-layer").count() == 0


def test_two_fingers_zoom_and_what_is_between_them_stays_there(new_lab):
    lab = new_lab(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert "Tap to follow" in lab.text("boundary/readout"), "a finger is not told to hover"
    picture(lab)
    whole = width_of(lab)
    x, y = lab.place(0.25, -0.5)
    touch = lab.page.context.new_cdp_session(lab.page)

    def fingers(kind, *places):
        points = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", (x - 20, y))
    fingers("touchStart", (x - 20, y), (x + 20, y))
    for step in range(1, 9):
        fingers("touchMove", (x - 20 - 5 * step, y + 2 * step), (x + 20 + 5 * step, y + 2 * step))
    fingers("touchEnd")
    lab.until(f"(whole) => {RANGE}.x[1] - {RANGE}.x[0] < whole / 2.5", whole)
    assert width_of(lab) == pytest.approx(whole / 3, rel=0.05)
    assert lab.place(0.25, -0.5) == pytest.approx([x, y + 16], abs=2)
    lab.part("boundary", "zoom-reset").tap()
    assert width_of(lab) == pytest.approx(whole)


@pytest.mark.parametrize("epoch", [201, 30])
def test_the_boundary_is_exact_at_every_zoom_and_epoch(lab, epoch):
    lab.seek(epoch)
    network = network_at(lab)
    on_it = [0.0, 0.0]
    for width in (3, 1e-1, 1e-3, 1e-5):
        lab.js(LOOK, [*on_it, width])
        sharp(lab)
        pieces = np.array(lab.js(LINE)).reshape(-1, 2)
        assert len(pieces) > 100, "at any zoom the line runs through the picture"
        pixel = width_of(lab) / lab.js(WIDTH)
        assert away(network, pieces, pixel).max() < 0.1
        on_it = pieces[len(pieces) // 3].tolist()


def test_it_stays_exact_while_it_plays(lab):
    """Coarser where the device needs it: then a piece is as far off as its grid is wide, and no farther."""
    lab.js("nnlab.lab.clock.speed = 0.25")
    lab.js("nnlab.lab.clock.toStart(); nnlab.lab.clock.play()")
    lab.until("nnlab.lab.clock.epoch > 20")
    epoch, pieces = lab.js(f"[nnlab.lab.views.shown.epochs[nnlab.lab.views.index], {LINE}]")
    lab.js("nnlab.lab.clock.toEnd()")
    assert 20 < epoch < 201
    network = next(each for each in nnlab.stream(nnlab.Experiment()) if each.epoch == epoch)
    coarsest = 3 / 39
    assert away(network, np.array(pieces).reshape(-1, 2), coarsest).max() < 0.5


@pytest.mark.parametrize("width", [3, 1e-3])
def test_what_is_read_under_the_pointer_is_the_networks_own_answer(lab, width):
    picture(lab)
    if width < 3:
        lab.js(LOOK, [0.3, 0.2, width])
    x, y = lab.place(0.3, 0.2)
    lab.page.mouse.move(x + 7, y - 11)
    said = lab.text("boundary/readout").replace("−", "-").split()
    x1, x2, output = (float(said[at]) for at in (2, 5, 8))
    assert lab.place(x1, x2) == pytest.approx([x + 7, y - 11], abs=1), "it reads where it points"
    (exact,) = nnlab.train(nnlab.Experiment()).predict([[x1, x2]])
    digits = len(said[8].lstrip("-0.").replace(".", ""))
    assert digits >= 3
    assert output == pytest.approx(exact, abs=0.51 * 10 ** -len(said[8].partition(".")[2]))


def test_another_run_on_the_same_plane_leaves_it_where_it_is(lab):
    lab.part("boundary", "zoom-in").click()
    before = lab.js(RANGE)
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    assert lab.js(RANGE) == before
    lab.choose("dataset", "circle")
    lab.trained(dataset="circle")
    assert lab.part("boundary", "zoom-reset").is_disabled(), "another plane is seen whole"


GRAPH = "[data-view=boundary] .js-plotly-plot"


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_at_every_zoom_what_stands_beside_the_axes_is_whole_and_apart(lab, size):
    lab.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    lab.fitted(GRAPH)
    assert lab.crowded(GRAPH) == []
    for exponent in range(9):
        lab.js(LOOK, [-2.345678, 1.876543, 10**-exponent])
        assert lab.crowded(GRAPH) == [], exponent
    for _ in range(8):
        lab.part("boundary", "zoom-in").click()
    assert (
        lab.part("boundary", "readout").inner_text()
        == "This is as near as it gets: a billionth of the plane."
    )
    assert lab.crowded(GRAPH) == []
    lab.part("boundary", "zoom-reset").click()
    for _ in range(12):
        lab.part("boundary", "zoom-out").click()
    assert lab.part("boundary", "readout").inner_text() == "This is as far as it gets: eight times the plane."
    assert lab.crowded(GRAPH) == []


def test_a_mouse_is_told_to_hover(lab):
    picture(lab).hover()
    lab.page.mouse.move(5, 5)
    assert "Hover" in lab.text("boundary/readout")
