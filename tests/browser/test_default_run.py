"""The page opens on the notebook's run, already training, and shows it whole."""

import pytest

import nnlab

NOTEBOOK_COST = pytest.approx(0.004025440701, rel=1e-9)
"""As the notebook prints it; the last bits differ from one machine to another."""


def test_it_opens_already_training(new_lab):
    lab = new_lab(wait=False)
    lab.until("['under way', 'completed'].includes(document.documentElement.dataset.run)")
    lab.until("window.nnlab?.lab.stage.painted > 0")
    assert lab.experiment == nnlab.Experiment().model_dump(mode="json")
    lab.until("document.documentElement.dataset.run === 'completed'")
    recording = lab.js(
        "(({ costs, frames, expected }) => ({ cost: costs.at(-1), frames: frames.length, expected }))"
        "(nnlab.lab.player.recording)"
    )
    assert recording == {"cost": NOTEBOOK_COST, "frames": 120, "expected": 120}
    assert lab.js("nnlab.lab.player.recording.tail.cost") == NOTEBOOK_COST


def test_every_cost_is_the_one_trained_offline(lab):
    costs = lab.js("Array.from(nnlab.lab.player.recording.costs)")
    assert costs[1:] == nnlab.train(nnlab.Experiment()).cost.tolist()


def test_it_ends_at_rest_on_the_last_epoch(lab):
    assert (lab.state, lab.epoch, lab.text("last-epoch")) == ("ended", 201, "/ 201")
    assert lab.text("run-state") == "trained"
    assert lab.text("cost-now") == "Cost now: 0.0040254"


def test_the_map_is_painted_in_both_colours(lab):
    pixels = lab.js("""() => {
      const canvas = document.querySelector("#boundary-map canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const { frames, head } = nnlab.lab.player.recording;
      const { levels } = frames.at(-1);
      const size = head.axis.length;
      let wrong = 0;
      const seen = { blue: 0, orange: 0 };
      for (let row = 0; row < size; row += 1) for (let column = 0; column < size; column += 1) {
        const level = levels[row * size + column];
        const at = 4 * ((size - 1 - row) * size + column);
        const orange = data[at] > data[at + 2];
        seen[orange ? "orange" : "blue"] += 1;
        if (Math.abs(level - 127) > 12 && orange !== level > 127) wrong += 1;
      }
      return { size: canvas.width, wrong, ...seen };
    }""")
    assert pixels["size"] == 120
    assert pixels["wrong"] == 0
    assert min(pixels["blue"], pixels["orange"]) > 1000


def test_the_picture_is_told_in_words(lab):
    words = lab.js("document.getElementById('words').textContent")
    assert words.startswith("XOR after epoch 201 of 201: cost 0.004025, 4 of 4 rows right")


def test_at_rest_the_surface_is_exact(lab):
    lab.fold_surface()
    exact = lab.js("Array.from(nnlab.lab.player.recording.tail.surface)")
    lab.surface_shown()
    assert [value for row in lab.trace("surface", 0) for value in row] == exact
    axis = lab.js("nnlab.lab.player.recording.head.axis")
    points = [[x, y] for y in axis for x in axis]
    assert exact == pytest.approx(nnlab.train(nnlab.Experiment()).predict(points), abs=1e-12)


@pytest.mark.parametrize("index", [0, 40, 119])
def test_one_epoch_drives_every_view(lab, index):
    lab.fold_surface()
    lab.seek(index)
    frame = lab.js(
        """(index) => {
      const { frames, costs } = nnlab.lab.player.recording;
      const { epoch, outputs, parameters } = frames[index];
      return { epoch, cost: costs[epoch], outputs: Array.from(outputs), parameters: Array.from(parameters) };
    }""",
        index,
    )
    assert lab.epoch == frame["epoch"]
    assert (
        lab.js("document.getElementById('scrub').getAttribute('aria-valuetext')")
        == f"epoch {frame['epoch']} of 201"
    )
    table = lab.js("[...document.getElementById('truth-table').rows].map((row) => row.cells[3].textContent)")
    assert table == [written(value, 4) for value in frame["outputs"]]
    weights = lab.js(
        "[...document.querySelectorAll('#weights-now tbody tr')]"
        ".flatMap((row) => [...row.cells].slice(1).map((cell) => cell.textContent))"
    )
    assert weights == [written(value, 3) for value in frame["parameters"]]
    lab.surface_shown()
    marker, expected = lab.js("""() => {
      const box = document.getElementById("cost-marker").getBoundingClientRect();
      const graph = document.querySelector("#cost .js-plotly-plot");
      const { xaxis, yaxis } = graph._fullLayout;
      const from = graph.getBoundingClientRect();
      const { epoch } = nnlab.lab.player;
      const cost = Math.log10(nnlab.lab.player.recording.costs[epoch]);
      return [[box.x + box.width / 2, box.y + box.height / 2],
              [from.x + xaxis._offset + xaxis.l2p(epoch), from.y + yaxis._offset + yaxis.l2p(cost)]];
    }""")
    assert marker == pytest.approx(expected, abs=1.5)


def written(value, places):
    """As JavaScript's toFixed writes it, with a true minus sign."""
    return f"{value:.{places}f}".replace("-", "−")


def test_a_folded_view_stays_folded_and_is_drawn_when_it_is_unfolded(new_lab):
    lab = new_lab()
    assert lab.js("document.querySelector('#surface')") is None
    assert lab.page.locator("#fold-surface").get_attribute("aria-expanded") == "false"
    lab.at_rest()
    lab.fold_surface()
    lab.surface_shown()
    assert lab.js("localStorage.getItem('nnlab.folded')") == ""
