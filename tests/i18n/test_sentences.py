"""What Python says is what the page says: both are held to one file of cases (tests/javascript/message_format.test.mjs)."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from nnlab.i18n import LANGUAGES, catalogue, translator
from nnlab.i18n.numbers import localized, number
from nnlab.i18n.plurals import FORMS, category
from nnlab.i18n.sentence import fill, placeholders

SAID = json.loads(Path(__file__).with_name("said.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SAID["numbers"], ids=str)
def test_a_number_is_written_as_its_language_does(case: dict[str, Any]) -> None:
    assert number(case["value"], case["language"], case["digits"]) == case["said"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_chooses_the_form_that_cldr_says(language: str) -> None:
    assert set(SAID["categories"]) == set(LANGUAGES)
    for name, counts in SAID["categories"][language].items():
        assert [category(count, language) for count in counts] == [name] * len(counts)


@pytest.mark.parametrize("case", SAID["sentences"], ids=str)
def test_a_sentence_is_filled_in(case: dict[str, Any]) -> None:
    assert fill(case["sentence"], case["values"], case["language"]) == case["said"]


def test_what_cannot_be_filled_in_is_refused() -> None:
    with pytest.raises(KeyError, match="epoch"):
        fill("epoch {epoch}", {}, "en")
    with pytest.raises(TypeError, match="must be a number"):
        fill("{count, plural, one {# row} other {# rows}}", {"count": "1"}, "en")
    with pytest.raises(KeyError, match="nobody"):
        translator("en")("nobody says this")


def test_a_formula_has_the_mark_of_the_language() -> None:
    formula = r"z = 0.2 x_1 - 12.5 \cdot 3, \; f(x). 1"
    assert localized(formula, "en", latex=True) == formula
    assert localized(formula, "ru", latex=True) == r"z = 0{,}2 x_1 - 12{,}5 \cdot 3, \; f(x). 1"
    assert localized("[0.2 0.4]", "ru") == "[0,2 0,4]"


def test_numbers_that_are_none_are_a_dash() -> None:
    assert [number(value, "en") for value in (float("nan"), float("inf"), -0.0)] == ["–", "–", "0"]


def test_places_are_found_in_forms_too() -> None:
    sentence = "{right, plural, one {# of {rows} is right} other {# of {rows} are right}}: {name}"
    assert placeholders(sentence) == {"right": {"one", "other"}, "rows": set(), "name": set()}
    with pytest.raises(ValueError, match="mean nothing"):
        placeholders("{count, plural, one {# row}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_every_form_of_the_language(language: str) -> None:
    counting = 0
    for key, sentence in catalogue(language).items():
        for name, forms in placeholders(sentence).items():
            assert forms in (frozenset(), FORMS[language]), f"{key}: {name}"
            counting += bool(forms)
    assert counting


NO_NOUNS = {"does", "has", "is", "its", "makes", "needs", "stands"}


def test_no_number_stands_before_a_plural_that_does_not_ask_for_it() -> None:
    for key, sentence in catalogue("en").items():
        assert set(re.findall(r"\{\w+\} (?:\w+ )?(\w+s)\b", sentence)) <= NO_NOUNS, key
