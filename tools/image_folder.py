"""The image without Docker: a Dockerfile's instructions, carried out in a folder that stands for the root of every stage.

It is no container: the Python is this machine's, and so is the user. What it shows is that the files that COPY takes, the
packages that RUN installs, and ENV, HEALTHCHECK and CMD are enough to serve.
"""

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from dockerfile_parse import DockerfileParser
from pathspec import PathSpec

from tools.image_smoke import STOP_SECONDS


class Stages:
    """A Dockerfile, read: what it starts from, and what its last stage says of the process."""

    def __init__(self, root: Path) -> None:
        parser = DockerfileParser(path=str(root))
        self.steps = [(step["instruction"], step["value"]) for step in parser.structure]
        self.bases = [value.split()[0] for kind, value in self.steps if kind == "FROM"]
        self.exposed = self.last("EXPOSE")

    def last(self, kind: str) -> str:
        """The value of the last instruction of a kind: the one that counts."""
        return next((value for found, value in reversed(self.steps) if found == kind), "")

    def command(self, kind: str) -> list[str]:
        """A CMD or HEALTHCHECK, which must be a JSON list: a shell would not pass SIGTERM on.

        Raises:
            ValueError: it is none.
        """
        found = re.search(r"\[.*\]$", self.last(kind))
        if found is None:
            raise ValueError(f"{kind} must be there, as a JSON list, got {self.last(kind)!r}")
        return [str(word) for word in json.loads(found.group())]

    @property
    def environment(self) -> dict[str, str]:
        """What ENV sets."""
        words = [word for kind, value in self.steps if kind == "ENV" for word in shlex.split(value)]
        return dict(word.split("=", 1) for word in words)


class FolderImage:
    """An image in a folder; what it does is described by image_smoke.Image."""

    def __init__(self, root: Path, folder: Path, *, installed: Path | None = None) -> None:
        """Carry out COPY and RUN; an environment that is ``installed`` already spares RUN, for tests of this file."""
        self.stages, self.root, self.folder, self.app = Stages(root), root, folder, folder
        patterns = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
        self.ignored = PathSpec.from_lines("gitignore", patterns)  # the last pattern that matches counts
        self.port, self.programs = _free_port(), installed or folder / "opt/venv"
        self.server: subprocess.Popen[bytes] | None = None
        for kind, value in self.stages.steps:
            if kind == "WORKDIR":
                self.app = self._inside(value)
                self.app.mkdir(parents=True, exist_ok=True)
            elif kind == "COPY" and "--from=" not in value:
                self._copy(*shlex.split(value))
            elif kind == "RUN" and installed is None:
                self._run(value)
        self.files = self._files()

    def start(self) -> int:
        """Start CMD in the image's own environment."""
        print(f"  {shlex.join(self.stages.command('CMD'))}  without Docker")
        self.server = self._start("CMD")
        return self.port

    def runs(self) -> bool:
        """Whether the server has not ended."""
        return self.server is not None and self.server.poll() is None

    def healthy(self) -> bool:
        """Run HEALTHCHECK beside the server."""
        return self._start("HEALTHCHECK", stderr=subprocess.DEVNULL).wait(30) == 0

    def stop(self) -> int | None:
        """Send SIGTERM to the server, as Docker would."""
        assert self.server is not None
        self.server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.server.wait(STOP_SECONDS)
        return None

    def complaints(self) -> Iterator[str]:
        """What Docker would not let happen, and a health check that holds for a server that has stopped."""
        if self.healthy():
            yield "the health check succeeds without a server"
        if self._files() != self.files:
            yield f"it wrote into its own folder: {sorted(self._files() ^ self.files)}"

    def remove(self) -> None:
        """Kill the server's group of processes."""
        if self.server is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()

    def _inside(self, path: str) -> Path:
        """Where a path of the image is in the folder."""
        absolute = PurePosixPath("/", self.app.relative_to(self.folder), path)
        return self.folder / absolute.relative_to("/")

    def _copy(self, *words: str) -> None:
        """Copy what the build context has of the sources: .dockerignore says what that is."""
        *sources, destination = words
        for source in sources:
            start = self.root / source
            files = [path for path in (start.rglob("*") if start.is_dir() else [start]) if path.is_file()]
            taken = [path for path in files if not self.ignored.match_file(path.relative_to(self.root))]
            if not taken:
                raise FileNotFoundError(f"COPY takes {source}, which is missing or named in .dockerignore")
            for path in taken:
                name = path.relative_to(start) if start.is_dir() else Path(path.name)
                target = self._inside(destination) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)

    def _run(self, line: str) -> None:
        """Run a line with the folder for the root, and with pip's cache, which an image does without."""
        rooted = line.replace("/opt/venv", str(self.programs)).replace("--no-cache-dir", "")
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        environment = os.environ | {"PATH": path, "PIP_QUIET": "1"}
        subprocess.run(["sh", "-ec", rooted], cwd=self.app, env=environment, check=True)

    def _start(self, kind: str, stderr: int | None = None) -> subprocess.Popen[bytes]:
        """Start CMD or HEALTHCHECK with the environment of the image: no HOME, no name of a user."""
        program, *arguments = self.stages.command(kind)
        path = f"{self.programs / 'bin'}:/usr/bin:/bin"
        found = shutil.which(program, path=path)
        if found is None:
            raise FileNotFoundError(f"the image has no program {program}")
        listening = {"NNLAB_BIND": "127.0.0.1", "NNLAB_PORT": str(self.port), "PATH": path}
        environment = self.stages.environment | listening
        command = [found, *arguments]
        return subprocess.Popen(command, cwd=self.app, env=environment, start_new_session=True, stderr=stderr)

    def _files(self) -> set[str]:
        return {str(path.relative_to(self.app)) for path in self.app.rglob("*")}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
