"""A teacher's question: nothing of the result is there until a prediction is written, which is then kept beside it."""

import pytest

from .task import QUESTION, link, settled

HEARD = """() => [...document.querySelectorAll("#views *, #banner:not(:empty), #why")].filter((its) =>
  !its.closest("#task-place") && its.checkVisibility() && !its.closest("[inert]")).map((its) => its.id || its.className)"""


@pytest.mark.parametrize("page", ["/starts", "/map", "/landscape"])
def test_until_the_prediction_is_written_nothing_of_the_result_is_there(lab, page):
    small = {"/map": "view.size=64", "/starts": "view.starts=100"}.get(page, "")
    lab.visit(link(question=QUESTION, page=page, settings=small))
    nothing_of_the_result_is_there(lab)


def test_nor_while_the_page_opens(new_lab):
    nothing_of_the_result_is_there(new_lab(link(question=QUESTION), wait=False))


def nothing_of_the_result_is_there(lab):
    lab.until("document.documentElement.dataset.run === 'completed'")
    assert lab.page.locator("#task-question").inner_text() == QUESTION
    assert lab.js(HEARD) == []
    assert lab.page.locator("#save-cost").is_disabled()
    assert lab.page.locator("#save-table").is_disabled()
    lab.page.locator("[data-page-link=lab]").click()
    assert lab.js(HEARD) == []
    assert lab.page.locator("#task-show").is_disabled()
    lab.page.locator("#task-prediction").fill("  \n ")
    assert lab.page.locator("#task-show").is_disabled()


def test_a_task_with_a_question_hides_no_lost_connection(at):
    lab = at(link(question=QUESTION))
    lab.expected = ["ERR_FAILED", "fetch"]
    lab.page.route("**/run", lambda route: route.abort())
    lab.type("epochs", "30")
    lab.page.get_by_role("button", name="Try now").wait_for()
    assert lab.text("banner").startswith("The connection to the server was lost.")
    lab.page.unroute("**/run")
    lab.page.get_by_role("button", name="Try now").click()
    lab.trained(epochs=30)
    assert lab.text("banner") == ""


def test_nor_a_server_that_is_busy(at):
    lab = at(link(question=QUESTION))
    lab.expected = ["503"]
    errors = [{"field": "server", "rule": "busy", "bound": None, "value": None}]
    lab.page.route(
        "**/run",
        lambda route: route.fulfill(status=503, headers={"Retry-After": "60"}, json={"errors": errors}),
    )
    lab.type("epochs", "30")
    lab.page.locator("#banner", has_text="The server is busy.").wait_for()
    lab.page.unroute("**/run")
    lab.page.get_by_role("button", name="Try now").click()
    lab.trained(epochs=30)
    assert lab.text("banner") == ""


def test_a_run_that_diverges_says_so_only_afterwards(lab):
    network = (
        "hidden_layer_sizes=[8,8]&initialization=xavier&scale=5&activation=linear&output_activation=linear"
    )
    lab.visit(link(question=QUESTION, settings=f"learning_rate=10&{network}"))
    lab.until("document.documentElement.dataset.run === 'diverged'")
    assert lab.js(HEARD) == []


def test_the_prediction_is_kept_beside_the_result(new_lab):
    lab = new_lab(link(question=QUESTION), reduced_motion="no-preference")
    settled(lab)
    lab.page.locator("#task-prediction").fill("No: <b>two</b>\ncorners are wrong.")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Enter")
    assert lab.text("task-answer") == "No: <b>two</b>\ncorners are wrong."
    assert lab.page.locator("#task-ask").is_hidden()
    assert lab.js("document.activeElement.id") == "task-predicted"
    assert lab.page.locator("[data-view=boundary]").is_visible()
    assert lab.page.locator("#save-cost").is_enabled()
    lab.until("nnlab.lab.clock.state === 'playing'")
    lab.at_rest()
    box = lab.page.locator("[data-view=boundary] [data-part=map] canvas").first.bounding_box()
    assert min(box["width"], box["height"]) > 100
    lab.type("epochs", "30")
    lab.trained(epochs=30)
    assert lab.page.locator("#task-answer").is_visible()
    lab.page.reload()
    lab.ready()
    assert lab.text("task-answer") == "No: <b>two</b>\ncorners are wrong."
    assert lab.page.locator("[data-view=boundary]").is_visible()
    lab.page.goto(lab.url + link(question="And now?"))
    lab.until("document.getElementById('task-question').textContent === 'And now?'")
    assert lab.js(HEARD) == []
