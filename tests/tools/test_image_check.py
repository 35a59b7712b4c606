"""What ``make image-check`` finds wrong; each test breaks one thing in a copy of the files that make the image."""

import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tools.image_check import ROOT, lint
from tools.image_folder import FolderImage
from tools.image_smoke import smoke


@pytest.fixture
def copy(tmp_path):
    """A copy of what the image is made of."""
    root = tmp_path / "root"
    ignored = shutil.ignore_patterns(
        "__pycache__", ".git", ".venv", ".*_cache", "node_modules", "docs", "tests"
    )
    shutil.copytree(ROOT, root, ignore=ignored)
    return root


def edit(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


def served(root: Path, tmp_path: Path) -> list[str]:
    """What goes wrong when the copy is served, with the packages of this environment."""
    (tmp_path / "image").mkdir()
    return list(smoke(FolderImage(root, tmp_path / "image", installed=Path(sys.prefix))))


def test_what_is_here_is_sound(copy, tmp_path):
    assert list(lint(copy)) == []
    assert served(copy, tmp_path) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("Dockerfile", "python:3.13-slim", "python:3.10-slim", "FROM must be a Python >=3.11"),
        ("Dockerfile", "EXPOSE 8050", "EXPOSE 8051", "EXPOSE must be NNLAB_PORT"),
        ("Dockerfile", "WORKDIR /app", "WORKDIR app", "hadolint"),
        ("compose.yaml", ":8050\"", ":8051\"", "must publish port 8050"),
        ("compose.yaml", "restart: unless-stopped", "restrat: unless-stopped", "check-jsonschema"),
    ],
)  # fmt: skip
def test_what_linters_find(copy, file, old, new, complaint):
    edit(copy, file, old, new)
    assert any(complaint in found for found in lint(copy))


@pytest.mark.parametrize(
    ("old", "new"),
    [("COPY app.py gunicorn.conf.py", "COPY app.py"), ("COPY nnlab ./nnlab", "COPY nnlab/core ./nnlab/core")],
)
def test_a_file_that_is_needed_and_not_copied(copy, tmp_path, old, new):
    edit(copy, "Dockerfile", old, new)
    assert served(copy, tmp_path)


def test_a_file_that_is_copied_and_kept_from_the_build(copy, tmp_path):
    edit(copy, ".dockerignore", "!requirements-dask.txt", "")
    with pytest.raises(FileNotFoundError, match="requirements-dask"):
        served(copy, tmp_path)


@pytest.mark.parametrize(("old", "new"), [("'/healthz'", "'/health'"), ('"app:server"', '"app:sever"')])
def test_a_health_check_or_a_command_that_does_not_hold(copy, tmp_path, old, new, monkeypatch):
    monkeypatch.setattr("tools.image_smoke.START_SECONDS", 15.0)
    edit(copy, "Dockerfile", old, new)
    assert any("does not serve" in found for found in served(copy, tmp_path))


def test_a_command_that_is_not_installed(copy, tmp_path):
    edit(copy, "Dockerfile", '["gunicorn"', '["gunikorn"')
    with pytest.raises(FileNotFoundError, match="gunikorn"):
        served(copy, tmp_path)


def test_the_service_of_a_classroom_may_write_nothing_and_holds_no_privilege():
    (service,) = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"].values()
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.keys() & {"privileged", "network_mode"}
    assert service["restart"]
    assert {"NNLAB_PUBLIC_URL", "NNLAB_WORKERS", "NNLAB_THREADS", "NNLAB_DASK"} <= service[
        "environment"
    ].keys()


def test_the_image_runs_as_a_user_without_rights_and_installs_what_is_pinned():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "\nUSER 10001:10001\n" in text
    assert text.count("pip install") == text.count("--require-hashes")
