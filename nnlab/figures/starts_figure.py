"""Many starts: how their final costs are spread, and how their costs fall."""

from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from nnlab.figures import figure_layout
from nnlab.figures.theme import Theme

BARS = 0
"""Index of the histogram's trace, for the page's painter."""

LOW = 0.7
"""The upright axis begins no higher, so that a bar of one run is one, and few bars do not look like none."""

LOWEST, HIGHEST, LOWER, UPPER, MEDIAN = range(5)
"""Indices of the fan's traces: 5, 95, 25 and 75 %, and the median, which is drawn last."""


def histogram_figure(
    edges: Sequence[float], counts: Sequence[int], theme: Theme, *, cost: str, starts: str
) -> go.Figure:
    """A histogram of the final costs of the runs.

    Args:
        edges: of the bars, (b + 1,).
        counts: (b,).
        theme: colours.
        cost: title of the lower axis.
        starts: title of the upright one.
    """
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    bars = go.Bar(x=middles, y=list(counts), marker={"color": theme.trained}, hoverinfo="skip")
    figure = go.Figure([bars], figure_layout.layout(theme))
    return figure.update_layout(
        bargap=0.08,
        margin={"l": 60, "r": 16, "t": 24, "b": 42},
        xaxis=figure_layout.axis(theme, cost, fixedrange=True, showgrid=False),
        yaxis=figure_layout.axis(
            theme,
            starts,
            type="log",
            fixedrange=True,
            tickformat="~g",
            nticks=5,
            autorangeoptions={"include": LOW},
        ),
    )


def fan_figure(
    epochs: Sequence[int], fan: Sequence[Sequence[float]], theme: Theme, **titles: str
) -> go.Figure:
    """The cost over the epochs: nine of ten runs in the light band, half of all in the darker one, the median.

    Args:
        epochs: where the costs were taken, (k,).
        fan: quantiles of 5, 25, 50, 75 and 95 %, (5, k).
        theme: colours.
        titles: ``epoch`` and ``cost``, of the axes.
    """
    lowest, lower, median, upper, highest = fan or ([],) * 5
    edge = {"mode": "lines", "line": {"width": 0, "color": theme.accent}, "hoverinfo": "skip"}
    bands = [
        go.Scatter(x=list(epochs), y=lowest, **edge),
        go.Scatter(x=list(epochs), y=highest, fill="tonexty", fillcolor=veil(theme.accent, 0.16), **edge),
        go.Scatter(x=list(epochs), y=lower, **edge),
        go.Scatter(x=list(epochs), y=upper, fill="tonexty", fillcolor=veil(theme.accent, 0.28), **edge),
        go.Scatter(
            x=list(epochs),
            y=median,
            mode="lines",
            line={"color": theme.accent, "width": 2.5},
            hoverinfo="skip",
        ),
    ]
    figure = go.Figure(bands, figure_layout.layout(theme))
    return figure.update_layout(
        margin={"l": 60, "r": 16, "t": 24, "b": 42},
        xaxis=figure_layout.axis(theme, titles["epoch"], rangemode="tozero", fixedrange=True),
        yaxis=figure_layout.axis(
            theme, titles["cost"], type="log", fixedrange=True, tickformat="~g", nticks=6
        ),
    )


def veil(color: str, opacity: float) -> str:
    """Return the colour, made semi-transparent."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
