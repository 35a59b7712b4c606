"""The map of what trains, in colours: one family for runs that train, by how soon and how well; another for failures.

Green is for what trains and purple for what does not, a pair that colour-blind eyes tell apart (after ColorBrewer's
PRGn), and gold for what diverges; blue and orange stay the classes'. Green and purple are near the page's paper where
they meet: the border shows by itself.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from nnlab.core.arrays import Array
from nnlab.core.many.outcome_codes import LAST_TRAINED
from nnlab.figures import figure_layout
from nnlab.figures.theme import Theme

STOPS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "light": (("#00441b", "#3a9a55", "#d9f0d3"), ("#ecdcee", "#9970ab", "#40004b")),
        "dark": (("#cdf5d3", "#3f9e5b", "#12301c"), ("#2a1830", "#9970ab", "#f0d9f5")),
    }
)

GOLD = "#e6b800"
"""The colour of diverged runs, in both themes: far from both families, for colour-blind eyes too."""


def _ramp(stops: tuple[str, ...], count: int) -> Array:
    """Colours evenly between stops, (count, 3)."""
    channels = np.array(
        [[int(stop[at : at + 2], 16) for at in (1, 3, 5)] for stop in stops], dtype=np.float64
    )
    places = np.linspace(0, len(stops) - 1, count)
    known = np.arange(len(stops))
    return np.stack([np.interp(places, known, channel) for channel in channels.T], axis=1)


def _palette(theme: str) -> NDArray[np.uint8]:
    trained, failed = STOPS[theme]
    count = LAST_TRAINED + 1
    colors = np.concatenate([_ramp(trained, count), _ramp((GOLD,), 1), _ramp(failed, count)])
    return np.asarray(np.rint(colors), dtype=np.uint8)


PALETTE: Mapping[str, NDArray[np.uint8]] = MappingProxyType({theme: _palette(theme) for theme in STOPS})
"""The colour of each code, (255, 3), for each theme."""


def map_figure(theme: Theme) -> go.Figure:
    """The axes of a map, and a cross at the chosen run; the page paints the map on a canvas underneath."""
    cross = go.Scatter(
        x=[],
        y=[],
        mode="markers",
        marker={
            "symbol": "cross-thin",
            "size": 16,
            "color": theme.ink,
            "line": {"width": 2, "color": theme.line},
        },
        hoverinfo="skip",
    )
    figure = go.Figure([cross], figure_layout.layout(theme))
    common = {"type": "log", "showgrid": False}
    return figure.update_layout(
        margin={"l": 74, "r": 16, "t": 8, "b": 44},
        dragmode="zoom",
        xaxis=figure_layout.axis(theme, "", **common, range=[-2, 1]),
        yaxis=figure_layout.axis(theme, "", **common, range=[-1.3, 0.7]),
    )
