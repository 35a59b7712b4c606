"""The formulas section: which rows may be requested, and how they are chosen."""

import json
import re
from typing import Any

import pytest
from dash import dcc
from dash.development.base_component import Component
from flask.testing import FlaskClient
from pydantic import ValidationError

from nnlab import Experiment
from nnlab.i18n import LANGUAGES, translator
from nnlab.web.pages.formulas_section import FormulasRequest, section, show_formulas

from .http_client import told

KINDS: dict[str, dict[str, Any]] = {
    "gate": {},
    "classes": {
        "dataset": "spiral",
        "samples": 100,
        "activation": "relu",
        "output_activation": "sigmoid",
        "encoding": "binary",
        "loss": "cross_entropy",
        "optimizer": "adam",
        "regularization": "l1",
        "shuffle": True,
    },
    "regression": {
        "dataset": "multi_gaussians",
        "samples": 100,
        "output_activation": "linear",
        "hidden_layer_sizes": [8] * 6,
        "initialization": "he",
        "optimizer": "nesterov",
        "regularization": "l2",
    },
    "own": {"dataset": "own", "points": [[1.5, 2.0, 1], [3.0, -40.0, 0]], "standardize": True},
}
ROWS = {"gate": 4, "classes": 50, "regression": 50, "own": 2}


def asked(kind: str, row: object) -> dict[str, Any]:
    experiment = Experiment.model_validate(KINDS[kind])
    parameters = experiment.initial_parameters().vector.tolist()
    return {"experiment": experiment.model_dump(mode="json"), "parameters": parameters, "row": row}


def question(kind: str, row: object) -> FormulasRequest:
    return FormulasRequest.model_validate(asked(kind, row))


def parts(component: object) -> list[Any]:
    """A component and everything in it."""
    if isinstance(component, list | tuple):
        return [part for each in component for part in parts(each)]
    if not isinstance(component, Component):
        return []
    return [component, *parts(getattr(component, "children", None))]


def latex(kind: str, language: str) -> str:
    shown = parts(show_formulas(question(kind, 0), language))
    return "".join(str(part.children) for part in shown if isinstance(part, dcc.Markdown))


@pytest.mark.parametrize("kind", KINDS)
def test_russian_formulas_have_decimal_commas_that_are_set_tight(kind: str) -> None:
    english, russian = latex(kind, "en"), latex(kind, "ru")
    assert re.search(r"\d\.\d", english)
    assert not re.search(r"\d\.\d", russian)
    assert russian.replace("{,}", ".") == english


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_formulas_of_every_kind_of_run_are_typeset(language: str, kind: str) -> None:
    for row in (None, 0, ROWS[kind] - 1):
        shown = parts(show_formulas(question(kind, row), language))
        typeset = [part for part in shown if part._type == "Markdown"]
        assert len(typeset) > 20
        assert all(part.mathjax for part in typeset)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_the_experiment_has_not_is_refused(kind: str) -> None:
    assert FormulasRequest.model_validate(asked(kind, ROWS[kind] - 1)).row == ROWS[kind] - 1
    for row in (ROWS[kind], -1, 999, 1000, 1.5, "first"):
        with pytest.raises(ValidationError):
            FormulasRequest.model_validate(asked(kind, row))


def test_the_last_of_a_thousand_rows_can_be_asked_for() -> None:
    rows = [[float(k), 0.0, k % 2] for k in range(1000)]
    experiment = Experiment(dataset="own", points=rows, train_share=90)
    last = experiment.train_rows - 1
    assert last > 850
    parameters = experiment.initial_parameters().vector.tolist()
    question = {"experiment": experiment.model_dump(mode="json"), "parameters": parameters}
    assert FormulasRequest.model_validate(question | {"row": last}).row == last
    with pytest.raises(ValidationError, match=f"row must be at most {last}, got {last + 1}"):
        FormulasRequest.model_validate(question | {"row": last + 1})


def test_a_row_too_far_is_named_with_the_last_there_is(client: FlaskClient) -> None:
    answer: Any = client.post("/ask/en/formulas", json=asked("gate", 4))
    assert answer.json["errors"] == [{"field": "row", "rule": "maximum", "bound": 3, "value": 4}]
    for loose in ({"row": "1"}, {"parameters": ["1"] * 9}, {"parameters": [True] * 9}):
        assert client.post("/ask/en/formulas", json=asked("gate", 1) | loose).status_code == 422


@pytest.mark.parametrize(("row", "status"), [(1, 200), (4, 422), (1000, 422)])
def test_the_page_is_answered_or_refused(client: FlaskClient, row: int, status: int) -> None:
    answer = client.post("/ask/en/formulas", json=asked("gate", row))
    assert answer.status_code == status
    if status == 200:
        assert '"mathjax": true' in json.dumps(told(answer))


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_list_for_a_gate_and_a_number_for_other_data(language: str) -> None:
    every = parts(section(translator(language)))
    shown = {part.id: part for part in every if getattr(part, "id", None)}
    assert [option["value"] for option in shown["formulas-row"].options] == ["0", "1", "2", "3"]
    assert (shown["formulas-row-number"].type, shown["formulas-row-number"].value) == ("text", "1")
    assert shown["formulas-many-rows"].hidden, "until the page knows what data there is"
    labeled = {part.htmlFor for part in every if part._type == "Label"}
    assert labeled == {"formulas-row", "formulas-row-number"}
    assert "error-formulas-row" in shown
