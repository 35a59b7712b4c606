"""Every file of tests in JavaScript, and whether those of the core see a registry that has gone ahead."""

import json
from pathlib import Path

import pytest

from . import given

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.test.mjs"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.removesuffix(".test.mjs"))
def test_a_file_of_tests_passes(file, given_folder, run_test):
    outcome = run_test(file, given_folder)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("registry", ["features", "activations"])
@pytest.mark.parametrize("change", ["one more in Python", "one less in Python"])
def test_an_entry_without_its_counterpart_fails(registry, change, given_folder, run_test, tmp_path):
    registries = json.loads((given_folder / "registries.json").read_text(encoding="utf-8"))
    entries = registries[registry]
    if change == "one more in Python":
        entries["new"] = next(iter(entries.values()))
    else:
        del entries[next(iter(entries))]
    given.write(tmp_path, "registries", registries)
    outcome = run_test(HERE / "core_registries.test.mjs", tmp_path)
    assert outcome.returncode == 1
    assert f"{registry} are those of the core" in outcome.stdout
