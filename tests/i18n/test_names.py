"""One word for one thing: a setting by the name on its control, everything else by the glossary."""

import re
from pathlib import Path

import pytest

from nnlab.i18n import LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
JAVASCRIPT = ROOT / "assets" / "js"


def test_no_name_has_its_letters_changed() -> None:
    """L1, ReLU and x₁ are no words that begin a sentence or stand in one: a catalogue quotes names instead."""
    for path in JAVASCRIPT.rglob("*.mjs"):
        changed = re.findall(r"(?<!key)\.to(?:Lower|Upper)Case\(", path.read_text(encoding="utf-8"))
        assert not changed, path.name


def avoided() -> list[str]:
    """What the glossary says not to say: beginnings of words."""
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")]
    return [word for row in rows[1:] for word in re.split(", ", row[3].strip()) if word]


def test_nothing_is_called_by_a_word_that_the_glossary_avoids() -> None:
    assert len(avoided()) > 10
    for key, sentence in catalogue("ru").items():
        for word in avoided():
            assert not re.search(rf"\b{word}", sentence.lower()), f"{key}: {word}"


def test_only_explanations_call_the_output_an_answer() -> None:
    said = {
        key for key, sentence in catalogue("ru").items() if re.search(r"\bответ(?!ы на|ь)", sentence.lower())
    }
    assert said == {"formulas.cost.output", "formulas.symbol.output"}


UNLIKE = {
    "en": r"(?<![\d.])\d{4,}|(?<![=\d])\d+,\d{1,2}(?!\d)",
    "ru": r"(?<![\d,])\d{4,}|(?<![\d.])\d+\.\d+(?!\.?\d)|\d \d{3}(?!\d)",  # an address has more points than one
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_in_sentences_are_written_as_the_page_writes_them(language: str) -> None:
    assert [
        key for key, sentence in catalogue(language).items() if re.search(UNLIKE[language], sentence)
    ] == []
