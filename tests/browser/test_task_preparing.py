"""How a teacher prepares a task: written in the panel, sent as a link or a file, edited and removed."""

import json

from .conftest import CLASS_URL
from .task import QUESTION, TEXT, link, settled


def prepare(lab):
    lab.js("document.getElementById('task-panel').open = false")
    lab.page.locator("#menu-share > summary").click()
    lab.page.locator("#task-panel > summary").click()
    lab.page.locator("#task-form-title").wait_for()


def test_a_teacher_prepares_a_task_and_a_student_opens_its_link(lab, new_lab, at):
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    prepare(lab)
    lab.page.locator("#task-form-title").fill("Почему одной прямой мало? 🦊")
    lab.page.locator("#task-form-text").fill(TEXT)
    lab.page.locator("#task-access-data").select_option("locked")
    lab.page.locator(".task-single summary").first.click()
    lab.page.locator("#task-access-features").select_option("shown")
    lab.page.locator("#task-access-start").select_option("hidden")
    lab.page.locator("#task-form-ask").check()
    lab.page.locator("#task-form-question").fill(QUESTION)
    lab.page.locator("#task-apply").click()
    lab.until("document.getElementById('link').value.includes('task=z:')")
    assert lab.text("task-form-said").startswith("The task is in the link above.")
    student = new_lab("/" + lab.page.locator("#link").input_value().removeprefix(f"{CLASS_URL}/"))
    assert student.text("task-title") == "Почему одной прямой мало? 🦊"
    assert student.text("task-question") == QUESTION
    assert student.page.locator("#choice-dataset input").first.is_disabled()
    assert student.page.locator("#choice-features input").first.is_enabled()
    assert student.page.locator("#group-start").is_hidden()
    assert student.experiment["learning_rate"] == 0.5


def test_an_empty_task_is_none(lab):
    prepare(lab)
    lab.page.locator("#task-apply").click()
    assert lab.text("task-form-said").startswith("Write a title")
    assert lab.hash == ""


def test_editing_fills_the_panel_and_removing_takes_the_task_away(at):
    lab = at(link({"training": "locked", "learning_rate": "shown"}, question=QUESTION))
    lab.page.locator("#task-edit").click()
    assert lab.page.locator("#task-form-title").input_value() == "One line"
    assert lab.page.locator("#task-form-text").input_value() == TEXT
    assert lab.page.locator("#task-form-question").input_value() == QUESTION
    assert lab.page.locator("#task-access-training").input_value() == "locked"
    assert lab.page.locator("#task-access-learning_rate").input_value() == "shown"
    assert lab.page.locator("#task-access-epochs").input_value() == ""
    assert lab.js("document.activeElement.id") == "task-form-title"
    assert lab.page.locator("#slider-epochs").is_disabled(), (
        "what is locked stays so until there is another task"
    )
    lab.page.locator("#task-access-training").select_option("hidden")
    lab.page.locator("#task-apply").click()
    settled(lab)
    assert lab.page.locator("#slider-epochs").is_hidden()
    lab.page.locator("#task-remove").click()
    settled(lab)
    assert lab.hash == ""
    assert lab.page.locator("#task").is_hidden()
    assert lab.page.locator("[data-view=boundary]").is_visible()
    assert lab.page.locator("#slider-epochs").is_enabled()


def test_a_file_takes_its_task_along(at, tmp_path):
    lab = at(link({"data": "locked"}, settings="dataset=or"))
    lab.page.locator("#menu-files > summary").click()
    with lab.page.expect_download() as saving:
        lab.page.locator("#save-experiment").click()
    file = tmp_path / "task.json"
    saving.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["task"]["title"] == "One line"
    lab.page.goto(lab.url + "/#epochs=30")
    lab.trained(epochs=30)
    assert lab.page.locator("#task").is_hidden()
    lab.page.locator("#open-experiment").set_input_files(file)
    lab.trained(dataset="or", epochs=201)
    assert lab.text("task-title") == "One line"
    assert lab.page.locator("#choice-dataset input").first.is_disabled()
