"""What nnlab says, in English and in Russian: flat catalogues of sentences under the same keys."""

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
    """Every sentence of a language.

    Raises:
        KeyError: nnlab does not speak it.
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
    """What is to be said, in one language: called with a key, and what its sentence speaks of, it gives the sentence."""

    language: str

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence under a key; numbers in it are written, and choose its forms, as the language does.

        Raises:
            KeyError: there is no such sentence, or no such value: neither must reach a student as a gap.
        """
        return fill(catalogue(self.language)[key], values, self.language)

    def number(self, value: float, digits: int = 4) -> str:
        """A number as the language writes it, with at most so many digits that count."""
        return numbers.number(value, self.language, digits)


def translator(language: str) -> Translator:
    """What speaks a language.

    Raises:
        KeyError: nnlab does not speak it.
    """
    catalogue(language)
    return Translator(language)


def preferred(accepted: list[str]) -> str:
    """The first language of a browser's list that nnlab speaks, else English."""
    spoken = (tag.split("-")[0].lower() for tag in accepted)
    return next((language for language in spoken if language in LANGUAGES), DEFAULT_LANGUAGE)
