"""The HTML document around the lab: its language, its theme, its addresses."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from nnlab.core.experiment import Experiment, bounds


def configuration(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="configuration" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("ru-RU,ru;q=0.9,en;q=0.5", "ru"), ("en-GB", "en"), ("fr,de", "en"), ("", "en")],
)
def test_the_language_follows_the_browser(client: FlaskClient, accepted: str, language: str) -> None:
    page = client.get("/", headers={"Accept-Language": accepted}).text
    assert f'<html lang="{language}"' in page
    assert configuration(page)["language"] == language


def test_a_chosen_language_outweighs_the_browsers(client: FlaskClient) -> None:
    client.set_cookie("nnlab_language", "ru")
    assert '<html lang="ru"' in client.get("/", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize("hostile", ["fr", '"><script>', "en' onload='x"])
def test_a_cookie_nobody_set_changes_nothing(client: FlaskClient, hostile: str) -> None:
    client.set_cookie("nnlab_language", hostile)
    client.set_cookie("nnlab_theme", hostile)
    page = client.get("/").text
    assert '<html lang="en" data-page="lab">' in page


def test_a_chosen_theme_is_there_before_anything_is_painted(client: FlaskClient) -> None:
    client.set_cookie("nnlab_theme", "dark")
    assert 'data-bs-theme="dark"' in client.get("/").text


def test_the_page_is_told_the_experiments_own_defaults_and_bounds(client: FlaskClient) -> None:
    told = configuration(client.get("/").text)
    assert Experiment.model_validate(told["defaults"]) == Experiment()
    for setting in ("learning_rate", "batch_size", "epochs", "scale"):
        slider = told["sliders"][setting]
        assert (slider["low"], slider["high"]) == bounds(setting)


def test_the_page_names_no_other_origin(client: FlaskClient) -> None:
    addresses = re.findall(r'(?:src|href)="([^"]*)"', client.get("/").text)
    assert addresses
    assert all(address.startswith("/") for address in addresses)


def test_the_page_never_shares_its_own_name_for_itself(client: FlaskClient) -> None:
    assert configuration(client.get("/").text)["class_url"] == "http://192.0.2.7:8050"
