"""A pytest plugin that fails a session when a server of its tests logged a traceback, whatever passed in the end."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Protocol

import pytest

LOGS = "server_logs"
"""The folder, common to all processes that test, in which servers write their logs."""
FOLDER = pytest.StashKey[TemporaryDirectory[str]]()


class Worker(Protocol):
    """What xdist tells of a process that it starts."""

    config: pytest.Config
    workerinput: dict[str, str]


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder, once a session."""
    if not hasattr(config, "workerinput"):
        config.stash[FOLDER] = TemporaryDirectory(prefix="nnlab-servers-")
        config.add_cleanup(config.stash[FOLDER].cleanup)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Worker) -> None:
    """Tell a process of xdist where the folder is."""
    node.workerinput[LOGS] = node.config.stash[FOLDER].name


@pytest.fixture(scope="session")
def new_log_folder(request: pytest.FixtureRequest) -> Callable[[], Path]:
    """Make a folder for a server's log: a traceback in there fails the session, also where a test was tried again."""
    config = request.config
    common: str = config.workerinput[LOGS] if hasattr(config, "workerinput") else config.stash[FOLDER].name
    return lambda: Path(mkdtemp(dir=common))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Look once all servers have ended, so that neither a rerun nor a process that died can hide one."""
    if FOLDER in session.config.stash and _tracebacks(session.config):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the logs with a traceback."""
    for log in _tracebacks(config):
        terminalreporter.section("a server's traceback", red=True)
        terminalreporter.write_line(log)


def _tracebacks(config: pytest.Config) -> list[str]:
    files = (path for path in Path(config.stash[FOLDER].name).rglob("*") if path.is_file())
    logs = (path.read_text(encoding="utf-8", errors="replace") for path in files)
    return [log for log in logs if "Traceback (most recent call last)" in log]
