"""The player: one stands on frames, by mouse, by keyboard, by shortcut, at a speed, in a loop."""

import pytest

EPOCHS_A_SECOND = """() => new Promise((resolve) => {
  const { clock } = nnlab.lab;
  clock.toStart();
  clock.play();
  let last = null;
  const look = (now) => { // asked for after the clock's own look at the time, so it sees the same
    const epochs = clock.position;
    if (epochs === 0 || last === null) {
      last = { now, epochs };
      return requestAnimationFrame(look);
    }
    clock.pause();
    resolve((epochs - last.epochs) / Math.min(0.25, (now - last.now) / 1000));
  };
  requestAnimationFrame(look);
})"""


def picture(lab):
    lab.surface_shown()
    return lab.map(), lab.js("nnlab.lab.views.boundary.line"), lab.trace("surface", 0)


@pytest.fixture
def earlier(lab):
    """The lab at its end again, and what it showed after 30 epochs and at the end."""
    lab.fold_surface()
    end = picture(lab)
    lab.seek(30)
    middle = picture(lab)
    lab.page.locator("#to-end").click()
    assert picture(lab) == end
    assert [one == other for one, other in zip(middle, end, strict=True)] == [False] * 3
    return middle


def test_scrubbing_back_by_mouse_shows_the_earlier_boundary(lab, earlier):
    hand = lab.hand("scrub").press().drag(30 / 201)
    assert lab.epoch == 30
    assert picture(lab) == earlier
    hand.release()
    assert (lab.state, picture(lab)) == ("paused", earlier)


def test_scrubbing_back_by_keyboard_shows_the_earlier_boundary(lab, earlier):
    lab.page.locator("#scrub").focus()
    lab.page.keyboard.press("Home")
    assert lab.epoch == 0
    lab.seek(33)
    for _ in range(3):
        lab.page.keyboard.press("ArrowLeft")
    assert picture(lab) == earlier


def test_the_shortcuts_step_jump_play_and_pause(lab):
    lab.js("document.getElementById('views').focus(); nnlab.lab.clock.speed = 0.25")
    press = lab.page.keyboard.press
    press("Home")
    assert (lab.epoch, lab.state) == (0, "paused")
    press("ArrowRight")
    press("ArrowRight")
    assert lab.epoch == 2, "one step is one epoch"
    press("ArrowLeft")
    assert lab.epoch == 1
    press(" ")
    assert lab.state == "playing"
    lab.until("nnlab.lab.views.index > 2")
    press(" ")
    assert lab.state == "paused"
    press("End")
    assert (lab.epoch, lab.state) == (201, "ended")


def test_the_buttons_do_the_same(lab):
    for button, epoch in (
        ("to-start", 0),
        ("step-forward", 1),
        ("step-forward", 2),
        ("step-back", 1),
        ("to-end", 201),
    ):
        lab.page.locator(f"#{button}").click()
        assert lab.epoch == epoch


def test_play_at_the_end_begins_again_and_the_button_says_what_it_does(lab):
    lab.js("nnlab.lab.clock.speed = 0.25")
    play = lab.page.locator("#play")
    assert play.get_attribute("aria-label") == "Play (space)"
    play.click()
    assert play.get_attribute("aria-label") == "Pause (space)"
    lab.until("nnlab.lab.views.index >= 1 && nnlab.lab.views.index < 100")
    play.click()
    assert lab.state == "paused"


def test_in_a_loop_the_start_follows_the_end(lab):
    lab.page.locator("#loop").click()
    lab.watch()
    lab.page.locator("#play").click()
    lab.until("window.painted.filter(({ epoch }) => epoch === 201).length > 1")
    assert lab.state == "playing"
    lab.page.locator("#loop").click()
    lab.at_rest()
    assert lab.epoch == 201


@pytest.mark.timed
def test_speed_is_how_many_epochs_pass_in_a_second(lab):
    lab.js("nnlab.lab.clock.toStart()")
    travelled = {}
    for speed in ("1", "4"):
        lab.page.locator("#speed").select_option(speed)
        assert lab.js("nnlab.lab.clock.speed") == float(speed)
        travelled[speed] = lab.js(EPOCHS_A_SECOND)
    assert travelled["4"] == pytest.approx(4 * travelled["1"])
    assert travelled["1"] == pytest.approx(201 / 3)


def test_what_has_arrived_is_shown_whole_at_the_end(lab):
    assert lab.js("document.getElementById('arrived').style.width") == "100%"


def test_the_camera_can_be_turned_while_it_plays(lab):
    lab.fold_surface()
    lab.surface_shown()
    lab.js("nnlab.lab.clock.speed = 0.25; nnlab.lab.clock.toStart()")
    turned = {"x": 0.5, "y": 2.0, "z": 1.0}
    lab.js(
        "(eye) => Plotly.relayout("
        "document.querySelector('[data-view=surface] .js-plotly-plot'), { 'scene.camera.eye': eye })",
        turned,
    )
    lab.page.locator("#play").click()
    lab.until("nnlab.lab.views.index > 8")
    eye = lab.js("document.querySelector('[data-view=surface] .js-plotly-plot')._fullLayout.scene.camera.eye")
    assert eye == turned


def test_the_keys_work_whatever_was_pressed_before(lab):
    """A control keeps only the keys that it uses itself."""
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    lab.page.locator("#slider-learning_rate").focus()
    lab.page.keyboard.press("Control+z")
    lab.trained(learning_rate=0.2)
    lab.page.locator("#to-start").click()
    for _ in range(2):
        lab.page.keyboard.press("ArrowRight")
    assert lab.epoch == 2, "the button has no use for arrows"
    lab.js("nnlab.lab.clock.speed = 0.25")
    lab.page.locator("#slider-learning_rate").focus()
    lab.page.keyboard.press(" ")
    assert lab.state == "playing", "the slider has none for space"


def test_before_the_end_it_is_said_that_this_is_not_it(lab):
    """How the run ended is no word about the network in sight."""
    place = lab.page.locator("#mid-run")
    assert lab.text("run-state") == "trained"
    assert place.is_hidden()
    lab.seek(100)
    assert place.is_visible()
    assert place.inner_text() == "mid-run, not its end"
    lab.page.locator("#replay").uncheck()
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    lab.until("document.getElementById('run-state').textContent === 'trained'")
    assert lab.epoch == 100, "without replay it stays where it was"
    assert place.is_visible(), "and says so"
    lab.page.locator("#to-end").click()
    assert place.is_hidden()


def test_the_end_of_a_run_that_stopped_early_is_its_end(lab):
    lab.js("nnlab.workspace.open({ ...nnlab.workspace.wanted.experiment, learning_rate: 1, stop_cost: 0.1 })")
    lab.trained(stop_cost=0.1)
    lab.page.locator("#to-end").click()
    assert lab.epoch < 201
    assert lab.page.locator("#mid-run").is_hidden()
    lab.page.locator("#step-back").click()
    assert lab.page.locator("#mid-run").is_visible()
