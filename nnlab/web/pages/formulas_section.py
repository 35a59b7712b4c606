"""The formulas of this run, typeset when they are unfolded: MathJax is loaded then and not before."""

from typing import Annotated, Self

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from nnlab import formulas
from nnlab.core.experiment import MOST_SAMPLES
from nnlab.i18n import Translator, numbers, translator
from nnlab.web import ids
from nnlab.web.http.json_endpoint import JsonEndpoints
from nnlab.web.pages.snapshot import Snapshot


class FormulasRequest(Snapshot):
    """A network whose formulas are wanted.

    Attributes:
        row: of the training rows, from 0: the one whose numbers are put in, or None for letters alone.
    """

    row: Annotated[int, Field(ge=0, lt=MOST_SAMPLES, strict=True)] | None = None

    @model_validator(mode="after")
    def _there_is_such_a_row(self) -> Self:
        if self.row is not None and self.row >= (rows := self.experiment.train_rows):
            said = {"setting": "row", "bound": rows - 1, "value": self.row}
            raise PydanticCustomError("last", "{setting} must be at most {bound}, got {value}", said)
        return self


def section(text: Translator) -> Component:
    """The folded section; the page asks for its body when it is opened."""
    return html.Details(
        [
            html.Summary(text("panel.formulas")),
            html.Div(
                [
                    dbc.Checkbox(id="formulas-numbers", label=text("formulas.numbers"), value=False),
                    *_row_choosers(text),
                ],
                className="formula-options",
            ),
            html.Div(id=ids.error("formulas-row"), className="setting-error", role="alert"),
            html.Div(id="formulas-body", className="formula-body"),
        ],
        id="view-formulas",
        className="view formulas on-lab",
    )


def _row_choosers(text: Translator) -> list[Component]:
    """A list of a gate's four rows, and a number for other data: the page shows the one that fits."""
    rows = [{"label": label, "value": str(row)} for row, label in enumerate(("0 0", "0 1", "1 0", "1 1"))]
    return [
        html.Div(
            [
                html.Label(text("formulas.row"), htmlFor="formulas-row"),
                dbc.Select(id="formulas-row", options=rows, value="1"),
            ],
            id="formulas-gate-rows",
            className="probe-fields",
        ),
        html.Div(
            [
                html.Label(id="formulas-row-count", htmlFor="formulas-row-number"),  # says how many there are
                dbc.Input(
                    id="formulas-row-number",
                    type="text",
                    inputmode="numeric",
                    autocomplete="off",
                    value="1",
                    class_name="number",
                ),
            ],
            id="formulas-many-rows",
            className="probe-fields",
            hidden=True,
        ),
    ]


def show_formulas(request: FormulasRequest, language: str) -> list[Component]:
    """Every section of formulas, each with its caption, and what the letters mean."""
    text = translator(language)
    shown = [
        html.Section([html.H3(text(each.key)), *(_formula(formula, text) for formula in each.formulas)])
        for each in formulas.sections(request.experiment, request.network(), request.row)
    ]
    return [*shown, _symbols(formulas.symbols(request.experiment), text)]


def _formula(formula: formulas.Formula, text: Translator) -> Component:
    caption = html.Div(text(formula.key, **formula.values), className="caption")
    return html.Div([caption, _latex(f"$$\n{formula.latex}\n$$", text)], className="formula")


def _symbols(symbols: list[formulas.Symbol], text: Translator) -> Component:
    rows = [
        html.Div([_latex(f"${symbol.latex}$", text), html.Span(text(symbol.key))], className="symbol")
        for symbol in symbols
    ]
    return html.Section([html.H3(text("formulas.symbols")), *rows])


def _latex(formula: str, text: Translator) -> Component:
    typeset: Component = dcc.Markdown(numbers.localized(formula, text.language, latex=True), mathjax=True)
    return typeset


def register(endpoints: JsonEndpoints) -> None:
    """Answer the page when formulas are unfolded, and when what they speak of changes."""
    endpoints.register("formulas", FormulasRequest, show_formulas)
