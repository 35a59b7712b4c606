"""Starts and stops a server for the benchmarks: the lab under gunicorn, on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Server:
    """A running lab: its address and the process that started the workers."""

    url: str
    process: int

    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children")
        return [int(child) for child in children.read_text(encoding="ascii").split()]


@contextmanager
def serving(workers: int = 2) -> Iterator[Server]:
    """Serve as ``make run`` does, for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "NNLAB_PORT": str(port),
        "NNLAB_WORKERS": str(workers),
        "NNLAB_BIND": "127.0.0.1",
    }
    command = [sys.executable, "-m", "gunicorn", "app:server"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)  # type: ignore[call-overload]
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield Server(url, process.pid)
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no lab answers at {url}")
