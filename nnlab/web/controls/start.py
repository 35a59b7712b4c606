"""One slider for every weight and bias that training starts from."""

from itertools import pairwise
from typing import Any

from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component

from nnlab.i18n import Translator, translator
from nnlab.web import ids
from nnlab.web.attributes import aria, data
from nnlab.web.border.experiments import Shape
from nnlab.web.controls.sliders import START, labelled_number, track

MOST_SLIDERS = 13


def start_sliders(layer_sizes: list[int], text: Translator) -> list[Component]:
    """Sliders for a network of this shape, grouped by unit; a sentence if there would be too many."""
    count = sum((n_in + 1) * n_out for n_in, n_out in pairwise(layer_sizes))
    if count > MOST_SLIDERS:
        return [html.P(text("start.too_many", count=count, most=MOST_SLIDERS), className="setting-help")]
    return [
        _unit(layer, unit, layer_sizes, text)
        for layer in range(len(layer_sizes) - 1)
        for unit in range(layer_sizes[layer + 1])
    ]


def _unit(layer: int, unit: int, layer_sizes: list[int], text: Translator) -> Component:
    is_output = layer == len(layer_sizes) - 2
    title = text("start.output") if is_output else text("start.hidden", unit=unit + 1)
    weights = [
        _row(f"weights.{layer}.{unit}.{source}", text("start.weight", unit=unit + 1, source=source + 1))
        for source in range(layer_sizes[layer])
    ]
    bias = _row(f"biases.{layer}.{unit}", text("start.bias", unit=unit + 1))
    return html.Div(
        [html.Div(title, className="unit-title"), *weights, bias],
        className="unit",
        role="group",
        **aria(label=title),
    )


def _row(setting: str, label: str) -> Component:
    return html.Div(
        [
            html.Label(label, htmlFor=ids.slider(setting), className="start-label"),
            track(setting, START),
            *labelled_number(setting, label),
            html.Div(id=ids.error(setting), className="setting-error", role="alert"),
        ],
        className="start-row",
        **data(setting=setting),
    )


def show_start_sliders(shape: dict[str, Any], language: str) -> list[Component]:
    """The sliders of the network now on the page; ``shape`` holds its features and hidden layers.

    Raises:
        pydantic.ValidationError: the browser sent no such network.
    """
    asked = Shape.model_validate(shape)
    return start_sliders([len(asked.features), *asked.hidden_layer_sizes, 1], translator(language))


def register(app: Dash) -> None:
    """Redraw the sliders whenever the network changes its shape."""
    app.callback(
        Output(ids.START_SLIDERS, "children"),
        Input(ids.START_SHAPE, "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )(show_start_sliders)
