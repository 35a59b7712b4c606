"""Filling the placeholders of a catalogue's sentence with values, numbers and plural forms.

``{name}`` stands for a value; ``{count, plural, one {# row} other {# rows}}`` for the plural form of a number, in which
``#`` stands for the number. This is a part of ICU's message format, which translators know; the page reads the same
(assets/js/message_format.mjs).
"""

import re
from collections.abc import Mapping

from nnlab.i18n.numbers import number
from nnlab.i18n.plurals import category

ALL_DIGITS = 15
"""As many significant digits as a number of double precision surely has, so that none is rounded away."""

_PLACE = re.compile(r"\{(\w+)(?:, plural,((?:\s*\w+ \{(?:[^{}]|\{\w+\})*\})+)\s*)?\}")
_FORM = re.compile(r"(\w+) \{((?:[^{}]|\{\w+\})*)\}")


def fill(sentence: str, values: Mapping[str, object], language: str) -> str:
    """The sentence with its values, its numbers as the language writes them.

    Raises:
        KeyError: a placeholder has no value.
        TypeError: the value that chooses a plural form is not a number.
    """

    def words(place: re.Match[str]) -> str:
        name, forms = place[1], place[2]
        value = values[name]
        if isinstance(value, bool) or not isinstance(value, int | float):
            if forms is None:
                return str(value)
            raise TypeError(f"{{{name}}} must be a number, to choose a form in “{sentence}”, got {value!r}")
        said = number(value, language, ALL_DIGITS)
        if forms is None:
            return said
        variants, wanted = dict(_FORM.findall(forms)), category(value, language)
        form = variants[wanted] if wanted in variants else variants["other"]
        return fill(form.replace("#", said), values, language)

    return _PLACE.sub(words, sentence)


def placeholders(sentence: str) -> dict[str, frozenset[str]]:
    """The names of a sentence's placeholders, each with its plural forms, of which a plain one has none.

    Raises:
        ValueError: a brace belongs to no placeholder.
    """
    rest = _PLACE.sub("", sentence)
    if "{" in rest or "}" in rest:
        raise ValueError(f"braces that mean nothing in “{sentence}”")
    found: dict[str, frozenset[str]] = {}
    for name, forms in _PLACE.findall(sentence):
        variants = dict(_FORM.findall(forms))
        found[name] = found.get(name, frozenset()) | variants.keys()
        for form in variants.values():
            found |= {inside: chosen for inside, chosen in placeholders(form).items() if inside not in found}
    return found
