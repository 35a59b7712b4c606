"""A picture with its title and what belongs beside it: the frame around every graph."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from nnlab.i18n import Translator
from nnlab.web.attributes import aria, data

CONFIG: Any = {"displayModeBar": False, "responsive": True, "doubleClick": False, "showTips": False}


def picture(name: str, text: Translator, body: list[Component], *extra: Component, on: str = "") -> Component:
    """A picture with its title, what belongs beside the title, and its downloads.

    Args:
        name: of the picture; ids and words go by it.
        text: of the page.
        body: under the title.
        extra: beside it.
        on: the classes of the pages that show it, if it is not a part of one page alone.
    """
    saves = [
        html.Button(
            form.upper(),
            id=f"save-{name}-{form}",
            type="button",
            className="quiet small",
            title=text("hint.save_picture", form=form.upper()),
        )
        for form in ("png", "svg")
    ]
    return html.Section(
        [
            html.Div(
                [
                    html.H2(text(f"panel.{name}"), id=f"title-{name}"),
                    *extra,
                    html.Div(saves, className="saves"),
                ],
                className="view-head",
            ),
            *body,
        ],
        id=f"view-{name}",
        className=f"view {on}".strip(),
        **aria(labelledby=f"title-{name}"),
    )


def fold_button(name: str, text: Translator) -> Component:
    """A button that folds a view away; the page's JavaScript remembers it."""
    return html.Button(
        text("button.fold"),
        id=f"fold-{name}",
        type="button",
        className="quiet small",
        **aria(expanded="true", controls=f"view-{name}"),
    )


def foldable(
    name: str, text: Translator, body: Sequence[Component], *extra: Component, on: str = "on-lab"
) -> Component:
    """A view of the Lab that can be folded away, what stands in it under its title.

    Args:
        name: of the view: its title is ``panel.<name>``.
        text: the page's sentences.
        body: under the title.
        extra: beside the title.
        on: see ``picture``.
    """
    return html.Section(
        [
            html.Div(
                [html.H2(text(f"panel.{name}"), id=f"title-{name}"), *extra, fold_button(name, text)],
                className="view-head",
            ),
            html.Div(list(body), className="foldable"),
        ],
        id=f"view-{name}",
        className=f"view {on}",
        **aria(labelledby=f"title-{name}"),
    )


def graph(name: str, figure: go.Figure) -> Component:
    """A Plotly graph that fills its place."""
    return dcc.Graph(id=name, figure=figure, config=CONFIG, className="graph", responsive=True)


def late_graph(name: str, figure: go.Figure) -> Component:
    """A place with a figure that the page's JavaScript draws, of which Dash knows nothing.

    A graph of Dash's own that comes by a callback is drawn once more later, and takes back what the page has
    changed meanwhile.
    """
    return html.Div(id=name, className="graph", **data(figure=figure.to_json()))


def framed(name: str, figure: go.Figure, shape: str, *under: Component) -> Component:
    """A late graph as a picture with words for those who do not see it, and what lies over or under it.

    Args:
        name: of the picture.
        figure: to draw.
        shape: square or wide.
        under: laid beneath the graph.
    """
    return html.Div(
        [*under, late_graph(name, figure)],
        className=f"picture {shape}",
        id=f"{name}-picture",
        role="img",
        **aria(labelledby=f"title-{name}", describedby="words"),
    )
