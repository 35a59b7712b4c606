"""Deno, which runs modules of the page without a browser, and what Python gives to them."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import PIPE, STDOUT, CompletedProcess, run

import pytest
from deno import find_deno_bin

from . import core_cases, given, links, page_cases, run_cases

HERE = Path(__file__).parent
OPTIONS = ("--no-check", "--no-remote", "--no-npm", "--allow-read")

Outcome = CompletedProcess[str]


@pytest.fixture(scope="session")
def given_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which ``given(name)`` looks."""
    folder = tmp_path_factory.mktemp("given")
    given.write(folder, "registries", core_cases.registries())
    given.write(folder, "networks", list(core_cases.networks()))
    given.write(folder, "thresholds", list(core_cases.thresholds()))
    given.write(folder, "answers", list(core_cases.answers()))
    given.write(folder, "configuration", page_cases.configuration())
    given.write(folder, "tracks", page_cases.tracks())
    given.write(folder, "map", page_cases.map_answer())
    given.write(folder, "links", links.links())
    given.write(folder, "packed", links.packed("10000,-25000a0,5b"))
    given.write(folder, "bursting", links.BURSTING)
    given.write(folder, "stream", run_cases.odd_stream())
    given.write(folder, "run", run_cases.whole_run())
    given.write(folder, "circle", run_cases.circle_network())
    return folder


@pytest.fixture(scope="session")
def run_test() -> Callable[[Path, Path], Outcome]:
    """Run a file of tests on a folder of what is given. Types are checked by ``make types``, once for all."""
    return partial(deno, "test", stderr=STDOUT)


@pytest.fixture(scope="session")
def run_script() -> Callable[[Path, Path], Outcome]:
    """Run a file for what it prints."""
    return partial(deno, "run", stderr=None)


def deno(command: str, file: Path, folder: Path, stderr: int | None) -> Outcome:
    whole = [find_deno_bin(), command, *OPTIONS, str(HERE / file), "--", str(folder)]
    offline = os.environ | {"DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    return run(whole, cwd=HERE.parents[1], env=offline, text=True, stdout=PIPE, stderr=stderr, check=False)
