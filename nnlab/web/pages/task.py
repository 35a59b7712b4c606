"""What comes with a link beside the experiment: a teacher's task; and links of TensorFlow Playground, which are read here.

The page's JavaScript fills the empty places. All that a task says is text.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component
from pydantic import BaseModel, ConfigDict, Field

from nnlab.core.experiment import Experiment
from nnlab.formats.playground_link import LONGEST_LINK, NO_FEATURES, Unequal, is_playground_link, translate
from nnlab.i18n import Translator, translator
from nnlab.web.elements import aria, error_id
from nnlab.web.http.json_endpoint import JsonEndpoints

ON_EVERY_PAGE = "on-lab on-starts on-map on-landscape"

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "data": (
            "dataset",
            "targets",
            "points",
            "samples",
            "noise",
            "train_share",
            "data_seed",
            "standardize",
            "features",
            "encoding",
        ),
        "network": ("hidden_layer_sizes", "activation", "output_activation"),
        "training": (
            "learning_rate",
            "epochs",
            "batch_size",
            "batch_divisor",
            "shuffle",
            "loss",
            "optimizer",
            "momentum",
            "decay",
            "beta1",
            "beta2",
            "epsilon",
            "regularization",
            "regularization_rate",
            "l1_clamp",
        ),
        "stop": ("stop_all_correct", "stop_cost", "stop_no_improvement", "stop_test_rising"),
        "start": ("initialization", "seed", "scale", "weights"),
    }
)
"""Settings that a task can show, lock or hide, one by one or together; biases go with the weights."""

SHOWN_FIRST = 12
"""Of what a playground link has that is not equal here."""


class LinkText(BaseModel):
    """A text that may be a playground link.

    Attributes:
        text: as it was typed or pasted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    text: Annotated[str, Field(max_length=LONGEST_LINK)]


def card(text: Translator) -> Component:
    """Above the pictures: the task that the address holds, and what a playground link has that is not equal here."""
    return html.Div(
        [_task(text), _opened(text), html.Div(id="task-notice", role="status")],
        id="task-place",
        className=ON_EVERY_PAGE,
    )


def _task(text: Translator) -> Component:
    predicting = [
        html.Label(id="task-question", htmlFor="task-prediction"),
        html.Textarea(id="task-prediction", rows=2, maxLength=2000, className="form-control"),
        html.Div(
            [
                html.Button(
                    text("task.show"), id="task-show", type="button", className="primary", disabled=True
                ),
                html.Span(text("task.until"), className="setting-help"),
            ],
            className="task-buttons",
        ),
    ]
    predicted = [
        html.H3(text("task.predicted")),
        html.P(id="task-asked", className="setting-help"),
        html.P(id="task-answer", className="task-words"),
    ]
    return html.Section(
        [
            html.Div(
                [
                    html.H2(id="task-title"),
                    html.Button(text("task.edit"), id="task-edit", type="button", className="quiet small"),
                ],
                className="view-head",
            ),
            html.P(id="task-text", className="task-words"),
            html.Div(predicting, id="task-ask", className="task-part", hidden=True),
            html.Div(predicted, id="task-predicted", className="task-part", tabIndex="-1", hidden=True),
        ],
        id="task",
        className="view",
        hidden=True,
        **aria(labelledby="task-title"),
    )


def _opened(text: Translator) -> Component:
    return html.Section(
        [
            html.Div(
                [
                    html.H2(text("playground.title"), id="playground-title"),
                    html.Button(
                        text("playground.close"),
                        id="playground-close",
                        type="button",
                        className="quiet small",
                    ),
                ],
                className="view-head",
            ),
            html.P(id="playground-words", role="status"),
            html.Ul(id="playground-unequal"),
        ],
        id="playground",
        className="view",
        hidden=True,
        **aria(labelledby="playground-title"),
    )


def panel(text: Translator) -> list[Component]:
    """In the share menu: what to do with a link that is too long, and where a teacher prepares a task."""
    too_long = [
        html.P(id="share-too-long-words"),
        html.Button(text("share.instead"), id="save-instead", type="button", className="primary"),
    ]
    return [
        html.Div(too_long, id="share-too-long", className="notice", hidden=True),
        html.Details([html.Summary(text("task.prepare")), html.Div(id="task-form")], id="task-panel"),
    ]


def playground(text: Translator) -> list[Component]:
    """In the files menu: where a playground link is opened."""
    field = dbc.Input(
        id="playground-link",
        type="text",
        autocomplete="off",
        maxlength=LONGEST_LINK,
        placeholder="#networkShape=4,2",
    )
    button = html.Button(text("playground.open"), id="playground-open", type="button", className="primary")
    return [
        html.Label(text("playground.label"), htmlFor="playground-link", className="setting-label"),
        html.Div([field, button], className="playground-row"),
        html.Div(id=error_id("playground"), className="setting-error", role="alert"),
    ]


def read_link(request: LinkText, language: str) -> dict[str, Any]:
    """What a playground link becomes: the experiment, what to show of it, and a sentence for all that is not equal.

    A text that is no such link has no experiment.
    """
    if not is_playground_link(request.text):
        return {"experiment": None}
    translation = translate(request.text)
    text = translator(language)
    return {
        "experiment": Experiment.model_validate(translation.settings).model_dump(mode="json"),
        "view": translation.view,
        "unequal": [sentence(each, text) for each in translation.unequal[:SHOWN_FIRST]],
        "more": max(0, len(translation.unequal) - SHOWN_FIRST),
    }


def sentence(unequal: Unequal, text: Translator) -> str:
    """What is not here as it is there, and what stands for it."""
    no_feature = unequal.reason == "feature" and unequal.name not in NO_FEATURES
    key = "no_feature" if no_feature else unequal.reason
    return text(f"playground.unequal.{key}", name=unequal.name, value=unequal.value)


def register(endpoints: JsonEndpoints) -> None:
    """Answer the page when a playground link is pasted."""
    endpoints.register("playground-link", LinkText, read_link)
