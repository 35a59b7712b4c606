"""Views that are folded away: nothing of them is drawn or asked for, and unfolded each stands where the others do."""

from .test_hidden_space import on_canvas, pixels
from .test_layers import SIZES, canvas, drawn
from .test_network import AS_THE_NETWORK_SAYS, READY, UNITS


def runs(lab):
    return [request for request in lab.requests if request.endswith("/run")]


def test_a_newcomer_finds_the_hidden_space_and_the_layers_folded_and_nothing_of_them_is_drawn(new_lab):
    lab = new_lab(folded=None)
    lab.at_rest()
    lab.fold_surface()
    lab.page.wait_for_timeout(150)
    assert lab.js("nnlab.lab.views.hidden.scene") is None, "nothing of it is computed"
    assert not lab.page.locator("[data-view=layers] [data-part=table]").is_visible()
    assert all(canvas(lab, name)[..., 3].max() == 0 for name in SIZES)
    lab.requests.clear()
    lab.part("hidden", "fold").click()
    shown = pixels(lab)
    assert all(shown[round(y), round(x), 3] == 255 for x, y in on_canvas(lab)), "it is drawn at once"
    assert runs(lab) == []
    lab.part("layers", "fold").click()
    drawn(lab)
    lab.until(
        "document.querySelector('[data-view=layers] [data-part=canvas-weights]').width !== 300"
    )  # a canvas's own at first
    before = [canvas(lab, name) for name in SIZES]
    assert all(shown[..., 3].max() == 255 for shown in before)
    lab.part("layers", "fold").click()
    lab.type("learning_rate", "0.7")
    lab.trained(learning_rate=0.7)
    lab.at_rest()
    lab.page.wait_for_timeout(150)
    assert all((canvas(lab, name) == shown).all() for name, shown in zip(SIZES, before, strict=True))
    lab.part("layers", "fold").click()
    drawn(lab)
    assert not all((canvas(lab, name) == shown).all() for name, shown in zip(SIZES, before, strict=True))


def test_what_is_folded_stays_so_and_is_drawn_when_it_is_unfolded(new_lab):
    lab = new_lab(folded="surface,network")
    assert lab.page.locator("[data-view=surface] .js-plotly-plot").count() == 0
    assert lab.part("surface", "fold").get_attribute("aria-expanded") == "false"
    assert lab.page.locator(UNITS).count() == 0
    lab.seek(50)
    before = lab.js("[nnlab.lab.clock.epoch, nnlab.lab.recording.experiment]")
    lab.requests.clear()
    lab.expected = ["there is no picture"]
    lab.part("network", "save-png").click()
    lab.page.locator("#banner", has_text="Network").wait_for()
    lab.part("network", "fold").click()
    lab.until(READY, [2, 2, 1])
    assert lab.js("[nnlab.lab.clock.epoch, nnlab.lab.recording.experiment]") == before
    assert lab.js(AS_THE_NETWORK_SAYS) == [True] * 5
    assert runs(lab) == []
    lab.fold_surface()
    lab.surface_shown()
    assert lab.js("localStorage.getItem('nnlab.folded')") == ""
