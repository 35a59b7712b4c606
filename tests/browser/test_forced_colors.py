"""In forced colours, as in Windows' high contrast, one sees what can be used: the system takes every background away."""

import io

import numpy as np
import pytest
from PIL import Image

SCHEMES = ("light", "dark")


def luminance(picture):
    """Of every pixel, as WCAG 2.2 has it."""
    parts = picture / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def shot(lab, box):
    clip = dict(zip(("x", "y", "width", "height"), box, strict=True))
    image = Image.open(io.BytesIO(lab.page.screenshot(clip=clip, animations="disabled")))
    return np.asarray(image.convert("RGB"), dtype=float)


def contrast(lab, *box):
    """Between the lightest and the darkest of a part of the page."""
    light = luminance(shot(lab, box))
    return (light.max() + 0.05) / (light.min() + 0.05)


@pytest.fixture(params=SCHEMES)
def forced(request, lab):
    lab.page.emulate_media(forced_colors="active", color_scheme=request.param, reduced_motion="reduce")
    yield lab
    lab.page.emulate_media(forced_colors="none", color_scheme="light", reduced_motion="no-preference")


def box_of(lab, selector):
    lab.into_view(selector)
    box = lab.page.locator(selector).bounding_box()
    return box["x"], box["y"], box["width"], box["height"]


def test_every_button_of_the_player_shows_its_sign(forced):
    for name in ("to-start", "step-back", "play", "step-forward", "to-end"):
        x, y, width, height = box_of(forced, f"#{name} .icon")
        assert contrast(forced, x, y, width, height) >= 3, name


@pytest.mark.parametrize("name", ["slider-learning_rate", "scrub"])
def test_a_slider_shows_its_track_and_its_thumb(forced, name):
    slider = forced.page.locator(f"#{name}")
    slider.focus()
    forced.page.keyboard.press("End")
    forced.page.locator("#theme").focus()
    x, y, width, height = box_of(forced, f"#{name}")
    assert contrast(forced, x + width / 4, y, 8, height) >= 3, "the track, far from the thumb"
    over = y + height / 2 - 7  # above the track, where the thumb alone reaches
    thumb, beside = (shot(forced, (left, over, 8, 2)) for left in (x + width - 12, x + width / 4))
    its, ground = luminance(thumb).mean(), luminance(beside).mean()
    assert (max(its, ground) + 0.05) / (min(its, ground) + 0.05) >= 3, "the thumb"


def test_what_is_chosen_differs_from_what_is_not(forced):
    colors = forced.js("""() => [".btn-check:checked + .segment", ".btn-check:not(:checked) + .segment"]
      .map((its) => getComputedStyle(document.querySelector(`#choice-dataset ${its}`)).backgroundColor)""")
    assert colors[0] != colors[1]


def test_pictures_keep_their_colours(forced):
    """The classes are told apart by colour; a picture lies on the paper that its colours were chosen for."""
    seen = forced.js("""() => ["low", "high"].map((end) =>
      getComputedStyle(document.querySelector(`[data-part=legend-${end}] .dot`)).backgroundColor)""")
    assert len(set(seen)) == 2
    paper = forced.js(
        "() => getComputedStyle(document.querySelector('[data-view=cost] .picture')).backgroundColor"
    )
    asked = forced.js("() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()")
    assert paper == "rgb({}, {}, {})".format(*(int(asked[at : at + 2], 16) for at in (1, 3, 5)))
