"""The memory that a server's processes take, read from /proc; only for a server on this machine."""

from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1")


def server_memory(url: str) -> list[tuple[str, float]]:
    """The processes that listen on a URL's port, each with its resident memory in megabytes."""
    parts = urlsplit(url)
    if parts.hostname not in LOOPBACK or not Path("/proc/net/tcp").exists():
        return []
    sockets = _listening(parts.port or 80)
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(handle.readlink().name in sockets for handle in (process / "fd").iterdir()):
                found.append((f"process {process.name}", resident(int(process.name))))
        except OSError:
            continue  # it is another user's, or has just ended
    return sorted(found)


def resident(process: int) -> float:
    """Resident memory of a process, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _listening(port: int) -> set[str]:
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    fields = [line.split() for line in lines]
    return {f"socket:[{each[9]}]" for each in fields if each[1].endswith(f":{port:04X}") and each[3] == "0A"}
