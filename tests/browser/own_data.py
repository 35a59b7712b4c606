"""A student's own data as a test works on it: put on the page, pasted, clicked and read."""

import random

from nnlab.formats.csv_table import read_csv

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
    lab.js(
        "(own) => nnlab.workspace.open({ ...nnlab.workspace.history.experiment, ...own }, { push: true })",
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
    return lab.js("nnlab.workspace.wanted.experiment.points")
