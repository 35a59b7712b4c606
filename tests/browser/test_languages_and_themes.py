"""English and Russian, light and dark: following the browser at first, then what was chosen."""

import re

from .test_settings import BAD, refuse

CHANGED = {"dataset": "and", "learning_rate": 0.5}


def test_the_language_follows_the_browser_and_a_switch_keeps_everything(new_lab):
    lab = new_lab("/#dataset=and&learning_rate=0.5", locale="ru-RU", reduced_motion="no-preference")
    assert lab.js("document.documentElement.lang") == "ru"
    assert lab.text("boundary/title") == "Граница решений"
    assert lab.page.locator("#language-ru").get_attribute("aria-pressed") == "true"
    for setting, typed, _, russian in BAD:
        refuse(lab, setting, typed, russian)
    lab.type("epochs", "30")
    lab.trained(epochs=30, **CHANGED)
    lab.page.locator("#replay").click()
    experiment, cost = lab.experiment, lab.js("nnlab.lab.recording.tail.cost")
    with lab.page.expect_navigation(wait_until="commit"):
        lab.page.locator("#language-en").click()
    lab.ready()
    assert lab.js("document.documentElement.lang") == "en"
    assert lab.text("boundary/title") == "Decision boundary"
    assert (lab.experiment, lab.js("nnlab.lab.recording.tail.cost")) == (experiment, cost)
    assert lab.page.locator("#undo").is_enabled(), "the steps are kept as well"
    lab.at_rest()
    assert not lab.page.locator("#replay").is_checked(), "and the switch"
    assert (lab.state, lab.epoch) == ("ended", 30)


def test_a_russian_page_writes_and_reads_decimal_commas(lab_in):
    lab = lab_in("ru-RU")
    assert lab.page.locator("#number-learning_rate").input_value() == "0,2"
    lab.type("learning_rate", "0,25")
    lab.trained(learning_rate=0.25)
    lab.page.locator("#to-end").click()
    assert lab.page.locator("#number-learning_rate").input_value() == "0,25"
    assert lab.page.locator("#slider-learning_rate").get_attribute("aria-valuetext") == "0,25"
    for name in ("cost/now", "table/weights", "words"):
        assert re.search(r"\d,\d", lab.text(name)), name
        assert not re.search(r"\d\.\d", lab.text(name)), name
    marks = (
        "['cost', 'boundary'].map((name) => document.querySelector(`[data-view=${name}] .js-plotly-plot`))"
    )
    assert lab.js(f"{marks}.map((graph) => graph.layout.separators)") == [",\N{NO-BREAK SPACE}"] * 2


def colours(lab):
    return lab.js("""() => ({
      map: document.querySelector("[data-view=boundary] [data-part=map] canvas").toDataURL(),
      page: getComputedStyle(document.body).backgroundColor,
      ...Object.fromEntries(["boundary", "surface", "cost"].map((name) => {
        const { data, layout } = document.querySelector(`[data-view=${name}] .js-plotly-plot`);
        const traces = data.map(({ line, marker, colorscale }) => [line, marker, colorscale]);
        return [name, JSON.stringify([traces, layout.font])];
      })),
    })""")


def test_the_theme_follows_the_system_until_the_button_is_pressed(new_lab):
    lab = new_lab(color_scheme="dark", folded=None)
    lab.at_rest()
    lab.surface_shown()
    theme = "document.documentElement.dataset.bsTheme"
    assert lab.js(theme) == "dark"
    dark = colours(lab)
    lab.page.emulate_media(color_scheme="light")
    lab.until(f"{theme} === 'light'")
    light = colours(lab)
    assert all(dark[part] != light[part] for part in dark), "every picture has other colours"
    lab.page.locator("#theme").click()
    assert lab.js(theme) == "dark"
    assert colours(lab) == dark
    lab.page.emulate_media(color_scheme="dark")
    lab.page.emulate_media(color_scheme="light")
    assert lab.js(theme) == "dark", "what was chosen stands"
    lab.page.reload(wait_until="commit")
    lab.until("document.documentElement?.dataset.bsTheme")
    assert lab.js(theme) == "dark"
