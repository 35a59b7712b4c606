"""The frame around every view: its title, buttons to save and fold it, and named parts for JavaScript.

Nothing in a view has an id, so that two of a kind can be on one page. JavaScript finds the parts of a view under its
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
"""The formats in which a picture can be saved."""


def part(name: str) -> dict[str, Any]:
    """The attribute that names a part within its view."""
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
    """A view in its frame.

    Args:
        name: of the view: its title is ``panel.<name>``.
        text: the page's sentences.
        body: under the title.
        extra: beside it.
        on: the classes of the pages that show it.
        saves: formats in which it can be saved.
        folds: whether it can be folded.
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
    """A button that folds a view; JavaScript remembers which are folded."""
    return html.Button(
        text("button.fold"), type="button", className="quiet small", **part("fold"), **aria(expanded="true")
    )


def picture(name: str, text: Translator, body: list[Component], *extra: Component, on: str = "") -> Component:
    """A view that can be saved as a picture."""
    return view(name, text, body, *extra, on=on, saves=FORMATS)


def foldable(
    name: str, text: Translator, body: Sequence[Component], *extra: Component, on: str = "on-lab"
) -> Component:
    """A view that can be folded."""
    return view(name, text, body, *extra, on=on, folds=True)


def switch(name: str, label: str, *, on: bool) -> Component:
    """A box to tick beside a view's title. It is inside its label, since it has no id."""
    box = dbc.Checkbox(value=on, class_name="view-switch-box")
    return html.Label([box, label], className="view-switch", **part(name))


def graph(figure: go.Figure) -> Component:
    """A Plotly figure within a view; JavaScript draws it, without Dash."""
    return html.Div(className="graph", **part("graph"), **data(figure=figure.to_json()))


def framed(
    name: str, figure: go.Figure, shape: str, label: str, *under: Component, role: str = "img"
) -> Component:
    """A Plotly figure on a page beside the Lab, with a label for screen readers.

    Args:
        name: of the picture.
        figure: to draw.
        shape: square or wide.
        label: for screen readers.
        under: components drawn beneath the figure.
        role: "application", if it takes keys.
    """
    place = html.Div(id=name, className="graph", **data(figure=figure.to_json()))
    return html.Div(
        [*under, place],
        className=f"picture {shape}",
        id=f"{name}-picture",
        role=role,
        **aria(label=label, describedby="words"),
    )
