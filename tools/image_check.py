"""``make image-check``: lints Dockerfile and compose.yaml, then serves as the image would and asks for a page and a run.

With a Docker that runs, the image is built and started; else its Dockerfile is carried out in a folder (``image_folder.py``).
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml
from packaging.specifiers import SpecifierSet

from tools.image_docker import DockerImage
from tools.image_folder import FolderImage, Stages
from tools.image_smoke import smoke

ROOT = Path(__file__).parents[1]
YAMLLINT_RULES = "{extends: default, rules: {line-length: {max: 120}, document-start: disable}}"


def lint(root: Path) -> Iterator[str]:
    """What the linters complain of, and where Dockerfile, compose.yaml and pyproject.toml disagree."""
    dockerfile, compose = str(root / "Dockerfile"), str(root / "compose.yaml")
    yield from _linter("hadolint", "--no-color", "--failure-threshold", "info", dockerfile)
    yield from _linter("yamllint", "--strict", "-d", YAMLLINT_RULES, compose)
    yield from _linter("check-jsonschema", "--builtin-schema", "vendor.compose-spec", compose)
    stages = Stages(root)
    needed = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "requires-python"
    ]
    for base in stages.bases:
        name, _, tag = base.partition(":")
        if name != "python" or tag.partition("-")[0] not in SpecifierSet(needed):
            yield f"FROM must be a Python {needed}, got {base}"
    port = stages.environment.get("NNLAB_PORT")
    if stages.exposed != port:
        yield f"EXPOSE must be NNLAB_PORT, which is {port}, got {stages.exposed}"
    for service, settings in yaml.safe_load(Path(compose).read_text(encoding="utf-8"))["services"].items():
        published = [str(ports).rpartition(":")[2] for ports in settings.get("ports", ())]
        if published != [stages.exposed]:
            yield f"{service} must publish port {stages.exposed} of the image, got {published}"


def serve(root: Path) -> Iterator[str]:
    """What goes wrong when the image is started, asked and stopped."""
    if _has_docker():
        yield from smoke(DockerImage(root))
        return
    with tempfile.TemporaryDirectory(prefix="nnlab-image-") as folder:
        yield from smoke(FolderImage(root, Path(folder)))


def check(root: Path) -> list[str]:
    """Everything wrong with the image of a folder; it is started only where the linters find nothing."""
    return list(lint(root)) or list(serve(root))


def _has_docker() -> bool:
    found = shutil.which("docker")
    return found is not None and subprocess.run([found, "info"], capture_output=True).returncode == 0


def _linter(name: str, *arguments: str) -> Iterator[str]:
    """What a linter complains of. hadolint has no wheel for every system; the others are Python."""
    program = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if program is None:
        print(f"  {name} is not to be had on this system: skipped")
        return
    ran = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=120)
    if ran.returncode:
        yield f"{name}:\n{ran.stdout}{ran.stderr}"


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    try:
        wrong = check(ROOT)
    except (subprocess.CalledProcessError, FileNotFoundError, ValueError) as error:
        wrong = [f"the image cannot be built: {error}"]
    for complaint in wrong:
        print(f"WRONG {complaint}")
    print("image-check: " + ("failed" if wrong else "all is well"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
