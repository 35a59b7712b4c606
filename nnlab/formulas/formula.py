"""The types that this package returns: formulas, symbols and sections of LaTeX, with the keys of their captions."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Formula:
    """One display formula.

    Attributes:
        key: names its caption in the catalogues.
        latex: without dollar signs; at most about a phone's width on each line.
        values: what the caption's placeholders stand for, such as ``{layer}``; counted from 1.
    """

    key: str
    latex: str
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Symbol:
    """One letter of the formulas; the catalogues say under ``key`` what it stands for."""

    key: str
    latex: str


@dataclass(frozen=True)
class Section:
    """Formulas that belong together; ``key`` names their heading in the catalogues."""

    key: str
    formulas: list[Formula]
