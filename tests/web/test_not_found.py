"""An unknown address is answered with a 404 page that links to the lab; every known one with its own page."""

import pytest

from nnlab.web.factory import create_app
from nnlab.web.pages.lazy_pages import PAGES
from nnlab.web.settings import Settings


@pytest.fixture(scope="module")
def client():
    return create_app(Settings()).server.test_client()


@pytest.mark.parametrize(
    "path", ["/nowhere", "/map/deep", "/LAB", "/starts/run/x", "/index.html", "/join/x", "/static/0/x.js"]
)
def test_there_is_nothing_at_an_unknown_address(client, path):
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert 'href="/"' in answer.text
    assert "There is no such page" in answer.text


def test_it_is_said_in_russian_too(client):
    assert "Такой страницы нет" in client.get("/nowhere", headers={"Accept-Language": "ru"}).text


@pytest.mark.parametrize(
    "path",
    ["/", *(f"/{name}" for name in PAGES), "/join", "/healthz", "/_dash-layout", "/_dash-dependencies"],
)
def test_what_there_is_answers(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_there_are_no_callbacks_of_dash(client, method):
    body = {"output": "x.y", "outputs": {"id": "x", "property": "y"}, "inputs": [], "changedPropIds": []}
    assert getattr(client, method)("/_dash-update-component", json=body).status_code == 404


@pytest.mark.parametrize("name", ["nothing/x.js", "dash/../x", "dash/dcc/old.v1m2.js"])
def test_a_script_that_there_is_not_is_not_found(client, name):
    assert client.get(f"/_dash-component-suites/{name}").status_code == 404
