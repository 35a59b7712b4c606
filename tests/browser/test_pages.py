"""All pages look at one experiment; going between them loses nothing, in both languages, themes and any width."""

import pytest

from .test_accessibility import LANGUAGES
from .test_layout import WIDER

PAGES = ("lab", "starts", "map", "landscape")


def test_the_experiment_goes_along_from_page_to_page(lab):
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    for page in ("starts", "map", "landscape", "lab"):
        lab.go(page)
        assert lab.experiment["learning_rate"] == 0.5
        assert lab.hash.partition("&view.")[0] == "#learning_rate=0.5"
        assert lab.js("document.querySelectorAll('[aria-current=page]').length") == 1
    for page in ("landscape", "map", "starts", "lab"):
        lab.page.go_back()
        lab.until("(page) => document.documentElement.dataset.page === page", page)
        lab.done()
    assert lab.experiment["learning_rate"] == 0.5


def test_a_change_on_one_page_is_there_on_the_others_and_can_be_undone(lab):
    lab.go("starts")
    lab.choose("dataset", "or")
    lab.done()
    lab.go("lab")
    lab.trained(dataset="or")
    lab.page.locator("#undo").click()
    lab.trained(dataset="xor")


def test_a_page_that_is_gone_to_says_which_it_is(lab):
    said = """() => [document.title, document.querySelector("h1").textContent, document.activeElement.id]"""
    lab.page.locator("[data-page-link=map]").focus()
    lab.page.keyboard.press("Enter")
    lab.done()
    assert lab.js(said) == ["Map · nnlab", "Map", "page-title"]
    lab.page.go_back()
    lab.until("document.documentElement.dataset.page === 'lab'")
    lab.done()
    assert lab.js(said) == ["nnlab: watch a neural network learn", "Lab", "page-title"]


def test_a_page_that_is_opened_leaves_the_focus_alone(new_lab):
    lab = new_lab("/map#view.size=64", wait=False)
    lab.done()
    assert lab.js("[document.querySelector('h1').textContent, document.activeElement.tagName]") == [
        "Map",
        "BODY",
    ]


def test_a_page_whose_body_does_not_come_says_so_and_comes_later(new_lab):
    lab = new_lab()
    lab.expected = ["ERR_FAILED", "fetch", "500"]
    lab.page.route("**/body/**", lambda route: route.abort())
    lab.page.locator("[data-page-link=map]").click()
    lab.until("document.documentElement.dataset.run === 'lost'")
    assert lab.text("banner").startswith("The connection to the server was lost.")
    lab.page.locator("[data-page-link=lab]").click()
    lab.until("nnlab.workspace.page === nnlab.lab && document.getElementById('run-state').checkVisibility()")
    lab.page.unroute("**/body/**")
    lab.page.locator("[data-page-link=map]").click()
    lab.done()
    assert lab.text("banner") == ""
    assert lab.page.locator("#map-picture").is_visible()


def test_a_change_that_is_made_before_the_page_is_there_stands(new_lab):
    held = []
    lab = new_lab(
        "/map#learning_rate=0.5&view.size=64",
        wait=False,
        routes={"**/body/**": lambda route: held.append(route)},
    )
    lab.until("window.nnlab?.workspace.pageName === 'map'")
    lab.page.wait_for_timeout(100)  # until the body has been asked for
    lab.choose("dataset", "and")
    lab.type("epochs", "50")
    while not held:
        lab.page.wait_for_timeout(20)
    held[0].continue_()
    lab.done()
    settings = ("dataset", "learning_rate", "epochs")
    assert [lab.experiment[setting] for setting in settings] == ["and", 0.5, 50]
    assert lab.hash.startswith("#dataset=and")
    lab.page.locator("#undo").click()
    lab.until("nnlab.workspace.history.experiment.dataset === 'xor'")
    assert lab.experiment["learning_rate"] == 0.5


def test_only_the_page_in_sight_is_there(lab):
    shown = """() => ["boundary", "histogram", "map", "height"]
      .filter((name) => document.querySelector(`[data-view=${name}]`)?.checkVisibility())"""
    for page, view in zip(PAGES, ("boundary", "histogram", "map", "height"), strict=True):
        lab.go(page)
        assert lab.js(shown) == [view]
    lab.go("lab")


def test_leaving_a_page_ends_its_work(lab):
    lab.go("map")
    lab.page.locator("#map-size").select_option("512")
    with lab.page.expect_event("requestfailed", lambda request: request.url.endswith("/map/run")):
        lab.page.locator("[data-page-link=lab]").click()
    lab.trained()
    lab.js("nnlab.workspace.pages.map.forget()")


def spoken_in_latin(lab, page):
    words = lab.page.locator(f"#body-{page}").inner_text().split()
    return {word for word in words if word.isascii() and word.isalpha() and len(word) > 4} - {"Enter"}


@pytest.mark.parametrize(("language", "first"), LANGUAGES)
def test_axe_finds_nothing_serious_and_nothing_is_too_wide(new_lab, language, first):
    """Every page in both languages, at three widths, in light and in dark by turns."""
    lab = new_lab(locale=language)
    found = {}
    for page in PAGES[1:]:
        lab.go(page)
        for look in lab.looks(first):
            found[page, *look] = lab.axe(f"#body-{page}"), lab.js(WIDER)
        if language == "ru-RU":
            assert spoken_in_latin(lab, page) == set()
    assert {place: problems for place, problems in found.items() if problems != ([], [])} == {}
