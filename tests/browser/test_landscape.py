"""The landscape in the browser: it follows the player, and its height is the run's cost."""

import numpy as np
import pytest

import nnlab

SLICE = "nnlab.workspace.pages.landscape.slice"


@pytest.fixture
def landscape(lab):
    lab.go("landscape")
    lab.until(f"{SLICE}?.recording === nnlab.lab.recording && {SLICE}.atRest")
    return lab


def follows(lab, index):
    lab.seek(index)
    lab.until(f"(index) => {SLICE}.index === index && {SLICE}.atRest", index)


@pytest.mark.parametrize("index", [0, 30, 201])
def test_the_height_at_the_present_point_is_the_cost(landscape, index):
    follows(landscape, index)
    epoch = landscape.epoch
    cost = landscape.js("(epoch) => nnlab.lab.recording.costs[epoch]", epoch)
    assert landscape.js(f"{SLICE}.slice.point[2]") == pytest.approx(cost, abs=1e-12)
    frame = next(frame for frame in nnlab.stream(nnlab.Experiment()) if frame.epoch == epoch)
    point = landscape.js(f"{SLICE}.slice.point")
    assert point[:2] == [frame.weights[0][0, 1], frame.weights[1][0, 0]]


def test_the_ground_is_the_cores(landscape):
    follows(landscape, 201)
    its = nnlab.cost_landscape(nnlab.Experiment(), size=60)
    cost = np.array(landscape.js(f"Array.from({SLICE}.slice.cost)")).reshape(60, 60)
    assert cost.min() == pytest.approx(its.cost.min(), rel=0.1)
    np.testing.assert_array_equal(landscape.trace("levels", 0, "z"), cost)
    np.testing.assert_array_equal(landscape.trace("height", 0, "z"), cost)


def test_the_path_goes_as_far_as_the_player(landscape):
    follows(landscape, 40)
    path = landscape.trace("levels", 1, "x"), landscape.trace("levels", 1, "y")
    assert len(path[0]) == 41
    assert (path[0][0], path[1][0]) == (0.4, 0.4)
    assert [path[0][-1], path[1][-1]] == landscape.js(f"{SLICE}.slice.point.slice(0, 2)")


def test_it_says_that_the_path_is_a_projection(landscape):
    assert "projection" in landscape.page.locator("#body-landscape").inner_text()
    assert "Epoch 201" in landscape.text("landscape-words")


def test_other_parameters_can_be_chosen_and_stand_in_the_link(landscape):
    landscape.page.locator("#landscape-x").select_option("biases.0.1")
    landscape.until(f"{SLICE}.places[0] === 'biases.0.1'")
    assert landscape.js("decodeURIComponent(location.hash)") == "#view.x=biases.0.1"
    landscape.page.locator("#landscape-y").select_option("biases.0.1")
    landscape.until(f"{SLICE}.places[1] === 'biases.0.1'")
    assert landscape.js(f"{SLICE}.places[0]") == "weights.1.0.0", "the two change places"
    landscape.page.locator("#landscape-x").select_option("weights.0.0.1")
    landscape.page.locator("#landscape-y").select_option("weights.1.0.0")
    landscape.until(f"{SLICE}.places.join() === 'weights.0.0.1,weights.1.0.0'")


def test_it_plays_with_the_run(landscape):
    landscape.js("nnlab.lab.clock.speed = 1")
    seen = landscape.js("nnlab.workspace.pages.landscape.painted")
    landscape.page.locator("#play").click()
    landscape.until("(seen) => nnlab.workspace.pages.landscape.painted > seen + 5", seen)
    landscape.at_rest()
    landscape.until(f"{SLICE}.index === 201 && {SLICE}.atRest")


def test_a_slider_changes_run_and_landscape(landscape):
    landscape.type("hidden_units", "1")
    landscape.trained(hidden_layer_sizes=[1])
    landscape.at_rest()
    landscape.until(f"{SLICE}.recording === nnlab.lab.recording")
    options = landscape.page.locator("#landscape-x option[value*='.']").count()
    assert options == 5


def test_a_link_opens_it(new_lab):
    lab = new_lab("/landscape#dataset=and&view.y=biases.1.0")
    lab.until(f"{SLICE}?.places[1] === 'biases.1.0'")
    assert lab.experiment["dataset"] == "and"


def test_a_place_that_the_network_has_not_is_replaced_and_named(new_lab):
    lab = new_lab("/landscape#view.x=weights.0.4.1&view.y=nothing")
    lab.until("document.getElementById('landscape-notice')?.textContent")
    said = lab.text("landscape-notice")
    assert "This network has no w⁽¹⁾₅₂; " in said
    assert "This network has no nothing; " in said
    lab.page.locator("#landscape-x").select_option("biases.0.1")
    lab.until(f"{SLICE}?.places[0] === 'biases.0.1'")
    assert lab.text("landscape-notice") == ""


def test_a_step_back_to_parameters_that_the_network_lacks_names_them(landscape):
    landscape.js("history.pushState(null, '', '#view.x=weights.0.4.1')")
    landscape.js("history.pushState(null, '', '#')")
    landscape.page.go_back()
    landscape.until("document.getElementById('landscape-notice').textContent")
    landscape.trained()
    landscape.until(f"{SLICE}?.recording === nnlab.lab.recording && {SLICE}.atRest")
    assert "This network has no w⁽¹⁾₅₂; " in landscape.text("landscape-notice")


def test_a_step_back_to_another_network_keeps_its_parameters(landscape):
    landscape.page.locator("#landscape-x").select_option("weights.0.1.1")
    landscape.until(f"{SLICE}.places[0] === 'weights.0.1.1'")
    landscape.type("hidden_units", "1")
    landscape.trained(hidden_layer_sizes=[1])
    landscape.until(f"{SLICE}.places[0] !== 'weights.0.1.1'")
    landscape.page.go_back()
    landscape.trained(hidden_layer_sizes=[2])
    landscape.until(f"{SLICE}.places[0] === 'weights.0.1.1'")
    assert landscape.text("landscape-notice") == ""
