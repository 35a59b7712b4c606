"""A view with its title and what belongs beside it: the frame around every picture, table and graph.

Nothing in a view has an id: two of a kind can stand on one page. The page's JavaScript finds a view's parts under its
root, by their names.
"""

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.elements import aria, data

CONFIG: Any = {"displayModeBar": False, "responsive": True, "doubleClick": False, "showTips": False}

FORMATS = ("png", "svg")
"""What a picture can be taken home as."""


def part(name: str) -> dict[str, Any]:
    """The name of a part within its view."""
    return data(part=name)


def view(
    name: str,
    text: Translator,
    body: Sequence[Component],
    *extra: Component,
    on: str = "on-lab",
    saves: Sequence[str] = (),
    folds: bool = False,
) -> Component:
    """A view of a run.

    Args:
        name: of the view: its title is ``panel.<name>``.
        text: the page's sentences.
        body: under the title.
        extra: beside it.
        on: the classes of the pages that show it.
        saves: formats in which it can be taken home.
        folds: whether it can be folded away.
    """
    head = [html.H2(text(f"panel.{name}"), **part("title")), *extra]
    if saves:
        head.append(html.Div([_save(form, text) for form in saves], className="saves"))
    if folds:
        head.append(fold_button(text))
    parts = [html.Div(list(body), className="foldable")] if folds else list(body)
    return html.Section(
        [html.Div(head, className="view-head"), *parts],
        className=f"view {on}".strip(),
        **data(view=name),
        **aria(label=text(f"panel.{name}")),
    )


def _save(form: str, text: Translator) -> Component:
    return html.Button(
        form.upper(),
        type="button",
        className="quiet small",
        title=text("hint.save_picture", form=form.upper()),
        **part(f"save-{form}"),
    )


def fold_button(text: Translator) -> Component:
    """A button that folds a view away; the page's JavaScript remembers it."""
    return html.Button(
        text("button.fold"), type="button", className="quiet small", **part("fold"), **aria(expanded="true")
    )


def picture(name: str, text: Translator, body: list[Component], *extra: Component, on: str = "") -> Component:
    """A view that can be taken home as a picture."""
    return view(name, text, body, *extra, on=on, saves=FORMATS)


def foldable(
    name: str, text: Translator, body: Sequence[Component], *extra: Component, on: str = "on-lab"
) -> Component:
    """A view that can be folded away."""
    return view(name, text, body, *extra, on=on, folds=True)


def switch(name: str, label: str, *, on: bool) -> Component:
    """A box beside a view's title, on or off; it has no id, so its label holds it."""
    box = dbc.Checkbox(value=on, class_name="view-switch-box")
    return html.Label([box, label], className="view-switch", **part(name))


def graph(figure: go.Figure) -> Component:
    """A place with a figure, which the page's JavaScript draws there: Dash knows nothing of it."""
    return html.Div(className="graph", **part("graph"), **data(figure=figure.to_json()))


def framed(
    name: str, figure: go.Figure, shape: str, label: str, *under: Component, role: str = "img"
) -> Component:
    """A graph of a page beside the Lab, as a picture with words for those who do not see it.

    Args:
        name: of the picture.
        figure: to draw.
        shape: square or wide.
        label: for those who do not see it.
        under: laid beneath the graph.
        role: application, if it takes keys.
    """
    place = html.Div(id=name, className="graph", **data(figure=figure.to_json()))
    return html.Div(
        [*under, place],
        className=f"picture {shape}",
        id=f"{name}-picture",
        role=role,
        **aria(label=label, describedby="words"),
    )
