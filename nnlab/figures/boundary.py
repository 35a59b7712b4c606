"""The decision boundary: where the output crosses the middle, and the training points beside it."""

import numpy as np
import plotly.graph_objects as go

from nnlab.core.arrays import Array, Surface
from nnlab.core.datasets import Dataset
from nnlab.figures import frame
from nnlab.figures.theme import Theme

LINE, TESTS, POINTS, PROBE = 0, 1, 2, 3
"""Places of the traces, for the page's painter."""


def boundary_figure(axis: Array, outputs: Surface, dataset: Dataset, theme: Theme) -> go.Figure:
    """One level line at the middle, the points in their classes' colours, a cross for a chosen point.

    The filled map is not a trace: the page paints it on a canvas underneath, which is several times as fast.

    Args:
        axis: coordinates of rows and columns, shape (size,).
        outputs: the network's, shape (size, size), rows follow x2.
        dataset: whose points are shown.
        theme: colours.
    """
    level = {"start": dataset.middle, "end": dataset.middle, "size": 1, "coloring": "none"}
    line = go.Contour(
        x=axis,
        y=axis,
        z=outputs,
        contours=level,
        line={"color": theme.line, "width": 2.5},
        showscale=False,
        hoverinfo="skip",
    )
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
    figure = go.Figure([line, tests, points, probe], frame.layout(theme))
    span = [float(axis[0]), float(axis[-1])]
    common = {"range": span, "showgrid": False, "fixedrange": True, "nticks": 6}
    return figure.update_layout(
        xaxis=frame.axis(theme, "x₁", **common),
        yaxis=frame.axis(theme, "x₂", **common, scaleanchor="x", constrain="domain"),
        xaxis_constrain="domain",
    )
