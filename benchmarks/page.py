"""Measures in a browser how soon and how smoothly the page paints, and what a first visit loads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

WATCH = """() => {
  const { views } = nnlab.lab;
  const paint = views.paint.bind(views);
  window.painted = [];
  views.paint = (recording, index, ...rest) => {
    paint(recording, index, ...rest);
    const full = recording === nnlab.lab.recording;
    const trained = recording.epochs[index] === recording.lastEpoch;
    requestAnimationFrame(() => window.painted.push({ at: performance.now(), full, trained, recording }));
  };
}"""
ARMED = """(trained) => {
  const before = nnlab.lab.recording;
  window.painted.length = 0;
  document.addEventListener("change", () => (window.released = performance.now()), { once: true, capture: true });
  window.answer = () => {
    const first = window.painted.find(
      (each) => each.full && (each.trained || !trained) && each.recording !== before && each.at > window.released);
    return first ? first.at - window.released : null;
  };
}"""
TIMES = "() => window.painted.map((each) => each.at)"


FIRST_PICTURE = """(function look() {
  const drawn = document.querySelectorAll(".js-plotly-plot .main-svg").length && window.nnlab?.lab.views.painted;
  requestAnimationFrame(drawn ? () => (window.seen = performance.now()) : look);
})()"""
SLOWED = 4
"""The factor by which the processor is slowed down, to stand for a student's computer."""


@dataclass(frozen=True)
class Visit:
    """A first visit: compressed megabytes of everything loaded, and requests to other origins."""

    megabytes: float
    foreign: int


def opened(browser: Browser, url: str) -> Page:
    """The lab at rest, its first run over and the surface drawn."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    page.wait_for_function("document.documentElement.dataset.run === 'completed'", timeout=60_000)
    page.wait_for_function("document.documentElement.dataset.player === 'ended'", timeout=60_000)
    page.wait_for_function(
        "document.querySelector('[data-view=surface] .js-plotly-plot')?.data[0].z.length === 120"
    )
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    return page


def folded(browser: Browser, url: str, settings: Mapping[str, object], views: str) -> Page:
    """The lab at rest on an experiment, with these views folded away."""
    page = browser.new_page(viewport={"width": 1440, "height": 1400})
    page.add_init_script(f"localStorage.setItem('nnlab.folded', '{views}')")
    page.goto(f"{url}/#{'&'.join(f'{name}={_written(value)}' for name, value in settings.items())}")
    page.wait_for_function("document.documentElement.dataset.run === 'completed'", timeout=60_000)
    page.wait_for_function("document.documentElement.dataset.player === 'ended'", timeout=60_000)
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    return page


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def release_to_paint(page: Page, times: int = 20, *, trained: bool = False) -> list[float]:
    """Milliseconds from letting a slider go to the first painted frame of the run that follows, or to its last epoch's."""
    slider = page.locator("#slider-learning_rate")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    measured = []
    for attempt in range(times):
        middle = box["y"] + box["height"] / 2
        start = box["x"] + box["width"] * (0.45 + 0.15 * (attempt % 2))
        page.mouse.move(start, middle)
        page.mouse.down()
        for step in range(8):
            page.mouse.move(start + 3 * step, middle)
            page.wait_for_timeout(30)
        page.evaluate(ARMED, trained)
        page.mouse.up()
        page.wait_for_function("() => window.released && window.answer() !== null")
        measured.append(float(page.evaluate("() => window.answer()")))
        page.wait_for_timeout(400)
    return measured


def playing(page: Page) -> tuple[float, float]:
    """Painted frames a second while a run plays, and the longest gap between two, in milliseconds.

    A run of 1,000 epochs has about as many networks; at twice the speed that is more than can be painted, so the
    figure is what the page can do and not what the run offers.
    """
    page.evaluate("() => nnlab.workspace.set('epochs', 1000)")
    page.wait_for_function("document.documentElement.dataset.run === 'completed'")
    page.evaluate("() => Object.assign(nnlab.lab.clock, { speed: 2, loop: true })")
    page.wait_for_timeout(500)
    page.evaluate("() => { window.painted.length = 0; nnlab.lab.clock.toStart(); nnlab.lab.clock.play(); }")
    page.wait_for_timeout(6000)
    times = page.evaluate(TIMES)
    page.evaluate("() => { nnlab.lab.clock.loop = false; nnlab.lab.clock.toEnd(); }")
    gaps = [later - earlier for earlier, later in pairwise(times)]
    return 1000 * len(gaps) / (times[-1] - times[0]), max(gaps)


def first_visit(browser: Browser, url: str) -> Visit:
    """Load the page with nothing kept, and add up what came over the wire."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    foreign: list[str] = []
    own = urlsplit(url).netloc
    page.on(
        "request",
        lambda request: foreign.append(request.url) if _origin(request.url) not in (own, "") else None,
    )
    page.goto(url)
    page.wait_for_function("document.documentElement.dataset.run === 'completed'", timeout=60_000)
    page.wait_for_timeout(500)
    context.close()
    return Visit(sum(sizes) / 1e6, len(foreign))


def first_picture(browser: Browser, url: str) -> float:
    """Milliseconds from asking for the page to the first picture of a run, nothing kept and the processor slowed."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.add_init_script(FIRST_PICTURE)
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.seen", timeout=120_000)
    seen = float(page.evaluate("window.seen"))
    context.close()
    return seen


def _origin(url: str) -> str:
    return urlsplit(url).netloc if url.startswith("http") else ""
