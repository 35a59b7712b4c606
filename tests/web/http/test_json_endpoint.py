"""JSON endpoints: the request is validated, and the response is in the page's language."""

import json
from typing import Any

import pytest
from dash import html
from flask import Flask
from flask.testing import FlaskClient
from pydantic import BaseModel, ConfigDict

from nnlab.i18n import LANGUAGES
from nnlab.web.http.json_endpoint import JsonEndpoints
from nnlab.web.http.scheduler import Scheduler

from ..http_client import told


class Word(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    word: str


LARGEST, PLACES = 100, 2


@pytest.fixture
def client() -> FlaskClient:
    server = Flask(__name__)
    endpoints = JsonEndpoints(server, Scheduler(PLACES))
    endpoints.register("echo", Word, lambda asked, language: [asked.word, language], largest=LARGEST)
    endpoints.register("part", Word, lambda asked, _: html.P(asked.word))
    return server.test_client()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_answered_in_the_language_of_its_address(client: FlaskClient, language: str) -> None:
    answer = client.post(f"/ask/{language}/echo", json={"word": "net"})
    assert (answer.status_code, told(answer)) == (200, ["net", language])


def test_an_answer_may_be_a_part_of_the_page(client: FlaskClient) -> None:
    answer = client.post("/ask/en/part", json={"word": "net"})
    assert told(answer) == {
        "namespace": "dash_html_components",
        "type": "P",
        "props": {"children": "net"},
    }


@pytest.mark.parametrize("path", ["/ask/fr/echo", "/ask/en/nothing", "/ask/echo"])
def test_another_address_is_none(client: FlaskClient, path: str) -> None:
    assert client.post(path, json={"word": "net"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "field", "rule"),
    [
        (b"{", 422, "body", "json"),
        (b'{"word": 5}', 422, "word", "type"),
        (b'{"word": "net", "more": 1}', 422, "more", "unknown"),
        (json.dumps({"word": "n" * LARGEST}).encode(), 413, "body", "longest"),
    ],
)
def test_what_does_not_hold_is_refused(
    client: FlaskClient, body: bytes, status: int, field: str, rule: str
) -> None:
    answer: Any = client.post("/ask/en/echo", data=body, content_type="application/json")
    problem = answer.json["errors"][0]
    assert (answer.status_code, problem["field"], problem["rule"]) == (status, field, rule)


def test_a_question_is_put_by_a_post_alone(client: FlaskClient) -> None:
    assert client.get("/ask/en/echo").status_code == 405


def test_beyond_the_places_a_question_is_told_to_come_again(client: FlaskClient) -> None:
    """An answer holds its place until it is read to its end, and then it is free."""
    held = [client.post("/ask/en/echo", json={"word": "net"}) for _ in range(PLACES)]
    assert [answer.status_code for answer in held] == [200] * PLACES
    busy = client.post("/ask/en/echo", json={"word": "net"})
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "1")
    for answer in held:
        answer.close()
    assert client.post("/ask/en/echo", json={"word": "net"}).status_code == 200


def test_one_line_is_logged_with_nothing_of_what_was_asked(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "nnlab.run")
    told(client.post("/ask/en/echo", json={"word": "secret"}))
    (line,) = [json.loads(record.getMessage()) for record in caplog.records if record.name == "nnlab.run"]
    assert (line["event"], line["reason"]) == ("ask echo", "completed")
    assert "secret" not in json.dumps(line)
