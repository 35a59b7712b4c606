"""A student's own data far from the plane's middle: standardized only if one says so, and then every view says it."""

import pytest

from .own_data import click, open_own

FAR = [[170, 60, 0], [180, 75, 1], [165, 55, 0], [190, 85, 1]]


def test_far_points_are_standardized_only_if_one_says_so_and_then_every_view_says_it(own):
    assert not own.page.locator("#own-data-far").is_visible()
    open_own(own, FAR)
    own.page.locator("#own-data-far", has_text="up to 190").wait_for()
    assert own.experiment["standardize"] is False
    assert own.js("nnlab.lab.views.recording.head.points") == [point[:2] for point in FAR]
    own.page.locator("#own-data-standardize").click()
    own.trained(points=FAR, standardize=True)
    own.page.locator("#own-data-far", has_text="(x₁ − 176.3) / 9.601").wait_for()
    assert own.page.locator("#switch-standardize").is_checked()
    silent = own.js("""() => [...document.querySelectorAll(".view.on-lab")].filter((view) => {
      if (!view.offsetParent) return false;
      const title = view.querySelector("h2") ?? view.querySelector("summary");
      return !getComputedStyle(title, "::after").content.includes("standardized") && !view.innerText.includes("tandardized");
    }).map((view) => view.id)""")
    assert silent == []
    own.page.locator("#own-data-standardize").click()
    own.trained(points=FAR, standardize=False)
    own.until("!('standardized' in document.documentElement.dataset)")


def test_a_click_on_a_standardized_plane_is_a_point_in_ones_own_numbers(own):
    open_own(own, FAR, standardize=True)
    mean, deviation = own.js("nnlab.lab.views.recording.head.standardization")
    click(own, -3, 3)
    own.until("nnlab.lab.views.recording.experiment.points.length === 5")
    x1, x2, _ = own.experiment["points"][-1]
    expected = (mean[0] - 3 * deviation[0], mean[1] + 3 * deviation[1])
    assert (x1, x2) == pytest.approx(expected, abs=0.1 * max(deviation))
    shown = own.js("nnlab.lab.views.recording.head.points[1]")
    click(own, *shown)
    own.until("nnlab.lab.views.recording.experiment.points.length === 4")
    assert FAR[1] not in own.experiment["points"]
