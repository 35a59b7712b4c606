"""Two of every view stand on one page, with different runs under one clock, and no view knows an id of the document."""

import numpy as np
import pytest

import nnlab

RUNS = ({"dataset": "xor", "epochs": 60}, {"dataset": "and", "epochs": 25, "learning_rate": 0.5})
MOUNT = """async (runs) => {
  const main = document.querySelector('script[src$="main.mjs"]').src;
  const load = (name) => import(new URL(name, main));
  const { RunViews } = await load("views/run_views.mjs");
  const { Clock } = await load("clock.mjs");
  const { Recording } = await load("recording.mjs");
  const { StreamClient } = await load("server/stream_client.mjs");
  const { RunReader } = await load("server/run_format.mjs");
  const { configuration } = await load("configuration.mjs");
  const run = (changes) => new Promise((done) => {
    let recording;
    new StreamClient(configuration.paths.run, RunReader).run(
      { experiment: { ...configuration.defaults, ...changes }, view: { gradients: true } },
      { head: (head) => (recording = new Recording(head)), frames: (frames) => recording.add(frames),
        tail: (tail) => { recording.end(tail); done(recording); }, refused: console.error, busy() {}, lost() {} },
    );
  });
  const recordings = await Promise.all(runs.map(run));
  localStorage.setItem("nnlab.folded", "surface");
  const mounted = recordings.map((recording) => {
    const place = nnlab.another();
    document.getElementById("views").append(place);
    const views = new RunViews(place);
    views.begin(recording);
    return { place, views };
  });
  await Promise.all(mounted.map(({ views }) => views.ready));
  const show = (epoch, atRest) => mounted.forEach(({ views }) => views.show(epoch, atRest));
  const clock = new Clock({ show, changed() {} });
  clock.load(recordings);
  window.two = { recordings, mounted, clock };
}"""
SHOWN = """() => two.mounted.map(({ place, views }) => ({
  epoch: views.shown.epochs[views.index],
  cost: place.querySelector("[data-view=cost] [data-part=now]").textContent,
  outputs: [...place.querySelector("[data-view=table] [data-part=rows]").rows].map((row) => row.cells[3].textContent),
  caption: place.querySelector("[data-view=layers] [data-part=caption]").textContent,
  line: views.boundary.line.length,
  hidden: views.hidden.scene.points,
}))"""
OWN_PROBE = """document.querySelector("[data-view=probe] [data-part=body]").textContent"""
DOUBLED = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((its) => its.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}"""


@pytest.fixture
def two(lab):
    lab.js(MOUNT, list(RUNS))
    yield lab
    lab.js(
        "() => { two.clock.load([]); two.mounted.forEach(({ place }) => place.remove()); delete window.two; }"
    )


def expected(run, epoch):
    """Of a run that has ended before, its end."""
    frames = list(nnlab.stream(nnlab.Experiment(**run)))
    return next(each for each in frames if each.epoch == min(epoch, run["epochs"]))


def test_each_shows_its_own_run_at_the_one_epoch(two):
    for epoch in (60, 40, 10):
        two.js("(epoch) => two.clock.seek(epoch)", epoch)
        two.until("two.mounted.every(({ views }) => views.boundary.sharp)")
        for run, shown in zip(RUNS, two.js(SHOWN), strict=True):
            network = expected(run, epoch)
            assert shown["epoch"] == network.epoch
            points = nnlab.Experiment(**run).data().points
            assert shown["outputs"] == [f"{value:.4f}".replace("-", "−") for value in network.predict(points)]
            assert shown["caption"].endswith(f"epoch {network.epoch}")
            assert shown["line"] > 100
            assert len(shown["hidden"]) == 4
        first, second = two.js(SHOWN)
        assert first["cost"] != second["cost"]


def test_a_point_goes_its_way_through_each_ones_own_network(two):
    before = two.js(OWN_PROBE)
    two.js("two.clock.seek(25); two.mounted.forEach(({ views }) => views.choose([0.5, -1]))")
    said = two.js(
        "two.mounted.map(({ place }) => place.querySelector('[data-view=probe] .probe-layer:last-child').textContent)"
    )
    for run, words in zip(RUNS, said, strict=True):
        (output,) = expected(run, 25).predict(np.array([[0.5, -1.0]]))
        assert words.endswith(f"= {output:.4g}".replace("-", "−"))
    assert two.js(OWN_PROBE) == before, "the lab's own follows its own point"


def test_they_play_together_and_the_labs_own_views_stay_as_they_are(two):
    own = two.part("cost", "now").first
    before = [own.inner_text(), two.epoch]
    two.js("two.clock.load(two.recordings, { replay: true })")
    two.until("two.clock.state === 'ended'")
    assert [each["epoch"] for each in two.js(SHOWN)] == [60, 25]
    assert [own.inner_text(), two.epoch] == before


def test_a_switch_a_fold_and_a_zoom_are_a_views_own(two):
    two.js("""() => {
      const [{ place }] = two.mounted;
      for (const name of ["zoom-in", "zoom-in"]) place.querySelector(`[data-view=boundary] [data-part=${name}]`).click();
      place.querySelector("[data-view=boundary] [data-part=classes] input").click();
    }""")
    ranges = two.js(
        "[...two.mounted.map(({ views }) => views), nnlab.lab.views].map((views) => views.boundary.range.x)"
    )
    assert ranges[0] != ranges[1]
    assert ranges[1] == ranges[2] == [-1.5, 1.5]
    looks = two.js(
        "[...two.mounted.map(({ views }) => views), nnlab.lab.views].map((views) => views.boundary.option('classes'))"
    )
    assert looks == [True, False, False]


def test_no_id_stands_twice(two):
    assert two.js(DOUBLED) == []
    for page in ("starts", "map", "landscape", "lab"):
        two.go(page)
    assert two.js(DOUBLED) == []


def test_nothing_is_asked_for_while_it_plays(lab):
    lab.requests.clear()
    lab.js("nnlab.lab.clock.speed = 1")
    lab.js("nnlab.lab.clock.toStart(); nnlab.lab.clock.play()")
    lab.page.mouse.move(
        *[side + 150 for side in (lab.part("boundary", "picture").bounding_box()[key] for key in "xy")]
    )
    lab.until("nnlab.lab.clock.state === 'ended'")
    assert lab.requests == []


def test_a_missing_part_names_itself(lab):
    said = lab.js("""async () => {
      const main = document.querySelector('script[src$="main.mjs"]').src;
      const { RunViews } = await import(new URL("views/run_views.mjs", main));
      const tried = (take) => {
        const place = nnlab.another();
        take(place);
        try { new RunViews(place); } catch (error) { return error.message; }
      };
      return ["[data-view=cost] [data-part=graph]", "[data-view=table]"]
        .map((gone) => tried((place) => place.querySelector(gone).remove()));
    }""")
    assert said == ['no part "graph" in the view "cost"', 'no view "table"']
