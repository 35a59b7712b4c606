"""Callbacks are checked before Dash takes them up."""

import json
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from nnlab.web.border.callbacks import LARGEST_BODY, PATH

BODY: dict[str, Any] = {
    "output": "playground-answer.data",
    "outputs": {"id": "playground-answer", "property": "data"},
    "inputs": [
        {"id": "playground-asked", "property": "data", "value": {"asked": 1, "text": "#networkShape=3"}}
    ],
    "changedPropIds": ["playground-asked.data"],
    "state": [{"id": "language", "property": "data", "value": "en"}],
}


def ask(client: FlaskClient, change: Any = None, **options: Any) -> tuple[int, Any]:
    """The status and the JSON of an answer; ``change`` goes over the body, or is all of it if it is no mapping."""
    body = BODY | (change or {}) if isinstance(change, dict | None) else change
    answer = client.post(PATH, **{"data": json.dumps(body), "content_type": "application/json"} | options)
    return answer.status_code, json.loads(answer.get_data(), parse_constant=pytest.fail)


def refused(client: FlaskClient, change: Any = None, **options: Any) -> tuple[int, str, str]:
    status, answer = ask(client, change, **options)
    problem = answer["errors"][0]
    return status, problem["field"], problem["rule"]


def test_what_the_page_asks_comes_to_its_function(client: FlaskClient) -> None:
    status, answer = ask(client)
    assert status == 200
    assert answer["response"]["playground-answer"]["data"]["experiment"]["hidden_layer_sizes"] == [3]


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ([], "body", "type"),
        ("text", "body", "type"),
        ({"output": 5}, "output", "type"),
        ({"output": "nothing.data"}, "output", "choice"),
        ({"output": "__class__"}, "output", "choice"),
        ({"outputs": []}, "outputs", "type"),
        ({"outputs": {"id": "probe-body", "property": "data"}}, "outputs", "shape"),
        ({"inputs": []}, "inputs", "shape"),
        ({"inputs": BODY["inputs"] * 2}, "inputs", "shape"),
        ({"inputs": [{"id": {"type": "x"}, "property": "data"}]}, "inputs.0.id", "type"),
        ({"inputs": BODY["state"]}, "inputs", "shape"),
        ({"state": []}, "state", "shape"),
        ({"state": [BODY["state"][0] | {"value": "fr"}]}, "state", "choice"),
        ({"state": [BODY["state"][0] | {"value": ["en"]}]}, "state", "choice"),
        ({"state": [{"id": "language", "property": "data"}]}, "state", "choice"),
        ({"changedPropIds": 5}, "changedPropIds", "type"),
    ],
)
def test_what_dash_would_break_at_is_refused(client: FlaskClient, change: Any, field: str, rule: str) -> None:
    assert refused(client, change) == (422, field, rule)


def test_a_callback_of_the_browsers_own_is_none_of_the_servers(client: FlaskClient, app: Any) -> None:
    own = [output for output, entry in app.callback_map.items() if "callback" not in entry]
    assert own
    for output in own:
        assert refused(client, {"output": output}) == (422, "output", "choice")


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[" * 100_000, b'{"output": "\\ud800"}'])
def test_what_is_no_json_is_refused(client: FlaskClient, text: bytes) -> None:
    assert refused(client, data=text) == (422, "body", "json")


def test_only_json_is_taken(client: FlaskClient) -> None:
    assert refused(client, content_type="text/plain") == (415, "content-type", "json")


@pytest.mark.parametrize(("size", "status"), [(LARGEST_BODY, 200), (LARGEST_BODY + 1, 413)])
def test_a_body_may_be_so_long(client: FlaskClient, size: int, status: int) -> None:
    body = json.dumps(BODY).encode().ljust(size)
    assert ask(client, data=body)[0] == status
    unmeasured = {"input_stream": BytesIO(body), "environ_overrides": {"wsgi.input_terminated": True}}
    assert ask(client, data=None, **unmeasured)[0] == status


class Breaking(BytesIO):
    """A body that breaks off."""

    def readinto(self, buffer: Any) -> int:
        raise OSError(f"the client is gone, and {len(buffer)} bytes with it")


def test_a_body_that_breaks_off_is_the_clients_mistake(client: FlaskClient) -> None:
    broken = {"input_stream": Breaking(), "environ_overrides": {"wsgi.input_terminated": True}}
    assert refused(client, data=None, **broken) == (400, "body", "json")


@pytest.mark.parametrize("name", ["nothing/x.js", "dash/../x", "dash/dcc/old.v1m2.js"])
def test_a_script_that_there_is_not_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/_dash-component-suites/{name}").status_code == 404
