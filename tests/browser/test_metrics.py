"""How right the network is: what stands beside the cost is what Python counts of the same network."""

import numpy as np
import pytest

import nnlab
from nnlab.core import metrics

OPEN = """(its) => {
  nnlab.lab.player.recording.old = true;
  nnlab.desk.open({ ...nnlab.desk.workbench.experiment, ...its });
}"""
TABLES = """() => [...document.querySelectorAll("#metrics table")].map((table) => ({
  caption: table.caption?.textContent ?? "",
  rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)),
  head: [...table.tHead.rows[0].cells].map((cell) => cell.textContent),
}))"""
CIRCLE = {"dataset": "circle", "samples": 101, "train_share": 70, "noise": 20, "hidden_layer_sizes": [3],
          "initialization": "xavier", "batch_size": 10, "epochs": 40}  # fmt: skip
HILLS = {"dataset": "multi_gaussians", "samples": 120, "hidden_layer_sizes": [4], "initialization": "xavier",
         "output_activation": "linear", "learning_rate": 0.03, "batch_size": 10, "epochs": 60}  # fmt: skip


def opened(lab, **settings):
    lab.js("nnlab.lab.player.toEnd()")
    lab.js(OPEN, settings)
    lab.until("!nnlab.lab.player.recording.old")
    lab.trained(**settings)
    lab.js("nnlab.lab.player.toEnd()")
    lab.at_rest()


def at_frame(lab, index):
    """The network in sight, what it was trained on, and what it says of the training and of the test rows."""
    lab.seek(index)
    experiment = nnlab.Experiment.model_validate({**lab.experiment, "epochs": max(1, lab.epoch)})
    network = nnlab.train(experiment)
    if lab.epoch == 0:
        network = nnlab.train(experiment.model_copy(update={"learning_rate": 0.0}))
    data = experiment.data()
    sets = [("Training", data.points, data.targets), ("Test", data.test_points, data.test_targets)]
    return data, [(name, network.predict(points), targets) for name, points, targets in sets if len(targets)]


@pytest.mark.parametrize("index", [0, 12, 40])
def test_accuracy_and_confusions_are_those_that_python_counts(lab, index):
    opened(lab, **CIRCLE)
    data, sets = at_frame(lab, index)
    assert len(sets) == 2
    tables = lab.js(TABLES)
    assert len(tables) == 2
    for (name, outputs, targets), table in zip(sets, tables, strict=True):
        share = metrics.accuracy(outputs, targets, data.middle)
        counts = metrics.confusion(outputs, targets, data.middle)
        assert table["caption"] == f"{name}{100 * share:.1f} %{np.trace(counts)} of {len(targets)}"
        assert table["head"] == ["", "called low", "called high"]
        words = [["low class", *map(str, counts[0])], ["high class", *map(str, counts[1])]]
        assert table["rows"] == words


@pytest.mark.parametrize("index", [0, 20, 60])
def test_of_numbers_it_says_r_squared_and_the_error(lab, index):
    opened(lab, **HILLS)
    _, sets = at_frame(lab, index)
    [table] = lab.js(TABLES)
    assert table["head"] == ["", "Training", "Test"]
    measures = [("R²", metrics.r_squared), ("RMSE", metrics.root_mean_squared_error)]
    expected = [
        [name, *(f"{measure(outputs, targets):.4f}".replace("-", "−") for _, outputs, targets in sets)]
        for name, measure in measures
    ]
    assert table["rows"] == expected


def test_of_a_gate_there_are_no_test_rows(lab):
    [table] = lab.js(TABLES)
    assert table["caption"] == "Training100.0 %4 of 4"
    assert table["rows"] == [["low class", "2", "0"], ["high class", "0", "2"]]
    lab.seek(0)
    [table] = lab.js(TABLES)
    assert table["caption"] != "Training100.0 %4 of 4"


def test_from_one_data_set_to_another(lab):
    titles = []
    for settings, tables, rows in (({}, 1, True), (CIRCLE, 2, False), (HILLS, 1, False), (CIRCLE, 2, False)):
        opened(lab, **settings)
        titles.append(lab.text("title-table"))
        assert len(lab.js(TABLES)) == tables
        assert lab.page.locator("#truth-rows").is_visible() == rows
    assert titles == ["Truth table", "How right it is", "How right it is", "How right it is"]
    lab.page.locator("#reset").click()
    lab.trained(dataset="xor")
    assert lab.text("title-table") == "Truth table"
    assert len(lab.js(TABLES)) == 1


def test_in_russian(new_lab):
    lab = new_lab(locale="ru-RU", reduced_motion="reduce")
    opened(lab, **CIRCLE)
    assert lab.text("title-table") == "Насколько сеть права"
    assert [table["caption"].partition(" ")[0][:8] for table in lab.js(TABLES)] == ["Обучение", "Проверка"]


PAINTED = """([value, index]) => {
  const { stage, player } = nnlab.lab;
  const recording = Object.create(player.recording, { measure: { value: () => value } });
  stage.metrics.paint(recording, index);
}"""


@pytest.mark.parametrize("value", [float("nan"), float("-inf")])
@pytest.mark.parametrize("settings", [{}, HILLS], ids=["classes", "numbers"])
def test_what_is_no_number_is_a_dash(lab, settings, value):
    opened(lab, **settings)
    lab.page.evaluate(PAINTED, [value, 0])
    shown = " ".join(cell for table in lab.js(TABLES) for row in table["rows"] for cell in row[1:])
    assert set(shown.split()) == {"–"}
    assert "NaN" not in lab.text("metrics")


def test_a_number_far_out_is_written_short(lab):
    opened(lab, **HILLS)
    lab.page.evaluate(PAINTED, [-1.23456e30, 0])
    assert lab.js(TABLES)[0]["rows"][0][1] == "−1.235e+30"


def test_no_cell_changes_its_width_while_it_plays(lab):
    opened(lab, **CIRCLE)
    places = """() => [...document.querySelectorAll("#metrics td, #metrics th, #metrics strong")].map((its) => {
      const { x, y, width } = its.getBoundingClientRect();
      return [x, y, width].map(Math.round);
    })"""
    seen = []
    for index in (0, 3, 10, 40):
        lab.seek(index)
        seen.append(lab.js(places))
    assert all(its == seen[0] for its in seen)
