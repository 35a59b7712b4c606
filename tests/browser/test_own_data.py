"""A student's own data: what there is at first, what comes back, and that the editor is for everyone."""

import pytest

from .own_data import EIGHT, cell, open_own, paste
from .test_accessibility import LANGUAGES

# --- what there is at first ---------------------------------------------------------------------------------------


def test_choosing_own_data_takes_the_points_on_the_page(lab):
    assert not lab.page.locator("[data-view=own-data]").is_visible()
    lab.choose("dataset", "own")
    lab.trained(dataset="own", points=[[-1, -1, 0], [-1, 1, 1], [1, -1, 1], [1, 1, 0]])
    lab.page.locator("#own-data-rows tr").nth(3).wait_for()
    assert lab.text("own-data-count-0") == lab.text("own-data-count-1") == "2"
    assert "All 4 rows train" in lab.text("own-data-shares")


def test_the_points_of_samples_are_taken_with_those_that_test(lab):
    lab.choose("dataset", "moons")
    lab.trained(dataset="moons")
    shown = lab.js("nnlab.lab.views.recording.head")
    lab.choose("dataset", "own")
    lab.trained(dataset="own")
    points = lab.experiment["points"]
    assert [point[:2] for point in points] == [
        [round(x, 4) for x in point] for point in shown["points"] + shown["test_points"]
    ]
    targets = shown["targets"] + shown["test_targets"]
    assert [label for *_, label in points] == [int(target > 0) for target in targets]


def test_own_points_are_kept_while_another_data_set_is_chosen(own):
    own.choose("dataset", "circle")
    own.trained(dataset="circle", points=EIGHT)
    own.page.locator("[data-view=own-data]").wait_for(state="hidden")
    own.choose("dataset", "own")
    own.trained(dataset="own", points=EIGHT)
    own.page.locator("[data-view=own-data]").wait_for()


def test_on_a_page_without_points_there_are_two_to_begin_with(new_lab):
    lab = new_lab("/map", wait=False)
    lab.until("window.nnlab && document.documentElement.dataset.run")
    lab.choose("dataset", "own")  # whether or not the page is all there
    lab.until("nnlab.workspace.history.experiment.dataset === 'own'")
    assert {label for *_, label in lab.experiment["points"]} == {0, 1}


# --- links, width, words ------------------------------------------------------------------------------------------


def test_a_page_opened_again_has_the_same_points(lab):
    open_own(lab, EIGHT)
    lab.until("location.hash.length > 1")
    lab.page.reload()
    lab.ready()
    lab.trained(dataset="own", points=EIGHT)
    lab.page.locator("#own-data-rows tr").nth(7).wait_for()


def test_the_controls_lead_to_the_editor(own):
    own.page.locator("[data-view=own-data] [data-part=fold]").click()
    own.page.locator("#own-data-edit").click()
    assert own.page.locator("#own-data-text").is_visible()
    assert own.js("document.activeElement.name") == "own-data-class"


@pytest.mark.parametrize(("locale", "first"), LANGUAGES)
def test_axe_finds_nothing_at_any_width_in_either_theme(new_lab, locale, first):
    lab = new_lab(locale=locale)
    open_own(lab, [[170, 60, 0], [180, 75, 1]], standardize=True)
    paste(lab, "1,2,7\n1,2")
    lab.page.locator("#own-data-problems button").nth(1).wait_for()
    cell(lab, 1, "x1").fill("abc")
    cell(lab, 1, "x1").press("Enter")
    lab.until("document.getElementById('own-data-cell-error').textContent")
    found = {}
    for look in lab.looks(first):
        assert lab.js("document.documentElement.scrollWidth <= innerWidth"), look
        found[look] = lab.axe("[data-view=own-data]")
    assert {place: problems for place, problems in found.items() if problems} == {}
