"""Links of TensorFlow Playground: the field that takes one, the endpoint that translates it, the list of differences."""

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

SHOWN_FIRST = 12
"""How many differences are listed; the others are counted."""


class LinkText(BaseModel):
    """A request to translate a text, which may be a playground link.

    Attributes:
        text: as it was typed or pasted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    text: Annotated[str, Field(max_length=LONGEST_LINK)]


def differences(text: Translator) -> Component:
    """The section that lists the differences between a playground link and the lab's own experiment."""
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


def link_field(text: Translator) -> list[Component]:
    """The field of the files menu in which a playground link is opened."""
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
    """Translate a playground link: the experiment, what to show of it, and a sentence for each difference.

    The experiment is None for a text that is no such link.
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
    """The sentence for one difference: what the link has, and what takes its place here."""
    no_feature = unequal.reason == "feature" and unequal.name not in NO_FEATURES
    key = "no_feature" if no_feature else unequal.reason
    return text(f"playground.unequal.{key}", name=unequal.name, value=unequal.value)


def register(endpoints: JsonEndpoints) -> None:
    """Add the endpoint that translates a link."""
    endpoints.register("playground-link", LinkText, read_link)
