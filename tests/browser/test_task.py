"""A teacher's task: what a student sees of it on every page, and how one goes on, back and away from it."""

import json
from urllib.parse import quote

import pytest

from .task import QUESTION, TEXT, link, settled
from .test_accessibility import LANGUAGES

# --- the card -----------------------------------------------------------------------------------


def test_title_and_text_stand_above_the_pictures_as_text(at):
    lab = at(link(title="<i>One</i> line"))
    assert lab.text("task-title") == "<i>One</i> line"
    assert lab.text("task-text") == TEXT
    assert lab.js("document.querySelectorAll('#task b, #task i, #task script').length") == 0
    card, picture = (lab.page.locator(place).bounding_box() for place in ("#task", "[data-view=boundary]"))
    assert card["y"] + card["height"] <= picture["y"]


def test_without_a_task_there_is_no_card(lab):
    assert lab.page.locator("#task").is_hidden()


@pytest.mark.parametrize("page", ["starts", "map", "landscape"])
def test_the_task_is_on_every_page_and_in_its_address(at, page):
    lab = at(link({"data": "locked"}))
    lab.go(page)
    assert lab.page.locator("#task-title").is_visible()
    assert "task=z:" in lab.hash
    lab.go("lab")


def test_a_task_that_cannot_be_read_is_said_and_the_experiment_opens(at):
    lab = at("/#learning_rate=0.5&task=z:AAAA")
    assert lab.text("banner").startswith("The task in this link cannot be read.")
    assert lab.experiment["learning_rate"] == 0.5
    assert lab.page.locator("#task").is_hidden()


def test_unknown_parts_of_a_task_are_left_out(at):
    task = {
        "title": 7,
        "text": "t" * 5000,
        "question": ["?"],
        "more": 1,
        "controls": {"learning_rate": "locked", "epochs": "secret", "nothing": "locked", "noise": 3},
    }
    lab = at("/#task=" + quote(json.dumps(task)))
    assert lab.js("nnlab.workspace.activeTask.task") == {
        "title": "",
        "text": "t" * 2000,
        "question": None,
        "controls": {"learning_rate": "locked"},
    }


# --- going on -----------------------------------------------------------------------------------


def test_reset_goes_back_to_the_tasks_own_experiment_also_from_a_link_made_later(at, new_lab):
    lab = at(link({"data": "locked"}, settings="dataset=or&learning_rate=0.5"))
    lab.type("learning_rate", "0.7")
    lab.trained(learning_rate=0.7)
    lab.type("epochs", "30")
    lab.trained(epochs=30)
    assert "task=z:" in lab.hash
    other = new_lab("/" + lab.hash)
    assert other.experiment == lab.experiment
    for each in (lab, other):
        each.page.locator("#reset").click()
        each.trained(dataset="or", learning_rate=0.5, epochs=201)
        assert "task.learning_rate" not in each.hash


def test_undo_goes_back_within_the_task_and_no_further(lab, at):
    lab.type("learning_rate", "0.9")
    lab.trained(learning_rate=0.9)
    at(link({"data": "locked"}, settings="dataset=or"))
    assert lab.page.locator("#undo").is_disabled()
    lab.type("epochs", "30")
    lab.trained(epochs=30)
    lab.page.locator("#undo").click()
    lab.trained(epochs=201, dataset="or")
    lab.until("document.getElementById('undo').disabled")
    lab.page.go_back()
    lab.trained(epochs=30)
    assert lab.page.locator("#task").is_visible()


def test_leaving_the_task_by_the_browsers_back_frees_the_controls(lab, at):
    lab.type("learning_rate", "0.9")
    lab.trained(learning_rate=0.9)
    at(link({"training": "locked", "stop": "hidden", "stop_cost": "locked"}))
    lab.page.go_back()
    lab.trained(learning_rate=0.9)
    lab.until("!document.getElementById('slider-learning_rate').disabled")
    assert lab.page.locator("#task").is_hidden()
    assert lab.page.locator("#switch-stop_cost").is_enabled()
    assert lab.page.locator("#number-stop_cost").is_disabled(), "it is off, as ever"


def test_a_reload_keeps_task_and_steps(at):
    lab = at(link({"data": "locked"}, settings="dataset=or"))
    lab.type("epochs", "30")
    lab.trained(epochs=30)
    lab.page.reload()
    lab.ready()
    assert lab.text("task-title") == "One line"
    lab.page.locator("#undo").click()
    lab.trained(epochs=201, dataset="or")


# --- for everyone -------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "first"), LANGUAGES)
def test_axe_finds_nothing_serious_and_nothing_is_cut_off(new_lab, language, first):
    asked = link({"training": "locked", "stop": "hidden"}, question=QUESTION)
    lab = new_lab(locale=language)
    lab.visit(asked)
    settled(lab)
    found = {}
    for part, sections in (
        ("waits", []),
        ("shown", ["#task-place"]),
        ("panel", ["#task-place", "#menu-share"]),
    ):
        if part == "shown":
            lab.page.locator("#task-prediction").fill("No.")
            lab.page.locator("#task-show").click()
        if part == "panel":
            lab.page.locator("#task-edit").click()
            lab.js("document.querySelectorAll('.task-single').forEach((its) => (its.open = true))")
        for look in lab.looks(first):
            found[part, *look] = lab.axe(*sections)
            assert lab.js("document.documentElement.scrollWidth <= innerWidth"), (part, look)
    assert {place: problems for place, problems in found.items() if problems} == {}
