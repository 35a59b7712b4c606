"""``nnlab serve``: its options override the environment."""

import os
import socket

import pytest

from nnlab.command.main import main
from nnlab.web import serving


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("NNLAB_PORT", "8051")
    monkeypatch.setenv("NNLAB_BIND", "127.0.0.1")
    monkeypatch.setenv("NNLAB_PUBLIC_URL", "http://192.0.2.7")


@pytest.fixture
def served(monkeypatch):
    """The environment that the lab is served with."""
    found = {}
    monkeypatch.setattr(serving, "serve", lambda: found.update(os.environ))
    return found


def test_an_option_counts_before_the_environment(served):
    assert main(["serve", "--port", "8052", "--bind", "0.0.0.0"]) == 0
    assert (served["NNLAB_PORT"], served["NNLAB_BIND"]) == ("8052", "0.0.0.0")
    assert served["NNLAB_PUBLIC_URL"] == "http://192.0.2.7"


@pytest.mark.parametrize("value", ["0", "x", "70000"])
def test_a_value_that_does_not_hold_is_refused_by_its_options_name(value, served, capsys):
    assert main(["serve", "--port", value]) == 2
    assert capsys.readouterr().err == f"port: must be a whole number from 1 to 65535, got '{value}'\n"
    assert not served


def test_a_variable_that_does_not_hold_is_refused_by_its_own_name(served, capsys, monkeypatch):
    monkeypatch.setenv("NNLAB_PORT", "eighty")
    assert main(["serve"]) == 2
    assert capsys.readouterr().err.startswith("NNLAB_PORT must be ")
    assert not served


def test_a_port_that_is_taken_is_refused_by_its_options_name(served, capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert capsys.readouterr().err == f"port: must be free, got {port}: another program listens there\n"
    assert not served


def test_an_address_that_is_none_is_refused(served, capsys):
    assert main(["serve", "--bind", "999.1.1.1"]) == 2
    assert capsys.readouterr().err == "bind: must be an address of this machine, got 999.1.1.1\n"
    assert main(["serve", "--public-url", "javascript:x"]) == 2
    must = "must begin with http:// or https://, and name a host"
    assert capsys.readouterr().err == f"public_url: {must}, got 'javascript:x'\n"
    assert not served
