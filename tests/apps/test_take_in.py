"""Entries from elsewhere: believed only when honestly signed, kept apart when not, stored once."""

import pytest
from msgspec import structs
from tests.apps.conftest import EVENING
from tests.cast import story

from driftbox.apps.eventlog.arrivals import take_in
from driftbox.apps.eventlog.models import NodeRow, QuarantineRow
from driftbox.domain.log.entry import sign_entry
from driftbox.gateways.keys import fresh_keys

ISLAND = fresh_keys()
STRANGER = fresh_keys()


def wire(keys):
    raws, prev = [], ""
    for one in story():
        signed = sign_entry(structs.replace(one, node=keys.node, prev=prev), keys.sign)
        raws.append(signed.raw)
        prev = signed.digest
    return raws


@pytest.fixture
def island(db):
    NodeRow.objects.create(name=ISLAND.node, public=ISLAND.public, enrolled=EVENING)


LATER = EVENING.replace(day=20)


def test_taking_in_twice_changes_nothing(island):
    first = take_in(wire(ISLAND), now=LATER)
    again = take_in(wire(ISLAND)[::-1], now=LATER)
    assert (first.new, first.known, first.quarantined) == (len(story()), 0, 0)
    assert (again.new, again.known, again.quarantined) == (0, len(story()), 0)


def test_what_cannot_be_believed_waits_with_its_reason(island):
    good = wire(ISLAND)[0]
    forged = good.replace(b"baisha-2026-0086", b"baisha-2026-0087")
    taken = take_in([forged, wire(STRANGER)[0], b"rubbish", good, b"rubbish"], now=LATER)
    assert (taken.new, taken.quarantined) == (1, 3)
    assert {row.code for row in QuarantineRow.objects.all()} == {"forged", "unknown_signer", "malformed"}


def test_a_clock_from_ahead_waits(island):
    assert take_in(wire(ISLAND)[:1], now=EVENING.replace(month=4)).quarantined == 1
    assert QuarantineRow.objects.get().code == "clock_ahead"


def test_a_revoked_node_is_not_believed(island):
    NodeRow.objects.update(revoked=LATER)
    assert take_in(wire(ISLAND)[:1], now=LATER).quarantined == 1
