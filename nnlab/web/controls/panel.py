"""All controls of the experiment, in groups: data, network, training, stop rules, start."""

from dash import html
from dash.development.base_component import Component

from nnlab.core.data.datasets import ROWS
from nnlab.i18n import Translator
from nnlab.web.controls import choices, inputs
from nnlab.web.controls.inputs import block
from nnlab.web.elements import aria, error_id


def panel(text: Translator) -> Component:
    """The column of controls."""
    return html.Div(
        [
            html.Div(id="notice-needs", className="notice", role="status"),
            _group("data", text, *_data(text)),
            _group(
                "network",
                text,
                inputs.slider("hidden_units", text),
                choices.one_of("activation", text),
                choices.one_of("output_activation", text),
            ),
            _group("training", text, *_training(text)),
            _group("stop", text, *_stop_rules(text)),
            _group(
                "start",
                text,
                choices.from_list("initialization", text, _formula("initialization")),
                _seed("seed", text),
                inputs.slider("scale", text),
            ),
            _group("weights", text, *_start_weights(text)),
        ],
        className="controls-groups",
    )


def _group(name: str, text: Translator, *settings: Component) -> Component:
    """Settings under a heading. It is no landmark: the views are, and one of them has the same name."""
    return html.Div(
        [html.H2(text(f"group.{name}"), id=f"group-{name}"), *settings],
        className="group",
        role="group",
        **aria(labelledby=f"group-{name}"),
    )


def _data(text: Translator) -> list[Component]:
    return [
        choices.one_of("dataset", text),
        _targets(text),
        inputs.slider("samples", text),
        inputs.slider("noise", text),
        inputs.slider("train_share", text),
        _seed("data_seed", text),
        _points(text),
        inputs.switch("standardize", text),
        choices.several_of("features", text),
        choices.one_of("encoding", text),
    ]


def _training(text: Translator) -> list[Component]:
    return [
        inputs.slider("learning_rate", text),
        inputs.slider("epochs", text),
        inputs.slider("batch_size", text),
        choices.one_of("batch_divisor", text),
        inputs.switch("shuffle", text),
        choices.one_of("loss", text),
        choices.from_list("optimizer", text, _formula("optimizer")),
        inputs.slider("momentum", text),
        inputs.slider("decay", text),
        inputs.field("beta1", text),
        inputs.field("beta2", text),
        inputs.field("epsilon", text),
        choices.one_of("regularization", text),
        inputs.slider("regularization_rate", text),
        inputs.switch("l1_clamp", text),
    ]


def _formula(setting: str) -> Component:
    """The line below a list, with the formula of the chosen option."""
    return html.Div(id=f"formula-{setting}", className="setting-formula")


def _stop_rules(text: Translator) -> list[Component]:
    return [
        inputs.switch("stop_all_correct", text),
        *(inputs.optional(setting, text) for setting in inputs.OPTIONAL),
    ]


def _targets(text: Translator) -> Component:
    """A gate's truth table with a button for each target."""
    rows = [
        html.Button(
            [html.Span(className="bits"), html.Span(className="target")],
            id=f"target-{row}",
            className="truth-bit",
            type="button",
        )
        for row in range(len(ROWS))
    ]
    table = html.Div(rows, className="truth-bits", role="group", **aria(label=text("setting.targets")))
    return block("targets", text, table)


def _points(text: Translator) -> Component:
    """The button that opens the editor of a student's own data."""
    name = html.Div(text("setting.points"), className="setting-label")
    edit = html.Button(text("own.edit"), id="own-data-edit", type="button", className="quiet")
    return block("points", text, html.Div([name, edit], className="setting-head"))


def _seed(setting: str, text: Translator) -> Component:
    new = html.Button(text(f"button.new_{setting}"), id=f"new-{setting}", type="button", className="quiet")
    return inputs.field(setting, text, new)


def _start_weights(text: Translator) -> list[Component]:
    """An empty element for the sliders of weights and biases, which JavaScript draws for the network's shape."""
    return [
        html.P(text("help.weights"), className="setting-help"),
        html.Div(id="notice-start", className="notice", role="status"),
        html.Div(id=error_id("weights"), className="setting-error", role="alert"),
        html.Div(id=error_id("biases"), className="setting-error", role="alert"),
        html.Div(id="start-sliders"),
    ]
