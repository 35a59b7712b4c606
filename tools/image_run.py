"""The image without Docker: its files, packages and command, run by a user who may write to one folder."""

import contextlib
import gzip
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from nnlab.web.runs.run_format import VERSION
from tools.dockerfile import Dockerfile

START_SECONDS = 30.0
STOP_SECONDS = 5.0

SMALL_RUN = {"version": VERSION, "experiment": {}, "view": {}}
LONG_RUN = {
    "version": VERSION,
    "experiment": {
        "dataset": "spiral",
        "samples": 1000,
        "train_share": 90,
        "batch_size": 10,
        "epochs": 2000,
        "hidden_layer_sizes": [8, 8],
        "initialization": "uniform",
    },
    "view": {},
}
"""Seconds of computing: more than a server that stops has left."""


class Image:
    """The last stage of a Dockerfile, laid out in a temporary folder."""

    def __init__(self, dockerfile: Dockerfile, root: Path, folder: Path) -> None:
        """Copy what COPY copies, without a right to write, and install what is pinned."""
        self.dockerfile, self.app, self.venv = dockerfile, folder / "app", folder / "venv"
        self.scratch, self.port = folder / "tmp", _free_port()
        self.user, self.group = _user(dockerfile)
        folder.chmod(0o755)
        self.scratch.mkdir()
        for sources, destination in dockerfile.copied():
            for source in sources:
                _copy(root / source, self.app / destination / ("" if (root / source).is_dir() else source))
        subprocess.run([_python_for(self.user), "-m", "venv", "--without-pip", self.venv], check=True)
        into = ["--python", str(self.venv / "bin" / "python")]
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *into]
        pinned = [word for name in dockerfile.requirements() for word in ("-r", str(root / name))]
        subprocess.run([*pip, "install", "--require-hashes", *pinned], check=True)
        _forbid_writing(self.app)
        if self.user is not None and self.group is not None:
            os.chown(self.scratch, self.user, self.group)

    def start(self, command: list[str], quiet: bool = False) -> "subprocess.Popen[bytes]":
        """Start a command of the image in its folder and environment: no HOME, no name for the user."""
        environment = self.dockerfile.environment() | {
            "PATH": f"{self.venv / 'bin'}:/usr/bin:/bin",
            "TMPDIR": str(self.scratch),
            "NNLAB_BIND": "127.0.0.1",
            "NNLAB_PORT": str(self.port),
        }
        program = str(self.venv / "bin" / command[0])
        return subprocess.Popen(
            [program, *command[1:]],
            cwd=self.app,
            env=environment,
            user=self.user,
            group=self.group,
            extra_groups=None if self.user is None else [],
            start_new_session=True,
            stderr=subprocess.DEVNULL if quiet else None,
        )


def check(dockerfile: Dockerfile, root: Path) -> Iterator[str]:
    """Run the image's command; what does not hold."""
    with tempfile.TemporaryDirectory(prefix="nnlab-image-") as name:
        image = Image(dockerfile, root, Path(name))
        before = _files(image.app)
        command, probe = _exec_form(dockerfile, "CMD"), _exec_form(dockerfile, "HEALTHCHECK")
        who = "you, since only root may become another user" if image.user is None else f"user {image.user}"
        print(f"  {' '.join(command)}  on port {image.port}, as {who}")
        served = image.start(command)
        try:
            yield from _serves(image, served, probe)
            yield from _stops(image, served)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(served.pid, signal.SIGKILL)
            served.wait()
        if image.start(probe, quiet=True).wait() == 0:
            yield "the health check finds a stopped server well"
        if _files(image.app) != before:
            yield f"it wrote into its own folder: {sorted(_files(image.app) ^ before)}"


def _serves(image: Image, served: "subprocess.Popen[bytes]", probe: list[str]) -> Iterator[str]:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(image.port):
        if served.poll() is not None or time.monotonic() > deadline:
            yield f"it does not serve; exit code {served.poll()}"
            return
        time.sleep(0.1)
    if image.start(probe).wait() != 0:
        yield "the health check fails"
    asked = (
        ("GET", "/healthz", None),
        ("GET", "/", None),
        ("POST", "/run", SMALL_RUN),
        ("POST", "/starts/run", SMALL_RUN),
    )
    for method, path, body in asked:
        response = _ask(image.port, method, path, body)
        data = response.read()
        if response.getheader("Content-Encoding") == "gzip":
            data = gzip.decompress(data)  # a stream cut short would not end its gzip
        print(f"  {method} {path}: {response.status}, {len(data)} bytes")
        if response.status != 200 or not data:
            yield f"{method} {path} answers {response.status}"


def _stops(image: Image, served: "subprocess.Popen[bytes]") -> Iterator[str]:
    """It must end within five seconds of SIGTERM, even with a stream open that nobody reads."""
    stream = _ask(image.port, "POST", "/run", LONG_RUN)
    stream.read(1000)
    start = time.monotonic()
    served.send_signal(signal.SIGTERM)
    try:
        code = served.wait(timeout=4 * STOP_SECONDS)
    except subprocess.TimeoutExpired:
        yield "SIGTERM does not end it"
        return
    seconds = time.monotonic() - start
    print(f"  SIGTERM, a stream open: over in {seconds:.1f} s, exit code {code}")
    if seconds > STOP_SECONDS or code != 0:
        yield f"SIGTERM must end it within {STOP_SECONDS:g} s with code 0, got {seconds:.1f} s, code {code}"
    if _ends(stream):
        yield "the stream was over before SIGTERM: the check shows nothing"
    if _living(served.pid):
        yield f"its workers outlive it: {_living(served.pid)}"


def _living(group: int) -> list[int]:
    """The processes of a group, those left out that have ended and wait for somebody to notice."""
    living = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, of_group = path.read_text().rpartition(")")[2].split()[:3]
            if int(of_group) == group and state not in "ZX":
                living.append(int(path.parent.name))
    return living


def _exec_form(dockerfile: Dockerfile, keyword: str) -> list[str]:
    found = dockerfile.last(keyword)
    if found is None or found.exec_form is None:
        raise ValueError(f"{keyword} must be there, as a JSON list")
    return found.exec_form


def _user(dockerfile: Dockerfile) -> tuple[int | None, int | None]:
    """The image's user and group; None where only root could become them."""
    if os.geteuid() != 0:
        return None, None
    user = dockerfile.last("USER")
    assert user is not None, "the rules were checked before"
    number, _, group = user.rest.partition(":")
    return int(number), int(group or number)


def _python_for(user: int | None) -> str:
    """A Python that the image's user can start: a home folder that holds this one may be closed to others.

    Raises:
        RuntimeError: there is none.
    """
    recent = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
    for python in filter(None, (sys.executable, *map(shutil.which, ("python3", "/usr/bin/python3")))):
        with contextlib.suppress(PermissionError):
            if (
                subprocess.run(
                    [python, "-c", recent], user=user, cwd="/", stderr=subprocess.DEVNULL
                ).returncode
                == 0
            ):
                return python
    raise RuntimeError(f"user {user} can start no Python 3.11 or newer here")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _forbid_writing(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        return _ask(port, "GET", "/healthz").status == 200
    except OSError:
        return False


def _ends(stream: http.client.HTTPResponse) -> bool:
    """Whether a chunked answer came to its proper end."""
    try:
        stream.read()
    except (http.client.IncompleteRead, ConnectionError):
        return False
    return True


def _ask(port: int, method: str, path: str, body: object = None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip", "Connection": "close"}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    return connection.getresponse()
