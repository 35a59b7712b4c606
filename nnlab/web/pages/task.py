"""A teacher's task: the settings that it can show, lock or hide, its card on the page, and the form that prepares one.

The task comes with the link. JavaScript fills the empty places, always as text.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.elements import aria
from nnlab.web.pages import playground_links

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
"""The settings that a task can show, lock or hide, one by one or a group at once; biases go with the weights."""


def card(text: Translator) -> Component:
    """The area above the views: the task, and the differences between a playground link and the lab's experiment."""
    return html.Div(
        [_task(text), playground_links.differences(text), html.Div(id="task-notice", role="status")],
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


def panel(text: Translator) -> list[Component]:
    """The part of the share menu about tasks: what to do with a link that is too long, and the form that prepares a task."""
    too_long = [
        html.P(id="share-too-long-words"),
        html.Button(text("share.instead"), id="save-instead", type="button", className="primary"),
    ]
    return [
        html.Div(too_long, id="share-too-long", className="notice", hidden=True),
        html.Details([html.Summary(text("task.prepare")), html.Div(id="task-form")], id="task-panel"),
    ]
