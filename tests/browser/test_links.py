"""The experiment in the address: it opens again as it was, goes back and forward, and forgives wrong values."""

from urllib.parse import quote

import pytest

import nnlab

from .conftest import CLASS_URL

EVERY_FIELD = {
    "dataset": "custom",
    "targets": [1, 1, 0, 1],
    "encoding": "binary",
    "features": ["x2", "x1*x2", "x1 and x2"],
    "hidden_layer_sizes": [2],
    "activation": "sigmoid",
    "output_activation": "sigmoid",
    "learning_rate": 1.25,
    "batch_size": 3,
    "batch_divisor": "actual",
    "epochs": 57,
    "initialization": "explicit",
    "seed": 4294967295,
    "scale": 0.37,
    "weights": [[[0.1, -0.2, 1 / 3], [1e-7, 999.5, -1000.0]], [[0.30000000000000004, -5.0]]],
    "biases": [[0.25, -0.125], [2.0]],
}


def test_the_example_changes_every_field():
    defaults = nnlab.Experiment().model_dump(mode="json")
    assert EVERY_FIELD.keys() == defaults.keys()
    assert all(EVERY_FIELD[field] != defaults[field] for field in defaults if field != "hidden_layer_sizes")


def test_a_link_holds_every_field(lab, new_lab):
    lab.js("(experiment) => nnlab.desk.open(experiment, { push: true })", EVERY_FIELD)
    lab.trained(**EVERY_FIELD)
    other = new_lab("/" + lab.hash)
    assert other.experiment == EVERY_FIELD
    assert other.hash == lab.hash
    assert (
        other.js("nnlab.lab.player.recording.tail.cost")
        == nnlab.train(nnlab.Experiment(**EVERY_FIELD)).cost[-1]
    )
    assert other.start() == {"weights": EVERY_FIELD["weights"], "biases": EVERY_FIELD["biases"]}


@pytest.mark.parametrize("sizes", [[], [8], [3, 2, 4]])
def test_a_link_holds_any_shape(lab, sizes):
    wanted = {"initialization": "xavier", "hidden_layer_sizes": sizes, "epochs": 3}
    lab.js(
        "(more) => nnlab.desk.open({ ...nnlab.desk.workbench.experiment, ...more }, { push: true })", wanted
    )
    lab.trained(**wanted)
    read = lab.js("""async () => {
      const source = document.querySelector('script[src$="main.mjs"]').src;
      const { experimentOf } = await import(new URL("link.mjs", source));
      return experimentOf(location.hash);
    }""")
    assert read == lab.experiment


def test_the_default_run_needs_no_hash(lab):
    assert lab.hash == ""


def test_back_and_forward_go_through_the_runs(lab):
    lab.choose("dataset", "and")
    lab.trained(dataset="and")
    lab.type("learning_rate", "0.7")
    lab.trained(dataset="and", learning_rate=0.7)
    lab.page.go_back()
    lab.trained(dataset="and", learning_rate=0.2)
    assert lab.page.locator("#number-learning_rate").input_value() == "0.2"
    lab.page.go_back()
    lab.trained(dataset="xor", learning_rate=0.2)
    lab.page.go_forward()
    lab.trained(dataset="and", learning_rate=0.2)
    assert lab.page.locator("#choice-dataset input[value='and']").is_checked()
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
    assert lab.js("nnlab.lab.stage.painted") > 0


@pytest.mark.parametrize("hash", [
    "epochs", "%ZZ=%ZZ", "<script>alert(1)</script>", "__proto__=1", "constructor=2", "features=",
    "weights=garbage&initialization=explicit", "weights=[[[1e400]]]", "hidden_layer_sizes=[3]", "batch_size=1.5",
    "seed=" + "9" * 400,
])  # fmt: skip
def test_whatever_stands_in_a_link_there_is_a_run_and_the_error(lab, hash):
    lab.expected = ["422"]
    lab.js("nnlab.lab.player.recording.marked = true")
    lab.page.goto(lab.url + "/#" + hash)
    lab.until("!nnlab.lab.player.recording.marked && document.documentElement.dataset.run === 'completed'")
    assert lab.js(
        "[...document.querySelectorAll('.setting-error, #banner')].map((its) => its.textContent).join('')"
    )


def test_a_link_to_share_never_names_this_machine(lab):
    lab.type("learning_rate", "0.7")
    lab.trained(learning_rate=0.7)
    lab.until("document.getElementById('link').value.endsWith('0.7')")
    assert lab.page.locator("#link").input_value() == f"{CLASS_URL}/#learning_rate=0.7"
