"""The guard that keeps tests off the network."""

import socket

import pytest

from tests.conftest import NetworkUsed


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("198.51.100.7", 443)])
def test_another_machine_cannot_be_called(address):
    with socket.socket() as one, pytest.raises(NetworkUsed, match="was called"):
        one.connect(address)


def test_another_machine_cannot_be_looked_up():
    with pytest.raises(NetworkUsed, match=r"samspel\.example was looked up"):
        socket.getaddrinfo("samspel.example", 443)


def test_this_machine_can_be_called():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
