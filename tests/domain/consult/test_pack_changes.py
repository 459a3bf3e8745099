"""Changes of a pack: the same for every order of arrival, by day and by what was known; what is let through counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.consult.pack_changes import (
    AHEAD,
    DECODERS,
    PackChanged,
    check,
    docket_of,
    fold,
    in_force,
    next_version,
    of_file,
)
from driftbox.domain.errors import BadEntry, Refused
from driftbox.domain.log.entry import Entry, decode_entry, digest_of, sign_entry
from driftbox.domain.log.ids import build_id

TODAY = date(2026, 5, 11)
DAY = timedelta(days=1)
FILES = ("matters/a.toml", "matters/b.toml")


def changed(version=1, since=TODAY, file=FILES[0], **more):
    return PackChanged(
        file=file, digest=digest_of(b"x"), version=version, since=str(since), drafted_by="xu",
        note=digest_of(b"why"), **more,
    )  # fmt: skip


def entry(ms, body):
    return Entry(id=build_id(ms, 0, ms), docket=docket_of("p"), kind="pack.changed", by="gu", role="director",
                 node="n", body=body)  # fmt: skip


BODIES = st.builds(
    changed, st.integers(1, 9), st.dates(TODAY - 9 * DAY, TODAY + 9 * DAY), st.sampled_from(FILES)
)  # fmt: skip


@given(st.lists(BODIES, max_size=8), st.randoms(use_true_random=False), st.dates(TODAY - 12 * DAY, TODAY + 12 * DAY))
def test_the_order_of_arrival_changes_nothing_and_the_last_that_began_counts(bodies, chance, day):
    entries = [entry(n + 1, body) for n, body in enumerate(bodies)]
    shuffled = chance.sample(entries, len(entries))
    assert fold(shuffled) == fold(entries)
    begun = in_force(fold(entries), day)
    for file in FILES:
        expected = [one.id for one in entries if one.body.file == file and one.body.since <= str(day)]
        assert [change.entry for change in begun.get(file, ())] == expected


@given(st.lists(BODIES, max_size=6), st.integers(0, 7))
def test_what_was_not_recorded_by_then_does_not_count(bodies, known):
    changes = fold(entry(n + 1, body) for n, body in enumerate(bodies))
    begun = in_force(changes, date.max, known)
    assert {change.recorded_ms <= known for versions in begun.values() for change in versions} <= {True}
    assert begun == in_force(tuple(change for change in changes if change.recorded_ms <= known), date.max)


@given(st.lists(BODIES, max_size=6), BODIES)
def test_what_is_let_through_is_in_force_on_its_day(bodies, body):
    before = fold(entry(n + 1, one) for n, one in enumerate(bodies))
    try:
        check(before, body, by="gu", today=TODAY, alone=False)
    except Refused:
        return
    after = fold([*(entry(n + 1, one) for n, one in enumerate(bodies)), entry(99, body)])
    assert in_force(after, date.fromisoformat(body.since))[body.file][-1].said == body
    assert next_version(of_file(after, body.file)) > body.version


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (changed(since=TODAY - DAY), "pack.past"), (changed(since=TODAY + AHEAD + DAY), "pack.far"),
        (changed(version=2), "pack.version"), (changed(since="2026-02-30"), "pack.past"),
    ],
)  # fmt: skip
def test_what_cannot_be_published_is_refused_with_its_reason(body, code):
    with pytest.raises(Refused) as refusal:
        check((), body, by="gu", today=TODAY, alone=False)
    assert refusal.value.code == code


def test_nobody_publishes_their_own_draft_unless_the_pack_allows_it():
    with pytest.raises(Refused):
        check((), changed(), by="xu", today=TODAY, alone=False)
    check((), changed(), by="xu", today=TODAY, alone=True)


def test_a_day_that_no_calendar_has_changes_nothing():
    assert fold([entry(1, changed(since="2026-02-30"))]) == ()


@pytest.mark.parametrize(
    "file", ["../pack.toml", "matters/../x.toml", "law/clocks.toml", "matters/x.toml\n", "pack.toml"]
)
def test_an_entry_names_no_file_but_those_of_matters(file):
    raw = sign_entry(entry(1, changed(file=file)), lambda _bytes: "c2ln").raw
    with pytest.raises(BadEntry):
        decode_entry(raw, DECODERS)
