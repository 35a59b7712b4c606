"""The core stands alone: NumPy, and pydantic in one file."""

import subprocess
import sys
from pathlib import Path

import pytest

import nnlab.core

MODULES = sorted(
    path.stem for path in Path(nnlab.core.__file__).parent.glob("*.py") if path.stem != "__init__"
)
TAKE_AN_EXPERIMENT = {
    "batches", "checkpoint", "descent", "evaluator", "experiment", "hidden_space", "layer_statistics", "prediction",
    "reshaping", "solved_runs", "stop_rules", "training", "update", "update_rule",
}  # fmt: skip
THE_WEB = {"dash", "flask", "plotly", "werkzeug", "gunicorn", "dash_bootstrap_components"}


def imported_by(statement):
    """The top-level packages in a fresh process after one statement."""
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_nnlab_brings_no_web():
    assert not imported_by("import nnlab") & THE_WEB


def test_importing_every_module_of_the_core_brings_no_web():
    assert not imported_by("import " + ", ".join(f"nnlab.core.{name}" for name in MODULES)) & THE_WEB


def test_only_what_takes_an_experiment_brings_pydantic():
    """The package's own ``__init__`` imports all, so a bare one stands in for it."""
    bare = f"import types; nnlab = types.ModuleType('nnlab'); nnlab.__path__ = {list(nnlab.__path__)!r}"
    others = [f"nnlab.core.{name}" for name in MODULES if name not in TAKE_AN_EXPERIMENT]
    assert "pydantic" not in imported_by(f"{bare}; sys.modules['nnlab'] = nnlab; import {', '.join(others)}")


@pytest.mark.parametrize("name", ["Experiment", "Frame", "History", "stream", "train"])
def test_the_contract_is_importable_from_the_top(name):
    assert name in nnlab.__all__
    assert hasattr(nnlab, name)
