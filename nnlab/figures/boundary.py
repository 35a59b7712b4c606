"""The plane of the decision boundary: axes, training points, test points."""

import numpy as np
import plotly.graph_objects as go

from nnlab.core.data.datasets import Dataset
from nnlab.figures import figure_layout
from nnlab.figures.theme import Theme

TESTS, POINTS, PROBE = 0, 1, 2
"""Indices of the traces, for the page's painter."""


def boundary_figure(dataset: Dataset, theme: Theme) -> go.Figure:
    """The points in their classes' colours over the plane, and a cross for a chosen point.

    The filled map and the boundary are no traces: the page paints them on canvases underneath, several times as fast
    and at the screen's own sharpness.

    Args:
        dataset: whose points are shown.
        theme: colours.
    """
    high = dataset.targets > dataset.middle
    points = go.Scatter(
        x=dataset.points[:, 0],
        y=dataset.points[:, 1],
        mode="markers",
        marker={
            "size": 17,
            "color": np.where(high, theme.high, theme.low),
            "symbol": np.where(high, "circle", "square"),
            "line": {"color": theme.paper, "width": 3},
        },
        hoverinfo="skip",
    )
    tests = go.Scatter(x=[], y=[], mode="markers", marker={"line": {"width": 1.5}}, hoverinfo="skip")
    probe = go.Scatter(
        x=[], y=[], mode="markers", marker={"symbol": "cross-thin", "size": 16, "line": {"width": 2}}
    )
    figure = go.Figure([tests, points, probe], figure_layout.layout(theme))
    span = list(dataset.domain)
    common = {"range": span, "showgrid": False, "fixedrange": True}
    return figure.update_layout(
        margin_l=54,
        xaxis=figure_layout.axis(theme, "x₁", **common),
        yaxis=figure_layout.axis(theme, "x₂", **common, scaleanchor="x", constrain="domain"),
        xaxis_constrain="domain",
    )
