"""Detecting, on sockets of the loopback, that a client has left or stalled."""

import socket
import threading
import time

import pytest

from nnlab.web.http.connection import Connection, StalledError
from tests.machine import slowness


@pytest.fixture
def ends():
    """The server's and the client's end of a TCP connection with small buffers."""
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(listener.getsockname())
        server, _ = listener.accept()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16_384)
        with server:
            yield server, client


def watch(server, patience=10.0):
    return Connection({"gunicorn.socket": server}, patience)


def fill(server):
    """Send until the other side's buffers, and ours, are full."""
    server.setblocking(False)
    try:
        while True:
            server.send(bytes(1024))
    except BlockingIOError:
        server.setblocking(True)


def eventually(condition):
    deadline = time.monotonic() + 5 * slowness()
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_without_a_socket_the_client_counts_as_present_and_willing():
    connection = Connection({})
    assert connection.is_open()
    connection.wait_until_writable()
    with connection.receiving():
        pass


def test_a_client_is_present_until_it_closes(ends):
    server, client = ends
    connection = watch(server)
    assert connection.is_open()
    client.close()
    eventually(lambda: not connection.is_open())


def test_a_client_that_sends_on_and_closes_is_gone_all_the_same(ends):
    server, client = ends
    connection = watch(server)
    client.sendall(b"more than was asked for")
    assert connection.is_open()
    client.close()
    eventually(lambda: not connection.is_open())


def test_a_client_that_closes_with_answers_unread_is_gone(ends):
    server, client = ends
    connection = watch(server)
    fill(server)
    client.close()
    eventually(lambda: not connection.is_open())


def test_a_socket_closed_on_our_side_has_no_client(ends):
    server, _ = ends
    connection = watch(server)
    server.close()
    assert not connection.is_open()


def test_a_socket_with_room_is_not_waited_for(ends):
    server, _ = ends
    watch(server, patience=0.0).wait_until_writable()


def test_a_reader_that_takes_nothing_is_let_go_and_nothing_waits_for_it(ends):
    server, _ = ends
    fill(server)
    with pytest.raises(StalledError, match=r"read nothing for 0\.2 s"):
        watch(server, patience=0.2).wait_until_writable()
    with pytest.raises(BrokenPipeError):
        server.send(b"x")


@pytest.mark.timed
def test_a_slow_reader_is_waited_for_as_long_as_it_reads(ends):
    server, client = ends
    fill(server)
    start, patience = time.monotonic(), 0.5

    def read_slowly():
        while time.monotonic() - start < 3 * patience:
            client.recv(1500)
            time.sleep(patience / 8)
        while client.recv(65_536):
            pass

    reader = threading.Thread(target=read_slowly)
    reader.start()
    connection = watch(server, patience)
    for _ in range(4):
        connection.wait_until_writable()
        fill(server)
    server.close()
    reader.join(10)
    assert time.monotonic() - start > patience


def test_a_client_that_stops_sending_is_a_timeout_and_the_socket_is_left_as_it_was(ends):
    server, _ = ends
    with pytest.raises(TimeoutError), watch(server, patience=0.05).receiving():
        server.recv(1)
    assert server.gettimeout() is None
