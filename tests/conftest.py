"""What holds for every test: only a test marked timed is tried again, and no server's traceback goes unseen."""

from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest

TRIES_MORE = 2
LOGS = "server_logs"
"""The folder, common to all processes that test, in which servers write their logs."""
FOLDER = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.stash[FOLDER] = TemporaryDirectory(prefix="nnlab-servers-")
        config.add_cleanup(config.stash[FOLDER].cleanup)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    node.workerinput[LOGS] = node.config.stash[FOLDER].name


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("timed"):
            item.add_marker(pytest.mark.flaky(reruns=TRIES_MORE))


@pytest.fixture(scope="session")
def new_log_folder(request):
    """Make a folder for a server's log: a traceback in there fails the session, also where a test was tried again."""
    config = request.config
    common = config.workerinput[LOGS] if hasattr(config, "workerinput") else config.stash[FOLDER].name
    return lambda: Path(mkdtemp(dir=common))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """Look once all servers have ended, so that neither a rerun nor a process that died can hide one."""
    if FOLDER in session.config.stash and _tracebacks(session.config):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    for log in _tracebacks(config):
        terminalreporter.section("a server's traceback", red=True)
        terminalreporter.write_line(log)


def _tracebacks(config):
    files = (path for path in Path(config.stash[FOLDER].name).rglob("*") if path.is_file())
    logs = (path.read_text(encoding="utf-8", errors="replace") for path in files)
    return [log for log in logs if "Traceback (most recent call last)" in log]
