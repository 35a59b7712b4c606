"""The documents keep up with the code."""

import re
from pathlib import Path

import pytest

from nnlab.core.experiment import Experiment
from nnlab.core.setting_problems import RULES
from nnlab.web.runs import run_format

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("setting", Experiment.model_fields)
def test_the_readme_explains_every_setting(setting: str) -> None:
    assert f"`{setting}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", sorted({rule for rule, _ in RULES.values()}))
def test_every_rule_of_refusal_has_a_sentence(rule: str) -> None:
    catalogue = (ROOT / "nnlab" / "i18n" / "lab_en.json").read_text(encoding="utf-8")
    assert f'"error.{rule}"' in catalogue


def test_the_format_page_names_the_present_version() -> None:
    page = (ROOT / "docs" / "run-format.md").read_text(encoding="utf-8")
    assert f"| `version` | {run_format.VERSION} |" in page
    assert run_format.MEDIA_TYPE in page


def test_every_file_that_a_document_points_to_is_there() -> None:
    for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), f"{name} points to {target}"
