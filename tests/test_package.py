"""The package builds, installs into an empty environment, and works there with no source tree in reach."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import nnlab
from tests.served import assert_serves_the_lab, serving

ROOT = Path(__file__).parents[1]
NOT_IN_A_BARE_ENVIRONMENT = ("click", "tqdm", "PIL", "plotly", "dash", "flask", "segno", "gunicorn")


def pip(*arguments, python=sys.executable):
    quiet = ["-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([python, *quiet, *arguments], check=True, cwd=ROOT)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built as ``pip install .`` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def programs(wheel, tmp_path_factory):
    """The folder of programs of a new environment in which the wheel is installed, with all it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    found = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pip("install", str(wheel), python=str(found / "python"))
    return found


@pytest.fixture
def environment():
    """An environment in which no source tree is named."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "NNLAB_"))}


def contents(wheel):
    """What a wheel holds, by name; but for its own list of that."""
    with zipfile.ZipFile(wheel) as archive:
        return {
            name: hashlib.sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
            if not name.endswith("RECORD")
        }


def test_a_wheel_holds_the_package_the_pages_files_and_nothing_else(wheel):
    names = contents(wheel).keys()
    assert {name.split("/")[0] for name in names} == {"nnlab", f"nnlab-{nnlab.__version__}.dist-info"}
    assert {
        "nnlab/py.typed",
        "nnlab/assets/js/main.mjs",
        "nnlab/i18n/lab_ru.json",
        "nnlab/web/templates/join.html",
    } <= names
    for folder, inside in ((ROOT / "nnlab", "nnlab"), (ROOT / "assets", "nnlab/assets")):
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"{inside}/{path.relative_to(folder).as_posix()}" in names


def test_the_sdist_makes_the_same_wheel(wheel, tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (sdist,) = tmp_path.iterdir()
    with tarfile.open(sdist) as archive:
        assert not [name for name in archive.getnames() if "/tests" in name or "/.venv" in name]
    pip("wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(sdist))
    (rebuilt,) = tmp_path.glob("*.whl")
    assert contents(rebuilt) == contents(wheel)


def test_an_installed_lab_needs_no_source_tree(programs, environment, tmp_path, new_log_folder):
    command = str(programs / "nnlab")

    def answer(*arguments):
        run = [command, *arguments]
        done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    assert answer("--version") == f"nnlab {nnlab.__version__}\n"
    assert "final cost 0.00402544, below 0.02" in answer("train")
    assert json.loads(answer("starts", "--starts", "20", "--json"))["starts"] == 20
    assert "16 runs train" in answer("map", "--size", "4", "--epochs", "3")
    with serving([command, "serve"], tmp_path, new_log_folder(), environment) as served:
        assert_serves_the_lab(served)


def test_the_version_is_the_changelogs_newest():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(\d[^\]]*)\]", text, re.MULTILINE)[0] == nnlab.__version__


def bare(code):
    """Run Python without any package but NumPy and pydantic."""
    hidden = f"import sys; sys.modules.update(dict.fromkeys({NOT_IN_A_BARE_ENVIRONMENT}))"
    return subprocess.run(
        [sys.executable, "-c", f"{hidden}; {code}"], cwd=ROOT, capture_output=True, text=True
    )


def test_the_core_needs_numpy_and_pydantic_alone():
    assert bare("import nnlab; print(nnlab.train(nnlab.Experiment()).solved)").stdout == "True\n"


def test_a_command_that_lacks_a_package_says_so():
    done = bare("from nnlab.__main__ import main; sys.argv[1:] = ['train']; sys.exit(main())")
    assert done.returncode == 1
    assert done.stderr == "click is not installed, and the commands need it: pip install nnlab\n"


def test_a_bar_is_all_that_is_missing_without_tqdm():
    code = "del sys.modules['click']; from nnlab.command.main import main; sys.exit(main(['starts', '--starts', '9']))"
    done = bare(code)
    assert done.returncode == 0
    assert " of 9 runs train" in done.stdout
