"""Inside the layers: what the charts and the table show is what the network is, and the gradients that were sent."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

import nnlab
from nnlab.core import features
from nnlab.core.layer_statistics import LayerStatistics
from nnlab.figures.theme import THEMES

SIZES = ("weights", "gradient", "activations")
OPEN = """(its) => {
  nnlab.lab.recording.old = true;
  nnlab.workspace.open({ ...nnlab.workspace.history.experiment, ...its });
}"""
MEASURED = """async ([names]) => {
  const main = document.querySelector('script[src$="main.mjs"]').src;
  const { evaluationOf } = await import(new URL("evaluation.mjs", main));
  const { recording } = nnlab.lab;
  return recording.epochs.map((_, index) => {
    const states = evaluationOf(recording).layers(index);
    return names.map((name) => states.map((state) => state[name]));
  });
}"""
TABLE = """() => [...document.querySelector("[data-view=layers] [data-part=rows]").rows]
  .map((row) => [...row.cells].map((cell) => cell.textContent))"""
DEEP = {
    "hidden_layer_sizes": [4, 3],
    "initialization": "xavier",
    "dataset": "moons",
    "samples": 60,
    "batch_size": 10,
}


@pytest.fixture
def layers_lab(lab):
    """The lab with the layers unfolded, at rest on a run that brought what only they ask for."""
    lab.js("localStorage.setItem('nnlab.folded', 'surface')")
    opened(lab)
    return lab


def opened(lab, **settings):
    lab.js(OPEN, settings)
    lab.until("!nnlab.lab.recording.old")
    lab.trained(**settings)
    lab.at_rest()


def drawn(lab):
    """Until the charts hold every frame: they grow a moment after the frames come, which come anew for them."""
    lab.until("nnlab.lab.recording.tail && nnlab.lab.recording.covers({ gradients: true })")
    lab.until("nnlab.lab.views.layers.drawn === nnlab.lab.recording.expected")


def measured(lab, names=SIZES):
    return np.array(lab.js(MEASURED, [list(names)]))


def canvas(lab, name):
    address = lab.js(
        "(name) => document.querySelector(`[data-view=layers] [data-part=canvas-${name}]`).toDataURL()", name
    )
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2])))).astype(int)


def rgb(color):
    return np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)])


POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def written(value):
    """Three digits, as the page writes them."""
    shown = f"{value:.2e}" if 0 < value < 1e-3 else f"{value:#.3g}"
    mantissa, _, exponent = shown.partition("e")
    power = f"·10{str(int(exponent)).translate(POWERS)}" if exponent else ""
    return mantissa.rstrip(".") + power


@pytest.mark.parametrize("settings", [{}, DEEP], ids=["xor", "deep"])
def test_the_table_holds_the_numbers_of_the_frame_in_sight(layers_lab, settings):
    lab = layers_lab
    opened(lab, **settings)
    numbers = measured(lab)
    for index in (0, 17, len(numbers) - 1):
        lab.seek(index)
        rows = lab.js(TABLE)
        assert [row[1:4] for row in rows] == [[written(value) for value in row] for row in numbers[index].T]
        assert lab.text("layers/caption").endswith(f"epoch {lab.epoch}")
    assert [row[0] for row in rows][-1] == "Output"
    assert len(rows) == len(lab.experiment["hidden_layer_sizes"]) + 1


def test_the_numbers_are_those_of_the_network_itself(layers_lab):
    lab = layers_lab
    opened(lab, **DEEP)
    experiment = nnlab.Experiment.model_validate(lab.experiment)
    data = experiment.data()
    inputs = features.apply(experiment.features, data.points).T
    states = LayerStatistics(experiment, nnlab.train(experiment).parameters, inputs, data.targets).measure()
    last = measured(lab, (*SIZES, "saturated"))[-1].T
    for state, found in zip(states, last, strict=True):
        assert found.tolist() == pytest.approx(
            [state.weights, state.gradient, state.activations, state.saturated], rel=1e-9
        )


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_charts_lines_run_through_the_numbers(layers_lab, theme):
    """The output's line is drawn last, so nothing lies over it."""
    lab = layers_lab
    opened(lab, **DEEP)
    themed(lab, theme)
    drawn(lab)
    try:
        lines_run_through_the_numbers(lab, theme)
    finally:
        themed(lab, "light")


def themed(lab, name):
    lab.js("(name) => { document.documentElement.dataset.bsTheme = name; nnlab.lab.views.theme(); }", name)


def lines_run_through_the_numbers(lab, theme):
    numbers = measured(lab)
    epochs = lab.js("nnlab.lab.recording.head.epochs")
    for at, name in enumerate(SIZES):
        shown = canvas(lab, name)
        series = numbers[:, at].T
        height, width = shown.shape[:2]
        places = lab.module(
            "views/layers_chart.mjs",
            """(({ size, series, last, epochs, values }) => {
              const view = its.chartView(size, last, its.logRange(series));
              return epochs.map((epoch, at) => [view.x(epoch), view.y(values[at])]);
            })(argument)""",
            {
                "size": {"width": width, "height": height},
                "series": series.tolist(),
                "last": epochs[-1],
                "epochs": epochs,
                "values": series[-1].tolist(),
            },
        )
        color = rgb(THEMES[theme].depth[-1])
        for x, y in places[2::13]:
            around = shown[max(0, round(y) - 1) : round(y) + 2, max(0, round(x) - 1) : round(x) + 2]
            away = np.abs(around[..., :3] - color).sum(axis=2) + (255 - around[..., 3])
            assert away.min() < 30, (name, x, y)


def test_a_mark_stands_at_the_epoch_in_sight(layers_lab):
    lab = layers_lab
    drawn(lab)
    for epoch in (0, 60, 201):
        lab.seek(epoch)
        share = lab.epoch / 201
        for name in SIZES:
            box = lab.part("layers", f"chart-{name}").bounding_box()
            mark = lab.part("layers", f"mark-{name}").bounding_box()
            expected = box["x"] + 46 + share * (box["width"] - 46 - 16)
            assert mark["x"] + mark["width"] / 2 == pytest.approx(expected, abs=1)


SLOWER = """() => {
  const now = performance.now.bind(performance);
  let looks = 0;
  performance.now = () => now() + 0.1 * (looks += 1);
}"""


def test_they_grow_with_the_run(layers_lab):
    """Of a long run the charts hold a part, then more, and in the end all; and not every frame is a drawing."""
    lab = layers_lab
    drawn(lab)
    lab.js("""() => {
      const { layers } = nnlab.lab.views;
      const context = document.querySelector("[data-view=layers] [data-part=canvas-weights]").getContext("2d");
      const clear = context.clearRect.bind(context);
      window.held = [];
      context.clearRect = (...box) => { // so begins every drawing, however soon the next one comes
        window.held.push(layers.drawn);
        clear(...box);
      };
    }""")
    lab.js(SLOWER)  # a quick device would look at all of it at once
    long = DEEP | {"hidden_layer_sizes": [8, 8, 8], "batch_size": 30, "epochs": 2000, "learning_rate": 0.05}
    opened(lab, **long)
    drawn(lab)
    lab.js("() => { delete performance.now; }")
    held = lab.js("window.held.slice(window.held.lastIndexOf(0) + 1)")
    assert held == sorted(held)
    assert held[-1] == lab.js("nnlab.lab.recording.expected")
    assert 2 <= len(held) < 100
    red, green, blue = rgb(THEMES["light"].depth[-1])
    shown = canvas(lab, "weights")
    near = np.abs(shown[..., :3] - (red, green, blue)).sum(axis=2) + (255 - shown[..., 3]) < 30
    columns = np.flatnonzero(near.any(axis=0))
    assert columns.min() <= 50
    assert columns.max() >= shown.shape[1] - 20


STUCK = [
    ({"activation": "tanh"}, [False, True], [None, [True, True]]),
    ({"activation": "relu", "hidden_layer_sizes": [4, 3], "initialization": "he"}, [True, True],
     [[True, True, False], [False, False, True]]),
    ({"activation": "relu", "output_activation": "linear", "learning_rate": 0.05}, [True, False], [[True, False], None]),
    ({"activation": "leaky_relu", "output_activation": "linear", "learning_rate": 0.05}, [False, False], [None, None]),
    ({"activation": "linear", "output_activation": "sigmoid"}, [False, True], [None, [False, True]]),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "columns", "counted"), STUCK, ids=lambda value: str(value)[:40])
def test_stuck_units_are_counted_only_where_there_can_be_any(layers_lab, settings, columns, counted):
    lab = layers_lab
    opened(lab, **settings)
    assert [
        lab.page.locator(f"[data-view=layers] [data-part=table] [data-column={name}]").is_visible()
        for name in ("dead", "saturated")
    ] == columns
    cells = [row[4:] for row in lab.js(TABLE)]
    numbers = measured(lab, ("dead", "saturated"))[-1]
    sizes = [*lab.experiment["hidden_layer_sizes"], 1]
    shown = [at for at, visible in enumerate(columns) if visible]
    for layer, row in enumerate(cells):
        expected = [
            f"{int(numbers[at][layer])} of {sizes[layer]}" if counted[at][layer] else "–" for at in shown
        ]
        assert row == expected


def test_dead_units_are_seen(layers_lab):
    """Two ReLUs that are silent on every row, one that is not."""
    lab = layers_lab
    weights = [[[0.0, 0.0], [0.1, 0.1], [1.0, 0.5]], [[1.0, 1.0, 1.0]]]
    biases = [[-1.0, -1.0, 0.5], [0.0]]
    opened(
        lab,
        activation="relu",
        hidden_layer_sizes=[3],
        initialization="explicit",
        weights=weights,
        biases=biases,
    )
    assert lab.js(TABLE)[0][4] == "2 of 3"
    assert lab.page.locator("[data-view=layers] [data-part=rows] td.stuck").count() == 1
    lab.seek(0)
    assert lab.js(TABLE)[0][4] == "2 of 3"
