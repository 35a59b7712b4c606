"""What the person who starts nnlab can set, from the environment."""

import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass

LOOPBACK = ("localhost", "127.", "[::1]")


@dataclass(frozen=True)
class Settings:
    """How this server is run.

    Attributes:
        workers: processes that answer, if gunicorn serves; NNLAB_WORKERS.
        threads: a worker's threads; NNLAB_THREADS.
        public_url: where students reach it, if the machine cannot know; NNLAB_PUBLIC_URL.
        port: NNLAB_PORT.
        bind: the address to listen on, 0.0.0.0 for everyone on the network; NNLAB_BIND.
        dask: the scheduler of a Dask cluster for large work, else it is done here; NNLAB_DASK.
    """

    workers: int = 2
    threads: int = 96
    public_url: str | None = None
    port: int = 8050
    bind: str = "127.0.0.1"
    dask: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; one that is empty counts as not set.

        Raises:
            ValueError: a number is none, or out of its bounds; the message names the variable, the bounds and the value.
        """
        return cls(
            workers=_whole(environment, "NNLAB_WORKERS", cls.workers, (1, 1024)),
            threads=_whole(environment, "NNLAB_THREADS", cls.threads, (1, 4096)),
            public_url=environment.get("NNLAB_PUBLIC_URL", "").rstrip("/") or None,
            port=_whole(environment, "NNLAB_PORT", cls.port, (1, 65_535)),
            bind=environment.get("NNLAB_BIND") or cls.bind,
            dask=environment.get("NNLAB_DASK") or None,
        )

    @classmethod
    def of_this_process(cls) -> "Settings":
        """The settings of whoever starts nnlab; if one does not hold, the process ends with a line that says so."""
        try:
            return cls.from_environment()
        except ValueError as error:
            sys.exit(str(error))

    @property
    def processes(self) -> int:
        """For large work, beside each process that answers: all of them together one a core."""
        return max(1, (os.cpu_count() or 1) // max(1, self.workers))

    @property
    def most_jobs(self) -> int:
        """Answers about many networks under way at once: they too hold threads, and runs come first."""
        return max(1, self.threads // 4)

    @property
    def most_runs(self) -> int:
        """Runs admitted at once; an eighth of the threads, and two at least, stay for pages and health."""
        return max(1, self.threads - self.most_jobs - max(2, self.threads // 8))

    def welcome(self) -> str:
        """What is printed when the lab is up: where it is, and what to give to a class."""
        here = f"nnlab is at http://localhost:{self.port}"
        if self.bind.startswith(LOOPBACK):
            return here
        url = self.class_url()
        if url is None:
            return f"{here}\nfor the class: no network was found; NNLAB_PUBLIC_URL can name the address"
        return f"{here}\nfor the class: {url}  (to project it with a QR code: {url}/join)"

    def class_url(self) -> str | None:
        """The address to give to a class: what was set, else this machine's on its network.

        None if it is on no network, or listens to itself alone: an address that nobody else can open is none.
        """
        if self.public_url:
            return self.public_url
        if self.bind.startswith(LOOPBACK):
            return None
        address = lan_address()
        return f"http://{address}:{self.port}" if address else None


def _whole(environment: Mapping[str, str], name: str, default: int, bounds: tuple[int, int]) -> int:
    """A number that is set, or the default."""
    written, (low, high) = environment.get(name, "").strip(), bounds
    if not written:
        return default
    if not (written.isascii() and written.isdigit() and low <= int(written) <= high):
        raise ValueError(f"{name} must be a whole number from {low} to {high}, got {written!r}")
    return int(written)


def lan_address() -> str | None:
    """Find this machine's address on its own network, or None if it is on none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation: only the route is looked up
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith(("127.", "0.")) else address
