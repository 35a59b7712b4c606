"""The player: one stands on frames, by mouse, by keyboard, by shortcut, at a speed, in a loop."""

import pytest

BOUNDARY_LINE = 0


FRAMES_A_SECOND = """() => new Promise((resolve) => {
  const { player } = nnlab.lab;
  player.toStart();
  player.play();
  let last = null;
  const look = (now) => { // asked for after the player's own look at the clock, so it sees the same time
    const frames = player.position;
    if (frames === 0 || last === null) {
      last = { now, frames };
      return requestAnimationFrame(look);
    }
    player.pause();
    resolve((frames - last.frames) / Math.min(0.25, (now - last.now) / 1000));
  };
  requestAnimationFrame(look);
})"""


def picture(lab):
    lab.surface_shown()
    return lab.map(), lab.trace("boundary", BOUNDARY_LINE), lab.trace("surface", 0)


@pytest.fixture
def earlier(lab):
    """The lab at its end again, and what it showed at its 31st frame and at the end."""
    lab.fold_surface()
    end = picture(lab)
    lab.seek(30)
    middle = picture(lab)
    lab.page.locator("#to-end").click()
    assert picture(lab) == end
    assert all(one != other for one, other in zip(middle, end, strict=True))
    return middle


def test_scrubbing_back_by_mouse_shows_the_earlier_boundary(lab, earlier):
    hand = lab.hand("scrub").press().drag(30 / 119)
    assert lab.js("nnlab.lab.player.index") == 30
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
    lab.js("document.getElementById('views').focus(); nnlab.lab.player.speed = 0.25")
    press = lab.page.keyboard.press
    press("Home")
    assert (lab.epoch, lab.state) == (0, "paused")
    press("ArrowRight")
    press("ArrowRight")
    assert lab.js("nnlab.lab.player.index") == 2
    press("ArrowLeft")
    assert lab.js("nnlab.lab.player.index") == 1
    press(" ")
    assert lab.state == "playing"
    lab.until("nnlab.lab.player.index > 2")
    press(" ")
    assert lab.state == "paused"
    press("End")
    assert (lab.epoch, lab.state) == (201, "ended")


def test_the_buttons_do_the_same(lab):
    for button, index in (
        ("to-start", 0),
        ("step-forward", 1),
        ("step-forward", 2),
        ("step-back", 1),
        ("to-end", 119),
    ):
        lab.page.locator(f"#{button}").click()
        assert lab.js("nnlab.lab.player.index") == index


def test_play_at_the_end_begins_again_and_the_button_says_what_it_does(lab):
    lab.js("nnlab.lab.player.speed = 0.25")
    play = lab.page.locator("#play")
    assert play.get_attribute("aria-label") == "Play (space)"
    play.click()
    assert play.get_attribute("aria-label") == "Pause (space)"
    lab.until("nnlab.lab.player.index >= 1 && nnlab.lab.player.index < 100")
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


def test_speed_is_how_many_frames_pass_in_a_second(lab):
    lab.js("nnlab.lab.player.toStart()")
    travelled = {}
    for speed in ("1", "4"):
        lab.page.locator("#speed").select_option(speed)
        assert lab.js("nnlab.lab.player.speed") == float(speed)
        travelled[speed] = lab.js(FRAMES_A_SECOND)
    assert travelled["4"] == pytest.approx(4 * travelled["1"])
    assert travelled["1"] == pytest.approx(119 / 3)


def test_what_has_arrived_is_shown_whole_at_the_end(lab):
    assert lab.js("document.getElementById('arrived').style.width") == "100%"


def test_the_camera_can_be_turned_while_it_plays(lab):
    lab.fold_surface()
    lab.surface_shown()
    lab.js("nnlab.lab.player.speed = 0.25; nnlab.lab.player.toStart()")
    turned = {"x": 0.5, "y": 2.0, "z": 1.0}
    lab.js(
        "(eye) => Plotly.relayout(document.querySelector('#surface .js-plotly-plot'), { 'scene.camera.eye': eye })",
        turned,
    )
    lab.page.locator("#play").click()
    lab.until("nnlab.lab.player.index > 8")
    eye = lab.js("document.querySelector('#surface .js-plotly-plot')._fullLayout.scene.camera.eye")
    assert eye == turned
