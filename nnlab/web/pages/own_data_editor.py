"""The editor of a student's own data: points on the plane, a table, a CSV; and the endpoints that read and write the CSV.

JavaScript keeps the points and fills the empty places.
"""

from typing import Annotated, Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component
from pydantic import BaseModel, ConfigDict, Field

from nnlab.core.data.own_data import DECIMALS, LARGEST_COORDINATE, MOST_ROWS
from nnlab.core.experiment import Experiment
from nnlab.formats.csv_table import MOST_BYTES, MOST_PROBLEMS, CellProblem, read_csv, write_csv
from nnlab.i18n import Translator, translator
from nnlab.web.elements import aria
from nnlab.web.http.json_endpoint import JsonEndpoints
from nnlab.web.pages.view_frame import foldable

FAR = 12.0
"""The page suggests standardization beyond this coordinate: starting weights suit data within -6..6."""

FIRST = ((-2.0, -2.0, 0), (2.0, 2.0, 1))
"""The points to start over with: one of each class."""

FILE_NAME = "nnlab-own-data.csv"

LARGEST_BODY = 256 * 1024
"""Bytes of a request with a pasted table of 64 kB, which is longer as JSON."""

SETTINGS = {
    "decimals": DECIMALS,
    "far": FAR,
    "first": FIRST,
    "largest": LARGEST_COORDINATE,
    "most_bytes": MOST_BYTES,
    "most_rows": MOST_ROWS,
}
"""The part of JavaScript's configuration about the editor."""


class TableText(BaseModel):
    """A request to read a pasted table.

    Attributes:
        text: which may be a CSV.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    text: Annotated[str, Field(max_length=MOST_BYTES)]


class PointsWanted(BaseModel):
    """A request for the points of an experiment as a CSV."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    experiment: Experiment


def section(text: Translator) -> Component:
    """The editor; JavaScript shows it while the data set is the student's own."""
    return foldable(
        "own-data", text, [html.Div([_plane(text), _table(text), _text(text)], className="own-data")]
    )


def _plane(text: Translator) -> Component:
    """The choice of the class that a click adds, and the number of points."""
    far = [
        html.P(id="own-data-far-words"),
        html.Button(text("own.standardize"), id="own-data-standardize", type="button", className="primary"),
    ]
    return html.Div(
        [
            html.H3(text("own.plane")),
            html.Div(id="own-data-classes", role="radiogroup", **aria(label=text("own.class_to_add"))),
            dbc.Checkbox(id="own-data-placing", label=text("own.placing"), value=True),
            html.P(id="own-data-hint", className="setting-help"),
            html.P(id="own-data-shares", className="own-data-shares"),
            html.Div(far, id="own-data-far", className="notice", hidden=True),
            html.Button(text("own.start_over"), id="own-data-first", type="button", className="quiet"),
            html.Div(id="own-data-said", className="own-data-said", role="status"),
        ],
        className="own-data-plane",
    )


def _table(text: Translator) -> Component:
    """The table of points, page by page; its last row is for a new point."""
    columns = [html.Th(text(f"own.column.{name}"), scope="col") for name in ("row", "x1", "x2", "label")]
    rows = html.Table(
        [
            html.Thead(html.Tr([*columns, html.Td()])),  # the last is for buttons that remove
            html.Tbody(id="own-data-rows"),
            html.Tfoot(id="own-data-new"),
        ],
        className="numbers",
        **aria(label=text("own.table")),
    )
    before, after = (_page_button(name, sign, text) for name, sign in (("previous", "‹"), ("next", "›")))
    buttons = [before, html.Span(id="own-data-range"), after]
    return html.Div(
        [
            html.H3(text("own.table")),
            html.Div(rows, className="own-data-scroll"),
            html.Div(buttons, className="own-data-turns", role="group", **aria(label=text("own.turn"))),
            html.Div(id="own-data-cell-error", className="own-data-error", role="alert"),
        ],
        className="own-data-table",
    )


def _page_button(name: str, sign: str, text: Translator) -> Component:
    label = aria(label=text(f"own.{name}"))
    return html.Button(sign, id=f"own-data-{name}", type="button", className="quiet small", **label)


def _text(text: Translator) -> Component:
    """The field for a CSV, with buttons to open and save one."""
    return html.Div(
        [
            html.H3(html.Label(text("own.csv"), htmlFor="own-data-text")),
            html.Textarea(
                id="own-data-text",
                rows=9,
                spellCheck="false",
                placeholder="x1,x2,label\n1.5,-2,1\n0.25,3,0",
                className="form-control",
                **aria(describedby="own-data-text-help"),
            ),
            html.P(
                text("own.csv_help"),
                id="own-data-text-help",
                className="setting-help",
            ),
            html.Div(
                [
                    html.Button(text("own.take"), id="own-data-take", type="button", className="primary"),
                    html.Div(id="own-data-open"),
                    html.Button(text("own.save"), id="own-data-save", type="button", className="quiet"),
                ],
                className="own-data-buttons",
            ),
            html.Div(id="own-data-read-said", className="own-data-said", role="status"),
            html.Div(id="own-data-problems", className="own-data-error", role="alert"),
        ],
        className="own-data-csv",
    )


def read_table(request: TableText, language: str) -> dict[str, Any]:
    """Read the points of a table; if any cell is wrong, list only the problems, each with its place and a sentence."""
    points, problems = read_csv(request.text)
    if not problems:
        return {"points": points}
    said = [
        {"line": problem.line, "column": problem.column, "sentence": sentence(problem, language)}
        for problem in problems
    ]
    return {"problems": said, "more": len(problems) == MOST_PROBLEMS}


def sentence(problem: CellProblem, language: str) -> str:
    """The sentence for one problem of a table, with its place."""
    text = translator(language)
    value = int(problem.value) if problem.rule == "bytes" else problem.value
    wrong = text(f"own.wrong.{problem.rule}", value=value, bound=problem.bound)
    if not problem.line:
        return wrong
    place = "cell" if problem.column else "line"
    return text(f"own.at.{place}", line=problem.line, column=problem.column, wrong=wrong)


def save_points(request: PointsWanted, _: str) -> dict[str, str]:
    """The own points of an experiment as a CSV file for the browser to save."""
    return {"name": FILE_NAME, "content": write_csv(request.experiment.points or ())}


def register(endpoints: JsonEndpoints) -> None:
    """Add the endpoints that read a pasted table and write one."""
    endpoints.register("table", TableText, read_table, largest=LARGEST_BODY)
    endpoints.register("points", PointsWanted, save_points)
