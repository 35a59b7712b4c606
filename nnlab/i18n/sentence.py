"""A sentence of a catalogue, and how it is filled in.

``{name}`` stands for a value; ``{count, plural, one {# row} other {# rows}}`` for the form that goes with a number,
and ``#`` in it for the number. This is a part of ICU's message format, which translators know; the page reads the same
(assets/js/sentences.mjs).
"""

import re
from collections.abc import Mapping

from nnlab.i18n.numbers import number
from nnlab.i18n.plurals import category

ALL_DIGITS = 15
"""Digits, which is all that a number given to a sentence has."""

_PLACE = re.compile(r"\{(\w+)(?:, plural,((?:\s*\w+ \{(?:[^{}]|\{\w+\})*\})+)\s*)?\}")
_FORM = re.compile(r"(\w+) \{((?:[^{}]|\{\w+\})*)\}")


def fill(sentence: str, values: Mapping[str, object], language: str) -> str:
    """The sentence with its values; numbers are written as the language does.

    Raises:
        KeyError: a place has no value.
        TypeError: what chooses a form is no number.
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
    """The names that a sentence is filled in with, each with the forms that it chooses from; none for a plain place.

    Raises:
        ValueError: a brace belongs to nothing that could be filled in.
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
