"""A student's own data as a text: pasted, opened, dropped and saved; what is wrong is said, and nothing is lost."""

import json
import re

import pytest

import nnlab
from nnlab.core.data.own_data import MOST_ROWS
from nnlab.formats.csv_table import read_csv, write_csv

from .own_data import EIGHT, PASTE, class_list, open_own, paste, points_of, wanted


@pytest.mark.parametrize(("locale", "said"), [("en-US", "250 rows taken in"), ("ru-RU", "Принято 250 строк")])
def test_a_class_list_of_250_rows_pastes_in_and_trains(lab_in, locale, said):
    lab = lab_in(locale)
    open_own(lab, [[1, 2, 0], [-1, -2, 1]])
    text = class_list(250)
    paste(lab, text)
    points = points_of(text)
    lab.trained(dataset="own", points=points)
    lab.page.locator("#own-data-read-said", has_text=said).wait_for()
    final = nnlab.train(nnlab.Experiment(dataset="own", points=points)).cost[-1]
    assert lab.js("nnlab.lab.recording.tail.cost") == final
    assert lab.text("own-data-count-0") == "125"
    head = lab.js("nnlab.lab.views.recording.head")
    shares = [int(number) for number in re.findall(r"\d+", lab.text("own-data-shares"))]
    assert shares == [len(head["points"]), len(head["test_points"])]
    assert sum(shares) == 250
    lab.page.locator("#undo").click()
    lab.trained(points=[[1, 2, 0], [-1, -2, 1]])
    lab.page.locator("#redo").click()
    lab.trained(points=points)


@pytest.mark.parametrize("packs", [True, False])
def test_a_thousand_rows_go_packed_where_the_browser_can(lab, packs):
    open_own(lab, [[1, 2, 0]])
    if not packs:
        lab.js("[window.kept, window.CompressionStream] = [CompressionStream, undefined]")
    text = class_list(MOST_ROWS)
    with lab.page.expect_request("**/run") as caught:
        paste(lab, text)
    assert (caught.value.headers.get("content-encoding") == "gzip") == packs
    if packs:
        assert len(caught.value.post_data_buffer) < len(text)
    lab.trained(dataset="own", points=points_of(text))
    lab.page.locator("#own-data-range", has_text="of 1,000").wait_for()
    assert lab.page.locator("#own-data-rows tr").count() == 50
    if not packs:
        lab.js("[window.CompressionStream, window.kept] = [kept, undefined]")


def test_a_small_body_goes_plain(lab):
    with lab.page.expect_request("**/run") as caught:
        lab.type("learning_rate", "0.3")
    assert "content-encoding" not in caught.value.headers
    assert json.loads(caught.value.post_data)["experiment"]["learning_rate"] == 0.3
    lab.trained(learning_rate=0.3)


@pytest.mark.timed
def test_what_comes_while_a_body_is_packed_takes_its_place(own):
    """The newer request is as large, so that both are on the way at once; then one that goes plain."""
    many = [points_of(class_list(400, seed)) for seed in range(3)]
    own.watch()
    own.js("(many) => many.forEach((points) => nnlab.workspace.set('points', points))", many)
    own.trained(points=many[-1])
    own.js(
        """([points, few]) => {
          for (const each of [points, few]) nnlab.workspace.set("points", each);
          nnlab.workspace.set("learning_rate", 0.4);
        }""",
        [many[0], EIGHT],
    )
    own.trained(points=EIGHT, learning_rate=0.4)
    own.page.wait_for_timeout(300)
    assert own.js("nnlab.lab.recording.experiment.points") == EIGHT
    assert own.page.locator("#banner").inner_text() == ""


@pytest.mark.parametrize(
    ("locale", "first", "second"),
    [
        (
            "en-US",
            "Line 3, column 2: “abc” is not a number.",
            "Line 4, column 3: “7” is not a class; 0 and 1 are, or −1 and 1.",
        ),
        (
            "ru-RU",
            "Строка 3, столбец 2: «abc» — не число.",
            "Строка 4, столбец 3: «7» — не класс; класс — это 0 или 1 (либо −1 или 1).",
        ),
    ],
)
def test_a_wrong_row_is_said_with_line_and_column_and_nothing_is_lost(lab_in, locale, first, second):
    lab = lab_in(locale)
    open_own(lab, [[1, 2, 0], [-1, -2, 1]])
    before = lab.experiment
    text = "x1,x2,label\n1,2,0\n3,abc,1\n4,5,7\n"
    paste(lab, text)
    lab.page.locator("#own-data-problems button").nth(1).wait_for()
    assert lab.page.locator("#own-data-problems button").all_inner_texts() == [first, second]
    assert lab.experiment == before
    assert wanted(lab) == before["points"]
    assert lab.page.locator("#own-data-text").input_value() == text
    lab.page.locator("#own-data-problems button").first.click()
    selected = lab.js("getSelection().toString()")
    assert selected == "3,abc,1"
    lab.page.locator("#own-data-text").fill(text.replace("abc", "2"))
    assert lab.text("own-data-problems") == ""


def test_bad_text_is_text(own):
    paste(own, "1,<img src=x onerror=alert(1)>,0")
    own.page.locator("#own-data-problems", has_text="<img src=x onerror=alert(1)>").wait_for()
    assert own.page.locator("#own-data-problems img").count() == 0


def test_a_text_that_is_too_long_is_never_sent(own):
    asked = []
    own.page.on("request", lambda request: asked.append(request.url))
    own.page.locator("#own-data-text").evaluate(
        "(field, text) => { field.value = text; }", "1,2,0\n" * 11_000
    )
    own.page.locator("#own-data-take").click()
    own.page.locator("#own-data-problems", has_text="66,000 bytes; at most 65,536").wait_for()
    assert not [url for url in asked if "_dash-update" in url]
    own.page.locator("#own-data-text").evaluate("(field) => { field.value = ''; }")
    assert not own.page.locator("#own-data-text").evaluate(PASTE, "1,2,0\n" * 12_000)
    own.page.locator("#own-data-problems", has_text="72,000 bytes").wait_for()
    assert own.page.locator("#own-data-text").input_value() == "", "it would hold up the page for nothing"


def test_a_row_too_many_is_said_with_its_line(own):
    paste(own, class_list(MOST_ROWS + 1))
    own.page.locator(
        "#own-data-problems", has_text="Line 1,002: this row is one too many; at most 1,000"
    ).wait_for()
    assert wanted(own) == EIGHT


def test_what_is_saved_is_what_was_pasted_rounded(own, tmp_path):
    text = class_list(60)
    paste(own, text)
    own.trained(points=points_of(text))
    for _ in range(2):  # the same file may be saved twice
        with own.page.expect_download() as download:
            own.page.locator("#own-data-save").click()
        download.value.save_as(tmp_path / "saved.csv")
        saved = (tmp_path / "saved.csv").read_bytes().decode()
        assert saved == write_csv(read_csv(text)[0])
    assert download.value.suggested_filename == "nnlab-own-data.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_file_is_opened_as_a_spreadsheet_wrote_it(own, tmp_path, encoding):
    file = tmp_path / "class.csv"
    file.write_bytes("рост;масса;класс\r\n1,5;-2;1\r\n0,25;3;0\r\n".encode(encoding))
    own.page.locator("#own-data-open-file").set_input_files(file)
    own.trained(points=[[1.5, -2, 1], [0.25, 3, 0]])
    assert own.page.locator("#own-data-text").input_value().endswith("0,25;3;0\n")


def test_a_wrong_file_loses_nothing(own, tmp_path):
    file = tmp_path / "photo.csv"
    file.write_bytes(bytes(range(256)) * 2000)
    own.page.locator("#own-data-open-file").set_input_files(file)
    own.page.locator("#own-data-problems", has_text="512,000 bytes").wait_for()
    file.write_bytes(bytes(range(256)))
    own.page.locator("#own-data-open-file").set_input_files(file)
    own.page.locator("#own-data-problems", has_text="Line 1").first.wait_for()
    assert wanted(own) == EIGHT


def test_a_file_can_be_dropped(own):
    own.js("""() => {
      const carried = new DataTransfer();
      carried.items.add(new File(["5,5,1\\n-5,-5,0"], "class.csv"));
      const section = document.querySelector("[data-view=own-data]");
      for (const kind of ["dragover", "drop"]) {
        section.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
      }
    }""")
    own.trained(points=[[5, 5, 1], [-5, -5, 0]])
    assert not own.page.locator("[data-view=own-data].dropping").count()
