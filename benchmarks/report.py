"""Measures everything and prints the table of budgets and figures: ``python -m benchmarks.report``, or ``make bench``.

Figures that compare two things take them in turn in one run; every figure is from the machine that prints it.
"""

import socket
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

import nnlab
from benchmarks import many, page, playground, server_cpu
from benchmarks.classroom import burst, play
from benchmarks.figures import Row, percentile, table
from benchmarks.memory import resident
from benchmarks.plain_loop import train_plainly
from benchmarks.server import Server, serving
from benchmarks.student import ask
from nnlab.core.experiment import Experiment
from tools.browser import ARGUMENTS, find

REPEATS = 5
READERS = 10


def core() -> Iterator[Row]:
    """A row that compares the core with the plain loop, in turn."""
    experiment = Experiment()
    ratios = []
    for _ in range(60):
        plain = _seconds(lambda: train_plainly(experiment))
        ratios.append(_seconds(lambda: nnlab.train(experiment)) / plain)
    ratio = statistics.median(ratios)
    yield Row(
        "the notebook's run in the core, against the plain loop", "<= 0.6 x", f"{ratio:.2f} x", ratio <= 0.6
    )


def streams(server: Server) -> Iterator[Row]:
    """One run alone, then classes that retrain at one moment."""
    alone = [ask(server.url, Experiment()) for _ in range(20)]
    whole = 1000 * statistics.median(result.whole for result in alone)
    yield Row("default run, whole stream received", "<= 250 ms", f"{whole:.0f} ms", whole <= 250)
    yield from _class(server, students=30, first_budget=150, all_budget=3.0)
    yield from _class(server, students=100, first_budget=600, all_budget=None)
    most = max(map(resident, server.workers()), default=0.0)
    yield Row("memory of a worker, at most", "<= 250 MB", f"{most:.0f} MB", most <= 250)


def _class(server: Server, students: int, first_budget: float, all_budget: float | None) -> Iterator[Row]:
    bursts = [burst(server.url, students) for _ in range(REPEATS)]
    first, trained = (
        statistics.median(
            1000 * percentile([getattr(result, what) for result in results], 0.95) for results, _ in bursts
        )
        for what in ("first_frame", "trained")
    )
    seconds = statistics.median(seconds for _, seconds in bursts)
    errors = sum(result.error is not None for results, _ in bursts for result in results)
    name = f"{students} students retraining at once"
    met = first <= first_budget
    yield Row(f"{name}: first frame p95", f"<= {first_budget:.0f} ms", f"{first:.0f} ms", met)
    yield Row(f"{name}: trained network p95", "no budget", f"{trained:.0f} ms", None)
    if all_budget is not None:
        yield Row(f"{name}: all done", f"<= {all_budget:g} s", f"{seconds:.2f} s", seconds <= all_budget)
    yield Row(f"{name}: errors, or costs other than offline", "0", str(errors), errors == 0)


def lesson(server: Server) -> Iterator[Row]:
    """Three hundred who retrain for a minute, two seconds apart; they take their share of the processor."""
    results = play(server.url, students=300, seconds=60, pause=2)
    errors = sum(result.error is not None for result in results)
    last = percentile([result.whole for result in results if result.error is None], 0.95)
    name = f"300 students for a minute, {len(results)} runs"
    yield Row(f"{name}: refused for ever, or wrong", "0", str(errors), errors == 0)
    yield Row(f"{name}: last frame p95", "<= 3 s", f"{last:.2f} s", last <= 3)


def memory() -> Iterator[Row]:
    """What clients who never read add to a fresh server, once it is warm."""
    with serving() as server:
        burst(server.url, 8)
        workers = server.workers()
        if not workers:
            return
        before = sum(map(resident, workers))
        readers = [_never_reads(server.url) for _ in range(READERS)]
        peak = 0.0
        for _ in range(20):
            time.sleep(0.1)
            peak = max(peak, sum(map(resident, workers)))
        for reader in readers:
            reader.close()
    each = (peak - before) / READERS
    yield Row("memory that a client who never reads adds", "<= 5 MB", f"{each:.1f} MB", each <= 5)


def _never_reads(url: str) -> socket.socket:
    parts = urlsplit(url)
    body = b'{"version":3,"experiment":{"epochs":5000}}'
    head = (
        f"POST /run HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    reader = socket.create_connection((parts.hostname, parts.port))
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.sendall(head.encode() + body)
    return reader


def browser(server: Server) -> Iterator[Row]:
    """Rows for the page: drags, painting, the first visit."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(presenting=True), args=ARGUMENTS)
        visit = page.first_visit(chromium, server.url)
        first = statistics.median(page.first_picture(chromium, server.url) for _ in range(REPEATS))
        lab = page.opened(chromium, server.url)
        release = percentile(page.release_to_paint(lab), 0.95)
        lab.locator("#replay").uncheck()
        trained = percentile(page.release_to_paint(lab, trained=True), 0.95)
        lab.locator("#replay").check()
        open_rate, open_gap = page.playing(lab)
        lab.click("[data-view=surface] [data-part=fold]")
        folded_rate, _ = page.playing(lab)
        lab.close()
        rows = [*many.pages(chromium, server), *playground.painting(chromium, server)]
        chromium.close()
    yield from rows
    yield Row("slider release to first painted frame, p95", "<= 150 ms", f"{release:.0f} ms", release <= 150)
    what = "slider release to the trained picture, 3D view open, p95"
    yield Row(what, "<= 100 ms", f"{trained:.0f} ms", trained <= 100)
    yield Row("painted a second, 3D view folded", ">= 30", f"{folded_rate:.0f}", folded_rate >= 30)
    yield Row("painted a second, 3D view open, software GL", ">= 15", f"{open_rate:.0f}", open_rate >= 15)
    yield Row("longest gap between two of them", "<= 250 ms", f"{open_gap:.0f} ms", open_gap <= 250)
    size = visit.megabytes
    yield Row("first visit, everything loaded", "<= 1.3 MB", f"{size:.2f} MB", size <= 1.3)
    slowed = f"first picture of a first visit, processor {page.SLOWED} times as slow"
    yield Row(slowed, "no budget", f"{first / 1000:.2f} s", None)
    yield Row("requests to other origins", "0", str(visit.foreign), visit.foreign == 0)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> int:
    """Print the table; returns 1 if a budget was missed."""
    rows = [*core(), *many.engine(), *playground.core()]
    with serving() as server:
        rows += [*streams(server), *server_cpu.rows(server), *playground.streams(server), *lesson(server)]
        rows += browser(server)
        rows += many.beside(server)
    rows += memory()
    print(table(rows))
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
