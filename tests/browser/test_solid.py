"""Plotly's part that draws in space comes after the first picture; without it all else works, and it is asked for again."""

SOLID = "**/vendor/plotly/solid.mjs*"
UNFINISHED = "The 3D view could not be loaded."


def test_it_comes_after_the_first_picture_and_only_for_a_view_that_is_open(new_lab):
    lab = new_lab()
    lab.at_rest()
    assert any(address.endswith("/plotly/flat.mjs") for address in lab.requests)
    assert not any(address.endswith("/plotly/solid.mjs") for address in lab.requests)
    lab.fold_surface()
    lab.surface_shown()
    assert sum(address.endswith("/plotly/solid.mjs") for address in lab.requests) == 1


def test_without_it_the_lab_works_says_so_and_tries_again(new_lab):
    lab = new_lab(folded=None, routes={SOLID: lambda route: route.abort()})
    lab.expected = ["ERR_FAILED"]
    lab.at_rest()
    lab.until(
        f"document.querySelector('[data-view=surface] [data-part=note]').textContent.includes('{UNFINISHED}')"
    )
    assert lab.text("banner") == ""
    lab.page.unroute(SOLID)
    lab.surface_shown()  # by itself: the picture rests, and nothing asks for another
    assert UNFINISHED not in lab.text("surface/note")
    assert lab.page.locator("[data-view=surface] .js-plotly-plot").count() == 1
