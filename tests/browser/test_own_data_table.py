"""A student's own data in the table: cells are edited in place, rows come and go, and what is wrong stays to be mended."""

import pytest

from .own_data import EIGHT, cell, class_list, open_own, points_of, wanted


def test_a_cell_is_edited_in_place(own):
    cell(own, 2, "x1").fill("−3,123456")
    cell(own, 2, "x1").press("Enter")
    changed = [EIGHT[0], [-3.1235, 2, 0], *EIGHT[2:]]
    own.trained(points=changed)
    assert cell(own, 2, "x1").input_value() == "-3.1235"
    assert own.js(
        "document.activeElement === document.querySelector(`#own-data-rows tr:nth-child(3) [name=x1]`)"
    )
    cell(own, 2, "label").click()
    own.until("nnlab.lab.views.recording.experiment.points[1][2] === 1")
    own.page.locator("#own-data-count-1", has_text="5").wait_for()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "Row 5, x₂: “abc” is not a number."),
        ("-1000001", "Row 5, x₂: “-1000001” is beyond ±1,000,000."),
    ],
)
def test_a_bad_cell_is_said_with_row_and_column_and_stays_to_be_mended(own, typed, said):
    cell(own, 5, "x2").fill(typed)
    cell(own, 5, "x2").press("Enter")
    own.page.locator("#own-data-cell-error", has_text=said).wait_for()
    cell(own, 1, "label").click()  # another change goes through, and takes nothing away
    own.until("nnlab.lab.views.recording.experiment.points[0][2] === 1")
    assert wanted(own) == [[-4, -4, 1], *EIGHT[1:]]
    assert cell(own, 5, "x2").input_value() == typed
    assert cell(own, 5, "x2").get_attribute("aria-invalid") == "true"
    cell(own, 5, "x2").fill("7")
    cell(own, 5, "x2").press("Enter")
    own.until("nnlab.lab.views.recording.experiment.points[4][1] === 7")
    assert own.text("own-data-cell-error") == ""


def test_rows_are_added_and_removed_by_keyboard_alone(own):
    own.page.locator("#own-data-new [name=x1]").focus()
    for key in ("5", ".", "5", "Tab", "-", "5", "Enter"):
        own.page.keyboard.press(key)
    own.trained(points=[*EIGHT, [5.5, -5, 0]])
    assert own.js("document.activeElement.closest('tfoot') !== null && document.activeElement.value === ''")
    cell(own, 9, "remove").focus()
    own.page.keyboard.press("Enter")
    own.trained(points=EIGHT)
    assert own.js("document.activeElement.getAttribute('aria-label')") == "Remove row 8"
    own.page.keyboard.press("Enter")
    own.trained(points=EIGHT[:7])
    own.page.keyboard.press("Control+z")
    own.trained(points=EIGHT)


def test_half_a_row_is_not_added(own):
    own.page.locator("#own-data-new [name=x1]").fill("3")
    own.page.locator("#own-data-new [name=add]").click()
    own.page.locator("#own-data-cell-error", has_text="New row, x₂: “” is not a number.").wait_for()
    assert wanted(own) == EIGHT
    assert own.page.locator("#own-data-new [name=x1]").input_value() == "3"
    own.page.locator("#own-data-new [name=x2]").fill("4")
    own.page.locator("#own-data-new [name=add]").click()
    own.trained(points=[*EIGHT, [3, 4, 0]])
    assert own.text("own-data-cell-error") == ""


def test_many_rows_are_turned_over_in_pages(own):
    points = points_of(class_list(120))
    open_own(own, points, epochs=2)
    assert own.text("own-data-range") == "1–50 of 120"
    own.page.locator("#own-data-next").click()
    own.page.locator("#own-data-next").click()
    assert own.text("own-data-range") == "101–120 of 120"
    assert own.page.locator("#own-data-next").is_disabled()
    assert own.page.locator("#own-data-rows th").first.inner_text() == "101"
    cell(own, 20, "remove").click()
    own.trained(points=points[:-1])
    cell(own, 1, "x1").fill("2")
    cell(own, 1, "x1").press("Enter")
    own.trained(points=[*points[:100], [2, *points[100][1:]], *points[101:-1]])
    own.page.locator("#own-data-previous").click()
    assert own.text("own-data-range") == "51–100 of 119"
