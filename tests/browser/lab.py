"""The lab as a test sees it: what is on the page, and the hand on its controls."""

import json
import time
from pathlib import Path

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SCAN = """async (sections) => {
  const { violations } = await axe.run(sections.length ? { include: sections } : document, { resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 4).map((node) => `${node.target} ${node.failureSummary}`)]);
}"""
THEMES = ("light", "dark")
WIDTHS = (1440, 768, 360)
DESKTOP = {"width": 1440, "height": 900}
SMALLER = {"width": 1100, "height": 700}
"""Drawn sooner, where there is no graphics card."""

PLACE = """([x1, x2]) => {
  const graph = document.querySelector("[data-view=boundary] .js-plotly-plot");
  const { xaxis, yaxis } = graph._fullLayout;
  const box = graph.getBoundingClientRect();
  return [box.left + xaxis._offset + xaxis.l2p(x1), box.top + yaxis._offset + yaxis.l2p(x2)];
}"""

PUT_BACK = """() => {
  const { lab, workspace } = nnlab;
  const { defaults, views } = JSON.parse(document.getElementById("configuration").textContent);
  document.documentElement.style.scrollBehavior = "auto"; // a place that is still moving is missed by the mouse
  const entered = sessionStorage.getItem("entered");
  sessionStorage.clear();
  sessionStorage.setItem("entered", entered);
  localStorage.clear();
  workspace.give(null, null);
  workspace.pages.map.forget();
  workspace.pages.map.viewport.size = "64"; // of what other pages ask there is less
  workspace.pages.starts.count = "100";
  workspace.pages.landscape.places = [views.landscape.x, views.landscape.y];
  Object.assign(lab.clock, { speed: FAST, loop: false });
  const log = document.querySelector("[data-view=cost] [data-part=log] input");
  const boxes = ["replay", "loop", "formulas-numbers"].map((id) => document.getElementById(id));
  for (const [box, value] of [[boxes[0], true], [boxes[1], false], [boxes[2], false], [log, true]]) {
    if (box.checked !== value) box.click();
  }
  if (!lab.views.surface.folded) lab.views.surface.toggle();
  for (const [name, on] of [["tests", true], ["classes", false]]) {
    if (lab.views.boundary.option(name) !== on) lab.views.boundary.setOption(name, on);
  }
  document.querySelector("[data-view=boundary] [data-part=zoom-reset]").click();
  const unfolded = document.querySelectorAll("details.menu, #view-formulas, #task-panel, .task-single");
  for (const details of unfolded) details.open = false;
  document.getElementById("playground").hidden = true;
  if (document.documentElement.dataset.bsTheme !== "light") {
    document.documentElement.dataset.bsTheme = "light";
    workspace.theme();
  }
  lab.forget();
  if (lab.clock.state !== "ended") lab.clock.toEnd();
  const written = (settings) => JSON.stringify(Object.entries(settings).sort());
  const isDefault = ({ experiment }) => written(experiment) === written(defaults);
  const said = [...document.querySelectorAll(".setting-error, .notice, #banner")].some((place) => place.textContent);
  const atRest = workspace.page === lab && lab.recording.tail && document.documentElement.dataset.run === "completed";
  if (atRest && !said && [workspace.wanted, workspace.history, lab.recording].every(isDefault)) return; // it is as it was
  lab.recording.old = true;
  if (workspace.page === lab) workspace.open(defaults);
  else workspace.go("lab", { push: false, view: {}, experiment: defaults });
}""".replace("FAST", "1000")  # of its run there is the first picture then, and the last

WATCH = """() => {
  window.painted = [];
  window.moved = [];
  const { views } = nnlab.lab;
  if (!views.watched) {
    const paint = views.paint.bind(views);
    views.paint = (recording, index, atRest) => {
      window.painted.push({ rate: recording.experiment.learning_rate, epoch: recording.epochs[index] });
      paint(recording, index, atRest);
    };
    document.addEventListener("input", () => {
      window.moved.push(Number(document.getElementById("slider-learning_rate").value));
    });
    views.watched = true;
  }
}"""

HOLDS = """(wanted) => {
  const { recording, views } = window.nnlab?.lab ?? {};
  if (!recording?.tail || views.recording !== recording || document.documentElement.dataset.run === "under way") return false;
  const its = recording.experiment;
  return Object.entries(wanted).every(([key, value]) => JSON.stringify(its[key]) === JSON.stringify(value));
}"""


ENTERED = """if (location.protocol === "http:" && Number(sessionStorage.getItem("entered")) < %d) {
  localStorage.clear();
  sessionStorage.clear();
  sessionStorage.setItem("entered", %d);
  if (%s !== null) localStorage.setItem("nnlab.folded", %s);
}"""

VISIT = """(address) => {
  document.documentElement.dataset.run = "asked for";
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""

SURFACE_SHOWN = """() => {
  const { surface, shown, index } = nnlab.lab.views;
  return surface.drawn?.recording === shown && surface.drawn.index === index;
}"""

FITTED = """(name) => {
  const graph = document.querySelector(name);
  return Math.abs(graph._fullLayout.width - graph.clientWidth) < 1;
}"""

CROWDED = """(graph) => {
  const frame = graph.getBoundingClientRect();
  const all = [...graph.querySelectorAll(".xtick text, .ytick text, .xtitle, .ytitle")].filter((its) => its.textContent);
  const boxes = all.map((its) => ({ words: its.textContent, ...its.getBoundingClientRect().toJSON() }));
  const out = boxes.filter((its) => its.left < frame.left || its.right > frame.right || its.bottom > frame.bottom + 1);
  const [wide, high] = [1, 3]; // pixels; a line has some room above its letters and below them
  const over = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > wide &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > high;
  const pairs = boxes.flatMap((one, at) => boxes.slice(at + 1).map((other) => [one, other]));
  const crowded = pairs.filter(([one, other]) => over(one, other));
  return { count: boxes.length, wrong: [...out, ...crowded.flat()].map((its) => its.words) };
}"""

PATIENCE = 20_000
"""Milliseconds that anything on the page may take on a machine that opens it in two seconds."""

OPENINGS = 30
"""On a slower one, so many times what the first opening took."""


class Lab:
    """A page with the lab on it.

    Attributes:
        expected: parts of messages on the console that are no fault of the page.
    """

    patience: float = (
        6 * PATIENCE
    )  # until the machine has been measured, by how long it takes to open the lab

    def __init__(self, page, url):
        self.page, self.url = page, url
        self.begun = time.monotonic()
        self.errors, self.expected = [], []
        self.requests = []
        self.visits = 0
        page.set_default_timeout(Lab.patience)
        page.context.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def check(self):
        """Fail if the page complained of anything that was not expected, or asked another machine for anything."""
        own = (f"{self.url}/", f"blob:{self.url}", "data:")
        foreign = [request for request in self.requests if not request.startswith(own)]
        self.requests = []
        assert foreign == [], foreign
        errors = [text for text in self.errors if not any(part in text for part in self.expected)]
        self.errors, self.expected = [], []
        assert errors == [], errors

    def enter(self, path, folded):
        """Load an address of the lab as somebody who comes for the first time, but for the views that are folded away.

        What earlier visits of this page's tab have left is taken away before the lab looks for it; a reload keeps everything.
        """
        self.visits += 1
        folded = json.dumps(folded)
        self.page.add_init_script(ENTERED % (self.visits, self.visits, folded, folded))
        self.begun = time.monotonic()
        self.page.goto(self.url + path, wait_until="commit")
        self.until("document.documentElement")  # a document that has just begun has none yet

    def leave(self):
        """End all that the page is doing."""
        self.page.context.set_offline(False)
        self.page.context.clear_cookies()
        self.page.goto("about:blank")

    def js(self, expression, argument=None):
        return self.page.evaluate(expression, argument)

    def until(self, expression, argument=None):
        self.page.wait_for_function(expression, arg=argument)

    def ready(self):
        self.until("window.nnlab?.lab.recording?.tail")
        self.until("document.documentElement.dataset.run !== 'under way'")  # what has come is on the page
        self.measure()

    def measure(self):
        """Let patience follow the machine: once in each process that tests."""
        if Lab.patience > 5 * PATIENCE:
            Lab.patience = max(PATIENCE, OPENINGS * 1000 * (time.monotonic() - self.begun))
        self.page.set_default_timeout(Lab.patience)

    def put_back(self):
        """Everything as on a fresh page, and at rest."""
        if self.page.viewport_size != SMALLER:
            self.page.set_viewport_size(SMALLER)
        self.until("window.nnlab?.lab.recording")
        self.measure()
        self.js("history.replaceState(null, '', '/')")
        self.js(PUT_BACK)
        self.until("!nnlab.lab.recording.old")
        self.trained(initialization="notebook", learning_rate=0.2, dataset="xor", epochs=201)
        self.at_rest()
        self.until("document.documentElement.dataset.run === 'completed'")  # which is said once it is painted
        self.js(
            "Object.assign(nnlab.workspace.history, { past: [], future: [] }); nnlab.workspace.showHistory()"
        )

    def trained(self, **wanted):
        """Until a run of an experiment with these settings is here whole, and on the page."""
        self.until(HOLDS, wanted)

    def go(self, page):
        """To a page by its link in the bar, and until what is asked there has come."""
        self.page.locator(f"[data-page-link={page}]").click()
        self.until("(page) => document.documentElement.dataset.page === page", page)
        self.done()

    def visit(self, address):
        """Go to an address of the lab as a step back or forward in the tab does, without loading the page."""
        self.js(VISIT, address)
        self.until("document.documentElement.dataset.run !== 'asked for'")  # it is under way at least

    def done(self):
        """Until the page in sight has what it asked for."""
        self.page.wait_for_timeout(20)  # the click is taken, and what it asks for is under way
        self.until("document.documentElement.dataset.run === 'completed'")

    def place(self, x1, x2):
        """Where a point of the plane of the decision boundary is on the screen."""
        return self.js(PLACE, [x1, x2])

    def into_view(self, selector):
        """Scroll it to the middle of the window, at once: nothing is to move under a click."""
        self.js(
            "(its) => document.querySelector(its).scrollIntoView({ block: 'center', behavior: 'instant' })",
            selector,
        )

    def crowded(self, graph):
        """The words beside a graph's axes that lie over one another or are cut off, once it is seen that there are words."""
        seen = self.page.locator(graph).evaluate(CROWDED)
        assert seen["count"] >= 6, seen
        return seen["wrong"]

    def fitted(self, graph):
        """Until a graph is as wide as its place, which may have another width than before."""
        self.until(FITTED, graph)

    def at_rest(self):
        self.until("nnlab.lab.clock.state !== 'playing' && nnlab.lab.clock.wantedEpoch === null")

    @property
    def experiment(self):
        return self.js("nnlab.workspace.history.experiment")

    @property
    def epoch(self):
        """The one that stands beside the player."""
        return int(self.text("epoch"))

    @property
    def state(self):
        return self.js("nnlab.lab.clock.state")

    @property
    def hash(self):
        return self.js("location.hash")

    def part(self, view, name):
        """A part of a view of the run."""
        return self.page.locator(f"[data-view={view}] [data-part={name}]")

    def text(self, name):
        """What an element says: by its id, or a view's part, "cost/now"."""
        place = self.part(*name.split("/")) if "/" in name else self.page.locator(f"#{name}")
        return place.inner_text()

    def start(self):
        """Where training starts: weights and biases, to the last bit."""
        return self.js("({ weights: nnlab.workspace.start.weights, biases: nnlab.workspace.start.biases })")

    def choose(self, setting, value):
        """Press one of a setting's buttons."""
        self.page.locator(
            f"#choice-{setting} label:has(input[value='{value}']), "
            f"#choice-{setting} .form-check:has(input[value='{value}']) label"
        ).first.click()

    def type(self, setting, written):
        field = self.page.locator(f"#number-{setting}")
        field.fill(str(written))
        field.press("Enter")

    def error(self, setting):
        return self.text(f"error-{setting}")

    def watch(self):
        """Begin to note the learning rate and epoch of every frame that is painted."""
        self.js(WATCH)

    def painted(self):
        return self.js("window.painted")

    def map(self):
        """The pixels of the boundary's map, once it is as sharp as the screen."""
        self.until("nnlab.lab.views.boundary.sharp")
        return self.js("document.querySelector('[data-view=boundary] [data-part=map] canvas').toDataURL()")

    def trace(self, graph, index, key="z"):
        """What Plotly draws at present."""
        return self.js(
            "([graph, index, key]) => Array.from(document.querySelector("
            "`:is(#${graph}, [data-view=${graph}]) .js-plotly-plot`).data[index][key],"
            " (row) => (ArrayBuffer.isView(row) ? Array.from(row) : row))",
            [graph, index, key],
        )

    def seek(self, epoch):
        self.js("(epoch) => nnlab.lab.clock.seek(epoch)", epoch)

    def fold_surface(self):
        """Fold the surface away, or unfold it again.

        The shared page has it folded: without a graphics card it is most of the time that tests take.
        """
        self.page.locator("[data-view=surface] [data-part=fold]").click()

    def surface_shown(self):
        """Until the surface is drawn in full: it comes last, when the quick views have been painted."""
        self.until(SURFACE_SHOWN)

    def module(self, name, expression, argument=None):
        """What an expression makes of one of the page's modules, with its exports as ``its``."""
        return self.js(
            """async ([name, expression, argument]) => {
              const main = document.querySelector('script[src$="main.mjs"]').src;
              const its = await import(new URL(name, main));
              return new Function("its", "argument", `return ${expression}`)(its, argument);
            }""",
            [name, expression, argument],
        )

    def axe(self, *sections):
        """What axe-core finds wrong in these sections, or on the whole page; a scan is dear."""
        if not self.js("'axe' in window"):
            self.js(AXE)
        return self.js(SCAN, list(sections))

    def theme(self, name):
        """Whatever the system and the button say."""
        self.js("(name) => { document.documentElement.dataset.bsTheme = name; }", name)
        self.js("nnlab.workspace.theme()")

    def looks(self, first):
        """The page at every width, in light and in dark by turns, and which it is.

        Of two tests, one begins in light (0) and one in dark (1): so every width is seen in both.
        """
        for turn, width in enumerate(WIDTHS):
            self.page.set_viewport_size({"width": width, "height": 900})
            theme = THEMES[(first + turn) % 2]
            self.theme(theme)
            yield width, theme

    def hand(self, slider):
        return Hand(self.page, slider)


class Hand:
    """A mouse on a slider: pressed, moved along by shares of the track, let go."""

    def __init__(self, page, slider):
        self.page = page
        track = page.locator(f"#{slider}")
        track.scroll_into_view_if_needed()
        self.box = track.bounding_box()
        self.share = track.evaluate("(its) => (its.value - its.min) / (its.max - its.min)")

    def _at(self, share):
        thumb = 16
        x = self.box["x"] + thumb / 2 + share * (self.box["width"] - thumb)
        return x, self.box["y"] + self.box["height"] / 2

    def press(self):
        self.page.mouse.move(*self._at(self.share))
        self.page.mouse.down()
        return self

    def drag(self, share, steps=8):
        self.page.mouse.move(*self._at(share), steps=steps)
        return self

    def release(self):
        self.page.mouse.up()
