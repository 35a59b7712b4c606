"""The client's end of a run: is it still there, does it still send, does it still read?"""

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
"""How long a client may send nothing of its request, or take nothing of its answer, before it is let go."""

MOST_PATIENCES = 2
"""How many times as long all of a request may take: who sends a byte now and then is let go too."""

POLL_SECONDS = 0.25


class StalledError(RuntimeError):
    """The reader took nothing for too long."""


class Connection:
    """The socket under a request, where the server shows it (gunicorn and Werkzeug do).

    Without a socket, as in a test client, the client counts as present and willing.

    Attributes:
        patience: seconds that the client may do nothing while it should send or read.
    """

    def __init__(self, environ: dict[str, Any], patience: float = PATIENCE_SECONDS) -> None:
        """Find the socket of a WSGI request."""
        found = environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
        self._socket: socket.socket | None = found if isinstance(found, socket.socket) else None
        self.patience = patience

    @contextmanager
    def sending(self) -> Iterator[None]:
        """While the request's body is read: a client that sends nothing for too long is a TimeoutError.

        Of one that sends all of it too slowly the connection is shut, so that the body breaks off.
        """
        if self._socket is None:
            yield
            return
        before = self._socket.gettimeout()
        self._socket.settimeout(self.patience)
        late = threading.Timer(MOST_PATIENCES * self.patience, self._shut)
        late.daemon = True
        late.start()
        try:
            yield
        finally:
            late.cancel()
            self._socket.settimeout(before)

    def present(self) -> bool:
        """Whether the client is still there."""
        if self._socket is None:
            return True
        try:
            return not _hung_up(self._socket)
        except (OSError, ValueError):  # ValueError: the socket is closed on our side
            return False

    def wait_until_taken(self) -> None:
        """Return when the socket has room again.

        Raises:
            StalledError: the reader took not one byte for ``patience`` seconds. The connection is shut, so
                that nothing waits to be sent over it any more.
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
                raise StalledError(f"the reader took nothing for {self.patience:g} s")

    def _shut(self) -> None:
        assert self._socket is not None
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is closed already, which is what was wanted


def _hung_up(sock: socket.socket) -> bool:
    if sys.platform == "linux":
        # said at once, even if the client sent more than it should have and nobody read that
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
    """Bytes sent but not yet taken by the other side; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    import array
    import fcntl
    import termios

    count = array.array("i", [0])
    fcntl.ioctl(sock, termios.TIOCOUTQ, count)
    return count[0]
