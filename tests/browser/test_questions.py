"""What the page asks Python: a point's forward pass, and the formulas of the run."""

import re

import numpy as np
import pytest

import nnlab
from nnlab.core import network
from nnlab.core.training import network_activations
from nnlab.figures.boundary import PROBE

HIT = """(point) => {
  const graph = document.querySelector("#boundary .js-plotly-plot");
  const { xaxis, yaxis } = graph._fullLayout;
  const box = graph.getBoundingClientRect();
  return [box.x + xaxis._offset + xaxis.l2p(point[0]), box.y + yaxis._offset + yaxis.l2p(point[1])];
}"""


def tap(lab, x1, x2):
    lab.js("scrollTo(0, 0)")
    lab.page.mouse.click(*lab.js(HIT, [x1, x2]))


def passes(lab, point):
    """The forward pass of the network that the page shows, layer by layer: z and a of each unit."""
    experiment = nnlab.Experiment.model_validate(lab.experiment)
    vector = lab.js("Array.from(nnlab.lab.stage.recording.frames[nnlab.lab.stage.index].parameters)")
    parameters = network.Parameters(experiment.layer_sizes, np.array(vector))
    steps = network.forward(parameters, network_activations(experiment), np.array([point]).T)
    return [
        (z, a)
        for each in steps
        for z, a in zip(each.weighted_sums[:, 0], each.activations[:, 0], strict=True)
    ]


def shown(lab, expected):
    """Wait until the probe shows these sums and activations, to its four digits."""
    written = [f"{value:.4g}".replace("-", "−") for pair in expected for value in pair]
    lab.until("""(written) => {
      const sums = [...document.querySelectorAll("#probe-body .sum")].map(({ textContent }) => textContent);
      const numbers = sums.flatMap((line) => [line.split(" = ")[2].split(" ")[0], line.split(" = ").at(-1)]);
      return JSON.stringify(numbers) === JSON.stringify(written);
    }""", written)  # fmt: skip


def test_a_tap_on_the_plane_shows_that_points_forward_pass(lab):
    tap(lab, 0.5, -0.25)
    point = [float(lab.page.locator(f"#probe-x{axis}").input_value()) for axis in (1, 2)]
    assert point == pytest.approx([0.5, -0.25], abs=0.02)
    shown(lab, passes(lab, point))
    assert lab.trace("boundary", PROBE, "x") + lab.trace("boundary", PROBE, "y") == point


def test_it_follows_the_epoch_and_the_experiment(lab):
    tap(lab, -1, 1)
    lab.type("probe-x1", "-1") if lab.page.locator("#number-probe-x1").count() else lab.page.locator(
        "#probe-x1"
    ).fill("-1")
    lab.page.locator("#probe-x2").fill("1")
    lab.page.locator("#probe-x2").press("Enter")
    shown(lab, passes(lab, [-1, 1]))
    lab.seek(10)
    shown(lab, passes(lab, [-1, 1]))
    lab.choose("activation", "sigmoid")
    lab.trained(activation="sigmoid")
    shown(lab, passes(lab, [-1, 1]))


def test_a_point_that_is_no_number_is_said_and_the_next_one_is_followed(lab):
    tap(lab, 0.5, 0.5)
    lab.page.locator("#probe-body .sum").nth(2).wait_for()
    lab.page.locator("#probe-x1").fill("north")
    lab.page.locator("#probe-x1").press("Enter")
    assert lab.error("probe") == "Please type two numbers."
    lab.page.locator("#probe-x1").fill("-0,5")
    lab.page.locator("#probe-x1").press("Enter")
    shown(lab, passes(lab, [-0.5, float(lab.page.locator("#probe-x2").input_value())]))
    assert lab.error("probe") == ""


def test_hovering_reads_the_plane(lab):
    lab.js("scrollTo(0, 0)")
    lab.page.mouse.move(*lab.js(HIT, [1, -1]))
    read = re.findall(r"= (\S+)", lab.text("readout"))
    values = [float(number.replace("−", "-")) for number in read]
    assert values[:2] == pytest.approx([1, -1], abs=0.03)
    assert values[2] == pytest.approx(0.924, abs=0.03)


def test_formulas_are_typeset_and_follow_the_run(lab):
    lab.page.locator("#view-formulas summary").click()
    lab.page.locator("mjx-container").nth(8).wait_for()
    assert lab.page.locator("mjx-merror, [data-mjx-error]").count() == 0
    sections = lab.page.locator("#formulas-body h3")
    before = sections.count()
    assert before >= 5
    body = lab.js("document.getElementById('formulas-body').textContent")
    lab.page.locator("#formulas-numbers").click()
    lab.until("(before) => document.getElementById('formulas-body').textContent !== before", body)
    lab.type("hidden_units", "0")
    lab.trained(hidden_layer_sizes=[])
    lab.until("(before) => document.querySelectorAll('#formulas-body h3').length === before + 1", before)
    assert lab.page.locator("mjx-merror, [data-mjx-error]").count() == 0
