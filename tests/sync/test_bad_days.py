"""Bad days between nodes: a full disk, an upgrade in between, a peer that says what is not so, a copied disk."""

import shutil
from contextlib import closing
from datetime import timedelta

from msgspec import structs
from tests.apps.conftest import EVENING
from tests.apps.sync.test_sending import LIFE, bring, enrolled, of, sent_to
from tests.cast import story
from tests.houses import House
from tests.nodes import ISLAND, chained
from tests.sync.world import TELL

from driftbox.apps.eventlog import arrivals
from driftbox.apps.eventlog.models import AlarmRow, EntryRow, QuarantineRow, WaitingRow
from driftbox.apps.eventlog.queries import verify_docket
from driftbox.apps.sync.intake import settle
from driftbox.apps.sync.peers import heard, own_life
from driftbox.domain.log import entry as envelope
from driftbox.domain.log.entry import digest_of
from driftbox.domain.sync import frames as f
from driftbox.domain.sync.cursors import Said

ROOM = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
result = 1
"""
STORY = story()


def as_of_version(number, monkeypatch, entries, prev=""):
    """Entries as a program of that version writes them."""
    monkeypatch.setattr(envelope, "VERSION", number)
    signed = chained([structs.replace(one, v=number) for one in entries], ISLAND, prev)
    monkeypatch.setattr(envelope, "VERSION", 1)
    return signed


def test_a_disk_that_is_full_takes_nothing_says_so_and_takes_all_when_there_is_room(world):
    world.again()
    east = world.houses["east"]
    world.write("hub", who="lin", sort="note", number=7)
    path = world.send("hub", "east")
    before = east.show()["entries"]
    east.do(ROOM.format(most=8192))
    said = east.run("node", "import", path, code=2)
    east.do(ROOM.format(most=-1))
    assert "没丢" in said
    assert east.show()["entries"] == before
    east.run("node", "import", path)
    assert east.digest(world.docket) == world.houses["hub"].digest(world.docket)
    assert east.clean()


def test_what_a_newer_program_wrote_in_the_middle_of_a_bundle_is_kept_and_read_after_the_upgrade(
    stage, monkeypatch
):  # fmt: skip
    peer = enrolled(ISLAND, "C-BS")
    old = chained(STORY[:3], ISLAND)
    newer = as_of_version(2, monkeypatch, STORY[3:5], old[-1].digest)
    after = chained(STORY[5:8], ISLAND, newer[-1].digest)
    outcome = bring(peer, [f.frame(b"E", one.raw) for one in (*old, *newer, *after)])
    assert (outcome.new, outcome.quarantined, outcome.waiting) == (3, 2, 3)
    assert [f.read(one, f.RefusedEntry).code for one in of(sent_to(peer), b"R")] == ["newer_version"] * 2
    monkeypatch.setattr(envelope, "VERSION", 2)
    monkeypatch.setattr(arrivals, "__version__", "9.0")
    settle(now=EVENING + timedelta(days=1, hours=1))
    assert not WaitingRow.objects.exists()
    assert not QuarantineRow.objects.filter(released=None).exists()
    assert EntryRow.objects.filter(docket=STORY[0].docket).count() == 8
    assert verify_docket(STORY[0].docket) == []


def test_a_peer_that_says_it_has_more_than_there_is_is_alarmed_and_sent_everything_again(stage, played):
    played("checklist.given")
    peer = enrolled(ISLAND, "C-BS")
    whole = of(sent_to(peer), b"E")
    heard(peer.node, Said(life=LIFE, number=1, of_life=own_life(EVENING), ack=10**9), now=EVENING)
    assert AlarmRow.objects.filter(code="cursor_back").count() == 1
    assert of(sent_to(peer), b"E") == whole


def test_a_peer_that_says_it_sent_what_it_did_not_loses_nothing_that_it_sends_later(stage):
    peer = enrolled(ISLAND, "C-BS")
    signed = chained(STORY[:4], ISLAND)
    bring(peer, [], upto=1_000_000)
    forged = signed[0].raw.replace(b"baisha-2026-0086", b"baisha-2026-0087")
    assert bring(peer, [f.frame(b"E", forged)], number=2, upto=1_000_001, base=1_000_000).quarantined == 1
    frames = [f.frame(b"E", one.raw) for one in signed]
    assert bring(peer, frames, number=3, upto=1_000_002, base=1_000_001).new == 4
    told = [f.read(one, f.RefusedEntry) for one in of(sent_to(peer), b"R")]
    assert [(one.code, one.digest) for one in told] == [("forged", digest_of(forged))]


def test_a_disk_that_was_copied_is_found_out_and_what_both_recorded_is_kept(world, tmp_path):
    world.again()
    west, hub = world.houses["west"], world.houses["hub"]
    shutil.copytree(west.home, tmp_path / "copy")
    with closing(House(tmp_path / "copy")) as copy:
        assert copy.name == west.name
        told = []
        for number, house in enumerate((west, copy), start=1):
            call = {"act": "write", "docket": world.docket, "who": "lin", "sort": "note", "number": number,
                    "now": world.now("west")}  # fmt: skip
            told += house.do(TELL.format(call=f"inside.told({call!r})"))
            hub.run("node", "import", house.give(hub, tmp_path / f"up{number}"))
        assert copy.clean()
    found = world.tell("hub", act="holds")
    assert set(told) <= set(found["digests"])
    assert len(told) == 2
    assert [code for _digest, code in found["aside"]] == ["forked_chain"]
    assert hub.show()["alarms"] >= 1
    assert hub.clean()
