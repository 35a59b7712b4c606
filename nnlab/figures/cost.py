"""The cost after each epoch, over training rows and test rows, beside that of the run before."""

import plotly.graph_objects as go

from nnlab.core.arrays import Array
from nnlab.figures import figure_layout
from nnlab.figures.theme import Theme

BEFORE, TEST, COST = 0, 1, 2
"""Indices of the traces, for the page's painter."""


def cost_figure(cost: Array, theme: Theme, *, epoch: str, cost_title: str) -> go.Figure:
    """The cost of each epoch on a logarithmic axis, where plateaus show as shelves.

    Args:
        cost: before training and after each completed epoch, shape (epochs + 1,).
        theme: colours.
        epoch: title of the lower axis.
        cost_title: title of the upright one.
    """
    before = go.Scatter(
        x=[], y=[], mode="lines", line={"color": theme.before, "width": 1.5}, hoverinfo="skip"
    )
    present = go.Scatter(
        x=list(range(len(cost))), y=cost, mode="lines", line={"color": theme.accent, "width": 2.5}
    )
    test = go.Scatter(x=[], y=[], mode="lines", line={"color": theme.test, "width": 1.8, "dash": "4px,3px"})
    figure = go.Figure([before, test, present], figure_layout.layout(theme))
    return figure.update_layout(
        margin={"l": 60, "r": 16, "t": 10, "b": 40},
        xaxis=figure_layout.axis(theme, epoch, rangemode="tozero", fixedrange=True),
        yaxis=figure_layout.axis(theme, cost_title, type="log", fixedrange=True, tickformat="~g", nticks=6),
    )
