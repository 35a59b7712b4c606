"""Whether the lab can listen where its settings say, found out before a server starts."""

import errno
import os
import socket
from collections.abc import Mapping
from types import MappingProxyType

NO_ADDRESS = "NNLAB_BIND must be an address of this machine, got {host}"
PROBLEMS: Mapping[int, str] = MappingProxyType(
    {
        errno.EADDRINUSE: "NNLAB_PORT must be free, got {port}: another program listens there",
        errno.EACCES: "NNLAB_PORT must be a port that this user may listen on, got {port}",
        errno.EADDRNOTAVAIL: NO_ADDRESS,
    }
)
"""The sentence for each error of the system that a listening socket may meet."""


def listening_problem(host: str, port: int) -> str | None:
    """The sentence for what keeps a server from listening on an address and a port; None if nothing does."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError):
        return NO_ADDRESS.format(host=host)
    try:
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":  # as servers do: a port is free once its last listener has ended
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        known = PROBLEMS.get(error.errno or 0)
        return known and known.format(host=host, port=port)
    return None
