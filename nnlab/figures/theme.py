"""The colours of the page and of every picture, in light and in dark.

Blue stands for the low class and orange for the high one, a pair that colour-blind eyes tell apart,
everywhere and in both themes; the middle is the page's own paper.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Theme:
    """Colours as CSS writes them.

    Attributes:
        low, high: class 0 and class 1.
        scale: from class 0 through the middle to class 1, evenly spaced.
        line: the decision boundary.
        low_text, high_text: class 0 and class 1 where a number is written in their colour.
        ink, muted, grid, paper: text, quiet text, grid lines, what pictures lie on.
        ground, rule, soft: what the paper lies on, the lines around it, what a pointer is over.
        accent: the present run, and what is chosen; ``accent_soft``: behind words in that colour.
        test: its cost over the test rows; ``before``: the run before it.
        right, wrong: a verdict; an error is wrong too.
        trained, failed: runs that have learned their data, and those that have not.
        slope: the cost's height, from the lowest to the highest, evenly spaced.
        depth: layers, from the first to the last, evenly spaced: they differ in lightness as well.
    """

    low: str
    high: str
    low_text: str
    high_text: str
    scale: tuple[str, ...]
    line: str
    ink: str
    muted: str
    grid: str
    paper: str
    ground: str
    rule: str
    soft: str
    accent: str
    accent_soft: str
    test: str
    before: str
    right: str
    wrong: str
    trained: str
    failed: str
    slope: tuple[str, ...]
    depth: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the colours by name, for JSON."""
        return asdict(self)


THEMES: Mapping[str, Theme] = MappingProxyType(
    {
        "light": Theme(
            low="#1f6fb4",
            high="#d9690a",
            low_text="#1f6fb4",
            high_text="#b05308",
            scale=("#2a78bd", "#8bb8de", "#f7f5f1", "#f6bd85", "#e07b1f"),
            line="#16202b",
            ink="#1c2733",
            muted="#55626f",
            grid="#e3e7eb",
            paper="#ffffff",
            ground="#f4f6f8",
            rule="#dfe4e9",
            soft="#eef1f4",
            accent="#6741b5",
            accent_soft="#efeaf9",
            test="#b3407f",
            before="#a3adb8",
            right="#1c6e45",
            wrong="#b3261e",
            trained="#2c8a47",
            failed="#8a5a9e",
            slope=("#2b1a5e", "#6741b5", "#a98fdf", "#ddd2f3", "#f7f5fb"),
            depth=("#3b1a6b", "#6f4a9c", "#61708f", "#438a72", "#4fa356"),
        ),
        "dark": Theme(
            low="#6fb3ee",
            high="#ffa64d",
            low_text="#6fb3ee",
            high_text="#ffa64d",
            scale=("#3d8fd6", "#2b5f8e", "#20262e", "#8a5521", "#e08a33"),
            line="#f4f6f8",
            ink="#e6ebf0",
            muted="#9ca9b6",
            grid="#333d48",
            paper="#171c22",
            ground="#0f1317",
            rule="#2b343e",
            soft="#212932",
            accent="#b79cf2",
            accent_soft="#2c2640",
            test="#f08cbc",
            before="#66727e",
            right="#7ad3a3",
            wrong="#ff8a80",
            trained="#6cc784",
            failed="#b98fca",
            slope=("#e9defc", "#b79cf2", "#7a5cc4", "#43317a", "#1d1a2c"),
            depth=("#8a63d2", "#9a86cf", "#93a8bd", "#8cc7a0", "#c0eb9a"),
        ),
    }
)


def colorscale(theme: Theme) -> list[tuple[float, str]]:
    """The scale as Plotly takes it: places in [0, 1] and their colours."""
    return spread(theme.scale)


def spread(colors: tuple[str, ...]) -> list[tuple[float, str]]:
    """Colours evenly spaced, as Plotly takes them."""
    last = len(colors) - 1
    return [(index / last, color) for index, color in enumerate(colors)]
