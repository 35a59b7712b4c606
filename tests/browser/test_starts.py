"""Many starts in the browser: a share with its interval, redrawn as sliders move, and a wall that opens in the Lab."""

import csv

import numpy as np
import pytest

import nnlab

RATE = "slider-learning_rate"
SHOWN = """Number(document.getElementById("number-learning_rate").value)
  === nnlab.workspace.pages.starts.shown.head.experiment.learning_rate"""
UNIFORM = nnlab.Experiment(initialization="uniform")


@pytest.fixture
def starts(lab):
    """The shared page, gone to many starts."""
    lab.js("nnlab.workspace.pages.starts.count = '300'")
    lab.go("starts")
    lab.until("document.getElementById('success-words')?.textContent.includes('of 300')")
    return lab


def share(lab):
    return lab.text("success-share")


def test_the_share_and_its_interval_are_those_of_the_core(starts):
    success = nnlab.many_starts(UNIFORM, starts=300).success
    assert share(starts) == f"{100 * success.value:.1f}\u00a0%".replace(".0\u00a0%", "\u00a0%")
    words = starts.text("success-interval")
    assert f"{100 * success.low:.1f}" in words
    assert f"{100 * success.high:.1f}" in words


def test_a_start_that_draws_nothing_is_said_to_be_replaced(starts):
    assert starts.text("starts-notice").startswith("“Notebook” always gives the same start")
    starts.page.locator("#choice-initialization").select_option("xavier")
    starts.until("document.getElementById('starts-notice').textContent === ''")
    starts.done()
    success = nnlab.many_starts(UNIFORM.changed(initialization="xavier"), starts=300).success
    assert share(starts) == f"{100 * success.value:.1f}\u00a0%".replace(".0\u00a0%", "\u00a0%")


def test_the_histogram_counts_every_run_and_the_plateaus_are_marked(starts):
    assert sum(starts.trace("histogram", 0, "y")) == 300
    layout = starts.js("document.querySelector('#histogram .js-plotly-plot').layout")
    assert [its["text"] for its in layout["annotations"]] == ["1/2", "1/3", "1/4"]
    assert [its["x0"] for its in layout["shapes"]] == pytest.approx([1 / 2, 1 / 3, 1 / 4])


def test_the_fan_is_of_the_quantiles(starts):
    fan = nnlab.many_starts(UNIFORM, starts=300).fan
    for trace, quantile in enumerate([fan[0], fan[4], fan[1], fan[3], fan[2]]):
        np.testing.assert_allclose(starts.trace("fan", trace, "y"), quantile, rtol=1e-4)


def test_the_wall_goes_from_the_worst_to_the_best(starts):
    costs = [float(words) for words in starts.page.locator(".tile-cost").all_inner_texts()]
    assert len(costs) == 24
    assert costs == sorted(costs, reverse=True)
    assert starts.page.locator(".tile.solved").count() > 12


def test_a_tile_opens_in_the_lab_with_exactly_its_start(starts):
    tile = starts.page.locator(".tile").nth(3)
    seed, cost = int(tile.locator(".tile-seed").inner_text()[1:]), tile.locator(".tile-cost").inner_text()
    tile.click()
    starts.until("document.documentElement.dataset.page === 'lab'")
    starts.trained(initialization="uniform", seed=seed)
    assert starts.js("location.pathname") == "/"
    final = starts.js("nnlab.lab.recording.tail.cost")
    assert float(f"{final:.3g}") == float(cost)
    assert final == nnlab.train(UNIFORM.changed(seed=seed)).cost[-1]
    starts.page.go_back()
    starts.until("document.documentElement.dataset.page === 'starts'")
    starts.done()
    assert starts.experiment["initialization"] == "notebook"


def test_it_is_redrawn_while_a_slider_is_dragged(starts):
    shares = [share(starts)]
    hand = starts.hand(RATE).press()
    for place in (0.3, 0.5):
        hand.drag(place)
        starts.until(SHOWN)
        shares.append(share(starts))
    hand.release()
    starts.done()
    assert len(set(shares)) == 3
    rate = starts.experiment["learning_rate"]
    success = nnlab.many_starts(UNIFORM.changed(learning_rate=rate), starts=300).success
    assert share(starts) == f"{100 * success.value:.1f}\u00a0%".replace(".0\u00a0%", "\u00a0%")


def test_the_number_of_starts_can_be_chosen_and_stands_in_the_link(starts):
    starts.page.locator("#starts-count").select_option("100")
    starts.until("document.getElementById('success-words').textContent.includes('of 100')")
    assert starts.hash == "#view.starts=100"


def test_every_final_cost_can_be_taken_home(starts):
    with starts.page.expect_download() as waiting:
        starts.page.locator("#save-starts").click()
    rows = list(csv.DictReader(waiting.value.path().read_text().splitlines()))
    runs = nnlab.many_starts(UNIFORM, starts=300)
    assert [int(row["seed"]) for row in rows] == list(range(300))
    assert [float(row["final_cost"]) for row in rows] == pytest.approx(runs.final_cost.tolist(), rel=1e-12)
    assert [row["solved"] == "1" for row in rows] == runs.solved.tolist()


def test_a_wrong_value_is_said_beside_its_control(starts):
    starts.expected = ["422"]
    starts.type("learning_rate", "99")
    starts.until("document.getElementById('error-learning_rate').textContent")
    assert "at most 10" in starts.error("learning_rate")
    starts.type("learning_rate", "0.2")
    starts.until("document.getElementById('error-learning_rate').textContent === ''")


def test_a_link_opens_the_page_with_its_view(new_lab):
    lab = new_lab("/starts#initialization=xavier&view.starts=100", wait=False)
    lab.done()
    assert "of 100 starts" in lab.text("success-words")
    assert lab.experiment["initialization"] == "xavier"
    assert lab.page.locator("[data-page-link=starts]").get_attribute("aria-current") == "page"
    lab.page.locator("[data-page-link=lab]").click()
    lab.trained(initialization="xavier")
    assert lab.js("location.pathname + location.hash") == "/#initialization=xavier"


def test_a_wrong_view_opens_with_the_error_shown(lab):
    lab.expected = ["422"]
    lab.visit("/starts#view.starts=7")
    lab.until("document.getElementById('error-view')?.textContent")
    lab.done()
    assert "at least 10" in lab.text("error-view")
    assert "of 1,000 starts" in lab.text("success-words")
