"""The section with the formulas of a run, and the endpoint that fills it: MathJax is loaded when it is unfolded."""

from typing import Annotated, Self

import dash_bootstrap_components as dbc
import numpy as np
from dash import dcc, html
from dash.development.base_component import Component
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from nnlab import formulas
from nnlab.core.experiment import MOST_SAMPLES, Experiment
from nnlab.core.network import Parameters
from nnlab.i18n import Translator, numbers, translator
from nnlab.web.elements import error_id
from nnlab.web.http.json_endpoint import JsonEndpoints

Finite = Annotated[float, Field(allow_inf_nan=False, strict=True)]


class FormulasRequest(BaseModel):
    """A request for the formulas of a network after some epoch.

    Attributes:
        experiment: that the network belongs to.
        parameters: every weight and bias, laid out as ``Parameters.vector``.
        row: the training row, from 0, whose numbers are put in; None for letters alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    experiment: Experiment
    parameters: Annotated[tuple[Finite, ...], Field(max_length=500)]
    row: Annotated[int, Field(ge=0, lt=MOST_SAMPLES, strict=True)] | None = None

    @model_validator(mode="after")
    def _parameters_fit(self) -> Self:
        if len(self.parameters) != self.experiment.parameter_count:
            raise ValueError(
                f"parameters must be {self.experiment.parameter_count}, got {len(self.parameters)}"
            )
        return self

    @model_validator(mode="after")
    def _there_is_such_a_row(self) -> Self:
        if self.row is not None and self.row >= (rows := self.experiment.train_rows):
            said = {"setting": "row", "bound": rows - 1, "value": self.row}
            raise PydanticCustomError("last", "{setting} must be at most {bound}, got {value}", said)
        return self

    def network(self) -> Parameters:
        """The parameters in the network's shape."""
        return Parameters(self.experiment.layer_sizes, np.array(self.parameters, dtype=np.float64))


def section(text: Translator) -> Component:
    """The section, folded and empty; JavaScript requests its body when it is unfolded."""
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
            html.Div(id=error_id("formulas-row"), className="setting-error", role="alert"),
            html.Div(id="formulas-body", className="formula-body"),
        ],
        id="view-formulas",
        className="view formulas on-lab",
    )


def _row_choosers(text: Translator) -> list[Component]:
    """A list of a gate's four rows, and a number field for other data: JavaScript shows the one that fits."""
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
    """All formulas in sections, each with its caption, and a list of what the letters mean."""
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
    """Add the endpoint. The page calls it when the section is unfolded, and when the network or the row changes."""
    endpoints.register("formulas", FormulasRequest, show_formulas)
