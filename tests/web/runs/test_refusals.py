"""The status and the errors with which requests for a run are refused."""

from contextlib import ExitStack

import pytest

from nnlab.web.runs import run_endpoint

from ..http_client import JSON, errors
from .refused_requests import BAD
from .servers import body, post


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://localhost:8050"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://["},
        {"Origin": "http://localhost.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_origin_is_refused(client, headers):
    response = post(client, body(), **headers)
    assert response.status_code == 403
    assert errors(response)[0]["rule"] == "origin"


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://localhost"}, {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}],
)
def test_the_page_itself_and_a_program_are_answered(client, headers):
    assert post(client, body({"epochs": 1}), **headers).status_code == 200


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", None]
)
def test_only_json_is_taken(client, content_type):
    response = client.post(run_endpoint.RUN_PATH, data=body(), content_type=content_type)
    assert response.status_code == 415
    assert errors(response)[0]["bound"] == JSON


def test_a_charset_does_no_harm(client):
    response = client.post(
        run_endpoint.RUN_PATH, data=body({"epochs": 1}), content_type=f"{JSON}; charset=utf-8"
    )
    assert response.status_code == 200


def test_64_kilobytes_are_taken_and_no_more(client):
    whole = body({"epochs": 1})
    assert post(client, whole.ljust(64 * 1024)).status_code == 200
    response = post(client, whole.ljust(64 * 1024 + 1))
    assert response.status_code == 413
    assert errors(response) == [{"field": "body", "rule": "longest", "bound": 65_536, "value": 65_537}]


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_bad_input_is_refused_with_what_is_wrong(client, data, caplog):
    response = post(client, data)
    assert response.status_code == 422
    errors(response)
    assert not caplog.records


def test_the_price_is_refused_with_its_bound(client):
    (problem,) = errors(post(client, BAD["too much work"]))
    assert (problem["field"], problem["rule"], problem["value"]) == ("epochs", "work", 5000)
    assert 1 <= problem["bound"] < 5000


def test_beyond_the_capacity_a_run_is_told_to_come_again(client):
    with ExitStack() as stack:
        held = [
            client.post(run_endpoint.RUN_PATH, data=body(), content_type=JSON, buffered=False)
            for _ in range(2)
        ]
        for response in held:
            stack.callback(response.close)
            assert response.status_code == 200
        busy = post(client, body())
        assert busy.status_code == 503
        assert int(busy.headers["Retry-After"]) >= 1
        assert errors(busy)[0]["rule"] == "busy"
    assert post(client, body({"epochs": 1})).status_code == 200
