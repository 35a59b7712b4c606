"""The client's end of a run: is it still there, does it still read?"""

import selectors
import socket
import sys
import time
from typing import Any

PATIENCE_SECONDS = 10.0
"""How long a reader may take nothing before it is let go."""

POLL_SECONDS = 0.25


class StalledError(RuntimeError):
    """The reader took nothing for too long."""


class Connection:
    """The socket under a request, where the server shows it (gunicorn and Werkzeug do).

    Without a socket, as in a test client, the client counts as present and willing.
    """

    def __init__(self, environ: dict[str, Any]) -> None:
        """Find the socket of a WSGI request."""
        found = environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
        self._socket: socket.socket | None = found if isinstance(found, socket.socket) else None

    def present(self) -> bool:
        """Whether the client is still there: a closed connection reads as an empty message."""
        if self._socket is None:
            return True
        try:
            if not _ready(self._socket, selectors.EVENT_READ, 0):
                return True
            return self._socket.recv(1, socket.MSG_PEEK) != b""
        except OSError:
            return False

    def wait_until_taken(self, patience: float = PATIENCE_SECONDS) -> None:
        """Return when the socket has room again.

        Raises:
            StalledError: the reader took not one byte for ``patience`` seconds. The connection is shut, so that
                nothing waits to be sent over it any more.
        """
        if self._socket is None:
            return
        unsent, since = _unsent(self._socket), time.monotonic()
        while not _ready(self._socket, selectors.EVENT_WRITE, POLL_SECONDS):
            left = _unsent(self._socket)
            if left < unsent:
                unsent, since = left, time.monotonic()
            elif time.monotonic() - since > patience:
                self._shut()
                raise StalledError(f"the reader took nothing for {patience:g} s")

    def _shut(self) -> None:
        assert self._socket is not None
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is closed already, which is what was wanted


def _ready(sock: socket.socket, event: int, timeout: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, event)
        return bool(selector.select(timeout))


def _unsent(sock: socket.socket) -> int:
    """Bytes sent but not yet taken by the other side; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import array
    import fcntl
    import termios

    count = array.array("i", [0])
    fcntl.ioctl(sock, termios.TIOCOUTQ, count)
    return count[0]
