"""Ports for the programs that tests start, and the end of such a program."""

import socket
import subprocess
from typing import Any


def free_port() -> int:
    """A port of the loopback on which nothing listens now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def end(process: "subprocess.Popen[Any]", seconds: float) -> None:
    """Ask a process to end, and kill it if it has not within these seconds."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
