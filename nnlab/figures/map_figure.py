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

from nnlab.core import outcomes
from nnlab.core.arrays import Array
from nnlab.core.experiment import Experiment
from nnlab.figures import frame
from nnlab.figures.theme import Theme

LAST_TRAINED = 126
"""Codes 0 to this are runs that train, from the soonest to the latest."""

DIVERGED = 127
"""The code of runs whose numbers stopped being finite."""

FIRST_FAILED = 128
LAST_FAILED = 254
"""Codes between these are runs that fail otherwise, from the mildest to the worst."""

SOON = 0.75
"""How much of a trained run's code is how soon it trained; the rest is how well."""

WELL = 100.0
"""A run has trained as well as is told when its cost is so many times below that of a solved run."""

WORST_SHARE = 0.5
"""The cost of every answer wrong, as a share of the squared distance between the classes."""

WORST_CROSS_ENTROPY = -float(np.log(0.1))
"""With cross-entropy: the right class is given the chance of 0.1, where a solved run gives it 0.9."""

STOPS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "light": (("#00441b", "#3a9a55", "#d9f0d3"), ("#ecdcee", "#9970ab", "#40004b")),
        "dark": (("#cdf5d3", "#3f9e5b", "#12301c"), ("#2a1830", "#9970ab", "#f0d9f5")),
    }
)

GOLD = "#e6b800"
"""What diverged, in both themes: far from both families, for colour-blind eyes too."""


def worst_cost(experiment: Experiment) -> float:
    """The highest cost that is told apart: of all answers wrong."""
    if experiment.loss == "cross_entropy":
        return WORST_CROSS_ENTROPY
    return WORST_SHARE * outcomes.squared_distance(experiment)


def code(
    final_cost: Array,
    solved_since: NDArray[np.int64],
    epochs: int,
    experiment: Experiment,
    diverged: NDArray[np.bool_] | bool = False,
) -> NDArray[np.uint8]:
    """How runs ended, a byte each.

    Args:
        final_cost: any shape.
        solved_since: of the same shape; the epoch from which a run stays solved, -1 if it does not.
        epochs: that the runs took.
        experiment: what they share.
        diverged: of the same shape; whose numbers stopped being finite, whatever they were before.

    Returns:
        0 to 126 where a run trained, from the soonest and best to the latest and worst:

            126 (0.75 late + 0.25 (1 - well)),   late = solved_since / epochs,
            well = log(solved / final_cost) / log 100, cut off at 0 and 1

        127 where it diverged, and 128 to 254 where it failed otherwise, in proportion to the logarithm of its cost
        between that of a solved run and that of all answers wrong.
    """
    mildest, worst = outcomes.solved_cost(experiment), worst_cost(experiment)
    late = np.clip(solved_since / epochs, 0.0, 1.0)
    cost = np.fmin(final_cost, worst)  # NaN too is as bad as can be
    bad = np.log(np.maximum(cost, mildest) / mildest) / np.log(worst / mildest)
    well = np.log(mildest / np.clip(cost, mildest / WELL, mildest)) / np.log(WELL)
    trained = np.rint(LAST_TRAINED * (SOON * late + (1 - SOON) * (1 - well)))
    failed = FIRST_FAILED + np.rint((LAST_FAILED - FIRST_FAILED) * bad)
    codes = np.where(solved_since >= 0, trained, failed)
    return np.asarray(np.where(diverged, DIVERGED, codes), dtype=np.uint8)


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
    figure = go.Figure([cross], frame.layout(theme))
    common = {"type": "log", "showgrid": False}
    return figure.update_layout(
        margin={"l": 74, "r": 16, "t": 8, "b": 44},
        dragmode="zoom",
        xaxis=frame.axis(theme, "", **common, range=[-2, 1]),
        yaxis=frame.axis(theme, "", **common, range=[-1.3, 0.7]),
    )
