"""Which requests are accepted, and which are refused with which status."""

import json
from io import BytesIO

import pytest
from flask import Flask
from pydantic import BaseModel, ConfigDict

from nnlab.web.http.connection import Connection
from nnlab.web.http.errors import RefusedRequestError
from nnlab.web.http.request import LARGEST_BODY, validated_body
from nnlab.web.http.request_limits import LimitExceededError

JSON = "application/json"


class Order(BaseModel):
    """Something to ask for."""

    model_config = ConfigDict(extra="forbid")

    cups: int


class Breaking(BytesIO):
    """A body that breaks off, each server having an error of its own for that."""

    def readinto(self, buffer):
        raise OSError(f"the client is gone, and {len(buffer)} bytes with it")


def ask(data=b'{"cups": 2}', check=lambda _: None, content_type=JSON, headers=None, **options):
    """Take an order that is sent so."""
    with Flask(__name__).test_request_context(
        "/", method="POST", data=data, content_type=content_type, headers=headers, **options
    ):
        return validated_body(Order, Connection({}), check)


def refused(*arguments, **options):
    """The status and the problems of an order that is refused."""
    with pytest.raises(RefusedRequestError) as caught:
        ask(*arguments, **options)
    answer = caught.value.response()
    assert answer.mimetype == JSON
    assert "Retry-After" not in answer.headers
    return answer.status_code, json.loads(answer.get_data(), parse_constant=pytest.fail)["errors"]


def test_what_holds_is_taken_and_checked():
    checked = []
    assert ask(check=checked.append) == Order(cups=2)
    assert checked == [Order(cups=2)]


def test_what_does_not_hold_is_refused_before_it_is_checked():
    status, problems = refused(b'{"cups": "many"}', check=lambda _: pytest.fail("it does not hold"))
    assert status == 422
    assert problems == [{"field": "cups", "rule": "type", "bound": None, "value": "many"}]


def test_what_costs_too_much_is_refused_with_its_price():
    def check(_):
        raise LimitExceededError("work", 10, 11)

    expected = {"field": "view", "rule": "work", "bound": 10, "value": 11}
    assert refused(check=check) == (422, [expected])


@pytest.mark.parametrize(
    ("options", "status", "field"),
    [
        ({"headers": {"Origin": "http://elsewhere"}, "content_type": "text/plain"}, 403, "origin"),
        ({"content_type": "text/plain", "data": b" " * 70_000}, 415, "content-type"),
        ({"data": b" " * 70_000}, 413, "body"),
        ({"data": b"no json"}, 422, "body"),
    ],
)
def test_who_asks_comes_before_how_and_how_before_what(options, status, field):
    code, (problem,) = refused(**options)
    assert (code, problem["field"]) == (status, field)


@pytest.mark.parametrize(("size", "taken"), [(LARGEST_BODY, True), (LARGEST_BODY + 1, False)])
def test_a_body_without_a_length_is_measured_as_it_comes(size, taken):
    stream = {
        "input_stream": BytesIO(b'{"cups": 2}'.ljust(size)),
        "environ_overrides": {"wsgi.input_terminated": True},
    }
    if taken:
        assert ask(data=None, **stream) == Order(cups=2)
    else:
        status, (problem,) = refused(data=None, **stream)
        assert (status, problem["rule"], problem["bound"]) == (413, "longest", LARGEST_BODY)


def test_a_body_that_breaks_off_is_the_clients_mistake():
    stream = {"input_stream": Breaking(), "environ_overrides": {"wsgi.input_terminated": True}}
    status, (problem,) = refused(data=None, **stream)
    assert (status, problem["field"], problem["rule"]) == (400, "body", "json")
