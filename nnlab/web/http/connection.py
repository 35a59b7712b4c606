"""The connection to a client: whether it is still there, still sends its request, and still reads its response."""

import select
import selectors
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE_SECONDS = 10.0
"""How long a client may send nothing of its request, or read nothing of its response, before the connection is closed."""

MOST_PATIENCES = 2
"""How many times as long a whole request may take: this ends a client that sends a byte now and then."""

POLL_SECONDS = 0.25


class StalledError(RuntimeError):
    """The client has read nothing for too long."""


class ClientGoneError(RuntimeError):
    """The client has closed the connection."""


class Connection:
    """The connection that a request came over, by its socket, which gunicorn and Werkzeug hand out.

    Without a socket, as in a test client, the client counts as present and reading.

    Attributes:
        patience: seconds that the client may do nothing while it should send or read.
    """

    def __init__(self, environ: dict[str, Any], patience: float = PATIENCE_SECONDS) -> None:
        """Find the socket of a WSGI request."""
        found = environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
        self._socket: socket.socket | None = found if isinstance(found, socket.socket) else None
        self.patience = patience

    @contextmanager
    def receiving(self) -> Iterator[None]:
        """Limit how long reading the request's body takes: TimeoutError if the client sends nothing for ``patience`` seconds.

        If all of it takes too long, the connection is shut, so that the body breaks off.
        """
        if self._socket is None:
            yield
            return
        before = self._socket.gettimeout()
        self._socket.settimeout(self.patience)
        deadline = threading.Timer(MOST_PATIENCES * self.patience, self._shut)
        deadline.daemon = True
        deadline.start()
        try:
            yield
        finally:
            deadline.cancel()
            self._socket.settimeout(before)

    def is_open(self) -> bool:
        """Whether the client is still there."""
        if self._socket is None:
            return True
        try:
            return not _hung_up(self._socket)
        except (OSError, ValueError):  # ValueError: the socket is closed on our side
            return False

    def wait_until_writable(self) -> None:
        """Wait until the socket has room for more.

        Raises:
            StalledError: the client read not one byte for ``patience`` seconds. The connection is shut, so
                that nothing more is sent over it.
        """
        if self._socket is None:
            return
        unsent, since = _unsent(self._socket), time.monotonic()
        while not _ready(self._socket, selectors.EVENT_WRITE, min(POLL_SECONDS, self.patience)):
            left = _unsent(self._socket)
            if left < unsent:
                unsent, since = left, time.monotonic()
            elif time.monotonic() - since > self.patience:
                self._shut()
                raise StalledError(f"the client read nothing for {self.patience:g} s")

    def _shut(self) -> None:
        assert self._socket is not None
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is closed already, which is what was wanted


def _hung_up(sock: socket.socket) -> bool:
    if sys.platform == "linux":
        # reported at once, even if the client sent more than it should have and that was not read
        poll = select.poll()
        poll.register(sock, select.POLLRDHUP)
        return bool(poll.poll(0))
    # elsewhere a closed connection reads as an empty message
    return _ready(sock, selectors.EVENT_READ, 0) and sock.recv(1, socket.MSG_PEEK) == b""


def _ready(sock: socket.socket, event: int, timeout: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, event)
        return bool(selector.select(timeout))


def _unsent(sock: socket.socket) -> int:
    """Bytes written to the socket that the other side has not taken yet; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    import array
    import fcntl
    import termios

    count = array.array("i", [0])
    fcntl.ioctl(sock, termios.TIOCOUTQ, count)
    return count[0]
