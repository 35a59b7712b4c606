"""The page opens on the notebook's run, already training, and shows it whole."""

import numpy as np
import pytest

import nnlab

NOTEBOOK_COST = pytest.approx(0.004025440701, rel=1e-9)
"""As the notebook prints it; the last bits differ from one machine to another."""


def test_it_opens_already_training(new_lab):
    lab = new_lab(wait=False, reduced_motion="no-preference")
    lab.until("['under way', 'completed'].includes(document.documentElement.dataset.run)")
    lab.until("window.nnlab?.lab.views.painted > 0")
    assert lab.experiment == nnlab.Experiment().model_dump(mode="json")
    lab.until("document.documentElement.dataset.run === 'completed'")
    recording = lab.js(
        "(({ costs, arrived, expected }) => ({ cost: costs.at(-1), arrived, expected }))(nnlab.lab.recording)"
    )
    assert recording == {"cost": NOTEBOOK_COST, "arrived": 202, "expected": 202}
    assert lab.js("nnlab.lab.recording.tail.cost") == NOTEBOOK_COST


def test_every_cost_is_the_one_trained_offline(lab):
    costs = lab.js("Array.from(nnlab.lab.recording.costs)")
    assert costs[1:] == nnlab.train(nnlab.Experiment()).cost.tolist()


def test_it_ends_at_rest_on_the_last_epoch(lab):
    assert (lab.state, lab.epoch, lab.text("last-epoch")) == ("ended", 201, "/ 201")
    assert lab.text("run-state") == "trained"
    assert lab.text("cost/now") == "Cost now: 0.0040254"


PIXELS = """() => {
  const canvas = document.querySelector("[data-view=boundary] [data-part=map] canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return { size: canvas.width, red: Array.from(data.filter((_, at) => at % 4 === 0)),
           blue: Array.from(data.filter((_, at) => at % 4 === 2)) };
}"""


def test_the_map_is_as_sharp_as_the_screen_and_painted_in_both_colours(lab):
    lab.map()
    width = lab.js(
        "document.querySelector('[data-view=boundary] .js-plotly-plot')._fullLayout.xaxis._length * devicePixelRatio"
    )
    pixels = lab.js(PIXELS)
    assert pixels["size"] == round(width)
    axis = np.linspace(-1.5, 1.5, pixels["size"])
    points = [[x, y] for y in axis[::-1] for x in axis]
    outputs = nnlab.train(nnlab.Experiment()).predict(points)
    orange = np.array(pixels["red"]) > np.array(pixels["blue"])
    clear = np.abs(outputs) > 0.1
    assert (orange == (outputs > 0))[clear].all()
    assert 1000 < orange.sum() < orange.size - 1000


def test_the_picture_is_told_in_words(lab):
    words = lab.js("document.getElementById('words').textContent")
    assert words.startswith("XOR after epoch 201 of 201: cost 0.004025, 4 of 4 rows right")


def test_at_rest_the_surface_is_exact(lab):
    lab.fold_surface()
    lab.surface_shown()
    axis = np.linspace(-1.5, 1.5, 120)
    points = [[x, y] for y in axis for x in axis]
    shown = [value for row in lab.trace("surface", 0) for value in row]
    assert shown == pytest.approx(nnlab.train(nnlab.Experiment()).predict(points), abs=1e-12)


@pytest.mark.parametrize("epoch", [0, 68, 201])
def test_one_epoch_drives_every_view(lab, epoch):
    lab.fold_surface()
    lab.seek(epoch)
    assert lab.js("nnlab.lab.recording.epochs[nnlab.lab.views.index]") == epoch
    (network,) = [each for each in nnlab.stream(nnlab.Experiment()) if each.epoch == epoch]
    points = nnlab.Experiment().data().points
    assert lab.epoch == epoch
    assert (
        lab.js("document.getElementById('scrub').getAttribute('aria-valuetext')") == f"epoch {epoch} of 201"
    )
    table = lab.js(
        "[...document.querySelector('[data-view=table] [data-part=rows]').rows].map((row) => row.cells[3].textContent)"
    )
    assert table == [written(value, 4) for value in network.predict(points)]
    weights = lab.js(
        "[...document.querySelectorAll('[data-view=table] [data-part=weights] tbody tr')]"
        ".flatMap((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))"
    )
    assert weights == [written(value, 3) for value in network.parameters.vector]
    lab.surface_shown()
    marker, expected = lab.js("""() => {
      const box = document.querySelector("[data-view=cost] [data-part=marker]").getBoundingClientRect();
      const graph = document.querySelector("[data-view=cost] .js-plotly-plot");
      const { xaxis, yaxis } = graph._fullLayout;
      const from = graph.getBoundingClientRect();
      const { epoch } = nnlab.lab.clock;
      const cost = Math.log10(nnlab.lab.recording.costs[epoch]);
      return [[box.x + box.width / 2, box.y + box.height / 2],
              [from.x + xaxis._offset + xaxis.l2p(epoch), from.y + yaxis._offset + yaxis.l2p(cost)]];
    }""")
    assert marker == pytest.approx(expected, abs=1.5)


def written(value, places):
    """As JavaScript's toFixed writes it, with a true minus sign."""
    return f"{value:.{places}f}".replace("-", "−")
