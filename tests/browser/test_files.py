"""What can be taken home, and brought back."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

import nnlab


def download(lab, button):
    with lab.page.expect_download() as waiting:
        lab.js("(id) => document.getElementById(id).click()", button)
    return waiting.value


def taken(lab, view, form):
    """The picture of a view as a file."""
    with lab.page.expect_download() as waiting:
        lab.part(view, f"save-{form}").dispatch_event("click")
    return waiting.value


def test_a_saved_experiment_opens_again_as_it_was(lab):
    lab.type("learning_rate", "0.75")
    lab.type("weights-0-1-1", "-1.25")
    lab.trained(learning_rate=0.75, initialization="explicit")
    experiment, start = lab.experiment, lab.start()
    saved = download(lab, "save-experiment")
    assert saved.suggested_filename == "nnlab-experiment.json"
    assert (
        nnlab.Experiment.model_validate_json(saved.path().read_bytes()).model_dump(mode="json") == experiment
    )
    lab.page.locator("#reset").click()
    lab.trained(learning_rate=0.2, initialization="notebook")
    lab.page.locator("#open-experiment").set_input_files(saved.path())
    lab.trained(**experiment)
    assert lab.start() == start


def opened(lab, name, content):
    lab.page.locator("#open-experiment").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": content}
    )


@pytest.mark.parametrize(
    "content", [b"hello", b"[1, 2]", b"null", b"\xff\xfe{", b'{"name": "page", "version": 1, "seed": 7}']
)
def test_a_file_that_is_no_experiment_is_named(lab, content):
    opened(lab, "holiday.json", content)
    lab.until("document.getElementById('banner').textContent")
    assert lab.text("banner") == "holiday.json is not an nnlab experiment."
    assert lab.experiment["learning_rate"] == 0.2


def test_a_file_with_a_wrong_value_shows_the_error_beside_it(lab):
    lab.expected = ["422"]
    opened(lab, "own.json", json.dumps({"epochs": 9999}).encode())
    lab.until("document.getElementById('error-epochs').textContent")
    assert lab.error("epochs") == "Must be at most 5,000, got 9,999."


def test_the_cost_history_is_every_epoch_to_the_last_digit(lab):
    saved = download(lab, "save-cost")
    rows = list(csv.reader(io.StringIO(saved.path().read_text(encoding="utf-8"))))
    assert rows[0] == ["epoch", "cost"]
    assert [int(epoch) for epoch, _ in rows[1:]] == list(range(202))
    assert [float(cost) for _, cost in rows[2:]] == nnlab.train(nnlab.Experiment()).cost.tolist()


def test_the_truth_table_is_that_of_the_epoch_shown(lab):
    lab.seek(20)
    epoch = lab.epoch
    rows = list(csv.reader(io.StringIO(download(lab, "save-table").path().read_text(encoding="utf-8"))))
    assert rows[0] == ["epoch", "x1", "x2", "target", "output", "right"]
    outputs = nnlab.train(nnlab.Experiment(epochs=epoch)).predict([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    for row, output, target in zip(rows[1:], outputs, (-1, 1, 1, -1), strict=True):
        assert (int(row[0]), float(row[3])) == (epoch, target)
        assert float(row[4]) == pytest.approx(output, abs=1e-12)
        assert int(row[5]) == int(output * target > 0)


PICTURES = ["boundary", "surface", "network", "cost", "hidden"]


@pytest.fixture
def unfolded(new_lab):
    """The lab with every view unfolded."""
    return new_lab(folded="")


def test_every_picture_is_a_png_and_an_svg(unfolded):
    for name in PICTURES:
        saved = taken(unfolded, name, "png")
        assert saved.suggested_filename == f"nnlab-{name}.png"
        image = Image.open(saved.path()).convert("RGB")
        assert min(image.size) >= 250
        pixels: Any = list(image.resize((200, 160)).get_flattened_data())
        if name == "cost":
            assert len(set(pixels)) > 20
        else:
            blue = sum(b > r + 40 for r, _, b in pixels)
            orange = sum(r > b + 40 for r, _, b in pixels)
            assert min(blue, orange) > 5, f"the colours of both classes are in {name}"
        root = ElementTree.fromstring(taken(unfolded, name, "svg").path().read_text(encoding="utf-8"))
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        images = [
            its.get("{http://www.w3.org/1999/xlink}href") or its.get("href")
            for its in root.iter("{http://www.w3.org/2000/svg}image")
        ]
        if name in ("boundary", "surface", "network"):
            assert any(source and source.startswith("data:image/png;base64,") for source in images)
        if name != "surface":  # which WebGL has drawn
            assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > 3


def test_copying_says_so_even_without_a_clipboard(lab):
    lab.page.locator("#menu-share > summary").click()
    lab.js("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })")
    lab.js("document.execCommand = () => false")
    lab.page.locator("#copy").click()
    assert lab.text("copied") == "Selected. Press Ctrl+C to copy."
    selected = lab.js(
        "(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))"
        "(document.getElementById('link'))"
    )
    assert selected == lab.page.locator("#link").input_value() != ""
    lab.js("delete document.execCommand")
    lab.page.locator("#copy").click()
    assert lab.text("copied") == "Copied."
    lab.js("delete navigator.clipboard")
