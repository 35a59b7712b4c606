"""The main story in Firefox: the lab opens trained, a new learning rate trains it anew, and it changes its language."""

import pytest

from tools.browser import FIREFOX_MISSING, find_firefox

from .firefox import firefox

TRAINED = "document.documentElement.dataset.run === 'completed' && nnlab.lab.recording.tail"
RATE = "nnlab.lab.recording.experiment.learning_rate"
WANTED = "nnlab.workspace.wanted.experiment.learning_rate"
COST = "document.querySelector('[data-view=cost] [data-part=now]').innerText"


@pytest.fixture
def page(url, tmp_path):
    path = find_firefox()
    if path is None:
        pytest.fail(FIREFOX_MISSING)
    with firefox(path, tmp_path) as page:
        yield page
        assert page.errors == []


def test_the_main_story(page, url):
    page.open(url)
    page.until(f"{TRAINED} && nnlab.lab.recording.expected === 202")
    page.click("#to-end")
    page.until(f"{COST} === 'Cost now: 0.0040254'")
    assert page.js("document.getElementById('run-state').innerText") == "trained"

    page.drag("#slider-learning_rate", 40)
    page.until(f"{WANTED} !== 0.2")
    dragged = page.js(WANTED)
    page.until(f"{TRAINED} && {RATE} === {dragged}")
    page.press("ArrowRight", 3)
    page.until(f"{WANTED} > {dragged}")
    pressed = page.js(WANTED)
    page.until(f"{TRAINED} && {RATE} === {pressed}")
    page.until("document.getElementById('run-state').innerText === 'trained'")
    page.click("#to-end")
    page.until(f"{COST} !== 'Cost now: 0.0040254'")
    cost = page.js("nnlab.lab.recording.tail.cost")

    page.click("#language-ru")
    page.until(f"document.documentElement.lang === 'ru' && {TRAINED}")
    assert (
        page.js("document.querySelector('[data-view=boundary] [data-part=title]').innerText")
        == "Граница решений"
    )
    assert (page.js(RATE), page.js("nnlab.lab.recording.tail.cost")) == (pressed, cost)
