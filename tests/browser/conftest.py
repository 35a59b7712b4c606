"""A server and a browser for all of these tests, and pages in it that fail on errors nobody expected."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

from tests.machine import slowness
from tools.browser import ARGUMENTS, find

from .lab import Lab

ROOT = Path(__file__).parents[2]
CLASS_URL = "http://classroom.test:8050"
"""What the server tells the class; nothing is ever asked of it."""
FOLDED = "localStorage.setItem('nnlab.folded', 'surface')"
DESKTOP = {"width": 1440, "height": 900}
SMALLER = {"width": 1100, "height": 700}
"""Drawn sooner, where there is no graphics card."""


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def url(tmp_path_factory):
    """Where gunicorn serves the lab, as ``make run`` would, on a free port of the loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", "96", "-w", "1", "--preload"]
    command += ["-b", f"127.0.0.1:{port}", "--no-control-socket", "app:server"]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "GUNICORN_CMD_ARGS": ""}
    environment["NNLAB_PUBLIC_URL"] = CLASS_URL
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=written, stderr=written)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_up(address, process, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")


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
    browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def new_lab(chromium, url):
    """Open the lab in a browser of one's own, set up as the test wants it; ``new_lab("/#...", locale="ru-RU")``.

    The 3D view is folded unless the test asks for it: without a graphics card it is half of a page's opening.
    """
    contexts = []

    def opened(path="/", *, browser=chromium, prepare=None, wait=True, surface=False, **options):
        context = browser.new_context(**{"viewport": SMALLER, "locale": "en-US"} | options)
        page = context.new_page()
        lab = Lab(page, url)
        contexts.append((context, lab))
        if not surface:
            page.add_init_script(FOLDED)
        if prepare:
            prepare(page)
        page.goto(url + path, wait_until="commit")
        if wait:
            lab.ready()
        return lab

    yield opened
    for context, _ in contexts:
        context.close()
    for _, lab in contexts:
        lab.check()


@pytest.fixture(scope="session")
def shared_labs():
    """The page that most tests share, as a list that is emptied when a test has spoilt it."""
    pages = []
    yield pages
    for lab in pages:
        lab.page.context.close()


@pytest.fixture
def lab(chromium, url, shared_labs):
    """The lab at rest on the notebook's run, in English and light; a page load is dear, so it is put back instead."""
    if not shared_labs:
        page = chromium.new_context(viewport=DESKTOP, locale="en-US", accept_downloads=True).new_page()
        page.add_init_script(FOLDED)
        shared_labs.append(Lab(page, url))
        page.goto(url)
    lab = shared_labs.pop()
    lab.put_back()
    yield lab
    lab.check()
    shared_labs.append(lab)
