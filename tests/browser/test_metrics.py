"""How right the network is: what stands beside the cost is what Python counts of the same network."""

import numpy as np
import pytest

import nnlab
from nnlab.core import metrics

OPEN = """(its) => {
  nnlab.lab.recording.old = true;
  nnlab.workspace.open({ ...nnlab.workspace.history.experiment, ...its });
}"""
TABLES = """() => [...document.querySelectorAll("[data-view=table] [data-part=metrics] table")].map((table) => ({
  caption: table.caption?.textContent ?? "",
  rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)),
  head: [...table.tHead.rows[0].cells].map((cell) => cell.textContent),
}))"""
CIRCLE = {"dataset": "circle", "samples": 101, "train_share": 70, "noise": 20, "hidden_layer_sizes": [3],
          "initialization": "xavier", "batch_size": 10, "epochs": 40}  # fmt: skip
HILLS = {"dataset": "multi_gaussians", "samples": 120, "hidden_layer_sizes": [4], "initialization": "xavier",
         "output_activation": "linear", "learning_rate": 0.03, "batch_size": 10, "epochs": 60}  # fmt: skip


def opened(lab, **settings):
    lab.js("nnlab.lab.clock.toEnd()")
    lab.js(OPEN, settings)
    lab.until("!nnlab.lab.recording.old")
    lab.trained(**settings)
    lab.js("nnlab.lab.clock.toEnd()")
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
        assert (
            table["caption"]
            == f"{name}{100 * share:.1f}\N{NO-BREAK SPACE}%{np.trace(counts)} of {len(targets)}"
        )
        assert table["head"] == ["Class", "called low", "called high"]
        words = [["low class", *map(str, counts[0])], ["high class", *map(str, counts[1])]]
        assert table["rows"] == words


@pytest.mark.parametrize("index", [0, 20, 60])
def test_of_numbers_it_says_r_squared_and_the_error(lab, index):
    opened(lab, **HILLS)
    _, sets = at_frame(lab, index)
    [table] = lab.js(TABLES)
    assert table["head"] == ["Measure", "Training", "Test"]
    measures = [("R²", metrics.r_squared), ("RMSE", metrics.root_mean_squared_error)]
    expected = [
        [name, *(f"{measure(outputs, targets):.4f}".replace("-", "−") for _, outputs, targets in sets)]
        for name, measure in measures
    ]
    assert table["rows"] == expected


def test_of_a_gate_there_are_no_test_rows(lab):
    [table] = lab.js(TABLES)
    assert table["caption"] == "Training100.0\N{NO-BREAK SPACE}%4 of 4"
    assert table["rows"] == [["low class", "2", "0"], ["high class", "0", "2"]]
    lab.seek(0)
    [table] = lab.js(TABLES)
    assert table["caption"] != "Training100.0\N{NO-BREAK SPACE}%4 of 4"


def test_from_one_data_set_to_another(lab):
    titles = []
    for settings, tables, rows in (({}, 1, True), (CIRCLE, 2, False), (HILLS, 1, False), (CIRCLE, 2, False)):
        opened(lab, **settings)
        titles.append(lab.text("table/title"))
        assert len(lab.js(TABLES)) == tables
        assert lab.page.locator(".truth-rows").is_visible() == rows
    assert titles == ["Truth table", "How right it is", "How right it is", "How right it is"]
    lab.page.locator("#reset").click()
    lab.trained(dataset="xor")
    assert lab.text("table/title") == "Truth table"
    assert len(lab.js(TABLES)) == 1


def test_in_russian(lab_in):
    lab = lab_in("ru-RU")
    opened(lab, **CIRCLE)
    assert lab.text("table/title") == "Насколько сеть права"
    assert [
        table["caption"].partition("\N{NO-BREAK SPACE}")[0].rstrip(",0123456789") for table in lab.js(TABLES)
    ] == [
        "Обучение",
        "Тест",
    ]


PAINTED = """(value) => {
  const { views, recording } = nnlab.lab;
  const copy = Object.assign(Object.create(Object.getPrototypeOf(recording)), recording);
  copy.parameters = recording.parameters.map((parameters) => parameters.map(() => value));
  views.metrics.paint(copy, 0);
}"""


@pytest.mark.parametrize("value", ["NaN", "-Infinity"])
def test_what_is_no_number_is_a_dash(lab, value):
    opened(lab, **HILLS)
    lab.js(PAINTED.replace("=> value)", f"=> {value})"))
    shown = " ".join(cell for table in lab.js(TABLES) for row in table["rows"] for cell in row[1:])
    assert set(shown.split()) == {"–"}
    assert "NaN" not in lab.text("table/metrics")


def test_what_answers_with_no_number_is_never_right(lab):
    opened(lab, **CIRCLE)
    lab.js(PAINTED.replace("=> value)", "=> NaN)"))
    assert lab.js(TABLES)[0]["caption"].startswith("Training0.0\N{NO-BREAK SPACE}%")


def test_a_number_far_out_is_written_short(lab):
    opened(lab, **HILLS)
    lab.js(PAINTED, 1e30)
    for cell in lab.js(TABLES)[0]["rows"][1][1:]:
        assert len(cell) <= 10


def test_no_cell_changes_its_width_while_it_plays(lab):
    opened(lab, **CIRCLE)
    places = """() => [...document.querySelectorAll("[data-view=table] [data-part=metrics] :is(td, th, strong)")]
      .map((its) => {
      const { x, y, width } = its.getBoundingClientRect();
      return [x, y, width].map(Math.round);
    })"""
    seen = []
    for index in (0, 3, 10, 40):
        lab.seek(index)
        seen.append(lab.js(places))
    assert all(its == seen[0] for its in seen)
