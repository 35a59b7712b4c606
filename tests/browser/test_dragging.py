"""A slider under the mouse: the picture follows the hand, and no frame of an older run is ever painted again."""

import pytest

import nnlab

RATE = "slider-learning_rate"


@pytest.fixture
def slow(lab):
    """The lab at the speed that students have."""
    lab.js("nnlab.lab.clock.speed = 1")
    return lab


def drag(lab, *shares):
    """Press, move to each place and wait for its picture; returns the hand, still pressed."""
    lab.watch()
    hand = lab.hand(RATE).press()
    for share in shares:
        hand.drag(share)
        lab.until("""() => {
          const shown = nnlab.lab.views.recording.experiment.learning_rate;
          return String(shown) === document.getElementById("number-learning_rate").value;
        }""")
    return hand


def release(lab, hand):
    """Let go; how many frames had been painted by then."""
    before = lab.js("window.painted.length")
    hand.release()
    lab.until(
        "nnlab.lab.recording.experiment.learning_rate === nnlab.workspace.wanted.experiment.learning_rate"
    )
    lab.trained()
    return before


def rates_of(lab):
    """The learning rates that the hand passed, in order, the one at rest first."""
    moved = lab.module("slider_scale.mjs", "window.moved.map((at) => its.valueAt('learning_rate', at))")
    return [0.2, *moved]


def in_order(painted, passed):
    """Whether the painted rates follow those that the hand passed, some left out, none of them twice."""
    rates = [frame["rate"] for frame in painted]
    runs = [rate for index, rate in enumerate(rates) if index == 0 or rates[index - 1] != rate]
    still_to_come = iter(passed)
    return all(rate in still_to_come for rate in runs)


def test_the_picture_follows_the_hand(slow):
    hand = drag(slow, 0.62, 0.66, 0.7, 0.74)
    painted = slow.painted()
    assert {frame["epoch"] for frame in painted} == {201}, "at rest at the end, the end is what is held"
    rates = [frame["rate"] for frame in painted]
    assert rates == sorted(rates)
    assert len(set(rates)) >= 4
    release(slow, hand)


def test_on_release_the_run_plays_and_nothing_of_an_older_one_is_seen(slow):
    hand = drag(slow, 0.62, 0.7, 0.65)
    before = release(slow, hand)
    slow.js("nnlab.lab.clock.speed = 30")
    slow.at_rest()
    painted = slow.painted()
    final = slow.experiment["learning_rate"]
    assert in_order(painted, rates_of(slow))
    after = painted[before:]
    assert {frame["rate"] for frame in after} == {final}
    epochs = [frame["epoch"] for frame in after]
    first = epochs.index(0)
    assert epochs[first:] == sorted(epochs[first:])
    assert epochs[-1] == 201


def test_a_drag_in_the_middle_of_a_run_never_goes_back_to_it(slow):
    slow.js(
        "Object.assign(nnlab.lab.clock, { speed: 0.3 }); nnlab.lab.clock.toStart(); nnlab.lab.clock.play()"
    )
    slow.until("nnlab.lab.views.index > 3")
    hand = drag(slow, 0.6, 0.7)
    before = release(slow, hand)
    slow.until("(before) => window.painted.length > before + 3", before)
    painted = slow.painted()
    assert in_order(painted, rates_of(slow))
    assert {frame["rate"] for frame in painted[before:]} == {slow.experiment["learning_rate"]}


def test_while_the_server_is_slow_to_answer_the_release_the_old_run_does_not_go_on(slow):
    slow.js(
        "Object.assign(nnlab.lab.clock, { speed: 0.3 }); nnlab.lab.clock.toStart(); nnlab.lab.clock.play()"
    )
    slow.until("nnlab.lab.views.index > 3")
    hand = drag(slow, 0.6, 0.7)
    waiting = []
    slow.page.route("**/run", lambda route: waiting.append(route))
    hand.release()
    before = slow.js("""() => new Promise((resolve) => {
      const painted = window.painted.length;
      let looks = 0;
      const look = () => ((looks += 1) < 30 ? requestAnimationFrame(look) : resolve(painted));
      look();
    })""")
    assert [frame["rate"] for frame in slow.painted()[before:]] == []
    for route in waiting:
        route.continue_()
    slow.page.unroute("**/run")
    slow.until("nnlab.lab.recording.experiment.learning_rate !== 0.2 && nnlab.lab.views.index > 1")
    assert in_order(slow.painted(), rates_of(slow))


def test_without_replay_it_stays_at_the_end(slow):
    slow.page.locator("#replay").click()
    before = release(slow, drag(slow, 0.6, 0.66))
    slow.at_rest()
    assert (slow.state, slow.epoch) == ("ended", 201)
    assert {frame["epoch"] for frame in slow.painted()[before:]} == {201}


def test_a_paused_player_plays_the_new_run_too_if_it_is_to(slow):
    """What the switch says happens, wherever the player stood."""
    slow.seek(40)
    hand = drag(slow, 0.6, 0.66)
    assert {frame["epoch"] for frame in slow.painted()} == {40}, "while the hand drags, it stands still"
    before = release(slow, hand)
    slow.js("nnlab.lab.clock.speed = 30")
    slow.at_rest()
    epochs = [frame["epoch"] for frame in slow.painted()[before:]]
    assert epochs[epochs.index(0) :] == sorted(epochs[epochs.index(0) :])
    assert (slow.state, slow.epoch) == ("ended", 201)


def test_without_replay_a_paused_player_stays_at_its_epoch(slow):
    slow.page.locator("#replay").click()
    slow.seek(40)
    epoch = slow.epoch
    hand = drag(slow, 0.6, 0.66)
    assert {frame["epoch"] for frame in slow.painted()} == {epoch}
    release(slow, hand)
    slow.at_rest()
    assert (slow.state, slow.epoch) == ("paused", epoch)
    assert {frame["epoch"] for frame in slow.painted()} == {epoch}


def test_a_slider_brought_back_to_where_it_was_lets_the_player_go_on(lab):
    lab.watch()
    hand = lab.hand(RATE).press()
    hand.drag(0.7).drag(hand.share)
    hand.release()
    lab.until("!nnlab.lab.clock.held")
    lab.trained()
    lab.page.locator("#to-start").click()
    assert lab.epoch == 0


def test_the_link_is_written_when_the_hand_lets_go_and_not_before(slow):
    """Some browsers allow only a hundred writes in half a minute, and throw at the next."""
    length, link = slow.js("history.length"), slow.js("location.href")
    hand = drag(slow, 0.6, 0.66)
    assert (slow.js("history.length"), slow.js("location.href")) == (length, link)
    release(slow, hand)
    assert slow.hash.startswith("#learning_rate=")
    assert slow.js("history.length") == min(50, length + 1)


def test_a_history_that_takes_no_more_stops_nothing(slow):
    slow.js("""() => {
      history.pushState = history.replaceState = () => { throw new DOMException("too many", "SecurityError"); };
    }""")
    try:
        release(slow, drag(slow, 0.6, 0.66))
        slow.trained(learning_rate=slow.experiment["learning_rate"])
        assert slow.text("banner") == ""
    finally:
        slow.js("() => { delete history.pushState; delete history.replaceState; }")


def test_the_keyboard_moves_a_slider_and_each_step_is_a_run(lab):
    lab.page.locator("#slider-batch_size").focus()
    lab.page.keyboard.press("ArrowRight")
    lab.trained(batch_size=3)
    lab.page.keyboard.press("ArrowRight")
    lab.trained(batch_size=4)
    assert lab.page.locator("#number-batch_size").input_value() == "4"


def test_the_run_before_stays_in_grey_with_the_change_named(lab):
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    assert lab.text("cost/before") == "Grey, before this change: Learning rate 0.2 → 0.5"
    expected = nnlab.train(nnlab.Experiment()).cost.tolist()
    lab.until(
        "(cost) => document.querySelector('[data-view=cost] .js-plotly-plot').data[0].y[1] === cost",
        expected[0],
    )
    assert lab.trace("cost", 0, "y")[1:] == expected
