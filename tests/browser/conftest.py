"""A server and a browser for all of these tests, and pages in it that fail on errors nobody expected."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

from tests.machine import slowness
from tests.processes import end, free_port
from tools.browser import ARGUMENTS, find

from .lab import SMALLER, Lab
from .own_data import EIGHT, open_own
from .task import settled

ROOT = Path(__file__).parents[2]
CLASS_URL = "http://classroom.test:8050"
"""What the server tells the class; nothing is ever asked of it."""

ON_THE_PROCESSOR = ["--disable-gpu-rasterization", "--disable-gpu-compositing", "--num-raster-threads=1"]
"""Where there is no graphics card, the processor paints a page; imitating a card for that takes it twice as long. One thread
paints, since another browser is at work beside."""
AS_USUAL = {"viewport": SMALLER, "locale": "en-US", "reduced_motion": "reduce", "color_scheme": "light"}
MEDIA = ("reduced_motion", "color_scheme")
"""What a page can be told anew."""
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    elif call.when == "setup":
        item.stash[FAILED] = False
    return report


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def url(new_log_folder):
    """Where gunicorn serves the lab, as ``make run`` would, on a free port of the loopback."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", "96", "-w", "1", "--preload"]
    command += ["-b", f"127.0.0.1:{port}", "--no-control-socket", "app:server"]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "GUNICORN_CMD_ARGS": ""}
    environment["NNLAB_PUBLIC_URL"] = CLASS_URL
    log = new_log_folder() / "log"
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=written, stderr=written)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_up(address, process, log)
        yield address
    finally:
        end(process, 5)


def wait_until_up(address, process, log):
    deadline = time.monotonic() + 30 * slowness()
    while True:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urlopen(f"{address}/healthz", timeout=5):
                return
        except OSError:
            assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            time.sleep(0.05)


@pytest.fixture(scope="session")
def chromium_path():
    path = find()
    if path is None:
        pytest.fail("no Chromium here: make browser fetches one")
    return path


@pytest.fixture(scope="session")
def playwright(chromium_path):  # which is looked for first: the search may need a Playwright of its own
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright, chromium_path):
    browser = playwright.chromium.launch(executable_path=chromium_path, args=[*ARGUMENTS, *ON_THE_PROCESSOR])
    yield browser
    browser.close()


class Pages:
    """Pages for the tests of a session, one for each kind of browser, opened anew for every test that asks.

    A page that has shown the lab before shows it again in half the time: its browser has fetched and compiled everything.
    """

    def __init__(self, url):
        self.url = url
        self.free = {}
        self.taken = []

    def take(self, browser, options, own):
        """A page with nothing of an earlier test on it or in its storage."""
        fixed = {name: value for name, value in options.items() if name != "viewport" and name not in MEDIA}
        free = self.free.setdefault((id(browser), own, json.dumps(fixed, sort_keys=True)), [])
        lab = free.pop() if free else Lab(browser.new_context(**options).new_page(), self.url)
        lab.page.set_viewport_size(options["viewport"])
        lab.page.emulate_media(**{name: options[name] for name in MEDIA})
        self.taken.append((lab, None if own else free))
        return lab

    def give_back(self, failed):
        """Check every page of the test that has ended, and keep those that are as good as new."""
        taken, self.taken = self.taken, []
        for lab, _ in taken:
            if failed:
                lab.page.context.close()
        for lab, free in taken:
            if failed:
                continue
            if free is None:
                lab.page.context.close()
            else:
                lab.page.unroute_all(behavior="ignoreErrors")
                lab.leave()
            lab.check()
            if free is not None:
                free.append(lab)


@pytest.fixture(scope="session")
def pages(url):
    return Pages(url)


@pytest.fixture
def new_lab(chromium, pages, request):
    """Open the lab on a page of one's own, set up as the test wants it; ``new_lab("/#...", locale="ru-RU")``.

    The 3D view is folded unless ``folded`` names other views: without a graphics card it is half of a page's opening.
    None folds what a newcomer finds folded. Nothing plays by itself unless ``reduced_motion="no-preference"`` lets it.
    ``routes`` answer some of its requests until the test ends. What a test does to a page before it opens (``prepare``), or
    cannot undo (``own``), it does to a page that no other test gets.
    """

    def opened(
        path="/",
        *,
        browser=chromium,
        routes=None,
        prepare=None,
        own=False,
        wait=True,
        folded="surface",
        **options,
    ):
        options = AS_USUAL | options
        lab = pages.take(browser, options, own or prepare is not None or browser is not chromium)
        for address, handler in (routes or {}).items():
            lab.page.route(address, handler)
        if prepare:
            prepare(lab.page)
        lab.enter(path, folded)
        if wait:
            lab.ready()
        return lab

    yield opened
    pages.give_back(request.node.stash.get(FAILED, False))


@pytest.fixture(scope="session")
def shared_labs():
    """The page of each language that most tests share, but for those that a test has spoilt."""
    return {}


@pytest.fixture
def lab_in(chromium, url, shared_labs, request):
    """The shared page in a language, at rest on the notebook's run and in light; a page load is dear, so it is put back."""
    taken = {}

    def put_back(locale):
        taken[locale] = lab = shared_labs.pop(locale, None) or shared(locale)
        lab.put_back()
        return lab

    def shared(locale):
        lab = Lab(chromium.new_context(viewport=SMALLER, locale=locale).new_page(), url)
        lab.enter("/", "surface")
        return lab

    yield put_back
    for locale, lab in taken.items():
        if request.node.stash.get(FAILED, False):
            lab.page.context.close()
            continue
        lab.check()
        shared_labs[locale] = lab


@pytest.fixture
def lab(lab_in):
    """The shared page in English."""
    return lab_in("en-US")


@pytest.fixture
def own(lab):
    """The lab with eight points of one's own, clicks placing more of class 1."""
    open_own(lab, EIGHT)
    lab.page.locator("#own-data-placing").check()
    lab.page.locator("#own-data-classes input[value='1']").check()
    return lab


@pytest.fixture
def at(lab):
    """Open a link on the shared page."""

    def opened(address):
        lab.visit(address)
        settled(lab)
        return lab

    return opened
