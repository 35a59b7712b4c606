"""The Plotly layout and axes that all figures share: narrow margins, a faint grid, the page's font and background."""

from typing import Any

from nnlab.figures.theme import Theme

FONT = "Inter Variable, system-ui, sans-serif"


def layout(theme: Theme) -> dict[str, Any]:
    """Layout for any figure; ``uirevision`` keeps what the student zoomed or turned."""
    return {
        "template": "none",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": theme.muted},
        "margin": {"l": 44, "r": 12, "t": 8, "b": 38},
        "showlegend": False,
        "uirevision": "kept",
        "hovermode": False,
    }


def axis(theme: Theme, title: str, **extra: Any) -> dict[str, Any]:
    """An axis with a faint grid."""
    return {
        "title": {"text": title, "standoff": 6},
        "gridcolor": theme.grid,
        "zeroline": False,
        "linecolor": theme.grid,
        "ticks": "outside",
        "tickcolor": theme.grid,
        "ticklen": 4,
    } | extra
