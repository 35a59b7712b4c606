"""How Docker is called, and how its answers are read; the program is one that notes its arguments."""

import pytest

from tools.image_docker import NAME, DockerImage

DOCKER = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/calls"
case "$1 $3" in
    run*) echo container ;;
    port*) printf '127.0.0.1:49153\\n[::1]:49153\\n' ;;
    *Running*) echo true ;;
    *Health*) echo healthy ;;
    *ExitCode*) cat "$(dirname "$0")/code" ;;
esac
"""


@pytest.fixture
def docker(tmp_path, monkeypatch):
    program = tmp_path / "docker"
    program.write_text(DOCKER, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return tmp_path


@pytest.mark.parametrize(("code", "told"), [("0", 0), ("3", 3), ("137", None)])
def test_an_image_is_built_run_as_in_a_classroom_and_removed(docker, tmp_path, code, told):
    (docker / "code").write_text(code, encoding="utf-8")
    image = DockerImage(tmp_path)
    assert image.start() == 49153
    assert image.runs()
    assert image.healthy()
    assert image.stop() == told
    image.remove()
    calls = (docker / "calls").read_text(encoding="utf-8").splitlines()
    assert calls[0] == f"build --tag {NAME} {tmp_path}"
    assert calls[1].startswith("run --detach --read-only --tmpfs=/tmp --cap-drop=ALL")
    assert "stop -t 5 container" in calls
    assert calls[-1] == "rm --force container"
