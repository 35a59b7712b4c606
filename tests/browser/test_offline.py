"""What is done without a server is said, and is done once it is back; a page that has come stays."""


def test_a_language_is_changed_once_the_server_is_there_and_no_change_is_lost(new_lab):
    lab = new_lab()
    lab.expected = ["ERR_INTERNET_DISCONNECTED", "fetch"]
    lab.page.context.set_offline(True)
    lab.type("learning_rate", "0.5")
    lab.choose("dataset", "and")
    lab.page.locator("#language-ru").click()
    lab.page.locator("#banner", has_text="The connection to the server was lost.").wait_for()
    assert lab.js("document.documentElement.lang") == "en"
    lab.page.context.set_offline(False)
    lab.page.locator("html[lang=ru]").wait_for()
    lab.ready()
    assert (lab.experiment["learning_rate"], lab.experiment["dataset"]) == (0.5, "and")


def test_a_part_that_fails_later_does_not_load_the_page_anew(lab):
    """What the opening watches over has come: a script that is fetched afterwards is somebody else's to see to."""
    lab.expected = ["ERR_FAILED", "Failed to load"]
    lab.page.route("**/nothing.js", lambda route: route.abort())
    lab.js("""() => {
      window.kept = true;
      const script = Object.assign(document.createElement("script"), { src: "/nothing.js" });
      window.failed = new Promise((done) => script.addEventListener("error", done));
      document.head.append(script);
      return window.failed.then(() => {});
    }""")
    lab.page.wait_for_timeout(2500)
    assert lab.js("window.kept") is True
    lab.page.unroute("**/nothing.js")


def test_the_wheel_says_what_it_needs(lab):
    lab.part("boundary", "picture").hover()
    lab.js("document.activeElement.blur()")
    lab.page.mouse.wheel(0, -200)
    lab.until(
        "document.querySelector('[data-view=boundary] [data-part=readout]').textContent.startsWith('Ctrl + wheel')"
    )


def test_while_a_slider_is_held_in_the_middle_of_a_run_it_is_said(lab):
    lab.seek(30)
    hand = lab.hand("slider-learning_rate").press()
    hand.drag(0.6)
    lab.until("nnlab.lab.views.shown.experiment.learning_rate !== 0.2")
    assert lab.page.locator("#mid-run").is_visible()
    hand.release()
    lab.trained()


def test_after_a_refusal_the_old_run_is_still_known_to_be_in_its_middle(lab):
    lab.expected = ["422"]
    lab.type("learning_rate", "abc")
    lab.until("document.getElementById('error-learning_rate').textContent")
    assert lab.text("run-state") == "not run, the old one stays"
    lab.seek(30)
    assert lab.page.locator("#mid-run").is_visible()
    lab.type("learning_rate", "")
    lab.until("document.getElementById('error-learning_rate').textContent === 'A value is needed here.'")
