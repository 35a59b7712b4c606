"""A release is named alike wherever it is named, and its date is written down."""

import re
import tomllib
from pathlib import Path

import yaml

import nnlab

ROOT = Path(__file__).parents[1]
PACKAGE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RELEASE = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def test_the_newest_release_of_the_changelog_is_that_of_package_and_citation():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version, date = RELEASE.findall(changelog)[0]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert version == citation["version"] == nnlab.__version__
    assert date == str(citation["date-released"])
    assert citation["license"] == PACKAGE["license"]
    assert citation["authors"][0]["name"] in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_every_release_is_dated():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert len(RELEASE.findall(changelog)) == changelog.count("\n## [") - changelog.count("\n## [Unreleased]")
