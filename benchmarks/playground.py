"""Larger networks on samples: the core against TensorFlow Playground's own network code, and what page and class see.

The playground's code is not ours to copy. Take ``src/nn.ts`` from its repository, strip its types (``tsc --target es2020
--module es2020 --useDefineForClassFields false``), and name the module: ``PLAYGROUND_NN=/path/to/nn.js make bench``. Without
it the two rows of comparison say that they were not measured.
"""

import json
import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

import nnlab
from benchmarks import page
from benchmarks.classroom import at_once
from benchmarks.figures import Row, percentile
from benchmarks.many import against_single_runs
from benchmarks.server import Server
from benchmarks.student import ask
from nnlab.core.experiment import Experiment

MODULE = "PLAYGROUND_NN"
DRIVER = Path(__file__).with_name("playground_driver.mjs")
REPEATS = 7

SAMPLES = Experiment(
    dataset="quadrants",
    samples=500,
    train_share=50,
    batch_size=10,
    epochs=100,
    learning_rate=0.03,
    initialization="xavier",
)
SMALL = SAMPLES.changed(hidden_layer_sizes=(4, 2))
DEEP = SAMPLES.changed(hidden_layer_sizes=(8,) * 6)


def core() -> Iterator[Row]:
    """Milliseconds of the core, and how many times the playground's; then many networks against single runs."""
    theirs = _playground()
    for experiment, most, times in ((SMALL, 80, 3.0), (DEEP, 160, 0.6)):
        shape = "-".join(map(str, experiment.layer_sizes))
        ours = 1000 * min(_seconds(experiment) for _ in range(REPEATS))
        what = f"{shape}, 250 points, batch 10, 100 epochs, in the core"
        yield Row(what, f"<= {most} ms", f"{ours:.0f} ms", ours <= most)
        yield _compared(shape, times, ours, theirs.get(shape))
    wide = SAMPLES.changed(hidden_layer_sizes=(8, 8), epochs=20)
    _, faster = against_single_runs(wide, 256)
    what = "256 networks of 2-8-8-1 on 250 points, batch 10, 20 epochs, against single runs"
    yield Row(what, ">= 3 x", f"{faster:.1f} x", faster >= 3)


def _compared(shape: str, times: float, ours: float, theirs: float | None) -> Row:
    what = f"{shape} against the playground's own network code in Node.js"
    if theirs is None:
        return Row(what, f"<= {times:g} x", f"not measured: {MODULE} is not set", None)
    return Row(what, f"<= {times:g} x", f"{ours / theirs:.2f} x ({theirs:.0f} ms)", ours <= times * theirs)


def _playground() -> dict[str, float]:
    """Milliseconds of the playground's code by shape, best of as many; empty if it is not here."""
    module, node = os.environ.get(MODULE), shutil.which("node")
    if not module or not node:
        return {}
    shapes = [list(experiment.layer_sizes) for experiment in (SMALL, DEEP)]
    rows = SAMPLES.data()
    asked = {
        "module": Path(module).resolve().as_uri(),
        "shapes": shapes,
        "points": rows.points.tolist(),
        "targets": rows.targets.tolist(),
        "repeats": REPEATS,
    }
    answer = subprocess.run(
        [node, DRIVER], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    best: dict[str, float] = json.loads(answer.stdout)
    return best


def _seconds(experiment: Experiment) -> float:
    start = time.perf_counter()
    nnlab.train(experiment)
    return time.perf_counter() - start


def streams(server: Server) -> Iterator[Row]:
    """Bytes of a frame, a long run's first frame, a class on large networks."""
    for experiment, most in ((SMALL, 6), (DEEP, 25)):
        result = ask(server.url, experiment)
        each = result.bytes / result.frames / 1000
        what = f"wire, {'-'.join(map(str, experiment.layer_sizes))}, mean a frame"
        yield Row(what, f"<= {most} kB", f"{each:.1f} kB", each <= most)
    long = DEEP.changed(epochs=2000)
    first = 1000 * statistics.median(ask(server.url, long).first_frame for _ in range(3))
    what = "2,000 epochs of 2-8-8-8-8-8-8-1: first frame"
    yield Row(what, "<= 150 ms", f"{first:.0f} ms", first <= 150)
    lesson = [DEEP.changed(seed=seed, epochs=60) for seed in range(30)]
    bursts = [at_once(server.url, lesson) for _ in range(3)]
    first = statistics.median(
        1000 * percentile([result.first_frame for result in results], 0.95) for results, _ in bursts
    )
    errors = sum(result.error is not None for results, _ in bursts for result in results)
    met = first <= 500 and errors == 0
    what = "30 students on six layers of 8 units: first frame p95"
    yield Row(what, "<= 500 ms", f"{first:.0f} ms, {errors} errors", met)


def painting(browser: Browser, server: Server) -> Iterator[Row]:
    """Painted frames a second with boundary, cost and diagram in sight, the 3D view and the hidden space folded."""
    for experiment, fewest in ((SMALL, 20), (DEEP, 6)):
        settings = {
            "dataset": experiment.dataset,
            "initialization": experiment.initialization,
            "hidden_layer_sizes": list(experiment.hidden_layer_sizes),
            "batch_size": experiment.batch_size,
            "learning_rate": experiment.learning_rate,
        }
        lab = page.folded(browser, server.url, settings, "surface,hidden,layers")
        rate, _ = page.playing(lab)
        lab.close()
        what = f"painted a second, boundary, cost and diagram, {'-'.join(map(str, experiment.layer_sizes))}"
        yield Row(what, f">= {fewest}", f"{rate:.0f}", rate >= fewest)
