"""What a Dockerfile and a compose file must and must not do: general linters, and nnlab's own rules."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tools.dockerfile import Dockerfile, read

PINNED_PYTHON = re.compile(r"^python:3\.\d+(\.\d+)?-slim\S*$")
NO_NEW_PRIVILEGES = "no-new-privileges:true"
PASSED_ON = ("NNLAB_PUBLIC_URL", "NNLAB_WORKERS", "NNLAB_THREADS", "NNLAB_DASK")
CLIENTS = re.compile(r"\b(curl|wget)\b")
YAMLLINT_RULES = "{extends: default, rules: {line-length: {max: 120}, document-start: disable}}"


def complaints(root: Path) -> list[str]:
    """Everything wrong with the Dockerfile and compose.yaml of a folder."""
    dockerfile, compose = root / "Dockerfile", root / "compose.yaml"
    return [
        *_linter("hadolint", ["--no-color", str(dockerfile)]),
        *_linter("yamllint", ["--strict", "-d", YAMLLINT_RULES, str(compose)]),
        *(f"Dockerfile: {said}" for said in dockerfile_complaints(read(dockerfile), root)),
        *(f"compose.yaml: {said}" for said in compose_complaints(compose.read_text(encoding="utf-8"))),
    ]


def dockerfile_complaints(dockerfile: Dockerfile, root: Path) -> Iterator[str]:
    """What breaks nnlab's own rules for its image."""
    for found in dockerfile.instructions:
        if found.keyword == "FROM" and not PINNED_PYTHON.match(found.words[0]):
            yield f"FROM must name a slim Python by version, got {found.words[0]}"
        if found.keyword == "ADD":
            yield f"ADD fetches and unpacks; COPY does not: {found.rest}"
        if CLIENTS.search(found.rest):
            yield f"a slim image has neither curl nor wget: {found.keyword} {found.rest}"
        if "pip install" in found.rest and "--require-hashes" not in found.rest:
            yield f"pip must install with --require-hashes: {found.rest}"
    for sources, _ in dockerfile.copied():
        for source in sources:
            if source in (".", "./") or "*" in source:
                yield f"COPY must name what it takes, got {source}"
            elif not (root / source).exists():
                yield f"COPY takes {source}, which does not exist"
    user = dockerfile.last("USER")
    if user is None or not re.match(r"^[1-9]\d*(:[1-9]\d*)?$", user.rest):
        yield f"USER must be a number other than 0, got {user and user.rest}"
    for keyword in ("CMD", "HEALTHCHECK"):
        found_last = dockerfile.last(keyword)
        if found_last is None or found_last.exec_form is None:
            yield f"{keyword} must be there, as a JSON list: a shell would not pass SIGTERM on"


def compose_complaints(text: str) -> Iterator[str]:
    """What a classroom's service lacks."""
    document: Mapping[str, Any] = yaml.safe_load(text)
    if "version" in document:
        yield "'version' means nothing any more"
    services = document.get("services", {})
    if not services:
        yield "there is no service"
    needed: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
        "read_only": ("be true", lambda value: value is True),
        "tmpfs": ("hold /tmp", lambda value: "/tmp" in (value or ())),
        "cap_drop": ("be ALL", lambda value: value == ["ALL"]),
        "security_opt": (
            f"hold {NO_NEW_PRIVILEGES}",
            lambda value: NO_NEW_PRIVILEGES in (value or ()),
        ),
        "restart": ("be set", bool),
        "ports": ("publish 8050", lambda value: any(str(port).endswith(":8050") for port in value or ())),
        "environment": (f"pass {', '.join(PASSED_ON)} on", lambda value: set(PASSED_ON) <= set(value or ())),
    }
    for name, service in services.items():
        for key, (must, holds) in needed.items():
            if not holds(service.get(key)):
                yield f"{name}: {key} must {must}, got {service.get(key)}"
        if service.get("privileged") or service.get("network_mode") == "host":
            yield f"{name}: must be neither privileged nor on the host's network"


def _linter(name: str, arguments: list[str]) -> Iterator[str]:
    """What a linter beside this Python, or on the path, complains of."""
    program = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if program is None:
        print(f"  {name} is not to be had on this system: skipped")
        return
    ran = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=120)
    if ran.returncode:
        yield f"{name}:\n{ran.stdout}{ran.stderr}"
