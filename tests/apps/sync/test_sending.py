"""A peer is sent what concerns it and it lacks, and nothing else: read here with the peer's own keys."""

import io
from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING, played, stage, told_in_confidence  # noqa: F401 - fixtures shared
from tests.nodes import ISLAND, STATION

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.eventlog.models import AlarmRow
from driftbox.apps.eventlog.nodes import NewNode, believe
from driftbox.apps.node import keys
from driftbox.apps.papers.actions import destroy_key
from driftbox.apps.people.models import Account
from driftbox.apps.sync.models import PeerRow
from driftbox.apps.sync.peers import heard, own_life
from driftbox.apps.sync.sending import write_for
from driftbox.apps.sync.taking import take_bundle
from driftbox.domain.docket import entries as e
from driftbox.domain.errors import BadBundle
from driftbox.domain.log.entry import digest_of
from driftbox.domain.sync import frames as f
from driftbox.domain.sync.cursors import Said
from driftbox.gateways.bundle import Receiver, bundle_bytes, open_bundle

LIFE = "1" * 16


@pytest.fixture
def peer(stage):  # noqa: F811 - the fixture
    """A station of the office where the story plays."""
    return enrolled(ISLAND, "C-BS")


def enrolled(node, office, role="station"):
    believe(
        NewNode(name=node.node, public=node.public, sealing=node.sealing, role=role, office=office), now=EVENING
    )  # fmt: skip
    return node


def sent_to(node, papers_bytes=0):
    """The frames of the next bundle for a node, as it opens them."""
    file = io.BytesIO()
    write_for(node.node, file, papers_bytes=papers_bytes, now=EVENING)
    size = file.tell()
    file.seek(0)
    opened = open_bundle(file, size, node, {keys().node: keys().public}.get)
    return list(f.read_frames(opened.chunks()))


def of(frames, kind):
    return [payload for this, payload in frames if this == kind]


def acknowledge(node, upto, number=1):
    said = Said(life=LIFE, number=number, of_life=own_life(EVENING), ack=upto)
    heard(node.node, said, now=EVENING)


def header(frames):
    return f.read(of(frames, b"H")[0], f.Header)


def note(docket, letter="a"):
    lin = Account.objects.get(username="lin").person
    record(docket, [e.NoteWritten(paper=letter * 43)], by=lin, role="clerk", now=EVENING + timedelta(days=30))


def bring(node, frames, number=1, **more):
    """Take in a bundle that ``node`` made."""
    told = {"base": 0, "upto": 5, "peer_life": own_life(EVENING), "ack": 0} | more
    first = f.pack(b"H", f.Header(sender=node.node, receiver=keys().node, life=LIFE, number=number, made_ms=1, **told))
    data = bundle_bytes(f.closed([first, *frames]), node, Receiver(keys().node, keys().sealing))
    return take_bundle(io.BytesIO(data), len(data), now=EVENING + timedelta(days=1))


def test_it_is_sent_until_it_is_acknowledged_and_then_only_what_is_new(peer, played):  # noqa: F811
    docket = played("checklist.given")
    first = sent_to(peer)
    assert len(of(first, b"E")) == len(of(sent_to(peer), b"E")) >= docket.count
    assert of(first, b"K")
    assert of(first, b"W")
    acknowledge(peer, header(first).upto)
    assert not of(sent_to(peer), b"E")
    note(docket.id)
    after = sent_to(peer)
    assert len(of(after, b"E")) == 1
    assert not of(after, b"K") + of(after, b"W")


def test_a_docket_that_concerns_another_office_does_not_come_and_one_taken_away_stops(peer, played):  # noqa: F811
    docket = played("checklist.given")
    other = enrolled(STATION, "ST04")
    assert not [raw for raw in of(sent_to(other), b"E") if docket.id.encode() in raw]
    acknowledge(peer, header(sent_to(peer)).upto)
    CaseRow.objects.filter(pk=docket.id).update(office="ST04", department="", agent="", handler="", asked="")
    note(docket.id)
    CaseRow.objects.filter(pk=docket.id).update(office="ST04", department="", agent="", handler="", asked="")
    last = [raw for raw in of(sent_to(peer), b"E") if docket.id.encode() in raw]
    assert len(last) == 1  # what took it away is told to those who had it
    acknowledge(peer, header(sent_to(peer)).upto, number=2)
    whole = [raw for raw in of(sent_to(other), b"E") if docket.id.encode() in raw]
    assert len(whole) == docket.count + 1
    note(docket.id, "b")
    CaseRow.objects.filter(pk=docket.id).update(office="ST04", department="", agent="", handler="", asked="")
    assert not [raw for raw in of(sent_to(peer), b"E") if docket.id.encode() in raw]


def test_a_confidential_petition_stays_where_somebody_may_open_it(peer, stage):  # noqa: F811
    docket = told_in_confidence(stage)
    assert not [raw for raw in of(sent_to(peer), b"E") if docket.id.encode() in raw]


def test_what_came_from_a_peer_is_not_sent_back_unless_it_may_have_lost_it(peer, played):  # noqa: F811
    docket = played("checklist.given")
    enrolled(peer, "", role="hub")  # to whom everything goes
    first = sent_to(peer)
    assert bring(peer, [f.frame(b"E", raw) for raw in of(first, b"E")]).known == len(of(first, b"E"))
    acknowledge(peer, header(first).upto, number=1)
    assert not of(sent_to(peer), b"E")
    heard(peer.node, Said(life="2" * 16, number=0, of_life="", ack=0), now=EVENING)  # its store was made anew
    assert len(of(sent_to(peer), b"E")) == len(of(first, b"E")) >= docket.count
    assert AlarmRow.objects.filter(node=peer.node).count() == 1


def test_two_bundles_under_one_number_are_alarmed_and_both_are_kept(peer):
    assert not bring(peer, [], number=7).again
    assert not AlarmRow.objects.exists()
    bring(peer, [], number=7, upto=3)
    assert AlarmRow.objects.get().node == peer.node
    assert PeerRow.objects.get(pk=peer.node).taken == 3


def test_what_was_erased_here_is_erased_there(peer, played):  # noqa: F811
    docket = played("checklist.given")
    acknowledge(peer, header(sent_to(peer)).upto)
    destroy_key(docket.id, now=EVENING)
    assert of(sent_to(peer), b"X") == [docket.id.encode()]


def test_papers_ride_as_far_as_there_is_room_the_small_ones_first(peer, played):  # noqa: F811
    played("checklist.given")
    told = [f.read(one, f.PaperIs) for one in of(sent_to(peer), b"M")]
    brought = of(sent_to(peer, papers_bytes=1_000_000), b"P")
    assert {one.digest for one in told} == {one[:43].decode() for one in brought}
    assert all(digest_of(one[43:]) == one[:43].decode() for one in brought)


def test_an_entry_that_is_refused_is_told_to_who_sent_it(peer):
    outcome = bring(peer, [f.frame(b"E", b'{"id":"rubbish"}'), f.frame(b"N", b"\0" * 43)])
    assert outcome.quarantined == 1
    told = [f.read(one, f.RefusedEntry) for one in of(sent_to(peer), b"R")]
    assert [(one.code, one.digest) for one in told] == [("malformed", digest_of(b'{"id":"rubbish"}'))]


def test_a_bundle_that_breaks_off_in_the_middle_leaves_nothing(peer):
    with pytest.raises(BadBundle):
        bring(peer, [f.frame(b"E", b"{}"), f.pack(b"Z", f.End(frames=9))])
    assert not PeerRow.objects.exists()


def test_a_file_that_was_still_on_the_ferry_when_we_met_is_no_alarm(peer, played):  # noqa: F811
    played("checklist.given")
    heard(peer.node, Said(life=LIFE, number=3, of_life=own_life(EVENING), ack=header(sent_to(peer)).upto), now=EVENING)
    assert bring(peer, [], number=3, ack=0).bundle
    assert bring(peer, [], number=2, ack=0).bundle
    assert not AlarmRow.objects.exists()
    assert not of(sent_to(peer), b"E")
