"""A browser that cannot draw in three dimensions gets a sentence, and level lines in place of the surface."""

import pytest

from .conftest import ARGUMENTS


@pytest.fixture
def flat_lab(playwright, chromium_path, new_lab):
    arguments = [
        *(each for each in ARGUMENTS if "swiftshader" not in each),
        "--disable-gpu",
        "--disable-3d-apis",
    ]
    browser = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
    yield new_lab(browser=browser, folded=None)
    browser.close()


def test_it_says_so_and_draws_level_lines_on_the_lab_and_in_the_landscape(flat_lab):
    lab = flat_lab
    lab.expected = ["WebGL"]
    lab.at_rest()
    lab.surface_shown()
    assert (
        lab.text("surface/note")
        == "This browser has no WebGL, so here are level lines instead of the surface."
    )
    graph = "document.querySelector('[data-view=surface] .js-plotly-plot')"
    assert lab.js(f"{graph}.data[0].type") == "contour"
    lab.until(f"{graph}.querySelectorAll('.contourlevel path').length > 3")
    lab.surface_shown()
    lab.seek(10)
    lab.surface_shown()
    lab.page.locator("#theme").click()
    lab.choose("dataset", "and")
    lab.trained(dataset="and")
    lab.at_rest()
    with lab.page.expect_download() as waiting:
        lab.page.locator("[data-view=surface] [data-part=save-png]").click()
    assert waiting.value.path().stat().st_size > 5000
    lab.js("nnlab.lab.clock.toEnd()")
    lab.go("landscape")
    lab.until("nnlab.workspace.pages.landscape.slice?.atRest")
    assert "level lines beside show the same landscape" in lab.text("height-note")
    assert not lab.page.locator("#height-picture").is_visible()
    lab.until("document.querySelectorAll('#levels .contourlevel path').length > 3")
    lab.until("document.getElementById('landscape-words').textContent.includes('Epoch 201')")
