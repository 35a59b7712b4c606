"""What keeps the lab from listening is found out before a server starts."""

import socket

import pytest

from nnlab.web.listening import listening_problem
from tests.processes import free_port


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_a_free_port_has_no_problem_and_stays_free(host: str) -> None:
    port = free_port()
    assert listening_problem(host, port) is None
    assert listening_problem(host, port) is None


def test_a_port_on_which_another_listens_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        expected = f"NNLAB_PORT must be free, got {port}: another program listens there"
        assert listening_problem("127.0.0.1", port) == expected


@pytest.mark.parametrize("host", ["999.1.1.1", "192.0.2.1", "a" * 70])
def test_what_is_no_address_of_this_machine_is_said(host: str) -> None:
    assert listening_problem(host, 8050) == f"NNLAB_BIND must be an address of this machine, got {host}"
