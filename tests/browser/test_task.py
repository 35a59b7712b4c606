"""A teacher's task: what a student sees of it, what the student cannot change, the prediction, and how it is prepared."""

import json
from urllib.parse import quote

import pytest

from .conftest import CLASS_URL
from .test_accessibility import LANGUAGES

TEXT = "XOR has four corners.\n\n1. Watch the cost.\n2. Add <b>hidden units</b> & see."
QUESTION = "Will one line do?"


def link(controls=None, *, title="One line", text=TEXT, question=None, settings="", page="/"):
    """A link with a task, as plain JSON, which the page packs itself."""
    task = {"title": title, "text": text, "question": question, "controls": controls or {}}
    return f"{page}#{settings + '&' if settings else ''}task={quote(json.dumps(task))}"


NOTICED = "document.getElementById('task-notice').textContent"


def settled(lab):
    lab.until("document.documentElement.dataset.run !== 'under way'")
    lab.at_rest()


@pytest.fixture
def at(lab):
    """Open a link on the shared page, and take the task off it afterwards."""

    def opened(address):
        lab.js("nnlab.lab.recording.marked = true")
        lab.page.goto(lab.url + address)
        lab.until("!nnlab.lab.recording.marked")
        settled(lab)
        return lab

    yield opened
    lab.js("() => { sessionStorage.clear(); nnlab.desk.give(null, null); }")


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
    assert lab.js("nnlab.desk.given.task") == {
        "title": "",
        "text": "t" * 2000,
        "question": None,
        "controls": {"learning_rate": "locked"},
    }


# --- what is locked -----------------------------------------------------------------------------

ALL = dict.fromkeys(("data", "network", "training", "stop", "start"), "locked")

# What a hand can do on the page, and to a browser's own events, each of which would change something.
WAYS = {
    "a slider": "drag('slider-learning_rate', 300)",
    "a slider of a start": "drag('slider-weights-0-0-0', 0.5)",
    "a number": "type('number-epochs', '7')",
    "a seed": "type('number-seed', '7')",
    "a new seed": "press('new-seed')",
    "a choice": "enabled(document.querySelector('#choice-activation input[value=relu]')).click()",
    "a list": "choose('choice-optimizer', 'adam')",
    "a feature": "enabled(document.querySelector('#choice-features input[value=\"x1*x2\"]')).click()",
    "a target": "press('target-0')",
    "a switch": "press('switch-shuffle')",
    "a rule to stop": "press('switch-stop_cost')",
    "hidden units": "drag('slider-hidden_units', 5)",
    "a unit in the diagram": "enabled(document.querySelector('.network-step')).click()",
    "a layer in the diagram": "enabled(document.querySelector('[data-view=network] [data-part=more-layers]')).click()",
    "own points": "nnlab.lab.ownData.desk.set('points', [[1, 2, 0], [2, 1, 1]])",
    "a run of a map": "nnlab.desk.go('lab', { experiment: { ...nnlab.desk.workbench.experiment, learning_rate: 3 } })",
    "a run of many starts": "nnlab.desk.go('lab', { experiment: { ...nnlab.desk.workbench.experiment, seed: 3 } })",
    "a file": "nnlab.desk.open({ ...nnlab.desk.workbench.experiment, epochs: 3 }, { push: true })",
    "undo": "past({ epochs: 3 }); press('undo')",
}
HANDS = """
  const its = (id) => document.getElementById(id);
  const tell = (field, ...names) => names.forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));
  const enabled = (field) => { field.disabled = false; return field; }; // as a student with the browser's own tools would
  const press = (id) => enabled(its(id)).click();
  const drag = (id, value) => { enabled(its(id)).value = value; tell(its(id), "input", "change"); };
  const type = (id, value) => { enabled(its(id)).value = value; tell(its(id), "input", "change"); };
  const choose = (id, value) => window.dash_clientside.set_props(id, { value });
  const past = (change) => {
    const { workbench } = nnlab.desk;
    workbench.past = [{ ...workbench.experiment, ...change }];
    nnlab.desk.showHistory();
  };
"""


def test_nothing_on_the_page_changes_what_is_locked(at):
    lab = at(link(ALL))
    before, hash = lab.experiment, lab.hash
    for way, hand in WAYS.items():
        lab.js(f"() => {{ {HANDS} {hand}; }}")
        lab.until(NOTICED)
        settled(lab)
        assert lab.experiment == before, way
        assert lab.js("nnlab.desk.wanted.experiment") == before, way
        assert lab.js("nnlab.lab.recording.experiment") == before, way
        assert lab.hash == hash, way
        lab.js("document.getElementById('task-notice').textContent = ''")


def test_each_of_these_ways_changes_something_where_nothing_is_locked(at):
    lab = at(link())
    before = lab.experiment
    same = "(before) => JSON.stringify(nnlab.desk.workbench.experiment) === JSON.stringify(before)"
    for hand in WAYS.values():
        lab.js(f"() => {{ {HANDS} {hand}; }}")
        lab.until(f"(before) => !({same})(before)", before)
        settled(lab)
        lab.js("(before) => nnlab.desk.open(before)", before)
        lab.until(same, before)
        settled(lab)


def test_a_refused_change_is_said_and_the_control_shows_what_holds(at):
    lab = at(link({"output_activation": "locked"}))
    lab.choose("loss", "cross_entropy")  # which would need another output
    lab.until("document.getElementById('task-notice').textContent")
    assert lab.text("task-notice") == "This task keeps “Output activation” as it is."
    lab.until("document.querySelector('#choice-loss input[value=squared_error]').checked")


def test_locked_controls_are_seen_but_cannot_be_used_and_free_ones_can(at):
    lab = at(link({"training": "locked", "learning_rate": "shown", "weights": "locked"}))
    for control in (
        "slider-epochs",
        "number-epochs",
        "choice-optimizer",
        "switch-shuffle",
        "number-weights-0-0-0",
    ):
        its = lab.page.locator(f"#{control}")
        assert its.is_visible()
        assert its.is_disabled()
    for control in ("slider-learning_rate", "number-learning_rate", "number-seed"):
        assert lab.page.locator(f"#{control}").is_enabled()
    lab.type("learning_rate", "0.7")
    lab.trained(learning_rate=0.7)
    assert lab.page.locator("#slider-epochs").is_disabled(), "also after a run"


def test_controls_that_are_drawn_anew_are_locked_too(at):
    lab = at(link({"weights": "locked"}, settings="initialization=uniform&seed=3"))
    assert lab.page.locator("#slider-weights-0-0-0").is_disabled()
    lab.choose("features", "x1*x2")
    lab.trained(features=["x1", "x2", "x1*x2"])
    lab.page.locator("#slider-weights-0-0-2").wait_for()
    lab.until("document.getElementById('slider-weights-0-0-2').disabled")
    assert lab.experiment["initialization"] == "uniform"


def test_a_start_that_is_locked_holds_the_shape_it_is_for(at):
    lab = at(link({"start": "locked"}))
    lab.js("nnlab.desk.set('hidden_units', 3)")
    lab.until(NOTICED)
    settled(lab)
    assert lab.experiment["hidden_layer_sizes"] == [2]
    assert lab.text("task-notice") == "This task keeps “Initialization” as it is."


# --- what is hidden -----------------------------------------------------------------------------


def test_hidden_controls_are_gone_and_with_them_their_group(at):
    lab = at(
        link({"start": "hidden", "stop": "hidden", "stop_cost": "shown", "hidden_layer_sizes": "hidden"})
    )
    for control in (
        "choice-initialization",
        "number-seed",
        "slider-weights-0-0-0",
        "switch-stop_all_correct",
    ):
        assert lab.page.locator(f"#{control}").is_hidden()
    assert lab.page.locator("#group-weights").is_hidden()
    assert lab.page.locator("#group-stop").is_visible()
    assert lab.page.locator("#switch-stop_cost").is_visible()
    assert lab.page.locator("[data-view=network] [data-part=more-layers]").is_hidden()


def test_what_is_hidden_cannot_be_set_but_follows(at):
    lab = at(link({"start": "hidden"}))
    lab.js("nnlab.desk.set('seed', 9)")
    lab.until(NOTICED)
    settled(lab)
    assert lab.experiment["seed"] == 0
    lab.type("hidden_units", "3")  # which needs another start than the notebook's
    lab.trained(hidden_layer_sizes=[3], initialization="explicit")
    lab.page.locator("#undo").click()
    lab.trained(hidden_layer_sizes=[2], initialization="notebook")
    lab.page.locator("#redo").click()
    lab.trained(hidden_layer_sizes=[3], initialization="explicit")
    lab.page.locator("#reset").click()
    lab.trained(hidden_layer_sizes=[2], initialization="notebook")


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


def test_a_reload_keeps_task_and_steps(new_lab):
    lab = new_lab(link({"data": "locked"}, settings="dataset=or"))
    lab.type("epochs", "30")
    lab.trained(epochs=30)
    lab.page.reload()
    lab.ready()
    assert lab.text("task-title") == "One line"
    lab.page.locator("#undo").click()
    lab.trained(epochs=201, dataset="or")


# --- a prediction first -------------------------------------------------------------------------

HEARD = """() => [...document.querySelectorAll("#views *, #banner:not(:empty), #why")].filter((its) =>
  !its.closest("#task-place") && its.checkVisibility() && !its.closest("[inert]")).map((its) => its.id || its.className)"""


@pytest.mark.parametrize("page", ["/", "/starts", "/map", "/landscape"])
def test_until_the_prediction_is_written_nothing_of_the_result_is_there(new_lab, page):
    small = {"/map": "view.size=64", "/starts": "view.starts=100"}.get(page, "")
    lab = new_lab(link(question=QUESTION, page=page, settings=small), wait=False)
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


def test_a_task_with_a_question_hides_no_lost_connection(new_lab):
    lab = new_lab(link(question=QUESTION), wait=False)
    lab.until("document.documentElement.dataset.run === 'completed'")
    lab.expected = ["ERR_FAILED", "fetch"]
    lab.page.route("**/run", lambda route: route.abort())
    lab.type("epochs", "30")
    lab.page.get_by_role("button", name="Try now").wait_for()
    assert lab.text("banner").startswith("The connection to the server was lost.")
    lab.page.unroute("**/run")
    lab.page.get_by_role("button", name="Try now").click()
    lab.trained(epochs=30)
    assert lab.text("banner") == ""


def test_nor_a_server_that_is_busy(new_lab):
    lab = new_lab(link(question=QUESTION), wait=False)
    lab.until("document.documentElement.dataset.run === 'completed'")
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


def test_a_run_that_diverges_says_so_only_afterwards(new_lab):
    network = (
        "hidden_layer_sizes=[8,8]&initialization=xavier&scale=5&activation=linear&output_activation=linear"
    )
    lab = new_lab(link(question=QUESTION, settings=f"learning_rate=10&{network}"), wait=False)
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


# --- preparing ----------------------------------------------------------------------------------


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


# --- for everyone -------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "first"), LANGUAGES)
def test_axe_finds_nothing_serious_and_nothing_is_cut_off(new_lab, language, first):
    asked = link({"training": "locked", "stop": "hidden"}, question=QUESTION)
    lab = new_lab(asked, locale=language)
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
