"""What is tried again, and that no retry is silent."""

from pathlib import Path

import pytest

from tests.retries import Retries

pytest_plugins = ("pytester",)

ROOT = Path(__file__).parents[1]
FLAKY = """
import pytest
from pathlib import Path

def falls_once(name):
    tried = Path(__file__).with_name(f"tried-{name}")
    if not tried.exists():
        tried.touch()
        assert 1 == 2, "fell once"
"""
TRACEBACK = """
@pytest.mark.browser
def test_of_a_server(new_log_folder):
    log = new_log_folder() / "log"
    log.write_text("Traceback (most recent call last):")
    falls_once("server")
"""
PROCESSES = pytest.mark.parametrize("processes", [0, 2])


@pytest.fixture
def session(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):
    """Run a file of tests in a session of its own, with the plugins of this one."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeini("[pytest]\nmarkers =\n    browser\n    timed\n")

    def run(tests: str, processes: int) -> pytest.RunResult:
        pytester.makepyfile(FLAKY + tests)
        own = ("-p", "tests.retries", "-p", "tests.server_logs", "-p", "no:dash")
        return pytester.runpytest_subprocess(*own, "-n", str(processes))

    return run


def flaky(count: int, marker: str) -> str:
    return "".join(f"@pytest.mark.{marker}\ndef test_{n}(): falls_once({n})\n" for n in range(count))


@PROCESSES
def test_a_test_that_falls_once_passes_and_is_named_with_its_reason_and_place(session, processes):
    result = session(flaky(1, "browser"), processes)
    assert result.ret == pytest.ExitCode.OK
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [
            "*tests that were tried again*",
            "RETRIED *::test_0",
            "*call: AssertionError: fell once*py:8)",
            "1 of 1 tests needed a retry, at most 3 may; the session may pass",
        ]
    )


@PROCESSES
def test_too_many_retries_fail_a_session_in_which_all_passed(session, processes):
    result = session(flaky(4, "timed"), processes)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines(["4 of 4 tests needed a retry, at most 3 may; the session fails"])


@PROCESSES
def test_a_servers_traceback_fails_a_session_though_the_retry_passed(session, processes):
    result = session(TRACEBACK, processes)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["RETRIED *::test_of_a_server", "*a server's traceback*"])


@pytest.mark.parametrize(("marker", "tries"), [("browser", 2), ("timed", 3), ("usefixtures()", 1)])
def test_a_test_is_tried_as_often_as_its_marker_says(session, pytester, marker, tries):
    count = "    with open('tries', 'a') as tried: tried.write('x')\n    assert False\n"
    result = session(f"@pytest.mark.{marker}\ndef test_it():\n{count}", 0)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert (pytester.path / "tries").read_text() == "x" * tries


def test_a_session_without_a_retry_says_nothing_of_them(session):
    result = session("def test_it(): pass\n", 0)
    assert result.ret == pytest.ExitCode.OK
    result.stdout.no_fnmatch_line("*tried again*")


def test_one_in_a_hundred_may_need_a_retry():
    reasons = {str(number): "fell once" for number in range(5)}
    assert not Retries({str(number) for number in range(500)}, reasons).too_many
    assert Retries({str(number) for number in range(499)}, reasons).too_many
