"""A page that does not come says so, and comes by itself once what was missing is there."""

import pytest

PARTS = {
    "Plotly": "**/flat.mjs",
    "the page's own JavaScript": "**/js/main.mjs",
    "a module of it": "**/js/clock.mjs",
    "Dash": "**/dash_renderer*.js",
    "the styles": "**/nnlab.css",
    "React": "**/react@*.js",
    "the layout": "**/_dash-layout",
    "the callbacks": "**/_dash-dependencies",
}


@pytest.mark.parametrize("part", PARTS)
def test_what_did_not_come_is_said_and_tried_again(new_lab, part):
    lab = new_lab(routes={PARTS[part]: lambda route: route.abort()}, wait=False)
    lab.expected = ["ERR_FAILED", "Failed to fetch", "is not defined", "undefined", "import"]
    lab.page.locator("#opening", has_text="Some of the lab could not be loaded.").wait_for()
    lab.page.unroute_all()
    # a page without its styles trains all the same: what counts is that it is loaded anew
    lab.until("!document.getElementById('opening') && sessionStorage.getItem('nnlab.opening') === null")
    lab.ready()


def test_it_is_said_in_the_language_of_the_page(new_lab):
    lab = new_lab(routes={"**/flat.mjs": lambda route: route.abort()}, wait=False, locale="ru-RU")
    lab.expected = ["ERR_FAILED", "Failed to fetch"]
    lab.page.locator("#opening", has_text="Часть лаборатории не загрузилась.").wait_for()


def test_a_page_that_is_slow_to_come_says_so_and_can_be_asked_for_again(new_lab):
    def prepare(page):
        page.clock.install()
        page.route("**/_dash-layout", lambda _: None)

    lab = new_lab(prepare=prepare, wait=False)
    lab.expected = ["ERR_", "fetch"]
    lab.page.locator("._dash-loading").wait_for()
    lab.page.clock.fast_forward(21_000)
    lab.page.locator("#opening", has_text="The lab is still loading").wait_for()
    lab.page.unroute_all()
    with lab.page.expect_navigation():
        lab.page.locator("#opening button").click()
    lab.until("window.nnlab")
