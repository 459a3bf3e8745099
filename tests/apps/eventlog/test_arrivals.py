"""Entries from elsewhere: why each waits, and how it comes in after all."""

from datetime import timedelta

import pytest
from msgspec import structs
from tests.apps.conftest import EVENING
from tests.cast import story
from tests.nodes import ISLAND, PHONE, STATION, STRANGER, believe_all, believe_node, chained, raws_of, story_of

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog import queries as log
from driftbox.apps.eventlog.models import AlarmRow, AsideRow, LateRow, QuarantineRow, ReleaseRow, WaitingRow
from driftbox.apps.people.models import Account
from driftbox.apps.sync.intake import arrive, release, revoke, settle
from driftbox.domain.docket.deciding import DECIDING
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log import entry as envelope
from driftbox.domain.log.entry import digest_of
from driftbox.domain.log.ids import build_id, id_millis, instant

LATER = EVENING + timedelta(days=30)
STORY = story()
DOCKET = STORY[0].docket


@pytest.fixture(autouse=True)
def _known(db):
    believe_all()


def codes():
    return sorted(row.code for row in log.quarantined())


def shifted(entry, by_ms):
    return structs.replace(entry, id=build_id(id_millis(entry.id) + by_ms, 0, 7))


def test_a_stranger_waits_until_somebody_knows_it():
    taken = arrive(story_of(STRANGER), now=LATER)
    assert (taken.new, taken.quarantined, codes()) == (0, len(STORY), ["unknown_signer"] * len(STORY))
    believe_node(STRANGER)
    assert settle(now=LATER) == (DOCKET,)
    assert log.quarantined() == []
    assert CaseRow.objects.get().docket == DOCKET


def test_who_sent_it_is_told_what_was_refused_every_time():
    raws = story_of(STRANGER)[:2]
    for _again in range(2):
        assert dict(arrive(raws, now=LATER).refused) == {digest_of(raw): "unknown_signer" for raw in raws}


def test_a_clock_from_ahead_is_waited_for():
    before = instant(id_millis(STORY[0].id)) - timedelta(hours=1)
    arrive(story_of(ISLAND)[:1], now=before)
    assert codes() == ["clock_ahead"]
    assert settle(now=before) == ()
    with pytest.raises(Refused, match="光点头放不进来"):
        release(log.quarantined()[0].digest, by="p", now=before)
    assert settle(now=before + timedelta(minutes=56)) == (DOCKET,)


def test_a_peer_whose_clock_is_far_off_is_looked_at_by_a_person():
    raws = story_of(ISLAND)[:3]
    taken = arrive(raws, now=LATER, via=ISLAND.node, offset_ms=-11 * 60_000)
    assert (taken.new, codes()) == (0, ["clock_off"] * 3)
    assert settle(now=LATER) == ()
    for raw in raws:
        release(digest_of(raw), by="lin", now=LATER)
    assert log.quarantined() == []
    assert {row.by for row in QuarantineRow.objects.all()} == {"lin"}
    assert load(DOCKET).docket.count == 3
    assert arrive(story_of(ISLAND)[3:4], now=LATER, via=STATION.node, offset_ms=99 * 60_000).new == 1


def test_what_a_newer_version_wrote_is_taken_after_the_upgrade(monkeypatch):
    monkeypatch.setattr(envelope, "VERSION", 2)
    newer = raws_of(chained([structs.replace(one, v=2) for one in STORY[:2]], ISLAND))
    monkeypatch.setattr(envelope, "VERSION", 1)
    arrive(newer, now=LATER)
    assert codes() == ["newer_version"] * 2
    assert settle(now=LATER) == ()
    monkeypatch.setattr(envelope, "VERSION", 2)
    monkeypatch.setattr("driftbox.apps.eventlog.arrivals.__version__", "9.0")
    assert settle(now=LATER) == (DOCKET,)
    assert log.quarantined() == []


def test_bytes_cut_or_flipped_anywhere_never_come_in():
    raw = story_of(ISLAND)[0]
    broken = [raw[:cut] for cut in range(0, len(raw), 7)]
    broken += [raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :] for at in range(0, len(raw), 5)]
    taken = arrive([*broken, b"\0", "ünïcode\0".encode(), b'{"node":"\\u0000"}', b"[" * 5000], now=LATER)
    assert (taken.new, taken.touched) == (0, ())
    assert arrive([raw], now=LATER).new == 1


def test_an_entry_without_its_cause_waits_and_enters_with_it():
    raws = story_of(ISLAND)
    first = arrive([raws[0], raws[2]], now=LATER)
    assert (first.new, first.waiting, dict(first.refused)) == (1, 1, {digest_of(raws[2]): "waiting"})
    assert load(DOCKET).docket.count == 1
    assert arrive([raws[1]], now=LATER).new == 2
    assert (load(DOCKET).docket.count, WaitingRow.objects.count()) == (3, 0)
    assert log.verify_docket(DOCKET) == []


def test_after_a_set_time_it_enters_without_and_the_gap_is_named_until_it_is_closed():
    raws = story_of(ISLAND)
    arrive([raws[0], raws[2], raws[3]], now=LATER)
    assert settle(now=LATER + timedelta(hours=47)) == ()
    assert settle(now=LATER + timedelta(hours=48)) == (DOCKET,)
    assert load(DOCKET).docket.count == 3
    assert [fault.code for fault in log.verify_docket(DOCKET)] == ["gap"]
    assert log.gaps_in(DOCKET) == 1
    arrive([raws[1]], now=LATER + timedelta(hours=50))
    assert log.gaps_in(DOCKET) == 0
    assert log.verify_docket(DOCKET) == []


def test_a_person_may_let_it_in_before():
    raws = story_of(ISLAND)
    arrive([raws[0], raws[2]], now=LATER)
    assert release(WaitingRow.objects.get().digest, by="lin", now=LATER) == (DOCKET,)
    assert load(DOCKET).docket.count == 2


def test_what_a_revoked_node_brings_waits_and_what_others_bring_of_before_counts():
    raws = story_of(ISLAND)
    when = instant(id_millis(STORY[5].id))
    revoke(ISLAND.node, since=when, now=LATER)
    assert arrive(raws[:3], now=LATER, via=ISLAND.node).new == 0
    assert codes() == ["revoked_signer"] * 3
    taken = arrive(raws, now=LATER, via=STATION.node)
    assert (taken.new, taken.quarantined) == (len(raws), len(raws) - 6)
    assert (log.quarantined(), load(DOCKET).docket.count) == ([], 6)
    assert log.verify_docket(DOCKET) == []


def test_what_was_stored_before_the_revocation_was_heard_is_set_aside_and_can_be_released():
    arrive(story_of(ISLAND), now=LATER)
    stage = CaseRow.objects.get().stage
    assert revoke(ISLAND.node, since=instant(id_millis(STORY[5].id)), now=LATER) == (DOCKET,)
    assert load(DOCKET).docket.count == 6
    assert CaseRow.objects.get().stage != stage
    for row in AsideRow.objects.order_by("entry"):
        release(row.digest, by="lin", now=LATER)
    assert CaseRow.objects.get().stage == stage
    assert ReleaseRow.objects.filter(by="lin").count() == len(STORY) - 6


def test_when_nothing_of_a_case_counts_any_more_it_is_in_no_list():
    arrive(story_of(ISLAND), now=LATER)
    revoke(ISLAND.node, since=EVENING - timedelta(days=900), now=LATER)
    assert not CaseRow.objects.exists()
    assert AsideRow.objects.count() == len(STORY)


def test_two_lines_of_a_cloned_node_are_both_kept_and_one_counts():
    first = chained(STORY[:6], ISLAND)
    clone = chained([shifted(one, 1) for one in STORY[4:6]], ISLAND, first[3].digest)
    arrive(raws_of(clone) + raws_of(first[:4]), now=LATER)
    assert load(DOCKET).docket.count == 6
    taken = arrive(raws_of(first), now=LATER)
    assert taken.touched == (DOCKET,)
    assert {row.digest for row in AsideRow.objects.all()} == {one.digest for one in clone}
    assert load(DOCKET).docket.last == STORY[5].id
    assert AlarmRow.objects.get().node == ISLAND.node
    assert dict(arrive(raws_of(clone), now=LATER).refused) == {digest_of(one.raw): "forked_chain" for one in clone}
    release(clone[0].digest, by="lin", now=LATER)
    assert load(DOCKET).docket.count == 8
    assert log.verify_docket(DOCKET) == []


def test_of_two_facts_under_one_id_one_counts_and_a_person_may_choose_the_other():
    one, other = (chained([structs.replace(STORY[0], role=role)], ISLAND)[0] for role in ("resident", "clerk"))
    counting, losing = sorted((one, other), key=lambda signed: signed.digest)
    arrive([losing.raw], now=LATER)
    arrive([counting.raw], now=LATER)
    assert AsideRow.objects.get().digest == losing.digest
    release(losing.digest, by="lin", now=LATER)
    assert AsideRow.objects.get().digest == counting.digest


def test_nobody_releases_what_a_decision_cannot_mend_or_what_is_not_there():
    arrive([b"rubbish"], now=LATER)
    with pytest.raises(Refused, match="光点头放不进来"):
        release(digest_of(b"rubbish"), by="lin", now=LATER)
    with pytest.raises(NotFound, match="不在这里等着"):
        release("x" * 43, by="lin", now=LATER)


def test_what_comes_after_somebody_decided_is_shown_to_them():
    decided = next(i for i, one in enumerate(STORY) if one.kind in DECIDING)
    first, second = chained(STORY[: decided + 1], ISLAND), STORY[decided]
    arrive(raws_of(first), now=LATER)
    assert not LateRow.objects.exists()
    note = shifted(next(one for one in STORY if one.kind != "case.opened"), 1)
    arrive(raws_of(chained([note], STATION)), now=LATER)
    late = LateRow.objects.get()
    assert (late.entry, late.decided, late.decider) == (note.id, second.id, second.by)


def test_what_came_in_another_way_or_was_released_is_refused_no_more():
    raws = story_of(ISLAND)[:4]
    arrive(raws[:2], now=LATER, via=STATION.node)
    revoke(ISLAND.node, since=LATER, now=LATER)
    arrive(raws[:3], now=LATER, via=ISLAND.node)
    release(digest_of(raws[2]), by="lin", now=LATER)
    taken = arrive(raws, now=LATER, via=ISLAND.node)
    assert (taken.known, dict(taken.refused)) == (3, {digest_of(raws[3]): "revoked_signer"})


@pytest.fixture
def phone(stage):
    """Agent Chen's phone."""
    chen = stage.staff["chen"]
    believe_node(PHONE, role="phone", person=chen.person)
    return chen


def said_by(chen, **more):
    opened = structs.replace(STORY[0], by=chen.person, role="agent", **more)
    return raws_of(chained([opened], PHONE))


def test_a_phone_signs_with_its_own_kind_of_key(phone):
    raws = said_by(phone)
    assert arrive([raws[0].replace(b"baisha-2026-0086", b"baisha-2026-0087")], now=LATER, via=PHONE.node).new == 0
    assert arrive(raws, now=LATER, via=PHONE.node).new == 1
    assert log.verify_docket(DOCKET) == []


def test_a_phone_speaks_for_its_person_in_their_roles_only(phone, stage):
    wrong = [
        said_by(stage.staff["lin"]), raws_of(chained([structs.replace(STORY[0], by=phone.person, role="clerk")], PHONE))
    ]  # fmt: skip
    for raws in wrong:
        arrive(raws, now=LATER, via=PHONE.node)
    assert codes() == ["not_theirs"] * 2
    Account.objects.filter(person=phone.person).update(is_active=False)
    assert arrive(said_by(phone), now=LATER, via=PHONE.node).new == 0


def test_a_phone_says_nothing_of_a_case_that_is_not_its_persons(phone):
    arrive(story_of(ISLAND), now=LATER)
    CaseRow.objects.update(office="ELSEWHERE", agent="", hands="", asked="", parties="", department="")
    note = shifted(structs.replace(STORY[3], by=phone.person, role="agent"), 5)
    raws = raws_of(chained([note], PHONE))
    arrive(raws, now=LATER, via=PHONE.node)
    assert codes() == ["not_theirs"]
    CaseRow.objects.update(hands=f" {phone.person} ")
    settle(now=LATER)
    assert codes() == []
