"""A student's own data: on the plane, in the table, as a text; in both languages, by mouse, touch and keyboard."""

import json
import random
import re

import pytest

import nnlab
from nnlab.core.own_data import MOST_ROWS, read_csv, write_csv

from .test_accessibility import LANGUAGES

PASTE = """(field, text) => {
  field.value = "";
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  return field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""

TABLE = "#own-data-rows tr:nth-child({}) [name={}]"
EIGHT = [[-4, -4, 0], [-3, 2, 0], [-2, -1, 0], [-1, 4, 0], [1, -3.5, 1], [2, 2, 1], [3, -1, 1], [4.25, 0, 1]]


def class_list(rows, seed=5):
    """Heights and masses of a class, as a school's spreadsheet writes them: more digits than are kept."""
    draw = random.Random(seed)
    lines = [
        f"{draw.gauss(-1 + 2 * (row % 2), 1):.6f},{draw.gauss(1 - 2 * (row % 2), 1):.6f},{row % 2}"
        for row in range(rows)
    ]
    return "x1,x2,label\n" + "\n".join(lines) + "\n"


def points_of(text):
    points, problems = read_csv(text)
    assert not problems
    return [list(point) for point in points]


def open_own(lab, points, **settings):
    """Own points on the page, trained."""
    lab.js("nnlab.lab.clock.speed = 30")
    lab.js(
        "(own) => nnlab.desk.open({ ...nnlab.desk.workbench.experiment, ...own }, { push: true })",
        {"dataset": "own", "points": points} | settings,
    )
    lab.trained(dataset="own", points=points, **settings)
    lab.until("document.querySelector('[data-view=own-data]').classList.contains('own')")


def paste(lab, text):
    """As from the clipboard: a long text the page takes in itself, a short one the browser."""
    field = lab.page.locator("#own-data-text")
    if field.evaluate(PASTE, text):
        field.fill(text)
    lab.page.locator("#own-data-take").click()


def click(lab, x1, x2):
    lab.into_view("[data-view=boundary] [data-part=picture]")
    lab.page.mouse.click(*lab.place(x1, x2))


def cell(lab, row, name):
    return lab.page.locator(TABLE.format(row, name))


def wanted(lab):
    return lab.js("nnlab.desk.wanted.experiment.points")


@pytest.fixture
def own(lab):
    """The lab with eight points of one's own, clicks placing more of class 1."""
    open_own(lab, EIGHT)
    lab.page.locator("#own-data-placing").check()
    lab.page.locator("#own-data-classes input[value='1']").check()
    return lab


# --- what there is at first ---------------------------------------------------------------------------------------


def test_choosing_own_data_takes_the_points_on_the_page(lab):
    assert not lab.page.locator("[data-view=own-data]").is_visible()
    lab.choose("dataset", "own")
    lab.trained(dataset="own", points=[[-1, -1, 0], [-1, 1, 1], [1, -1, 1], [1, 1, 0]])
    lab.page.locator("#own-data-rows tr").nth(3).wait_for()
    assert lab.text("own-data-count-0") == lab.text("own-data-count-1") == "2"
    assert "All 4 rows train" in lab.text("own-data-shares")


def test_the_points_of_samples_are_taken_with_those_that_test(lab):
    lab.choose("dataset", "moons")
    lab.trained(dataset="moons")
    shown = lab.js("nnlab.lab.stage.recording.head")
    lab.choose("dataset", "own")
    lab.trained(dataset="own")
    points = lab.experiment["points"]
    assert [point[:2] for point in points] == [
        [round(x, 4) for x in point] for point in shown["points"] + shown["test_points"]
    ]
    targets = shown["targets"] + shown["test_targets"]
    assert [label for *_, label in points] == [int(target > 0) for target in targets]


def test_own_points_are_kept_while_another_data_set_is_chosen(own):
    own.choose("dataset", "circle")
    own.trained(dataset="circle", points=EIGHT)
    own.page.locator("[data-view=own-data]").wait_for(state="hidden")
    own.choose("dataset", "own")
    own.trained(dataset="own", points=EIGHT)
    own.page.locator("[data-view=own-data]").wait_for()


def test_on_a_page_without_points_there_are_two_to_begin_with(new_lab):
    lab = new_lab("/map", wait=False)
    lab.until("window.nnlab && document.documentElement.dataset.run")
    lab.choose("dataset", "own")
    lab.until("nnlab.desk.workbench.experiment.dataset === 'own'")
    assert {label for *_, label in lab.experiment["points"]} == {0, 1}


# --- a text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("locale", "said"), [("en-US", "250 rows taken in"), ("ru-RU", "Принято 250 строк")])
def test_a_class_list_of_250_rows_pastes_in_and_trains(new_lab, locale, said):
    lab = new_lab("/#dataset=own&points=[[1,2,0],[-1,-2,1]]", locale=locale)
    text = class_list(250)
    paste(lab, text)
    points = points_of(text)
    lab.trained(dataset="own", points=points)
    lab.page.locator("#own-data-read-said", has_text=said).wait_for()
    final = nnlab.train(nnlab.Experiment(dataset="own", points=points)).cost[-1]
    assert lab.js("nnlab.lab.recording.tail.cost") == final
    assert lab.text("own-data-count-0") == "125"
    head = lab.js("nnlab.lab.stage.recording.head")
    shares = [int(number) for number in re.findall(r"\d+", lab.text("own-data-shares"))]
    assert shares == [len(head["points"]), len(head["test_points"])]
    assert sum(shares) == 250
    lab.page.locator("#undo").click()
    lab.trained(points=[[1, 2, 0], [-1, -2, 1]])
    lab.page.locator("#redo").click()
    lab.trained(points=points)


@pytest.mark.parametrize("packs", [True, False])
def test_a_thousand_rows_go_packed_where_the_browser_can(new_lab, packs):
    without = "" if packs else "delete window.CompressionStream"
    lab = new_lab("/#dataset=own&points=[[1,2,0]]", prepare=lambda page: page.add_init_script(without))
    text = class_list(MOST_ROWS)
    with lab.page.expect_request("**/run") as caught:
        paste(lab, text)
    assert (caught.value.headers.get("content-encoding") == "gzip") == packs
    if packs:
        assert len(caught.value.post_data_buffer) < len(text)
    lab.trained(dataset="own", points=points_of(text))
    lab.page.locator("#own-data-range", has_text="of 1,000").wait_for()
    assert lab.page.locator("#own-data-rows tr").count() == 50


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
    own.js("(many) => many.forEach((points) => nnlab.desk.set('points', points))", many)
    own.trained(points=many[-1])
    own.js(
        """([points, few]) => {
          for (const each of [points, few]) nnlab.desk.set("points", each);
          nnlab.desk.set("learning_rate", 0.4);
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
def test_a_wrong_row_is_said_with_line_and_column_and_nothing_is_lost(new_lab, locale, first, second):
    lab = new_lab("/#dataset=own&points=[[1,2,0],[-1,-2,1]]", locale=locale)
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


# --- the plane ----------------------------------------------------------------------------------------------------


def test_a_click_adds_a_point_of_the_chosen_class_and_a_click_on_it_removes_it(own):
    click(own, -5, 5)
    own.until("nnlab.lab.stage.recording.experiment.points.length === 9")
    x1, x2, label = own.experiment["points"][-1]
    assert (x1, x2) == pytest.approx((-5, 5), abs=0.1)
    assert label == 1
    own.page.locator("#own-data-classes input[value='0']").check()
    click(own, 5, 5)
    own.until("nnlab.lab.stage.recording.experiment.points.length === 10")
    assert own.experiment["points"][-1][2] == 0
    own.page.locator("#own-data-count-0", has_text="5").wait_for()
    click(own, -5, 5)
    own.until("nnlab.lab.stage.recording.experiment.points.length === 9")
    assert own.experiment["points"][:8] == EIGHT
    click(own, -3, 2)
    own.until("nnlab.lab.stage.recording.experiment.points.length === 8")
    assert [-3, 2, 0] not in own.experiment["points"]
    own.page.keyboard.press("Control+z")
    own.until("nnlab.desk.wanted.experiment.points.length === 9")
    own.trained()


def test_quick_clicks_all_count(own):
    own.into_view("[data-view=boundary] [data-part=picture]")
    places = [own.place(-5 + step, -5) for step in range(6)]
    for place in places:
        own.page.mouse.click(*place)
    assert len(wanted(own)) == len(EIGHT) + 6
    own.trained(points=wanted(own))


def test_the_last_point_stays_and_it_is_said_why(lab):
    open_own(lab, [[1, 1, 0]])
    lab.page.locator("#own-data-placing").check()
    click(lab, 1, 1)
    lab.page.locator("#own-data-said", has_text="The last point stays").wait_for()
    assert wanted(lab) == [[1, 1, 0]]


def test_no_point_is_added_to_a_thousand(own):
    points = points_of(class_list(MOST_ROWS))
    open_own(own, points, epochs=2)
    click(own, -5.5, -5.5)
    own.page.locator("#own-data-said", has_text="1,000 points already").wait_for()
    assert len(wanted(own)) == MOST_ROWS


@pytest.mark.parametrize("how", ["box", "folded"])
def test_a_click_follows_a_point_while_none_are_placed(own, how):
    if how == "box":
        own.page.locator("#own-data-placing").uncheck()
        assert own.text("own-data-hint").startswith("Clicks on the plane follow a point")
    else:
        own.page.locator("[data-view=own-data] [data-part=fold]").click()
    try:
        click(own, -5, 5)
        own.page.locator("[data-view=probe] [data-part=body] .probe-layer").first.wait_for()
        own.until(
            "Math.abs(Number(document.querySelector('[data-view=probe] [data-part=x1] input').value) + 5) < 0.1"
        )
        assert wanted(own) == EIGHT
    finally:
        if how == "box":
            own.page.locator("#own-data-placing").check()
        else:
            own.page.locator("[data-view=own-data] [data-part=fold]").click()


def test_starting_over_leaves_a_point_of_each_class(own):
    own.page.locator("#own-data-first").click()
    own.until("nnlab.lab.stage.recording.experiment.points.length === 2")
    assert {label for *_, label in own.experiment["points"]} == {0, 1}
    own.page.keyboard.press("Control+z")  # the button has the focus
    own.trained(points=EIGHT)


def test_a_finger_adds_and_removes(new_lab):
    lab = new_lab(
        "/#dataset=own&points=[[1,2,0],[-1,-2,1]]",
        has_touch=True,
        viewport={"width": 390, "height": 800},
    )
    lab.into_view("[data-view=boundary] [data-part=picture]")
    lab.page.touchscreen.tap(*lab.place(4, 4))
    lab.until("nnlab.lab.recording.experiment.points.length === 3")
    lab.page.touchscreen.tap(*lab.place(1, 2))
    lab.until("nnlab.lab.recording.experiment.points.length === 2")
    assert lab.experiment["points"][0] == [-1, -2, 1]


# --- the table ----------------------------------------------------------------------------------------------------


def test_a_cell_is_edited_in_place(own):
    cell(own, 2, "x1").fill("−3,123456")
    cell(own, 2, "x1").press("Enter")
    changed = [EIGHT[0], [-3.1235, 2, 0], *EIGHT[2:]]
    own.trained(points=changed)
    assert cell(own, 2, "x1").input_value() == "-3.1235"
    assert own.js(
        "document.activeElement === document.querySelector(`#own-data-rows tr:nth-child(3) [name=x1]`)"
    )
    cell(own, 2, "label").click()
    own.until("nnlab.lab.stage.recording.experiment.points[1][2] === 1")
    own.page.locator("#own-data-count-1", has_text="5").wait_for()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc", "Row 5, x₂: “abc” is not a number."),
        ("-1000001", "Row 5, x₂: “-1000001” is beyond ±1,000,000."),
    ],
)
def test_a_bad_cell_is_said_with_row_and_column_and_stays_to_be_mended(own, typed, said):
    cell(own, 5, "x2").fill(typed)
    cell(own, 5, "x2").press("Enter")
    own.page.locator("#own-data-cell-error", has_text=said).wait_for()
    cell(own, 1, "label").click()  # another change goes through, and takes nothing away
    own.until("nnlab.lab.stage.recording.experiment.points[0][2] === 1")
    assert wanted(own) == [[-4, -4, 1], *EIGHT[1:]]
    assert cell(own, 5, "x2").input_value() == typed
    assert cell(own, 5, "x2").get_attribute("aria-invalid") == "true"
    cell(own, 5, "x2").fill("7")
    cell(own, 5, "x2").press("Enter")
    own.until("nnlab.lab.stage.recording.experiment.points[4][1] === 7")
    assert own.text("own-data-cell-error") == ""


def test_rows_are_added_and_removed_by_keyboard_alone(own):
    own.page.locator("#own-data-new [name=x1]").focus()
    for key in ("5", ".", "5", "Tab", "-", "5", "Enter"):
        own.page.keyboard.press(key)
    own.trained(points=[*EIGHT, [5.5, -5, 0]])
    assert own.js("document.activeElement.closest('tfoot') !== null && document.activeElement.value === ''")
    cell(own, 9, "remove").focus()
    own.page.keyboard.press("Enter")
    own.trained(points=EIGHT)
    assert own.js("document.activeElement.getAttribute('aria-label')") == "Remove row 8"
    own.page.keyboard.press("Enter")
    own.trained(points=EIGHT[:7])
    own.page.keyboard.press("Control+z")
    own.trained(points=EIGHT)


def test_half_a_row_is_not_added(own):
    own.page.locator("#own-data-new [name=x1]").fill("3")
    own.page.locator("#own-data-new [name=add]").click()
    own.page.locator("#own-data-cell-error", has_text="New row, x₂: “” is not a number.").wait_for()
    assert wanted(own) == EIGHT
    assert own.page.locator("#own-data-new [name=x1]").input_value() == "3"
    own.page.locator("#own-data-new [name=x2]").fill("4")
    own.page.locator("#own-data-new [name=add]").click()
    own.trained(points=[*EIGHT, [3, 4, 0]])
    assert own.text("own-data-cell-error") == ""


def test_many_rows_are_turned_over_in_pages(own):
    points = points_of(class_list(120))
    open_own(own, points, epochs=2)
    assert own.text("own-data-range") == "1–50 of 120"
    own.page.locator("#own-data-next").click()
    own.page.locator("#own-data-next").click()
    assert own.text("own-data-range") == "101–120 of 120"
    assert own.page.locator("#own-data-next").is_disabled()
    assert own.page.locator("#own-data-rows th").first.inner_text() == "101"
    cell(own, 20, "remove").click()
    own.trained(points=points[:-1])
    cell(own, 1, "x1").fill("2")
    cell(own, 1, "x1").press("Enter")
    own.trained(points=[*points[:100], [2, *points[100][1:]], *points[101:-1]])
    own.page.locator("#own-data-previous").click()
    assert own.text("own-data-range") == "51–100 of 119"


# --- far from -6..6 -----------------------------------------------------------------------------------------------

FAR = [[170, 60, 0], [180, 75, 1], [165, 55, 0], [190, 85, 1]]


def test_far_points_are_standardized_only_if_one_says_so_and_then_every_view_says_it(own):
    assert not own.page.locator("#own-data-far").is_visible()
    open_own(own, FAR)
    own.page.locator("#own-data-far", has_text="up to 190").wait_for()
    assert own.experiment["standardize"] is False
    assert own.js("nnlab.lab.stage.recording.head.points") == [point[:2] for point in FAR]
    own.page.locator("#own-data-standardize").click()
    own.trained(points=FAR, standardize=True)
    own.page.locator("#own-data-far", has_text="(x₁ − 176.3) / 9.601").wait_for()
    assert own.page.locator("#switch-standardize").is_checked()
    silent = own.js("""() => [...document.querySelectorAll(".view.on-lab")].filter((view) => {
      if (!view.offsetParent) return false;
      const title = view.querySelector("h2") ?? view.querySelector("summary");
      return !getComputedStyle(title, "::after").content.includes("standardized") && !view.innerText.includes("tandardized");
    }).map((view) => view.id)""")
    assert silent == []
    own.page.locator("#own-data-standardize").click()
    own.trained(points=FAR, standardize=False)
    own.until("!('standardized' in document.documentElement.dataset)")


def test_a_click_on_a_standardized_plane_is_a_point_in_ones_own_numbers(own):
    open_own(own, FAR, standardize=True)
    mean, deviation = own.js("nnlab.lab.stage.recording.head.standardization")
    click(own, -3, 3)
    own.until("nnlab.lab.stage.recording.experiment.points.length === 5")
    x1, x2, _ = own.experiment["points"][-1]
    expected = (mean[0] - 3 * deviation[0], mean[1] + 3 * deviation[1])
    assert (x1, x2) == pytest.approx(expected, abs=0.1 * max(deviation))
    shown = own.js("nnlab.lab.stage.recording.head.points[1]")
    click(own, *shown)
    own.until("nnlab.lab.stage.recording.experiment.points.length === 4")
    assert FAR[1] not in own.experiment["points"]


# --- links, width, words ------------------------------------------------------------------------------------------


def test_a_page_opened_again_has_the_same_points(new_lab):
    lab = new_lab()
    open_own(lab, EIGHT)
    lab.until("location.hash.length > 1")
    lab.page.reload()
    lab.ready()
    lab.trained(dataset="own", points=EIGHT)
    lab.page.locator("#own-data-rows tr").nth(7).wait_for()


def test_the_controls_lead_to_the_editor(own):
    own.page.locator("[data-view=own-data] [data-part=fold]").click()
    own.page.locator("#own-data-edit").click()
    assert own.page.locator("#own-data-text").is_visible()
    assert own.js("document.activeElement.name") == "own-data-class"


@pytest.mark.parametrize(("locale", "first"), LANGUAGES)
def test_axe_finds_nothing_at_any_width_in_either_theme(new_lab, locale, first):
    lab = new_lab("/#dataset=own&points=[[170,60,0],[180,75,1]]&standardize=true", locale=locale)
    paste(lab, "1,2,7\n1,2")
    lab.page.locator("#own-data-problems button").nth(1).wait_for()
    cell(lab, 1, "x1").fill("abc")
    cell(lab, 1, "x1").press("Enter")
    lab.until("document.getElementById('own-data-cell-error').textContent")
    found = {}
    for look in lab.looks(first):
        assert lab.js("document.documentElement.scrollWidth <= innerWidth"), look
        found[look] = lab.axe("[data-view=own-data]")
    assert {place: problems for place, problems in found.items() if problems} == {}
