"""The sentences of nnlab in English and Russian: JSON catalogues with the same keys, and the translator that fills them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nnlab.i18n import numbers
from nnlab.i18n.sentence import fill

LANGUAGES: Mapping[str, str] = {"en": "English", "ru": "Русский"}
DEFAULT_LANGUAGE = "en"


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Every sentence of a language, by its key.

    Raises:
        KeyError: the language has no catalogue.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    folder = Path(__file__).parent
    sentences: dict[str, str] = {}
    for path in sorted(folder.glob(f"*_{language}.json")):
        sentences |= json.loads(path.read_text(encoding="utf-8"))
    return sentences


@dataclass(frozen=True)
class Translator:
    """Gives the sentences of one language: called with a key and values, it returns that sentence with the values in it."""

    language: str

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence of a key, with numbers and plurals as the language writes them.

        Raises:
            KeyError: there is no such sentence, or a value is missing; a student must not meet a gap.
        """
        return fill(catalogue(self.language)[key], values, self.language)

    def number(self, value: float, digits: int = 4) -> str:
        """A number as the language writes it, with at most so many significant digits."""
        return numbers.number(value, self.language, digits)


def translator(language: str) -> Translator:
    """The translator of a language.

    Raises:
        KeyError: the language has no catalogue.
    """
    catalogue(language)
    return Translator(language)


def preferred(accepted: list[str]) -> str:
    """The first language of a browser's list that nnlab speaks, else English."""
    spoken = (tag.split("-")[0].lower() for tag in accepted)
    return next((language for language in spoken if language in LANGUAGES), DEFAULT_LANGUAGE)
