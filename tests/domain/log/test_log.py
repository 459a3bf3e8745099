"""Entries, ids and chains: what is written can be proved, and nothing else is believed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NIGHT, entry, story

from driftbox.domain.docket.entries import DECODERS, CaseRated, NoteWritten
from driftbox.domain.errors import BadEntry
from driftbox.domain.log.entry import Sealed, decode_entry, digest_of, signed_bytes, unsigned_bytes
from driftbox.domain.log.ids import id_counter, id_millis, instant, is_id, millis, next_id, refuse_time_from_ahead
from driftbox.domain.log.merge import check_chains, merge
from driftbox.gateways.keys import fresh_keys

KEYS = fresh_keys()


def sealed(one, prev=""):
    data = unsigned_bytes(one)
    return Sealed(one, data, b"", digest_of(data))


def chained():
    log, prev = [], ""
    for one in story():
        linked = type(one)(**{name: getattr(one, name) for name in one.__struct_fields__} | {"prev": prev})
        log.append(sealed(linked))
        prev = log[-1].digest
    return log


@given(st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=40))
def test_ids_only_grow_even_when_the_clock_steps_back(steps):
    last, now, ids = "", NIGHT, []
    for step in steps:
        now += timedelta(milliseconds=step)
        last = next_id(last, now, 7)
        ids.append(last)
    assert ids == sorted(set(ids))
    assert all(map(is_id, ids))


def test_a_full_millisecond_borrows_from_the_next():
    last = next_id("", NIGHT, 0)
    for _ in range(4096):
        last = next_id(last, NIGHT, 0)
    assert (id_millis(last), id_counter(last)) == (millis(NIGHT) + 1, 0)


def test_a_clock_a_day_ahead_does_not_drag_ours_along():
    ahead = next_id("", NIGHT + timedelta(days=1), 1)
    with pytest.raises(BadEntry) as refusal:
        refuse_time_from_ahead(ahead, NIGHT)
    assert refusal.value.code == "clock_ahead"
    refuse_time_from_ahead(next_id("", NIGHT + timedelta(minutes=4), 1), NIGHT)


def test_an_instant_survives_the_way_to_milliseconds_and_back():
    assert instant(millis(datetime(2026, 2, 28, tzinfo=UTC))) == datetime(2026, 2, 28, tzinfo=UTC)


def test_canonical_bytes_are_rfc_8785():
    data = unsigned_bytes(story()[0])
    value = json.loads(data)
    assert data == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize("number", range(len(story())))
def test_every_kind_of_entry_survives_the_wire(number):
    one = story()[number]
    raw = signed_bytes(one, KEYS.sign(unsigned_bytes(one)))
    assert decode_entry(raw, DECODERS).entry == one


def test_a_fact_has_one_spelling_however_its_values_were_made():
    typed = CaseRated(satisfaction=1, solved=str(b"yes", "ascii"), via=str(b"web", "ascii"))
    left_out = CaseRated(satisfaction=1)
    assert unsigned_bytes(entry(1, typed, "", "resident")) == unsigned_bytes(entry(1, left_out, "", "resident"))


def wire(**changes):
    one = story()[0]
    fields = json.loads(signed_bytes(one, KEYS.sign(unsigned_bytes(one)))) | changes
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "malformed"),
        (b"\xff\xfe", "malformed"),
        (b"[]", "malformed"),
        (wire(kind="case.imagined"), "unknown_kind"),
        (wire(surprise=1), "malformed"),
        (wire(body={"procedure": "errand"}), "malformed"),
        (wire(v=2), "newer_version"),
        (wire(alg="none"), "malformed"),
        (wire(id="not-an-id"), "malformed"),
        (wire(at="yesterday"), "bad_moment"),
        (wire() + b" ", "not_canonical"),
        (b"{" + b"x" * 20_000, "too_long"),
    ],
)
def test_what_is_not_an_entry_is_refused_with_its_reason(raw, code):
    with pytest.raises(BadEntry) as refusal:
        decode_entry(raw, DECODERS)
    assert refusal.value.code == code


def test_an_unbroken_chain_has_no_fault_and_a_missing_entry_shows():
    log = chained()
    assert check_chains(log) == []
    assert [fault.fault for fault in check_chains(log[:3] + log[4:])] == ["gap"]


def test_two_heirs_of_one_entry_show_as_a_fork():
    log = chained()
    twin = type(log[3].entry)(
        **{name: getattr(log[3].entry, name) for name in log[3].entry.__struct_fields__}
        | {"id": log[4].entry.id, "body": NoteWritten(paper="x" * 43), "kind": "note.written"}
    )
    assert "fork" in [fault.fault for fault in check_chains([*log[:4], sealed(twin)])]


@given(st.permutations(range(len(story()))), st.integers(0, len(story())))
def test_merging_is_a_set_union(order, cut):
    log = [sealed(one) for one in story()]
    shuffled = [log[i] for i in order]
    merged, faults = merge(shuffled[:cut], shuffled[cut:], shuffled)
    assert (merged, faults) == (log, [])


def test_of_two_facts_under_one_id_every_node_keeps_the_same():
    one, other = story()[5], entry(5, NoteWritten(paper="y" * 43), "", "agent")
    here, there = merge([sealed(one)], [sealed(other)]), merge([sealed(other)], [sealed(one)])
    assert here == there
    assert [fault.fault for fault in here[1]] == ["two_under_one_id"]
