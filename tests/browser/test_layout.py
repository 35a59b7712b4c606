"""The page fits a phone, a tablet and a desk; nothing moves for those who asked for calm."""

import pytest

from .test_accessibility import MENUS

WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.querySelectorAll("body *")].filter((its) => its.getBoundingClientRect().right > width + 1);
  return ["the page", ...out.map((its) => its.id || its.className)].slice(0, 8);
}"""


WIDTHS = (360, 768, 1440)


def test_no_width_scrolls_sideways(lab):
    lab.page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    lab.js("document.getElementById('controls').open = true")
    lab.js("document.getElementById('view-formulas').open = true")
    lab.page.locator("mjx-container").nth(5).wait_for()
    lab.choose("features", "x1*x2")
    lab.choose("features", "x1 and x2")
    lab.type("hidden_units", "8")
    lab.trained(hidden_layer_sizes=[8], features=["x1", "x2", "x1*x2", "x1 and x2"])
    lab.page.locator("#formulas-numbers").click()
    lab.js("nnlab.lab.views.choose([0.5, -0.25])")
    lab.page.locator("[data-view=probe] [data-part=body] .probe-layer").nth(1).wait_for()
    for width in WIDTHS:
        lab.page.set_viewport_size({"width": width, "height": 800})
        assert lab.js(WIDER) == [], width


@pytest.mark.parametrize("width", WIDTHS)
def test_menus_stay_on_the_page(lab, width):
    lab.page.set_viewport_size({"width": width, "height": 800})
    for menu in MENUS:
        lab.page.locator(f"#menu-{menu} > summary").click()
        box = lab.page.locator(f"#menu-{menu} .menu-body").bounding_box()
        assert box["x"] >= 0, menu
        assert box["x"] + box["width"] <= width, menu
        assert lab.js(WIDER) == [], menu
        lab.page.keyboard.press("Escape")
        assert lab.page.locator(f"#menu-{menu}[open]").count() == 0
        focus = lab.js("document.activeElement.parentNode.id")
        assert focus == f"menu-{menu}", "it is back where it was opened"


def test_on_a_phone_the_controls_are_folded_above_the_pictures(new_lab):
    phone = {"width": 360, "height": 740}
    lab = new_lab(viewport=phone, locale="ru-RU", has_touch=True, is_mobile=True, device_scale_factor=2)
    assert lab.js(WIDER) == []
    assert lab.page.locator("#controls[open]").count() == 0
    assert (
        lab.page.locator("[data-view=boundary] [data-part=picture]").bounding_box()["y"] < phone["height"] / 2
    )
    lab.page.locator(".controls-summary").tap()
    assert lab.page.locator("#slider-learning_rate").is_visible()
    assert lab.js(WIDER) == []
    for button in ("play", "step-back", "theme"):
        box = lab.page.locator(f"#{button}").bounding_box()
        assert min(box["width"], box["height"]) >= 24, f"{button} is too small for a finger"


def test_with_reduced_motion_nothing_plays_by_itself(new_lab):
    lab = new_lab(reduced_motion="reduce")
    assert (lab.state, lab.epoch) == ("ended", 201)
    assert not lab.page.locator("#replay").is_checked()
    lab.watch()
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    lab.at_rest()
    assert {frame["epoch"] for frame in lab.painted()} == {201}


def test_nothing_jumps_while_it_plays(lab):
    places = """() => ["[data-view=boundary]", "[data-view=cost]", "[data-view=table]", "#scrub", "#play"].map((name) => {
      const { x, y, width, height } = document.querySelector(name).getBoundingClientRect();
      return [x, y, width, height].map(Math.round);
    })"""
    lab.js("scrollTo(0, 0)")
    before = lab.js(places)
    for epoch in (0, 7, 30, 201):
        lab.seek(epoch)
        assert lab.js(places) == before
