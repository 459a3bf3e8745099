"""Fixtures of the whole suite: no world outside, no memory between tests."""

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from pytest_socket import socket_allow_hosts
from tools.messages import ENGLISH

from driftbox.apps.custody.queries import forget as forget_boxes
from driftbox.apps.dockets import queries
from driftbox.apps.packdesk.queries import forget as forget_changes
from driftbox.apps.roster.queries import forget as forget_rosters
from driftbox.apps.sailings.queries import forget as forget_sailings


@pytest.fixture(autouse=True)
def _no_world():
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _fresh_memory():
    queries._kept.clear()
    forget_boxes()
    forget_sailings()
    forget_rosters()
    forget_changes()


@pytest.fixture(scope="session")
def locale(tmp_path_factory):
    """The English catalogue, compiled afresh."""
    folder = tmp_path_factory.mktemp("locale")
    compiled = folder / "en" / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    with ENGLISH.open("rb") as words, compiled.open("wb") as file:
        write_mo(file, read_po(words, locale="en"))
    return folder
