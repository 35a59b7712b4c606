"""A lab that is served by a program of its own, and what a browser asks it first."""

import gzip
import http.client
import json
import re
import subprocess
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from nnlab.web.runs.run_format import VERSION
from tests.machine import slowness
from tests.processes import end, free_port

START_SECONDS = 60
SMALL_RUN = json.dumps({"version": VERSION, "experiment": {}, "view": {}})


@dataclass(frozen=True)
class Served:
    """A running lab: its port, its process, and where its log is."""

    port: int
    process: subprocess.Popen
    log: Path

    def ask(self, method, path, body=None):
        """A whole exchange: status, headers, body."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.headers, response.read()


@contextmanager
def serving(command, folder, log_folder, environment):
    """Serve with a command in a folder, on the port that its last option names."""
    port, log = free_port(), log_folder / "log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "--port", str(port)], cwd=folder, env=environment, stdout=written, stderr=written
        )
    served = Served(port, process, log)
    try:
        wait_until_up(served)
        yield served
    finally:
        end(process, 10 * slowness())


def wait_until_up(served):
    deadline = time.monotonic() + START_SECONDS * slowness()
    while True:
        assert served.process.poll() is None, served.log.read_text(encoding="utf-8")
        with suppress(OSError):
            if served.ask("GET", "/healthz")[0] == 200:
                return
        assert time.monotonic() < deadline, served.log.read_text(encoding="utf-8")
        time.sleep(0.1)


def assert_serves_the_lab(served):
    """The page, a file of it, and a whole run."""
    status, _, page = served.ask("GET", "/")
    assert status == 200
    for address in re.findall(rb'(?:src|href)="(/static/[^"]+\.(?:mjs|css))"', page):
        status, headers, file = served.ask("GET", address.decode())
        assert (status, bool(file)) == (200, True), address
        assert "immutable" in headers["Cache-Control"]
    status, headers, run = served.ask("POST", "/run", SMALL_RUN)
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(run)  # whole, or it would not end
