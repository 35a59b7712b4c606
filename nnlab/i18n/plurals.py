"""The plural form that a number takes in each language, by the rules of Unicode's CLDR.

https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html; the page asks Intl.PluralRules.
"""

from collections.abc import Callable, Mapping


def _english(count: float) -> str:
    return "one" if count == 1 else "other"


def _russian(count: float) -> str:
    if count != int(count):
        return "other"
    tens, ones = divmod(int(count) % 100, 10)
    if ones == 1 and tens != 1:
        return "one"
    return "few" if ones in (2, 3, 4) and tens != 1 else "many"


_RULES: Mapping[str, Callable[[float], str]] = {"en": _english, "ru": _russian}

FORMS: Mapping[str, frozenset[str]] = {
    "en": frozenset({"one", "other"}),
    "ru": frozenset({"one", "few", "other"}),
}
"""The forms that a sentence must have. "other" serves for "many" too, since what is counted here is whole."""


def category(count: float, language: str) -> str:
    """CLDR's name of the plural form for a number: one, few, many or other."""
    return _RULES[language](abs(count))
