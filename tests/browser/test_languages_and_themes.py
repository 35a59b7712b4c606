"""English and Russian, light and dark: following the browser at first, then what was chosen."""

from .test_settings import BAD, refuse

CHANGED = {"dataset": "and", "learning_rate": 0.5}


def test_the_language_follows_the_browser_and_a_switch_keeps_everything(new_lab):
    lab = new_lab("/#dataset=and&learning_rate=0.5", locale="ru-RU")
    assert lab.js("document.documentElement.lang") == "ru"
    assert lab.text("title-boundary") == "Граница решений"
    assert lab.page.locator("#language-ru").get_attribute("aria-pressed") == "true"
    for setting, typed, _, russian in BAD:
        refuse(lab, setting, typed, russian)
    lab.type("epochs", "30")
    lab.trained(epochs=30, **CHANGED)
    lab.page.locator("#replay").click()
    experiment, cost = lab.experiment, lab.js("nnlab.lab.player.recording.tail.cost")
    with lab.page.expect_navigation(wait_until="commit"):
        lab.page.locator("#language-en").click()
    lab.ready()
    assert lab.js("document.documentElement.lang") == "en"
    assert lab.text("title-boundary") == "Decision boundary"
    assert (lab.experiment, lab.js("nnlab.lab.player.recording.tail.cost")) == (experiment, cost)
    assert lab.page.locator("#undo").is_enabled(), "the steps are kept as well"
    lab.at_rest()
    assert not lab.page.locator("#replay").is_checked(), "and the switch"
    assert (lab.state, lab.epoch) == ("ended", 30)


def colours(lab):
    return lab.js("""() => ({
      map: document.querySelector("#boundary-map canvas").toDataURL(),
      page: getComputedStyle(document.body).backgroundColor,
      ...Object.fromEntries(["boundary", "surface", "cost"].map((name) => {
        const { data, layout } = document.querySelector(`#${name} .js-plotly-plot`);
        const traces = data.map(({ line, marker, colorscale }) => [line, marker, colorscale]);
        return [name, JSON.stringify([traces, layout.font])];
      })),
    })""")


def test_the_theme_follows_the_system_until_the_button_is_pressed(new_lab):
    lab = new_lab(color_scheme="dark", surface=True)
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
