"""The output surface: the network's output as a height over the plane."""

import plotly.graph_objects as go

from nnlab.core.arrays import Array, Surface
from nnlab.core.data.datasets import Dataset
from nnlab.figures import figure_layout
from nnlab.figures.theme import Theme, colorscale

SURFACE, POINTS = 0, 1
"""Indices of the traces, for the page's painter."""


def surface_figure(
    axis: Array, outputs: Surface, dataset: Dataset, theme: Theme, *, height: str
) -> go.Figure:
    """The surface with its level lines projected to the floor, and the training points at their targets.

    Args:
        axis: coordinates of rows and columns, shape (size,).
        outputs: the network's, shape (size, size), rows follow x2.
        dataset: whose points are shown.
        theme: colours.
        height: title of the upright axis.
    """
    reach = abs(float(dataset.targets[0]) - dataset.middle) * 1.05
    low, high = dataset.middle - reach, dataset.middle + reach
    step = 2 * reach / 10
    surface = go.Surface(
        x=axis,
        y=axis,
        z=outputs,
        cmin=low,
        cmax=high,
        colorscale=colorscale(theme),
        showscale=False,
        contours={
            "z": {
                "show": True,
                "start": low,
                "end": high,
                "size": step,
                "color": theme.line,
                "width": 1,
                "usecolormap": False,
                "project": {"z": True},
            }
        },
        lighting={"ambient": 0.85, "diffuse": 0.35, "specular": 0.05, "roughness": 0.9},
        hoverinfo="skip",
    )
    points = go.Scatter3d(
        x=dataset.points[:, 0],
        y=dataset.points[:, 1],
        z=dataset.targets,
        mode="markers",
        marker={"size": 5, "color": theme.ink},
        hoverinfo="skip",
    )
    span = [float(axis[0]), float(axis[-1])]
    figure = go.Figure([surface, points], figure_layout.layout(theme))
    return figure.update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        scene={
            "xaxis": _axis(theme, "x₁", span),
            "yaxis": _axis(theme, "x₂", span),
            "zaxis": _axis(theme, height, [low - reach / 2, high]),
            "hovermode": False,
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.75},
            "camera": {"eye": {"x": -0.55, "y": -1.95, "z": 1.0}, "center": {"x": 0, "y": 0, "z": -0.1}},
        },
    )


def _axis(theme: Theme, title: str, span: list[float]) -> dict[str, object]:
    return {
        "title": {"text": title},
        "range": span,
        "nticks": 5,
        "gridcolor": theme.grid,
        "zeroline": False,
        "showspikes": False,
        "backgroundcolor": "rgba(0,0,0,0)",
    }
