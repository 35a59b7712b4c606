"""The layout: a control for every setting, a label for every control, both languages."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient

from nnlab.core.experiment import Experiment
from nnlab.i18n import LANGUAGES, translator
from nnlab.web.controls import choices
from nnlab.web.controls.panel import panel
from nnlab.web.document import LabApp
from nnlab.web.pages import layout, lazy_pages


def parts(component: Any) -> Iterator[Any]:
    if isinstance(component, Component):
        yield component
        yield from parts(getattr(component, "children", None))
    elif isinstance(component, list | tuple):
        for each in component:
            yield from parts(each)


def ids_of(component: Any) -> set[str]:
    return {part.id for part in parts(component) if isinstance(getattr(part, "id", None), str)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("setting", [*Experiment.model_fields])
def test_every_setting_has_a_place_for_its_error(language: str, setting: str) -> None:
    place = "hidden_units" if setting == "hidden_layer_sizes" else setting
    assert f"error-{place}" in ids_of(panel(translator(language)))


@pytest.fixture(params=LANGUAGES)
def everything(request: pytest.FixtureRequest, app: LabApp) -> list[Component]:
    """The parts of the whole page, those of every page in it."""
    with app.server.test_request_context(headers={"Accept-Language": request.param}):
        text = translator(request.param)
        return [*parts(layout.layout()), *parts([body(text) for body in lazy_pages.BODIES.values()])]


def test_the_page_has_one_heading_of_level_one(everything: list[Component]) -> None:
    (heading,) = [part for part in everything if part._type == "H1"]
    assert heading.children


def test_no_two_regions_have_one_name(everything: list[Component]) -> None:
    words = {getattr(part, "id", None): getattr(part, "children", None) for part in everything}
    regions = [part for part in everything if part._type == "Section"]
    names = [getattr(part, "aria-label", None) or getattr(part, "aria-labelledby") for part in regions]
    names = [words.get(name, name) or name for name in names]
    assert len(regions) > 10
    assert sorted(names) == sorted(set(names))


def test_what_a_page_came_to_is_announced_once(everything: list[Component]) -> None:
    """The hidden line of words says it; the same in large letters stays silent."""
    live = [part for part in everything if getattr(part, "role", None) in ("status", "alert")]
    said = {each.id for part in live for each in parts(part) if isinstance(getattr(each, "id", None), str)}
    assert "words" in said
    assert not said & {
        "success-share",
        "success-interval",
        "success-words",
        "map-share",
        "map-words",
        "landscape-words",
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lazy_pages.BODIES)
def test_a_page_beside_the_lab_is_drawn_from_its_body(client: FlaskClient, language: str, name: str) -> None:
    answer = client.get(f"{lazy_pages.PATH}/{language}/{name}")
    assert answer.mimetype == "application/json"
    drawn = {part.id for part in parts(lazy_pages.BODIES[name](translator(language))) if hasattr(part, "id")}
    assert all(f'"id": "{each}"' in answer.text for each in drawn)


@pytest.mark.parametrize("path", ["en/lab", "xx/map", "en/nowhere", "en"])
def test_there_is_no_other_body(client: FlaskClient, path: str) -> None:
    assert client.get(f"{lazy_pages.PATH}/{path}").status_code == 404


def test_a_choice_of_one_is_announced_as_such() -> None:
    groups = {
        getattr(part, "aria-labelledby", None): part.role
        for part in parts(panel(translator("en")))
        if getattr(part, "role", None)
    }
    for setting in choices.ONE_OF:
        assert groups[f"label-{setting}"] == "radiogroup"
    assert groups["label-features"] == "group"


def test_each_kind_of_data_begins_a_row() -> None:
    (chooser,) = [
        part for part in parts(panel(translator("en"))) if getattr(part, "id", None) == "choice-dataset"
    ]
    begin = [option["value"] for option in chooser.options if isinstance(option["label"], Component)]
    assert begin == ["circle", "plane", "own"]


def test_every_input_has_a_label() -> None:
    page = panel(translator("en"))
    labelled = {part.htmlFor for part in parts(page) if getattr(part, "htmlFor", None)}
    inputs = {part.id for part in parts(page) if part._type in ("Input", "Select")}
    assert inputs
    assert inputs <= labelled


def test_two_labs_in_one_process_both_answer(app: LabApp) -> None:
    from nnlab.web.factory import create_app

    for each in (app, create_app()):
        assert json.loads(each.server.test_client().get("/_dash-dependencies").data)
        assert each.server.test_client().get("/_dash-layout").status_code == 200
