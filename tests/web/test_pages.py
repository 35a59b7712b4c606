"""The lab's page: a control for every setting, a label for every control, both languages, answers to its callbacks."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from dash.development.base_component import Component
from flask.testing import FlaskClient
from pydantic import ValidationError

from nnlab.core.experiment import Experiment
from nnlab.i18n import LANGUAGES, translator
from nnlab.web.controls.panel import panel
from nnlab.web.controls.start import MOST_SLIDERS, show_start_sliders
from nnlab.web.document import LabApp
from nnlab.web.pages.formulas import show_formulas


def parts(component: Any) -> Iterator[Component]:
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


def test_every_input_has_a_label() -> None:
    page = panel(translator("en"))
    labelled = {part.htmlFor for part in parts(page) if getattr(part, "htmlFor", None)}
    inputs = {part.id for part in parts(page) if part._type in ("Input", "Select")}
    assert inputs
    assert inputs <= labelled


def test_the_default_network_has_a_slider_for_each_of_its_nine_numbers() -> None:
    sliders = {
        each
        for each in ids_of(panel(translator("en")))
        if each.startswith(("slider-weights", "slider-biases"))
    }
    assert len(sliders) == 9


@pytest.mark.parametrize(("hidden", "shown"), [([], True), ([3], True), ([4], False), ([2, 2], False)])
def test_sliders_are_shown_up_to_thirteen(hidden: list[int], shown: bool) -> None:
    shape = {"features": ["x1", "x2"], "hidden_layer_sizes": hidden}
    count = Experiment.model_validate(shape | {"initialization": "uniform"}).parameter_count
    sliders = [each for each in ids_of(show_start_sliders(shape, "en")) if each.startswith("slider-")]
    assert len(sliders) == (count if shown else 0)
    assert (count <= MOST_SLIDERS) == shown


@pytest.mark.parametrize("shape", [{"hidden_layer_sizes": [99]}, {"features": ["x9"]}, {"epochs": -1}])
def test_a_shape_that_cannot_be_is_refused(shape: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        show_start_sliders(shape, "en")


def formulas_request(row: int | None) -> dict[str, Any]:
    start = Experiment().initial_parameters().vector.tolist()
    return {"experiment": Experiment().model_dump(mode="json"), "parameters": start, "row": row}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("row", [None, 0, 3])
def test_the_formulas_are_typeset(language: str, row: int | None) -> None:
    typeset = [
        part for part in parts(show_formulas(formulas_request(row), language)) if part._type == "Markdown"
    ]
    assert len(typeset) > 10
    assert all(part.mathjax for part in typeset)


@pytest.mark.parametrize("row", [4, -1, "x"])
def test_a_row_that_is_not_there_is_refused(row: object) -> None:
    with pytest.raises(ValidationError):
        show_formulas(formulas_request(None) | {"row": row}, "en")


def test_a_callback_answers_bad_input_without_a_traceback(client: FlaskClient) -> None:
    body = {
        "output": "probe-body.children",
        "outputs": {"id": "probe-body", "property": "children"},
        "inputs": [{"id": "probe-request", "property": "data", "value": {"nonsense": 1}}],
        "state": [{"id": "language", "property": "data", "value": "en"}],
        "changedPropIds": ["probe-request.data"],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 422
    assert "Traceback" not in answer.text


def test_two_labs_in_one_process_both_answer(app: LabApp) -> None:
    from nnlab.web.factory import create_app

    for lab in (app, create_app()):
        assert json.loads(lab.server.test_client().get("/_dash-dependencies").data)
        assert lab.server.test_client().get("/_dash-layout").status_code == 200
