"""The landscape of the cost over two parameters: as a height, and from above; the run's path in both."""

from typing import Any

import plotly.graph_objects as go

from nnlab.core.arrays import Array
from nnlab.figures import figure_layout
from nnlab.figures.theme import Theme, spread

GROUND, PATH, POINT = 0, 1, 2
"""Indices of the traces, for the page's painter: the same in both pictures."""


def height_figure(x: Array, y: Array, cost: Array, theme: Theme, *, title: str) -> go.Figure:
    """The cost as a height.

    Args:
        x, y: values of the two parameters.
        cost: (len(y), len(x)).
        theme: colours.
        title: of the upright axis.
    """
    ground = go.Surface(
        x=x,
        y=y,
        z=cost,
        colorscale=spread(theme.slope),
        showscale=False,
        contours={"z": {"show": True, "color": theme.muted, "width": 1, "usecolormap": False}},
        lighting={"ambient": 0.85, "diffuse": 0.35, "specular": 0.05, "roughness": 0.9},
        hoverinfo="skip",
    )
    path = go.Scatter3d(
        x=[], y=[], z=[], mode="lines", line={"color": theme.high, "width": 5}, hoverinfo="skip"
    )
    point = go.Scatter3d(
        x=[], y=[], z=[], mode="markers", marker={"size": 6, "color": theme.high}, hoverinfo="skip"
    )
    figure = go.Figure([ground, path, point], figure_layout.layout(theme))
    axis = {"gridcolor": theme.grid, "zeroline": False, "showspikes": False, "nticks": 5}
    return figure.update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        scene={
            "xaxis": _titled(axis, ""),
            "yaxis": _titled(axis, ""),
            "zaxis": _titled(axis, title),
            "hovermode": False,
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.7},
            "camera": {"eye": {"x": -1.1, "y": -1.6, "z": 1.1}, "center": {"x": 0, "y": 0, "z": -0.12}},
        },
    )


def levels_figure(x: Array, y: Array, cost: Array, theme: Theme) -> go.Figure:
    """The cost as a contour plot."""
    ground = go.Contour(
        x=x,
        y=y,
        z=cost,
        colorscale=spread(theme.slope),
        ncontours=18,
        contours={"coloring": "heatmap"},
        line={"color": theme.muted, "width": 0.6},
        showscale=False,
        hoverinfo="skip",
    )
    path = go.Scatter(x=[], y=[], mode="lines", line={"color": theme.high, "width": 2.5}, hoverinfo="skip")
    point = go.Scatter(
        x=[],
        y=[],
        mode="markers",
        marker={"size": 13, "color": theme.high, "line": {"color": theme.paper, "width": 2}},
        hoverinfo="skip",
    )
    figure = go.Figure([ground, path, point], figure_layout.layout(theme))
    return figure.update_layout(
        margin={"l": 56, "r": 14, "t": 8, "b": 44},
        xaxis=figure_layout.axis(theme, "", fixedrange=True, showgrid=False, nticks=6),
        yaxis=figure_layout.axis(theme, "", fixedrange=True, showgrid=False, nticks=6),
    )


def _titled(axis: dict[str, Any], title: str) -> dict[str, Any]:
    return axis | {"title": {"text": title}, "backgroundcolor": "rgba(0,0,0,0)"}
