"""The experiment in the address: it opens again as it was, goes back and forward, and forgives wrong values."""

import json
import random
from urllib.parse import quote

import pytest

import nnlab

from .conftest import CLASS_URL


def points_of(count, seed=1, reach=6.0):
    """Rows of one's own, as the page keeps them: four decimals."""
    draw = random.Random(seed)
    return [
        [round(draw.uniform(-reach, reach), 4), round(draw.uniform(-reach, reach), 4), draw.randrange(2)]
        for _ in range(count)
    ]


EVERY_FIELD = {
    "dataset": "custom",
    "targets": [1, 1, 0, 1],
    "samples": 321,
    "noise": 12.5,
    "train_share": 70,
    "data_seed": 77,
    "points": points_of(60),
    "standardize": True,
    "encoding": "binary",
    "features": ["x2", "x1*x2", "x1 and x2"],
    "hidden_layer_sizes": [2],
    "activation": "sigmoid",
    "output_activation": "sigmoid",
    "initialization": "explicit",
    "seed": 4294967295,
    "scale": 0.37,
    "loss": "cross_entropy",
    "optimizer": "adam",
    "learning_rate": 1.25,
    "momentum": 0.5,
    "decay": 0.99,
    "beta1": 0.8,
    "beta2": 0.9,
    "epsilon": 1e-12,
    "regularization": "l1",
    "regularization_rate": 0.001,
    "l1_clamp": False,
    "epochs": 57,
    "batch_size": 3,
    "batch_divisor": "actual",
    "shuffle": True,
    "stop_all_correct": True,
    "stop_cost": 1e-9,
    "stop_no_improvement": 40,
    "stop_test_rising": 30,
    "weights": [[[0.1, -0.2, 1 / 3], [1e-7, 999.5, -1000.0]], [[0.30000000000000004, -5.0]]],
    "biases": [[0.25, -0.125], [2.0]],
}


def put(lab, experiment):
    """Open an experiment on the page, and wait for its run."""
    lab.js("(experiment) => nnlab.workspace.open(experiment, { push: true })", experiment)
    lab.trained(**experiment)


def read(lab, hash):
    """What the page reads in a link."""
    return lab.js(
        """async (hash) => {
          const source = document.querySelector('script[src$="main.mjs"]').src;
          const { readLink } = await import(new URL("sharing/link.mjs", source));
          return readLink(hash);
        }""",
        hash,
    )


def test_the_example_changes_every_field():
    defaults = nnlab.Experiment().model_dump(mode="json")
    assert EVERY_FIELD.keys() == defaults.keys()
    assert all(EVERY_FIELD[field] != defaults[field] for field in defaults if field != "hidden_layer_sizes")


def test_a_link_holds_every_field(lab, new_lab):
    put(lab, EVERY_FIELD)
    other = new_lab("/" + lab.hash)
    assert other.experiment == EVERY_FIELD
    assert other.hash == lab.hash
    assert other.js("nnlab.lab.recording.tail.cost") == nnlab.train(nnlab.Experiment(**EVERY_FIELD)).cost[-1]
    assert other.start() == {"weights": EVERY_FIELD["weights"], "biases": EVERY_FIELD["biases"]}


# --- own data -----------------------------------------------------------------------------------


def own(count, **more):
    return {"dataset": "own", "points": points_of(count), "epochs": 2} | more


def test_a_class_list_fits_into_a_link_to_the_last_decimal(lab, new_lab):
    lists = [points_of(250, reach=reach) for reach in (6.0, 1e6)]
    links = []
    for points in lists:
        put(lab, lab.experiment | own(250, points=points))
        links.append(lab.hash)
    assert max(map(len, links)) < 5000
    other = new_lab("/" + links[0])
    assert other.experiment["points"] == lists[0]
    other.visit("/" + links[1])
    other.trained(points=lists[1])
    assert other.experiment["points"] == lists[1]
    other.until("(link) => document.getElementById('link').value === link", f"{CLASS_URL}/{links[1]}")


def test_back_forward_and_undo_bring_own_data_back(lab):
    put(lab, lab.experiment | own(80))
    put(lab, lab.experiment | own(90))
    lab.page.go_back()
    lab.trained(points=points_of(80))
    lab.page.go_forward()
    lab.trained(points=points_of(90))
    lab.page.locator("#undo").click()
    lab.trained(points=points_of(80))
    assert read(lab, lab.hash)["experiment"]["points"] == points_of(80)


def test_two_changes_while_the_first_is_packed_for_the_link_both_stand(lab):
    put(lab, lab.experiment | own(60))
    lab.js("""() => {
      const { workspace } = nnlab;
      for (const row of [[1, 2, 0], [2, 1, 1]]) workspace.set("points", [...workspace.wanted.experiment.points, row]);
    }""")
    lab.trained(points=[*points_of(60), [1, 2, 0], [2, 1, 1]])
    assert read(lab, lab.hash)["experiment"]["points"] == lab.experiment["points"]


def test_what_is_too_long_for_a_link_stays_in_the_tab_and_goes_into_a_file(lab):
    put(lab, lab.experiment | own(1000))
    put(lab, lab.experiment | {"learning_rate": 0.5})
    assert len(lab.hash) < 300
    lab.page.locator("#menu-share > summary").click()
    words = lab.text("share-too-long-words")
    assert "Own points" in words
    assert "8 kB" in words
    assert lab.page.locator("#link").input_value() == ""
    with lab.page.expect_download() as saving:
        lab.page.locator("#save-instead").click()
    assert json.loads(saving.value.path().read_text(encoding="utf-8")) == lab.experiment
    lab.page.reload()
    lab.ready()
    assert lab.experiment["points"] == points_of(1000)
    lab.page.go_back()
    lab.trained(points=points_of(1000), learning_rate=0.2)
    lab.page.go_back()
    lab.trained(points=None)
    assert lab.page.locator("#share-too-long").is_hidden()


def test_a_link_whose_data_stayed_elsewhere_says_so(lab):
    lab.expected = ["422"]
    lab.visit("/#dataset=own&points=kept:1abcde&learning_rate=0.5")
    lab.until("document.documentElement.dataset.run === 'completed'")
    assert "tab where it was made" in lab.js("document.body.textContent")
    assert lab.experiment["dataset"] == "xor"


def test_back_and_forward_go_through_the_runs(lab):
    lab.choose("dataset", "and")
    lab.trained(dataset="and")
    lab.type("learning_rate", "0.7")
    lab.trained(dataset="and", learning_rate=0.7)
    lab.page.go_back()
    lab.trained(dataset="and", learning_rate=0.2)
    lab.until("document.getElementById('number-learning_rate').value === '0.2'")
    lab.page.go_back()
    lab.trained(dataset="xor", learning_rate=0.2)
    lab.page.go_forward()
    lab.trained(dataset="and", learning_rate=0.2)
    lab.until("document.querySelector('#choice-dataset input[value=and]').checked")
    assert lab.hash == "#dataset=and"


WRONG = (
    "learning_rate=99&dataset=foo&unknown=1&targets=[0,1,1]&weights="
    + quote("<script>alert(1)</script>")
    + "&seed=%ZZ&epochs=7"
)


def test_a_hand_edited_link_opens_with_its_errors_shown(new_lab):
    lab = new_lab("/#" + WRONG)
    lab.expected = ["422"]
    lab.trained(learning_rate=0.2, dataset="xor", epochs=7)
    assert lab.error("learning_rate") == "Must be at most 10, got 99."
    assert lab.error("dataset").startswith("Must be one of")
    assert "foo" in lab.error("dataset")
    assert "4" in lab.error("targets")
    assert "<script>" in lab.error("weights")
    assert "%ZZ" in lab.error("seed")
    assert lab.text("banner") == "There is no setting “unknown”."
    assert lab.js("document.querySelectorAll('#page script').length") == 0
    assert lab.js("nnlab.lab.views.painted") > 0


@pytest.mark.parametrize("hash", [
    "epochs", "%ZZ=%ZZ", "<script>alert(1)</script>", "__proto__=1", "constructor=2", "features=",
    "weights=garbage&initialization=explicit", "weights=[[[1e400]]]", "hidden_layer_sizes=[3]", "batch_size=1.5",
    "seed=" + "9" * 400,
])  # fmt: skip
def test_whatever_stands_in_a_link_there_is_a_run_and_the_error(lab, hash):
    lab.expected = ["422"]
    lab.js("nnlab.lab.recording.marked = true")
    lab.page.goto(lab.url + "/#" + hash)
    lab.until("!nnlab.lab.recording.marked && document.documentElement.dataset.run === 'completed'")
    assert lab.js(
        "[...document.querySelectorAll('.setting-error, #banner')].map((its) => its.textContent).join('')"
    )


def test_a_link_to_share_never_names_this_machine(lab):
    lab.type("learning_rate", "0.7")
    lab.trained(learning_rate=0.7)
    lab.until("document.getElementById('link').value.endsWith('0.7')")
    assert lab.page.locator("#link").input_value() == f"{CLASS_URL}/#learning_rate=0.7"


@pytest.mark.parametrize(
    ("link", "field", "said"),
    [
        ("loss=cross_entropy", "output_activation", "“cross-entropy” needs “Output activation”: sigmoid."),
        (
            "loss=cross_entropy&output_activation=sigmoid",
            "encoding",
            "“cross-entropy” needs “Encoding”: 0 / 1.",
        ),
        (
            "loss=cross_entropy&output_activation=sigmoid&encoding=binary&dataset=plane",
            "dataset",
            "“cross-entropy” does not go with “Data set”: Plane, Multi-Gauss.",
        ),
    ],
)
def test_choices_of_a_link_that_do_not_go_together_are_told_in_words(lab, link, field, said):
    lab.expected = ["422"]
    lab.js("nnlab.lab.recording.marked = true")
    lab.page.goto(f"{lab.url}/#{link}")
    lab.until("!nnlab.lab.recording.marked && document.documentElement.dataset.run === 'completed'")
    assert lab.error(field) == said


def test_an_error_of_a_setting_that_is_not_in_use_is_seen(lab):
    lab.expected = ["422"]
    lab.page.goto(f"{lab.url}/#momentum=5&epochs=30")
    lab.trained(epochs=30)
    line = lab.page.locator("#error-momentum")
    line.wait_for()
    assert line.inner_text() == "Must be at most 0.999, got 5."
    lab.type("epochs", "31")
    lab.trained(epochs=31)
    lab.until("!document.getElementById('error-momentum').checkVisibility()")


# --- more than may be asked -----------------------------------------------------------------------


@pytest.fixture
def frugal(lab):
    """A server that trains no more than 250 epochs, and says so as the true one does."""

    def at_most(route):
        asked = route.request.post_data_json
        epochs = asked["experiment"]["epochs"]
        if asked["view"].get("epoch") == 0 or epochs <= 250:
            return route.continue_()
        problem = {"field": "epochs", "rule": "work", "bound": 250, "value": epochs}
        return route.fulfill(status=422, json={"errors": [problem]})

    lab.expected = ["422"]
    lab.page.route("**/run", at_most)
    yield lab
    lab.page.unroute("**/run")


SIGHT = """() => [document.getElementById("number-epochs").value, document.getElementById("number-learning_rate").value,
  nnlab.lab.views.shown.experiment.learning_rate, [2, ...nnlab.lab.views.shown.experiment.hidden_layer_sizes, 1].join("-")]"""


def test_a_link_to_more_than_may_be_asked_stays_in_sight_and_one_press_takes_the_nearest(frugal):
    frugal.page.goto(f"{frugal.url}/#dataset=and&learning_rate=0.5&epochs=300")
    frugal.until("nnlab.lab.views.shown.experiment.dataset === 'and'")
    assert frugal.js(SIGHT) == ["300", "0.5", 0.5, "2-2-1"], "as it was asked, and where it starts"
    assert frugal.text("run-state") == "not run"
    assert frugal.hash == "#dataset=and&learning_rate=0.5&epochs=300"
    assert "at most 250, got 300" in frugal.error("epochs")
    frugal.page.get_by_role("button", name="Use 250").click()
    frugal.trained(dataset="and", learning_rate=0.5, epochs=250)
    assert frugal.error("epochs") == ""
    frugal.page.locator("#undo").click()
    frugal.until("nnlab.workspace.history.experiment.epochs === 300")
    frugal.until("document.getElementById('number-epochs').value === '300'")
    frugal.page.locator("#undo").click()
    frugal.trained(dataset="xor", epochs=201)


def test_the_server_names_the_most_epochs_that_can_be_had(lab):
    lab.expected = ["422"]
    deep = "dataset=spiral&hidden_layer_sizes=[8,8,8,8,8,8]&initialization=xavier&batch_size=1&samples=1000"
    lab.page.goto(f"{lab.url}/#{deep}&epochs=5000")
    lab.until("document.getElementById('error-epochs').textContent")
    assert "got 5,000" in lab.error("epochs")
    assert lab.page.locator("#error-epochs button").inner_text().startswith("Use ")
    assert "epochs=5000" in lab.hash, "what was asked for stays in sight"
    lab.page.locator("#undo").click()
    lab.trained(dataset="xor", epochs=201)


def test_a_change_to_more_than_may_be_asked_offers_the_nearest_too(frugal):
    frugal.type("epochs", 300)
    frugal.until("document.getElementById('error-epochs').textContent")
    assert frugal.page.locator("#number-epochs").input_value() == "300"
    frugal.page.get_by_role("button", name="Use 250").click()
    frugal.trained(epochs=250)
    assert frugal.page.locator("#number-epochs").input_value() == "250"
