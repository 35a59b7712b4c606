"""A student's own data on the plane: a click or a finger adds a point, and removes one."""

import pytest

from nnlab.core.data.own_data import MOST_ROWS

from .own_data import EIGHT, class_list, click, open_own, points_of, wanted


def test_a_click_adds_a_point_of_the_chosen_class_and_a_click_on_it_removes_it(own):
    click(own, -5, 5)
    own.until("nnlab.lab.views.recording.experiment.points.length === 9")
    x1, x2, label = own.experiment["points"][-1]
    assert (x1, x2) == pytest.approx((-5, 5), abs=0.1)
    assert label == 1
    own.page.locator("#own-data-classes input[value='0']").check()
    click(own, 5, 5)
    own.until("nnlab.lab.views.recording.experiment.points.length === 10")
    assert own.experiment["points"][-1][2] == 0
    own.page.locator("#own-data-count-0", has_text="5").wait_for()
    click(own, -5, 5)
    own.until("nnlab.lab.views.recording.experiment.points.length === 9")
    assert own.experiment["points"][:8] == EIGHT
    click(own, -3, 2)
    own.until("nnlab.lab.views.recording.experiment.points.length === 8")
    assert [-3, 2, 0] not in own.experiment["points"]
    own.page.keyboard.press("Control+z")
    own.until("nnlab.workspace.wanted.experiment.points.length === 9")
    own.trained()


def test_quick_clicks_all_count(own):
    own.into_view("[data-view=boundary] [data-part=picture]")
    places = [own.place(-5 + step, -5) for step in range(6)]
    for place in places:
        own.page.mouse.click(*place)
    assert len(wanted(own)) == len(EIGHT) + 6
    own.trained(points=wanted(own))


def test_the_last_point_stays_and_it_is_said_why(lab):
    open_own(lab, [[1, 1, 0]])
    lab.page.locator("#own-data-placing").check()
    click(lab, 1, 1)
    lab.page.locator("#own-data-said", has_text="The last point stays").wait_for()
    assert wanted(lab) == [[1, 1, 0]]


def test_no_point_is_added_to_a_thousand(own):
    points = points_of(class_list(MOST_ROWS))
    open_own(own, points, epochs=2)
    click(own, -5.5, -5.5)
    own.page.locator("#own-data-said", has_text="1,000 points already").wait_for()
    assert len(wanted(own)) == MOST_ROWS


@pytest.mark.parametrize("how", ["box", "folded"])
def test_a_click_follows_a_point_while_none_are_placed(own, how):
    if how == "box":
        own.page.locator("#own-data-placing").uncheck()
        assert own.text("own-data-hint").startswith("Clicks on the plane follow a point")
    else:
        own.page.locator("[data-view=own-data] [data-part=fold]").click()
    try:
        click(own, -5, 5)
        own.page.locator("[data-view=probe] [data-part=body] .probe-layer").first.wait_for()
        own.until(
            "Math.abs(Number(document.querySelector('[data-view=probe] [data-part=x1] input').value) + 5) < 0.1"
        )
        assert wanted(own) == EIGHT
    finally:
        if how == "box":
            own.page.locator("#own-data-placing").check()
        else:
            own.page.locator("[data-view=own-data] [data-part=fold]").click()


def test_starting_over_leaves_a_point_of_each_class(own):
    own.page.locator("#own-data-first").click()
    own.until("nnlab.lab.views.recording.experiment.points.length === 2")
    assert {label for *_, label in own.experiment["points"]} == {0, 1}
    own.page.keyboard.press("Control+z")  # the button has the focus
    own.trained(points=EIGHT)


def test_a_finger_adds_and_removes(new_lab):
    lab = new_lab(
        "/#dataset=own&points=[[1,2,0],[-1,-2,1]]",
        has_touch=True,
        is_mobile=True,
        viewport={"width": 390, "height": 844},
    )
    lab.into_view("[data-view=boundary] [data-part=picture]")
    lab.page.touchscreen.tap(*lab.place(4, 4))
    lab.until("nnlab.lab.recording.experiment.points.length === 3")
    lab.page.touchscreen.tap(*lab.place(1, 2))
    lab.until("nnlab.lab.recording.experiment.points.length === 2")
    assert lab.experiment["points"][0] == [-1, -2, 1]
