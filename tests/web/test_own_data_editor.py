"""The editor's endpoints: the problems of a pasted table, and the CSV file that is saved."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from nnlab.core.data.own_data import MOST_ROWS
from nnlab.core.data.samples import REACH
from nnlab.core.experiment import Experiment
from nnlab.formats.csv_table import MOST_BYTES, MOST_PROBLEMS, CellProblem, read_csv
from nnlab.i18n import LANGUAGES, catalogue, translator
from nnlab.web.pages import own_data_editor
from nnlab.web.pages.own_data_editor import (
    PointsWanted,
    TableText,
    read_table,
    save_points,
    section,
    sentence,
)

from .http_client import told

PLACES = {"en": r"Line {}", "ru": r"Строка {}"}


def read(text: str, language: str) -> dict[str, Any]:
    return read_table(TableText(text=text), language)


def parts(component: Any) -> Iterator[Any]:
    if isinstance(component, Component):
        yield component
        yield from parts(getattr(component, "children", None))
    elif isinstance(component, list | tuple):
        for each in component:
            yield from parts(each)


def test_a_table_that_holds_comes_back_as_points() -> None:
    told = read("x1;x2;label\n1,50001;-2;1\n0,25;3;-1\n", "en")
    assert told == {"points": ((1.5, -2.0, 1), (0.25, 3.0, 0))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_table_with_one_wrong_row_no_row_comes_back(language: str) -> None:
    told = read("1,2,1\n3,abc,0\n4,5,1\n", language)
    assert "points" not in told
    (problem,) = told["problems"]
    assert (problem["line"], problem["column"]) == (2, 2)
    assert problem["sentence"].startswith(PLACES[language].format(2))
    assert "abc" in problem["sentence"]
    assert told["more"] is False


WRONG = {
    "number": "1,abc,0",
    "finite": "1,nan,0",
    "largest": "1,1000001,0",
    "label": "1,2,7",
    "columns": "1,2",
    "quote": '1,2,"0',
    "rows": "1,2,0\n" * (MOST_ROWS + 1),
    "bytes": "é" * (MOST_BYTES // 2 + 1),
    "empty": "\n\n",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", WRONG)
def test_every_rule_has_a_sentence_with_place_bound_and_value(rule: str, language: str) -> None:
    problem = read_csv(WRONG[rule])[1][0]
    assert problem.rule == rule
    said = sentence(problem, language)
    assert "{" not in said
    assert "None" not in said
    if rule in ("largest", "rows", "bytes"):
        assert f"{problem.bound:,.0f}" in said.replace("\N{NO-BREAK SPACE}", ",")
    said = re.sub(r"(?<=\d)[,\N{NO-BREAK SPACE}](?=\d{3})", "", said)
    if problem.line:
        assert said.startswith(PLACES[language].format(problem.line))
    if problem.column:
        assert re.search(rf"(column|столбец) {problem.column}:", said)
    if rule not in ("rows", "empty"):
        assert problem.value in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_no_sentence_for_a_rule_that_is_not(language: str) -> None:
    rules = {key.removeprefix("own.wrong.") for key in catalogue(language) if key.startswith("own.wrong.")}
    assert rules == WRONG.keys()


def test_what_stands_in_a_cell_is_never_taken_for_a_place_to_fill_in() -> None:
    said = sentence(CellProblem(1, 1, "number", None, "{bound} <b>{value}"), "en")
    assert said == "Line 1, column 1: “{bound} <b>{value}” is not a number."


def test_of_very_many_problems_the_first_are_listed_and_more_are_said_to_be() -> None:
    told = read("a,b,c\n" + "x,1,0\n" * 100, "en")
    assert len(told["problems"]) == MOST_PROBLEMS
    assert told["more"] is True


@given(st.text(max_size=300), st.sampled_from([*LANGUAGES]))
def test_any_text_is_answered_with_points_or_with_what_is_wrong(text: str, language: str) -> None:
    told = json.loads(json.dumps(read(text, language)))
    assert ("points" in told) != ("problems" in told)
    assert told.get("points", told.get("problems"))
    if "points" in told:
        Experiment.model_validate({"dataset": "own", "points": told["points"]})


def test_the_file_holds_the_points_and_reads_back_as_the_same() -> None:
    points = ((1.5, -2.0, 1), (0.0001, 1e6, 0))
    wanted = Experiment(dataset="own", points=points).model_dump(mode="json")
    told = save_points(PointsWanted.model_validate({"experiment": wanted}), "en")
    assert told["name"].endswith(".csv")
    assert told["content"].startswith("x1,x2,label\r\n1.5,-2,1\r\n")
    assert read_csv(told["content"]) == (points, ())


def test_the_page_is_told_of_bounds_that_hold() -> None:
    first = Experiment.model_validate({"dataset": "own", "points": own_data_editor.FIRST})
    assert {label for *_, label in first.points or ()} == {0, 1}
    assert first.train_rows == 2
    assert own_data_editor.FAR > REACH


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_says_what_it_does(language: str) -> None:
    buttons = [part for part in parts(section(translator(language))) if part._type == "Button"]
    assert len(buttons) >= 7
    for button in buttons:
        words = getattr(button, "aria-label", None) or button.children
        assert re.search(r"\w\w", words), button.id


def test_the_server_answers_the_page(client: FlaskClient) -> None:
    table = client.post("/ask/en/table", json={"text": "1,2,1\n3,4,0"})
    assert (table.status_code, told(table)) == (200, {"points": [[1.0, 2.0, 1], [3.0, 4.0, 0]]})
    experiment = {"dataset": "own", "points": [[1, 2, 1], [3, 4, 0]]}
    file = client.post("/ask/ru/points", json={"experiment": experiment})
    assert (file.status_code, told(file)) == (
        200,
        {"name": own_data_editor.FILE_NAME, "content": "x1,x2,label\r\n1,2,1\r\n3,4,0\r\n"},
    )


def test_the_longest_table_is_taken_however_long_its_letters_are_as_json(client: FlaskClient) -> None:
    text = "\n" * MOST_BYTES  # two letters each
    assert client.post("/ask/en/table", json={"text": text}).status_code == 200
    assert (
        client.post(
            "/ask/en/table", data=b" " * (own_data_editor.LARGEST_BODY + 1), content_type="application/json"
        ).status_code
        == 413
    )


@pytest.mark.parametrize(
    "sent",
    [
        [], "1,2,0", {}, {"text": None}, {"text": 7}, {"text": ["1,2,0"]}, {"text": "x" * (MOST_BYTES + 1)},
        {"text": "1,2,0", "more": 1}, {"text": "\ud800"},
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(client: FlaskClient, sent: Any) -> None:
    assert client.post("/ask/en/table", json=sent).status_code == 422


@pytest.mark.parametrize("sent", [[], {}, {"experiment": {"points": [[1, 2, 3]]}}])
def test_what_is_no_experiment_is_not_saved(client: FlaskClient, sent: Any) -> None:
    assert client.post("/ask/en/points", json=sent).status_code == 422


def test_a_text_that_is_too_long_is_said_to_be(client: FlaskClient) -> None:
    answer: Any = client.post("/ask/en/table", json={"text": "x" * (MOST_BYTES + 1)})
    (problem,) = answer.json["errors"]
    assert (problem["field"], problem["rule"], problem["bound"]) == ("text", "longest", MOST_BYTES)
    assert problem["value"] == MOST_BYTES + 1
