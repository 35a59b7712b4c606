"""axe-core finds nothing; every main control is reached by keyboard, and one sees where one is."""

import pytest

MENUS = ("share", "files", "projector", "help")
LANGUAGES = [("en-US", 0), ("ru-RU", 1)]


@pytest.mark.parametrize(("language", "first"), LANGUAGES)
def test_axe_finds_nothing(new_lab, language, first):
    lab = new_lab(locale=language)
    lab.js("document.getElementById('controls').open = true")
    lab.js("nnlab.lab.views.choose([0.5, -0.5])")
    lab.page.locator("[data-view=probe] [data-part=body] .probe-layer").nth(1).wait_for()
    lab.expected = ["422"]
    lab.type("learning_rate", "99")
    lab.until("document.getElementById('error-learning_rate').textContent")
    found = {}
    for look in lab.looks(first):
        found[look] = lab.axe()
        for menu in MENUS:
            lab.page.locator(f"#menu-{menu} > summary").click()
            found[*look, menu] = lab.axe(f"#menu-{menu}")
            lab.page.keyboard.press("Escape")
    # formulas are five times as many elements as all the rest: they come last, and in one look
    lab.page.locator("#view-formulas summary").click()
    lab.page.locator("mjx-container").nth(5).wait_for()
    found["formulas"] = lab.axe("#view-formulas")
    assert {place: problems for place, problems in found.items() if problems} == {}


def test_axe_finds_nothing_on_the_page_for_the_class(new_lab):
    lab = new_lab("/join", wait=False)
    lab.page.locator("svg.qr").wait_for()
    assert lab.axe() == []


MAIN_CONTROLS = [
    "language-ru", "theme", "undo", "reset", "target-0", "slider-hidden_units", "number-learning_rate", "slider-epochs",
    "slider-batch_size", "choice-initialization", "number-seed", "new-seed", "slider-scale", "slider-weights-0-0-0",
    "slider-biases-1-0", "surface/fold", "to-start", "play", "to-end", "scrub", "speed", "loop", "replay", "cost/log",
    "boundary/picture", "boundary/zoom-in", "boundary/save-png", "cost/save-svg", "probe/x1",
]  # fmt: skip


def test_tab_reaches_every_main_control_and_each_is_marked(lab):
    lab.type("learning_rate", "0.3")  # so that there is a step to undo
    lab.trained(learning_rate=0.3)
    lab.page.locator(".skip").focus()
    reached = []
    for _ in range(160):
        its = lab.js("""() => {
          const its = document.activeElement;
          const outlined = (part) => part && getComputedStyle(part).outlineStyle !== "none";
          const marked = outlined(its) || outlined(its.nextElementSibling);
          const part = its.closest("[data-part]");
          const within = part && `${part.closest("[data-view]").dataset.view}/${part.dataset.part}`;
          return { name: its.id || within || its.textContent.slice(0, 30) || its.value, tag: its.tagName, marked };
        }""")
        if its["tag"] == "BODY" and reached:
            break
        reached.append(its)
        lab.page.keyboard.press("Tab")
    names = [its["name"] for its in reached]
    assert names[0] == "Skip to the pictures"
    assert [name for name in MAIN_CONTROLS if name not in names] == []
    assert [its["name"] for its in reached if not its["marked"]] == []
    assert any("formulas" in name for name in names)


def test_the_keyboard_chooses_a_gate(lab):
    lab.page.locator("#choice-dataset input[value='xor']").focus()
    lab.page.keyboard.press("ArrowLeft")
    lab.trained(dataset="or")


def test_every_field_has_a_name(lab):
    nameless = lab.js("""() => [...document.querySelectorAll("#page input, #page select, #page button")]
      .filter((its) => !its.labels?.length && !its.ariaLabel && !its.textContent.trim() && !its.title)
      .map((its) => its.id || its.outerHTML)""")
    assert nameless == []


def test_a_percentage_is_said_with_its_unit(lab):
    said = lab.js("""() => ["noise", "train_share", "learning_rate"]
      .map((setting) => document.getElementById(`slider-${setting}`).getAttribute("aria-valuetext"))""")
    assert said == ["0\u00a0%", "50\u00a0%", "0.2"]
