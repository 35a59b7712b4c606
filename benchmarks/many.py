"""Measures the training of many networks: its speed, how soon a page shows it, and what it costs a run beside it."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser

import nnlab
from benchmarks.figures import Row, percentile
from benchmarks.server import Server
from benchmarks.student import ask, ask_many
from nnlab.core.experiment import Experiment
from nnlab.core.many.many_training import train_variations
from nnlab.core.many.starts import variations

XOR = Experiment(initialization="uniform")
WIDE = Experiment(initialization="xavier", hidden_layer_sizes=(8, 8), batch_size=4)
SAMPLE = 40
"""How many single runs are timed, as a sample of all that are trained together."""

REPEATS = 7


def engine() -> Iterator[Row]:
    """Rows for networks that are trained together, and compared with single runs, in turn in one process."""
    seconds, times = against_single_runs(XOR, 4096)
    what = "4,096 XOR networks x 201 epochs, double precision, starts drawn, one core"
    yield Row(what, "<= 0.12 s", f"{seconds:.3f} s, {4096 / seconds:,.0f} a second", seconds <= 0.12)
    yield Row("the same against single runs, one after another", ">= 100 x", f"{times:.0f} x", times >= 100)
    _, times = against_single_runs(WIDE, 1024)
    what = "2-8-8-1 on the gates, full batch, 1,024 networks x 201 epochs, against single runs"
    yield Row(what, ">= 5 x", f"{times:.0f} x", times >= 5)


def against_single_runs(experiment: Experiment, networks: int) -> tuple[float, float]:
    """Seconds for all networks at once, and how many times as long single runs would take."""
    together, alone = [], []
    runs = [experiment.changed(seed=seed) for seed in range(SAMPLE)]
    for _ in range(REPEATS):
        together.append(_seconds(lambda: train_variations(variations(experiment, networks))))
        alone.append(_seconds(lambda: [nnlab.train(run) for run in runs]) * networks / SAMPLE)
    ratios = [single / many for single, many in zip(alone, together, strict=True)]
    return statistics.median(together), statistics.median(ratios)


def pages(browser: Browser, server: Server) -> Iterator[Row]:
    """Rows for the pages: the time from a slider's change until starts or a map are complete, and the bytes of a map."""
    starts = percentile(_changes(browser, f"{server.url}/starts#initialization=uniform"), 0.95)
    yield Row("many starts (1,000), change to redrawn, p95", "<= 300 ms", f"{starts:.0f} ms", starts <= 300)
    small = percentile(_changes(browser, f"{server.url}/map#initialization=uniform&view.size=64"), 0.95)
    yield Row("map 64 x 64, change to complete, p95", "<= 500 ms", f"{small:.0f} ms", small <= 500)
    large = statistics.median(_changes(browser, f"{server.url}/map#initialization=uniform", times=7)) / 1000
    yield Row("map 256 x 256, change to complete", "<= 4 s", f"{large:.2f} s", large <= 4)
    kilobytes = len(ask_many(server.url, "map", XOR)) / 1000
    yield Row("wire, map 256 x 256", "<= 120 kB", f"{kilobytes:.0f} kB", kilobytes <= 120)


CHANGE = """async (rate) => {
  const { workspace } = nnlab;
  const start = performance.now();
  document.documentElement.dataset.run = "asked";
  workspace.set("learning_rate", rate);
  const complete = () => document.documentElement.dataset.run === "completed";
  await new Promise((resolve) => {
    const look = () => (complete() ? requestAnimationFrame(resolve) : setTimeout(look, 1));
    look();
  });
  return performance.now() - start;
}"""


def _changes(browser: Browser, url: str, times: int = 25) -> list[float]:
    """Milliseconds from a change of the learning rate to the frame that shows all of its answer."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    page.wait_for_function("document.documentElement.dataset.run === 'completed'", timeout=60_000)
    page.wait_for_timeout(500)
    measured = []
    for attempt in range(times):
        rate = 0.1 + 0.02 * attempt
        measured.append(float(page.evaluate(CHANGE, rate)))
        page.wait_for_timeout(100)
    page.close()
    return measured


def beside(server: Server) -> Iterator[Row]:
    """A row for the first frame of a single run, with and without a large map under way, in turn."""
    quiet, busy = [], []
    for _ in range(REPEATS):
        quiet += _first_frames(server)
        with _big_map(server):
            busy += _first_frames(server)
    before, after = (1000 * percentile(times, 0.95) for times in (quiet, busy))
    growth = 100 * (after / before - 1)
    figure = f"{growth:+.0f} % ({before:.1f} to {after:.1f} ms)"
    yield Row("a Lab run's first frame, p95, while a big map runs", "<= +25 %", figure, growth <= 25)


def _first_frames(server: Server, runs: int = 40) -> list[float]:
    times = []
    for _ in range(runs):
        times.append(ask(server.url, Experiment()).first_frame)
        time.sleep(0.01)
    return times


@contextmanager
def _big_map(server: Server) -> Iterator[None]:
    """Have the server work on a map of 512 x 512 for as long as the block lasts."""
    enough = threading.Event()
    reader = threading.Thread(
        target=ask_many, args=(server.url, "map", XOR.changed(epochs=800), {"size": 512}, enough)
    )
    reader.start()
    time.sleep(0.5)
    try:
        yield
    finally:
        enough.set()
        reader.join()
        time.sleep(0.5)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
