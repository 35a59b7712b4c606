"""How a number is written for people, as assets/js/numbers.mjs does it in the page."""

import math
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

SMALL, LARGE = 1e-3, 1e6
"""Outside of these a number is written with a power of ten."""

_SEPARATORS: Mapping[str, tuple[str, str]] = {"en": (".", ","), "ru": (",", "\N{NO-BREAK SPACE}")}
"""What stands before decimals and between thousands, in the order in which Plotly too wants them."""

_POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def separators(language: str) -> tuple[str, str]:
    """The decimal mark and what stands between thousands."""
    return _SEPARATORS[language]


def localized(formula: str, language: str, *, latex: bool = False) -> str:
    """A formula with the language's decimal mark; LaTeX sets a bare comma as one that ends a number."""
    decimal, _ = separators(language)
    return re.sub(r"(?<=\d)\.(?=\d)", f"{{{decimal}}}" if latex and decimal != "." else decimal, formula)


def number(value: float, language: str, digits: int = 4) -> str:
    """At most so many digits that count, and a true minus sign; a dash for what is no number."""
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
