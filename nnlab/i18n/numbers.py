"""Writing numbers for readers of each language, in the same way as assets/js/numbers.mjs does in the page."""

import math
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

SMALL, LARGE = 1e-3, 1e6
"""Outside of these a number is written with a power of ten."""

_SEPARATORS: Mapping[str, tuple[str, str]] = {"en": (".", ","), "ru": (",", "\N{NO-BREAK SPACE}")}
"""The decimal mark and the thousands separator, in the order that Plotly expects too."""

_POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def separators(language: str) -> tuple[str, str]:
    """The decimal mark and the thousands separator of a language."""
    return _SEPARATORS[language]


def localized(formula: str, language: str, *, latex: bool = False) -> str:
    """A formula with the language's decimal mark; for LaTeX in braces, or a space would follow the comma."""
    decimal, _ = separators(language)
    return re.sub(r"(?<=\d)\.(?=\d)", f"{{{decimal}}}" if latex and decimal != "." else decimal, formula)


def number(value: float, language: str, digits: int = 4) -> str:
    """A number with at most so many significant digits and a true minus sign; a dash if it is not finite."""
    value = float(value)
    if not math.isfinite(value):
        return "–"
    # as browsers round: the shortest decimal that is this number, halves away from 0
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(Decimal(repr(value)))
    if value == 0 or SMALL <= abs(value) < max(LARGE, 10**digits):
        return _written(rounded, language)
    mantissa, exponent = f"{rounded:e}".split("e")
    power = f"10{str(int(exponent)).translate(_POWERS)}"
    if abs(Decimal(mantissa)) == 1:
        return f"−{power}" if value < 0 else power
    return f"{_written(Decimal(mantissa), language)}·{power}"


def _written(value: Decimal, language: str) -> str:
    decimal, thousands = separators(language)
    whole, _, places = f"{abs(value):,f}".partition(".")
    places = places.rstrip("0")
    minus = "−" if value < 0 else ""
    return minus + whole.replace(",", thousands) + (f"{decimal}{places}" if places else "")
