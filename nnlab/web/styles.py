"""The style sheets: the files of assets/css joined into one, after the colours of both themes.

A browser requests one sheet instead of thirty, and colours are defined in figures/theme.py alone.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from nnlab.figures.theme import THEMES, Theme
from nnlab.web import asset_folder

FOLDER = asset_folder.FOLDER / "css"

SHEETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "nnlab.css": (
            "fonts",
            "page",
            "header",
            "buttons",
            "menus",
            "view",
            "controls",
            "segments",
            "sliders",
            "truth_bits",
            "start_weights",
            "tables",
            "probe",
            "formulas",
            "legend",
            "boundary",
            "cost",
            "player",
            "starts",
            "map",
            "network",
            "hidden",
            "layers",
            "metrics",
            "own_data",
            "task",
            "playground",
            "projector",
            "forced_colors",
        ),
        "join.css": ("fonts", "join"),
    }
)
"""The files of each sheet, the general before the particular: where two rules weigh the same, the later one counts."""


@cache
def sheet(name: str) -> str:
    """The text of a sheet."""
    return "\n".join([colors(), *(_file(part) for part in SHEETS[name])])


def colors() -> str:
    """The colours of both themes as CSS variables; until the student chooses a theme, the system's counts."""
    light, dark = (_declarations(name, theme) for name, theme in THEMES.items())
    return (
        f':root, [data-bs-theme="light"] {{\n{light}}}\n'
        f'[data-bs-theme="dark"] {{\n{dark}}}\n'
        f"@media (prefers-color-scheme: dark) {{\n:root:not([data-bs-theme]) {{\n{dark}}}\n}}\n"
    )


def _declarations(name: str, theme: Theme) -> str:
    """One theme's colours as CSS variables: ``accent_soft`` becomes ``--accent-soft``."""
    values = {
        color: value for color, value in theme.as_dict().items() if isinstance(value, str)
    }  # scales are for pictures alone
    properties = [f"  --{color.replace('_', '-')}: {value};\n" for color, value in values.items()]
    return "".join([f"  color-scheme: {name};\n", *properties])


def _file(part: str) -> str:
    return (FOLDER / f"{part}.css").read_text(encoding="utf-8")
