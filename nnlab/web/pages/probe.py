"""The forward pass of one chosen point, with its numbers."""

from typing import Annotated, Any

import numpy as np
from dash import Dash, Input, Output, State, html
from dash.development.base_component import Component
from pydantic import Field

from nnlab.core import features, network
from nnlab.core.descent import network_activations
from nnlab.i18n import translator
from nnlab.web import ids
from nnlab.web.pages.snapshot import Finite, Snapshot


class Probe(Snapshot):
    """A point to send through a network."""

    point: Annotated[tuple[Finite, ...], Field(min_length=2, max_length=2)]


def show_probe(asked: dict[str, Any], language: str) -> Component:
    """A card for each layer: every unit's weighted sum, term by term, and its activation.

    Raises:
        pydantic.ValidationError: the browser sent no such network or point.
    """
    probe = Probe.model_validate(asked)
    text = translator(language)
    experiment, parameters = probe.experiment, probe.network()
    inputs = features.apply(experiment.features, [probe.point]).T
    passes = network.forward(parameters, network_activations(experiment), inputs)
    sources = [inputs, *(each.activations for each in passes[:-1])]
    names = [experiment.activation] * len(experiment.hidden_layer_sizes) + [experiment.output_activation]
    given = "   ".join(
        f"{name} = {_number(value)}" for name, value in zip(experiment.features, inputs[:, 0], strict=True)
    )
    steps = zip(parameters.weights, parameters.biases, sources, passes, names, strict=True)
    layers = [
        _layer(
            text("start.output") if index == len(passes) - 1 else text("probe.layer", layer=index + 1), *step
        )
        for index, step in enumerate(steps)
    ]
    return html.Div([html.Div(given, className="probe-input"), *layers], className="probe-layers")


def _layer(
    title: str,
    weights: np.ndarray,
    biases: np.ndarray,
    source: np.ndarray,
    step: network.LayerPass,
    activation: str,
) -> Component:
    units = [
        html.Div(
            f"z = {_sum(row, source[:, 0], bias)} = {_number(z)}   →   a = {activation}(z) = {_number(a)}",
            className="sum",
        )
        for row, bias, z, a in zip(
            weights, biases, step.weighted_sums[:, 0], step.activations[:, 0], strict=True
        )
    ]
    return html.Div([html.Div(title, className="unit-title"), *units], className="probe-layer")


def _sum(weights: np.ndarray, source: np.ndarray, bias: float) -> str:
    terms = [f"{_number(weight)} · {_signed(value)}" for weight, value in zip(weights, source, strict=True)]
    return " + ".join([*terms, _signed(bias)])


def _signed(value: float) -> str:
    return f"({_number(value)})" if value < 0 else _number(value)


def _number(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")


def register(app: Dash) -> None:
    """Answer the page when a point is chosen, or the epoch under it changes."""
    app.callback(
        Output(ids.PROBE, "children"),
        Input(ids.PROBE_REQUEST, "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )(show_probe)
