"""How a number is written in a formula: four significant digits, everywhere."""

import math
from collections.abc import Iterable

DIGITS = 4


def number(value: float) -> str:
    r"""Round to four significant digits: 0.2, -0.5914, 1.235 \times 10^{-5}; never -0."""
    if math.isnan(value):
        return r"\mathrm{NaN}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    mantissa, _, exponent = f"{float(value) + 0.0:.{DIGITS}g}".partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa


def factor(value: float) -> str:
    """The number as one factor of a product or after a minus sign: in parentheses if it is negative."""
    text = number(value)
    return f"({text})" if text.startswith("-") else text


def signed(value: float, rest: str = "", *, first: bool = False) -> str:
    """A term of a sum, ``value`` times ``rest``, led by its sign: ``- 0.4 x_1``; the first has no plus."""
    text = number(value)
    sign, size = ("-", text[1:]) if text.startswith("-") else ("+", text)
    if first:
        sign = sign.strip("+")
    else:
        sign += " "
    return f"{sign}{size} {rest}".rstrip()


def scalar_product(weights: Iterable[float], signals: Iterable[float]) -> list[str]:
    r"""The terms of a sum of products, numbers put in: ``0.2 \cdot (-1)``, ``- 0.4 \cdot 1``."""
    return [
        signed(weight, rf"\cdot {factor(signal)}", first=not index)
        for index, (weight, signal) in enumerate(zip(weights, signals, strict=True))
    ]
