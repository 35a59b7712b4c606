"""Every formula and symbol is explained in both languages, and nothing else is."""

import json
import re
from pathlib import Path

import pytest

import nnlab
from nnlab.formulas import sections, symbols
from tests.formulas.formula_runs import assorted, everything

FOLDER = Path(nnlab.__file__).parent / "i18n"
LANGUAGES = ("en", "ru")
OF_THE_PAGE = {"formulas.row_number": {"count"}}
"""Words around the formulas, and the values that the page puts in."""


def catalogue(language: str) -> dict[str, str]:
    return json.loads((FOLDER / f"formulas_{language}.json").read_text(encoding="utf-8"))


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


@pytest.fixture(scope="module")
def uses() -> dict[str, set[str]]:
    """Every key there is, and the values its caption may use."""
    found: dict[str, set[str]] = {"formulas.section.symbols": set()} | OF_THE_PAGE
    for experiment in assorted():
        for formula in [*everything(experiment), *everything(experiment, 1)]:
            found[formula.key] = set(formula.values)
        found |= {section.key: set() for section in sections(experiment, experiment.initial_parameters())}
        found |= {symbol.key: set() for symbol in symbols(experiment)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_a_text_and_every_text_is_used(language: str, uses: dict[str, set[str]]) -> None:
    assert set(catalogue(language)) == set(uses)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_hold_the_placeholders_that_have_values(language: str, uses: dict[str, set[str]]) -> None:
    for key, text in catalogue(language).items():
        assert placeholders(text) == uses[key], key
        assert text == text.strip()
        assert not set(text) & set("$\\"), "the symbols stand in LaTeX beside the text, not in it"


def test_russian_is_russian() -> None:
    assert [key for key, text in catalogue("ru").items() if not re.search("[а-яё]", text)] == []
    assert [key for key, text in catalogue("en").items() if re.search("[а-яё]", text)] == []


def test_both_catalogues_keep_one_order() -> None:
    assert list(catalogue("en")) == list(catalogue("ru"))
