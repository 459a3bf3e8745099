"""Fixtures of the whole suite: no world outside, no memory between tests."""

import pytest
from pytest_socket import socket_allow_hosts

from driftbox.apps.dockets import queries
from driftbox.apps.sailings.queries import forget as forget_sailings


@pytest.fixture(autouse=True)
def _no_world():
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _fresh_memory():
    queries._kept.clear()
    forget_sailings()
