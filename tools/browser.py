"""A Chromium for the browser tests and the benchmark, and a Firefox for one test: found here, or fetched.

``python -m tools.browser`` prints the path of one that is here; with ``--install`` it fetches one if need be. With
``--presenting`` it is one that presents its frames as to a screen: Chromium without a window draws the same, but waits for
nothing to be shown, so that what it paints in a second says nothing. With ``--firefox`` it is Firefox in place of Chromium;
Playwright has none that tests may use, so that only root on Debian or Ubuntu gets one fetched.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

VARIABLES = ("NNLAB_CHROMIUM", "CHROMIUM")
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Chromium without a window comes first: the tests take a seventh less in it."""
ARGUMENTS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
]
"""How tests, benchmark and pictures start it: as root too, and with WebGL where there is no graphics card."""
FIREFOX_VARIABLE = "NNLAB_FIREFOX"
FIREFOX_NAMES = ("firefox-esr", "firefox")
FIREFOX_MISSING = (
    "no Firefox here: install one (sudo apt install firefox-esr, or from mozilla.org), "
    f"or name one in {FIREFOX_VARIABLE}"
)
MAC_FIREFOX = "/Applications/Firefox.app/Contents/MacOS/firefox"
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find(*, presenting: bool = False) -> str | None:
    """The first Chromium here that starts, or None: one that was named, on the path, or Playwright's own."""
    return next((path for path in _candidates(presenting) if _starts(path)), None)


def install(*, presenting: bool = False) -> str:
    """The path of a Chromium, fetched if there is none: Debian's when root, else Playwright's own.

    Raises:
        RuntimeError: neither could be had.
    """
    package = "chromium" if presenting else SHELL
    for fetch in (None, partial(_from_debian, package), _from_playwright):
        if fetch is not None:
            fetch()
        path = find(presenting=presenting)
        if path is not None:
            return path
    raise RuntimeError(f"no Chromium could be installed: install one and name it in {VARIABLES[0]}")


def find_firefox() -> str | None:
    """The first Firefox here that starts, or None: one that was named, or on the path."""
    names = [os.environ.get(FIREFOX_VARIABLE), *map(shutil.which, FIREFOX_NAMES), MAC_FIREFOX]
    return next((path for path in names if path and _starts(path)), None)


def install_firefox() -> str:
    """The path of a Firefox, Debian's fetched if there is none.

    Raises:
        RuntimeError: none could be had.
    """
    path = find_firefox()
    if path is None:
        _from_debian(FIREFOX_NAMES[0])
        path = find_firefox()
    if path is None:
        raise RuntimeError(FIREFOX_MISSING)
    return path


def _candidates(presenting: bool) -> Iterator[str]:
    yield from (os.environ[name] for name in VARIABLES if os.environ.get(name))
    names = [name for name in NAMES if not (presenting and name == SHELL)]
    yield from (path for path in map(shutil.which, names) if path)
    yield MAC
    own = _playwrights_own()
    if own:
        yield own


def _starts(path: str) -> bool:
    """Whether it tells its version: Ubuntu's chromium-browser may be a mere note on where to get one."""
    if not shutil.which(path):
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _from_debian(package: str) -> None:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        _run(["apt-get", "-qq", *command], environment)


def _from_playwright() -> None:
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with_libraries = ["--with-deps"] if as_root and shutil.which("apt-get") else []
    _run([sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"], dict(os.environ))


def _run(command: list[str], environment: dict[str, str]) -> None:
    """Run, telling on stderr; whether it helped is seen by looking for a browser again."""
    print("+", *command, file=sys.stderr)
    subprocess.run(command, env=environment, stdout=sys.stderr, check=False)


def main() -> int:
    """Print the path; 1 and a word on stderr if there is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="fetch one if there is none")
    parser.add_argument(
        "--presenting", action="store_true", help="one that presents its frames, to measure with"
    )
    parser.add_argument("--firefox", action="store_true", help="a Firefox")
    asked = parser.parse_args()
    try:
        if asked.firefox:
            path = install_firefox() if asked.install else find_firefox()
        else:
            path = (install if asked.install else find)(presenting=asked.presenting)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    if path is None:
        print("none here; make browser fetches one", file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
