"""A pytest plugin that tries tests in a browser and tests that hold to a time again, and reports every retry.

A retry is for what the machine does, not for what the code does: each one is named at the end with the reason of its first
failure, and a session in which too many tests needed one fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

RETRIES = {"timed": 2, "browser": 1}
"""The marker of a test, and how many times it is tried again; the first that a test has counts."""
ALWAYS_ALLOWED = 3
ALLOWED_SHARE = 0.01
"""Of the tests of a session, so many may need a retry, and the number above if that is more."""


@dataclass
class Retries:
    """What the reports of a session say: the tests that ran, and why some of them were tried again."""

    tests: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)
    """The reason of the first failure of each test that was tried again."""

    @property
    def allowed(self) -> int:
        """How many tests may need a retry."""
        return max(ALWAYS_ALLOWED, int(ALLOWED_SHARE * len(self.tests)))

    @property
    def too_many(self) -> bool:
        """Whether so many tests needed a retry that they are no accident."""
        return len(self.reasons) > self.allowed


RETRIED = pytest.StashKey[Retries]()


def pytest_configure(config: pytest.Config) -> None:
    """Count in the process that reports: under xdist that is the controller, which is sent every report."""
    if not hasattr(config, "workerinput"):
        config.stash[RETRIED] = Retries()
        config.pluginmanager.register(Reporter(config.stash[RETRIED]))


@pytest.hookimpl(trylast=True)  # after the folders' own hooks, which set markers
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Have pytest-rerunfailures try again what RETRIES names."""
    for item in items:
        for marker, times in RETRIES.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.flaky(reruns=times))
                break


class Reporter:
    """Counts retries while tests run, fails the session after too many, and writes all of them into the summary."""

    def __init__(self, retries: Retries) -> None:
        self.retries = retries

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep why a test is tried again: pytest-rerunfailures reports its failure as a rerun."""
        self.retries.tests.add(report.nodeid)
        if str(report.outcome) == "rerun":
            self.retries.reasons.setdefault(report.nodeid, reason(report))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a session in which every test passed in the end, but too many needed a retry."""
        if self.retries.too_many:
            session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Name every test that was tried again, and say whether that is too many."""
        retries, out = self.retries, terminalreporter
        if not retries.reasons:
            return
        out.section("tests that were tried again", yellow=True, bold=True)
        for test, why in sorted(retries.reasons.items()):
            out.write_line(f"RETRIED {test}\n    {why}", yellow=True)
        verdict = "the session fails" if retries.too_many else "the session may pass"
        out.write_line(
            f"{len(retries.reasons)} of {len(retries.tests)} tests needed a retry, at most {retries.allowed} may; {verdict}",
            red=retries.too_many,
        )


def reason(report: pytest.TestReport) -> str:
    """The message of a failure and its place, in one line."""
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is None:
        return f"{report.when}: {str(report.longrepr).strip().splitlines()[-1]}"
    message = crash.message.strip().splitlines()[0]
    return f"{report.when}: {message} ({crash.path}:{crash.lineno})"
