"""A Firefox without a window, driven through WebDriver BiDi, which it speaks over a websocket without a program between."""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.machine import slowness
from tests.processes import end

ARGUMENTS = ("--headless", "--no-remote", "--remote-debugging-port", "0")
PREFERENCES = """
user_pref("intl.accept_languages", "en-US, en");
user_pref("app.update.disabledForTesting", true);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
"""
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
SECONDS = 60
"""For anything that the page is to do, on a machine of the usual speed."""
KEYS = {"ArrowRight": "\ue014", "Enter": "\ue007"}


class Page:
    """One page of a Firefox.

    Attributes:
        errors: what was logged as an error, on the console or by an exception that was not caught.
    """

    def __init__(self, socket: ClientConnection) -> None:
        self.socket, self.count = socket, 0
        self.errors: list[str] = []
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])
        self.context = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def call(self, method: str, **parameters: object) -> Any:
        """Send a command and wait for its result; events that come before it are noted.

        Raises:
            RuntimeError: Firefox refuses the command.
        """
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": parameters}))
        deadline = time.monotonic() + SECONDS * slowness()
        while True:
            message = json.loads(self.socket.recv(timeout=deadline - time.monotonic()))
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self.errors.append(message["params"]["text"])
            if message.get("id") == self.count:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]

    def open(self, url: str) -> None:
        """Go to an address."""
        self.call("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def js(self, expression: str) -> Any:
        """The value of an expression, which must be plain data."""
        answer = self.call(
            "script.evaluate",
            expression=f"JSON.stringify({expression}) ?? 'null'",
            target={"context": self.context},
            awaitPromise=False,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def until(self, condition: str) -> None:
        """Wait until an expression holds; a page that is just being left has none that do."""
        deadline = time.monotonic() + SECONDS * slowness()
        while not self._holds(condition):
            assert time.monotonic() < deadline, f"{condition}\nerrors: {self.errors}"
            time.sleep(0.05)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key, as the keyboard would."""
        pressed = [{"type": kind, "value": KEYS[key]} for _ in range(times) for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": pressed}
        self.call("input.performActions", context=self.context, actions=[keyboard])

    def click(self, selector: str) -> None:
        """Click the middle of an element, which is scrolled into sight."""
        self.drag(selector, 0)

    def drag(self, selector: str, right: int) -> None:
        """Press the mouse on the middle of an element and let it go so many pixels to the right."""
        place = self.js(
            f"(its => (its.scrollIntoView({{ block: 'center', behavior: 'instant' }}), its.getBoundingClientRect()))"
            f"(document.querySelector({json.dumps(selector)}))"
        )
        x, y = (round(place[start] + place[size] / 2) for start, size in (("x", "width"), ("y", "height")))
        moves = [{"type": "pointerMove", "x": x + step, "y": y} for step in range(0, right + 1, 5)][1:]
        actions = [{"type": "pointerMove", "x": x, "y": y}, {"type": "pointerDown", "button": 0}]
        actions += [*moves, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "actions": actions}
        self.call("input.performActions", context=self.context, actions=[mouse])

    def _holds(self, condition: str) -> bool:
        try:
            return bool(self.js(condition))
        except RuntimeError:
            return False


@contextmanager
def firefox(path: str, folder: Path) -> Iterator[Page]:
    """Start a Firefox with a profile of its own in a folder, and end it."""
    profile, log = folder / "profile", folder / "firefox.log"
    profile.mkdir()
    (profile / "user.js").write_text(PREFERENCES, encoding="utf-8")
    with log.open("wb") as written:
        command = [path, *ARGUMENTS, "--profile", str(profile), "about:blank"]
        process = subprocess.Popen(command, stdout=written, stderr=written)
    try:
        with connect(f"{_address(process, log)}/session", max_size=None, ping_interval=None) as socket:
            page = Page(socket)
            yield page
            page.call("browser.close")
    except ConnectionClosed as closed:
        raise AssertionError(f"Firefox went away: {log.read_text(errors='replace')}") from closed
    finally:
        end(process, 20)


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + SECONDS * slowness()
    while True:
        text = log.read_text(encoding="utf-8", errors="replace")
        found = LISTENING.search(text)
        if found:
            return found.group(1)
        assert process.poll() is None, text
        assert time.monotonic() < deadline, text
        time.sleep(0.1)
