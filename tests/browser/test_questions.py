"""A point's forward pass, which the page computes, and the formulas of the run, which it asks Python for."""

import re

import numpy as np
import pytest

import nnlab
from nnlab.core import network
from nnlab.figures.boundary import PROBE
from nnlab.i18n.numbers import number

HIT = """(point) => {
  const graph = document.querySelector("[data-view=boundary] .js-plotly-plot");
  const { xaxis, yaxis } = graph._fullLayout;
  const box = graph.getBoundingClientRect();
  return [box.x + xaxis._offset + xaxis.l2p(point[0]), box.y + yaxis._offset + yaxis.l2p(point[1])];
}"""


PROBE_FIELDS = "[data-view=probe] [data-part=x"


def tap(lab, x1, x2):
    lab.js("scrollTo(0, 0)")
    lab.page.mouse.click(*lab.js(HIT, [x1, x2]))


def passes(lab, point):
    """The forward pass of the network that the page shows, layer by layer: z and a of each unit."""
    experiment = nnlab.Experiment.model_validate(lab.experiment)
    vector = lab.js("Array.from(nnlab.lab.views.recording.parameters[nnlab.lab.views.index])")
    parameters = network.Parameters(experiment.layer_sizes, np.array(vector))
    steps = network.forward(parameters, experiment.layer_activations, np.array([point]).T)
    return [
        (z, a)
        for each in steps
        for z, a in zip(each.weighted_sums[:, 0], each.activations[:, 0], strict=True)
    ]


def shown(lab, expected):
    """Wait until the probe shows these sums and activations, to its four digits."""
    written = [number(value, "en") for pair in expected for value in pair]
    lab.until("""(written) => {
      const lines = [...document.querySelectorAll("[data-view=probe] [data-part=body] .sum")];
      const sums = lines.map(({ textContent }) => textContent);
      const numbers = sums.flatMap((line) => [line.split(" = ")[2].split(" ")[0], line.split(" = ").at(-1)]);
      return JSON.stringify(numbers) === JSON.stringify(written);
    }""", written)  # fmt: skip


def test_a_tap_on_the_plane_shows_that_points_forward_pass(lab):
    tap(lab, 0.5, -0.25)
    point = [float(lab.page.locator(f"{PROBE_FIELDS}{axis}] input").input_value()) for axis in (1, 2)]
    assert point == pytest.approx([0.5, -0.25], abs=0.02)
    shown(lab, passes(lab, point))
    assert lab.trace("boundary", PROBE, "x") + lab.trace("boundary", PROBE, "y") == point


def test_it_follows_the_epoch_and_the_experiment(lab):
    tap(lab, -1, 1)
    lab.page.locator("[data-view=probe] [data-part=x1] input").fill("-1")
    lab.page.locator("[data-view=probe] [data-part=x2] input").fill("1")
    lab.page.locator("[data-view=probe] [data-part=x2] input").press("Enter")
    shown(lab, passes(lab, [-1, 1]))
    lab.seek(10)
    shown(lab, passes(lab, [-1, 1]))
    lab.choose("activation", "sigmoid")
    lab.trained(activation="sigmoid")
    lab.at_rest()
    shown(lab, passes(lab, [-1, 1]))


def test_a_point_that_is_no_number_is_said_and_the_next_one_is_followed(lab):
    tap(lab, 0.5, 0.5)
    lab.page.locator("[data-view=probe] [data-part=body] .sum").nth(2).wait_for()
    lab.page.locator("[data-view=probe] [data-part=x1] input").fill("north")
    lab.page.locator("[data-view=probe] [data-part=x1] input").press("Enter")
    assert lab.text("probe/error") == "Please type two numbers."
    lab.page.locator("[data-view=probe] [data-part=x1] input").fill("-0,5")
    lab.page.locator("[data-view=probe] [data-part=x1] input").press("Enter")
    shown(
        lab,
        passes(lab, [-0.5, float(lab.page.locator("[data-view=probe] [data-part=x2] input").input_value())]),
    )
    assert lab.text("probe/error") == ""


def test_an_emptied_field_is_no_number(lab):
    tap(lab, 0.5, 0.5)
    field = lab.page.locator("[data-view=probe] [data-part=x1] input")
    field.fill("")
    field.press("Enter")
    assert lab.text("probe/error") == "Please type two numbers."


def test_hovering_reads_exactly_what_the_network_answers_there(lab):
    lab.js("scrollTo(0, 0)")
    lab.page.mouse.move(*lab.js(HIT, [0, 0]))
    lab.page.mouse.move(*lab.js(HIT, [1.234, -0.777]))
    read = re.findall(r"= (\S+)", lab.text("boundary/readout"))
    x1, x2, output = [float(number.replace("−", "-")) for number in read]
    assert (x1, x2) == pytest.approx((1.234, -0.777), abs=0.01)
    assert output == pytest.approx(nnlab.train(nnlab.Experiment()).predict([[x1, x2]])[0], rel=6e-4)


def test_nothing_of_a_point_is_asked_of_the_server(lab):
    lab.requests.clear()
    tap(lab, 0.5, -0.25)
    lab.page.locator("[data-view=probe] [data-part=body] .sum").first.wait_for()
    assert lab.requests == []


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
