"""What a teacher's task locks or hides: a student cannot change it, and the page says so."""

from .task import NOTICED, link, settled

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
    "own points": "nnlab.lab.ownData.workspace.set('points', [[1, 2, 0], [2, 1, 1]])",
    "a run of a map": "open({ learning_rate: 3 })",
    "a run of many starts": "open({ seed: 3 })",
    "a file": "nnlab.workspace.open({ ...nnlab.workspace.history.experiment, epochs: 3 }, { push: true })",
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
  const open = (change) => nnlab.workspace.go("lab", { experiment: { ...nnlab.workspace.history.experiment, ...change } });
  const past = (change) => {
    const { history } = nnlab.workspace;
    history.past = [{ ...history.experiment, ...change }];
    nnlab.workspace.showHistory();
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
        assert lab.js("nnlab.workspace.wanted.experiment") == before, way
        assert lab.js("nnlab.lab.recording.experiment") == before, way
        assert lab.hash == hash, way
        lab.js("document.getElementById('task-notice').textContent = ''")


def test_each_of_these_ways_changes_something_where_nothing_is_locked(at):
    lab = at(link())
    before = lab.experiment
    same = "(before) => JSON.stringify(nnlab.workspace.history.experiment) === JSON.stringify(before)"
    for hand in WAYS.values():
        lab.js(f"() => {{ {HANDS} {hand}; }}")
        lab.until(f"(before) => !({same})(before)", before)
        settled(lab)
        lab.js("(before) => nnlab.workspace.open(before)", before)
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
    lab.js("nnlab.workspace.set('hidden_units', 3)")
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
    lab.js("nnlab.workspace.set('seed', 9)")
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
