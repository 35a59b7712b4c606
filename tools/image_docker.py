"""The image, built and run by Docker as compose.yaml would have it: nothing may be written, no privilege is held."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.image_smoke import STOP_SECONDS

NAME = "nnlab-image-check"


class DockerImage:
    """An image of a Docker that runs; what it does is described by image_smoke.Image."""

    def __init__(self, root: Path) -> None:
        _docker("build", "--tag", NAME, str(root))
        self.container = ""

    def start(self) -> int:
        """Run it with compose.yaml's restrictions, on a free port."""
        restricted = ("--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges")
        port = ("--publish=127.0.0.1::8050", "--health-interval=1s")
        self.container = _docker("run", "--detach", *restricted, *port, NAME)
        return int(_docker("port", self.container, "8050").splitlines()[0].rpartition(":")[2])

    def runs(self) -> bool:
        """Ask Docker."""
        return self._state("Running") == "true"

    def healthy(self) -> bool:
        """Ask Docker, which runs the health check itself."""
        return self._state("Health.Status") == "healthy"

    def stop(self) -> int | None:
        """``docker stop``; a process that it had to kill ends with 137."""
        _docker("stop", "-t", f"{STOP_SECONDS:g}", self.container)
        code = int(self._state("ExitCode"))
        return None if code == 137 else code

    def complaints(self) -> Iterator[str]:
        """Nothing: what the container must not do, Docker does not let it."""
        return iter(())

    def remove(self) -> None:
        """Remove the container; the image stays, as a cache of the next build."""
        if self.container:
            _docker("rm", "--force", self.container)

    def _state(self, what: str) -> str:
        return _docker("inspect", "--format", f"{{{{.State.{what}}}}}", self.container)


def _docker(*arguments: str) -> str:
    return subprocess.run(
        ["docker", *arguments], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
