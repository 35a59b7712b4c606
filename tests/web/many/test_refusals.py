"""The status and the errors with which requests about many networks are refused."""

from contextlib import ExitStack

import pytest

from nnlab.web.http.scheduler import Scheduler
from nnlab.web.many import many_limits

from ..http_client import JSON, errors, post
from .refused_requests import ANYWHERE, BAD
from .sample_requests import LANDSCAPE, MAP, PATHS, STREAMS, body, small


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_origin_is_refused(client, path, headers):
    response = post(client, path, small(path), **headers)
    assert response.status_code == 403
    assert errors(response)[0]["rule"] == "origin"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data", None])
def test_only_json_is_taken(client, path, content_type):
    response = client.post(path, data=small(path), content_type=content_type)
    assert response.status_code == 415
    assert errors(response)[0]["bound"] == JSON


@pytest.mark.parametrize("path", PATHS)
def test_64_kilobytes_are_taken_and_no_more(client, path):
    assert post(client, path, small(path).ljust(64 * 1024)).status_code == 200
    response = post(client, path, small(path).ljust(64 * 1024 + 1))
    assert response.status_code == 413
    assert errors(response) == [{"field": "body", "rule": "longest", "bound": 65_536, "value": 65_537}]


@pytest.mark.parametrize("path", PATHS)
def test_only_a_post_is_taken(client, path):
    assert client.get(path).status_code == 405


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("data", ANYWHERE.values(), ids=ANYWHERE)
def test_bad_input_is_refused_at_every_address(client, path, data, caplog):
    response = post(client, path, data(path))
    assert response.status_code == 422
    errors(response)
    assert not caplog.records


@pytest.mark.parametrize(("path", "data"), BAD.values(), ids=BAD)
def test_bad_input_is_refused_with_what_is_wrong(client, path, data, caplog):
    response = post(client, path, data)
    assert response.status_code == 422
    (problem, *_) = errors(response)
    assert problem["field"] != "body" or problem["rule"] == "json"
    assert not caplog.records


@pytest.mark.parametrize("name", ["too much work for starts", "too much work for a map"])
def test_over_the_ceiling_nothing_is_begun(client, name, monkeypatch):
    monkeypatch.setattr(Scheduler, "admit", lambda _: pytest.fail("it should not be let in"))
    (problem,) = errors(post(client, *BAD[name]))
    assert (problem["field"], problem["rule"], problem["bound"]) == ("view", "work", many_limits.WORK_LIMIT)
    assert problem["value"] > many_limits.WORK_LIMIT


@pytest.mark.parametrize("path", STREAMS)
def test_beyond_the_places_a_question_is_told_to_come_again(client, path):
    with ExitStack() as stack:
        for _ in range(2):
            held = client.post(path, data=small(path), content_type=JSON, buffered=False)
            stack.callback(held.close)
            assert held.status_code == 200
        busy = post(client, path, small(path))
        assert busy.status_code == 503
        assert int(busy.headers["Retry-After"]) >= 1
        assert errors(busy)[0]["rule"] == "busy"
    assert post(client, path, small(path)).status_code == 200


def test_maps_take_no_places_from_runs_and_landscapes(client):
    with ExitStack() as stack:
        for _ in range(2):
            held = client.post(MAP, data=small(MAP), content_type=JSON, buffered=False)
            stack.callback(held.close)
        assert post(client, LANDSCAPE, small(LANDSCAPE)).status_code == 200
        assert post(client, "/run", body({"epochs": 1})).status_code == 200
