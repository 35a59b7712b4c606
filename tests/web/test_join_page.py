"""The /join page, which is projected for a class."""

import pytest
from flask.testing import FlaskClient

from nnlab.web.factory import create_app
from nnlab.web.settings import Settings


def test_it_shows_the_address_and_its_code(client: FlaskClient) -> None:
    page = client.get("/join").text
    assert page.count("http://192.0.2.7:8050") == 2
    assert "<svg" in page


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_speaks_both_languages(client: FlaskClient, language: str) -> None:
    page = client.get("/join", headers={"Accept-Language": language}).text
    assert f'<html lang="{language}">' in page


def test_the_address_that_the_teachers_browser_used_is_taken() -> None:
    client = create_app(Settings()).server.test_client()
    assert "http://10.1.2.3:9000" in client.get("/join", base_url="http://10.1.2.3:9000").text


def test_localhost_is_never_given_to_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnlab.web.settings.lan_address", lambda: None)
    page = create_app(Settings()).server.test_client().get("/join", base_url="http://localhost:8050").text
    assert "localhost" not in page
    assert "<svg" not in page
    assert "NNLAB_PUBLIC_URL" in page


@pytest.mark.parametrize("bind", ["127.0.0.1", "localhost", "[::1]"])
def test_a_lab_that_only_its_own_machine_can_open_gives_no_address(
    bind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnlab.web.settings.lan_address", lambda: "10.1.2.3")
    client = create_app(Settings(bind=bind)).server.test_client()
    page = client.get("/join", base_url="http://localhost:8050").text
    assert "10.1.2.3" not in page
    assert "make classroom" in page
    assert "nnlab serve --bind 0.0.0.0" in page
    assert "10.1.2.3" not in client.get("/", base_url="http://localhost:8050").text, "nor has Share"
    opened = create_app(Settings(bind="0.0.0.0")).server.test_client()
    assert "http://10.1.2.3:8050" in opened.get("/join", base_url="http://localhost:8050").text


def test_a_hostile_host_is_only_text() -> None:
    client = create_app(Settings()).server.test_client()
    page = client.get("/join", headers={"Host": 'x"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text
