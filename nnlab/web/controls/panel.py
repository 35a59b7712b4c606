"""All controls of the experiment, in the order in which a run is thought up."""

from dash import dcc, html
from dash.development.base_component import Component

from nnlab.core.experiment import Experiment
from nnlab.i18n import Translator
from nnlab.web import ids
from nnlab.web.attributes import aria
from nnlab.web.controls import choices, sliders, start
from nnlab.web.controls.block import block


def panel(text: Translator) -> Component:
    """The column of controls."""
    return html.Div(
        [
            _group(
                "data",
                text,
                _gate(text),
                choices.several_of("features", text),
                choices.one_of("encoding", text),
            ),
            _group(
                "network",
                text,
                sliders.slider("hidden_units", text),
                choices.one_of("activation", text),
                choices.one_of("output_activation", text),
            ),
            _group(
                "training",
                text,
                sliders.slider("learning_rate", text),
                sliders.slider("epochs", text),
                sliders.slider("batch_size", text),
                choices.one_of("batch_divisor", text),
            ),
            _group(
                "start",
                text,
                choices.from_list("initialization", text),
                _seed(text),
                sliders.slider("scale", text),
            ),
            _group("weights", text, *_start_weights(text)),
        ]
    )


def _group(name: str, text: Translator, *settings: Component) -> Component:
    return html.Section(
        [html.H2(text(f"group.{name}"), id=f"group-{name}"), *settings],
        className="group",
        **aria(labelledby=f"group-{name}"),
    )


def _gate(text: Translator) -> Component:
    """The gate, and its truth table with a button for each target."""
    rows = [
        html.Button(
            [html.Span(className="bits"), html.Span(className="target")],
            id=f"target-{row}",
            className="truth-bit",
            type="button",
        )
        for row in range(4)
    ]
    table = html.Div(rows, className="truth-bits", role="group", **aria(label=text("setting.targets")))
    return html.Div(
        [
            choices.one_of("dataset", text),
            block("targets", text, table),
        ]
    )


def _seed(text: Translator) -> Component:
    label = text("setting.seed")
    return block(
        "seed",
        text,
        html.Div(
            [
                html.Label(label, htmlFor=ids.number("seed"), className="setting-label"),
                sliders.number("seed"),
                html.Button(text("button.new_seed"), id="new-seed", type="button", className="quiet"),
            ],
            className="setting-head",
        ),
    )


def _start_weights(text: Translator) -> list[Component]:
    sizes = list(Experiment().layer_sizes)
    return [
        html.P(text("help.weights"), className="setting-help"),
        html.Div(id="notice-start", className="notice", role="status"),
        html.Div(id=ids.error("weights"), className="setting-error", role="alert"),
        html.Div(id=ids.error("biases"), className="setting-error", role="alert"),
        html.Div(start.start_sliders(sizes, text), id=ids.START_SLIDERS),
        dcc.Store(id=ids.START_SHAPE),
    ]
