"""What nnlab says, in English and in Russian: flat catalogues of sentences under the same keys."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

LANGUAGES: Mapping[str, str] = {"en": "English", "ru": "Русский"}
DEFAULT_LANGUAGE = "en"

Translator = Callable[..., str]


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


def translator(language: str) -> Translator:
    """A function from a key, and what its sentence speaks of, to the sentence.

    It raises KeyError for a key without a sentence: a missing translation must not reach a student.
    """
    sentences = catalogue(language)
    return lambda key, **values: sentences[key].format(**values) if values else sentences[key]


def preferred(accepted: list[str]) -> str:
    """The first language of a browser's list that nnlab speaks, else English."""
    spoken = (tag.split("-")[0].lower() for tag in accepted)
    return next((language for language in spoken if language in LANGUAGES), DEFAULT_LANGUAGE)
