"""A roster in the log: published, swapped, ill, stood in for, handed over; and who answers the phone now."""

import itertools
import random
from datetime import date, timedelta

import pytest
from tests.apps.conftest import EVENING
from tests.apps.rosters import MONTH, NIGHT, OFFICE, published

from driftbox.apps.eventlog.queries import since
from driftbox.apps.roster import actions, queries
from driftbox.domain.errors import NotAllowed, NotFound, Refused
from driftbox.domain.planning import roster_facts as f
from driftbox.domain.planning.roster import Duty
from driftbox.domain.planning.roster_book import fold
from driftbox.domain.planning.roster_check import violations
from driftbox.domain.planning.roster_decide import Standing, against
from driftbox.domain.planning.roster_file import read_roster

TODAY = date(2026, 5, 11)


@pytest.fixture
def people(stage):
    return published(stage)


def record(people, who, body, role="clerk", now=EVENING):
    return actions.record(OFFICE, [body], by=people[who].person, role=role, now=now)


def a_swap(people):
    """A shift that somebody may take over from its owner."""
    book = queries.load(OFFICE).book
    members = queries.members_of(OFFICE, book)
    rules = queries.rules_of(OFFICE)
    standing = Standing(
        rules=rules, members=members, calendar=queries.calendar(), by="", role="", today=TODAY
    )  # fmt: skip
    for given in sorted(duty for duty in book.duties if duty.day > TODAY):
        slot = next(
            s for s in queries.task_of(OFFICE, MONTH).slots() if (s.day, s.shift.code) == (given.day, given.shift)
        )
        for taker in members:
            if taker.person != given.person and not against(book, standing, taker.person, slot, frozenset({given})):
                return given, taker.person
    raise AssertionError


def by_person(people, person):
    return next(username for username, account in people.items() if account.person == person)


def test_a_published_month_keeps_the_rules_and_every_working_hour_has_somebody(people):
    book = queries.load(OFFICE).book
    month = set(book.duties)
    broken = violations(queries.task_of(OFFICE, MONTH), month)
    assert {one.rule for one in broken} <= {"people", "skill"}
    assert book.months[MONTH].missing == sum(one.rule == "people" for one in broken)
    assert queries.on_duty(OFFICE, EVENING)[0].slot.shift.code == "E"
    assert queries.on_duty(OFFICE, NIGHT)[0].slot.shift.code == "N"


def test_who_answers_the_phone_now_is_the_shift_that_goes_on(people):
    now = queries.answering(EVENING)
    assert now.office == OFFICE
    assert set(now.people) <= {account.person for account in people.values()}
    assert now.since <= EVENING < now.until


def test_on_a_day_of_rest_nobody_is_rostered(people):
    assert queries.answering(EVENING - timedelta(days=1)) is None


def test_a_swap_is_asked_agreed_and_approved(people):
    given, taker = a_swap(people)
    asker = by_person(people, given.person)
    book = record(people, asker, f.SwapAsked(day=given.day.isoformat(), shift=given.shift, taker=taker))
    entry = next(iter(book.swaps))
    with pytest.raises(NotAllowed):
        record(people, asker, f.SwapAnswered(swap=entry, yes=True))
    book = record(people, by_person(people, taker), f.SwapAnswered(swap=entry, yes=True))
    assert book.swaps[entry].state == "agreed"
    assert given in book.duties
    with pytest.raises(NotAllowed):
        record(people, asker, f.SwapSettled(swap=entry, yes=True))
    book = record(people, "hu", f.SwapSettled(swap=entry, yes=True), role="director")
    assert book.swaps[entry].state == "done"
    assert given not in book.duties
    assert Duty(given.day, given.shift, taker) in book.duties


def test_who_is_ill_leaves_a_gap_and_somebody_rested_stands_in(people):
    given, taker = a_swap(people)
    book = record(people, by_person(people, given.person), f.SickReported(
        day=given.day.isoformat(), shift=given.shift, person=given.person,
    ))  # fmt: skip
    assert given not in book.duties
    assert given in book.sick
    stand_in = f.StandInNamed(day=given.day.isoformat(), shift=given.shift, person=taker)
    book = record(people, "hu", stand_in, role="director")
    assert taker in book.on(given.day, given.shift)
    with pytest.raises(Refused):
        record(people, "hu", stand_in, role="director")


def test_nobody_stands_in_without_rest(people):
    book = queries.load(OFFICE).book
    night = next(duty for duty in sorted(book.duties) if duty.shift == "N" and duty.day > TODAY)
    with pytest.raises(Refused) as refusal:
        record(people, by_person(people, night.person), f.StandInNamed(
            day=night.day.isoformat(), shift="E", person=night.person,
        ))  # fmt: skip
    assert refusal.value.code == "roster.twice"


def test_leave_is_granted_by_the_director_and_a_new_month_keeps_to_it(people):
    person = people["mao"].person
    leave = f.LeaveGranted(person=person, since="2026-05-18", until="2026-05-22")
    with pytest.raises(NotAllowed):
        record(people, "mao", leave)
    record(people, "hu", leave, role="director")
    made = actions.make_month(OFFICE, MONTH, by=actions.PlainRosterMaker())
    away = {date(2026, 5, day) for day in range(18, 23)}
    assert not [duty for duty in made if duty.person == person and duty.day in away]
    old = tuple(queries.load(OFFICE).book.duties)
    if any(duty.person == person and duty.day in away for duty in old):
        with pytest.raises(Refused):
            actions.publish(OFFICE, MONTH, old, "hand", by=people["hu"].person, now=EVENING)


def test_a_hand_over_note_waits_until_the_next_shift_has_read_it(people):
    evening = queries.on_duty(OFFICE, EVENING)[0]
    writer = by_person(people, evening.people[0])
    duty = Duty(evening.slot.day, evening.slot.shift.code, people[writer].person)
    book = actions.hand_over(OFFICE, duty, "阿婆要听回话，明早九点打。", role="clerk", now=EVENING)
    note = next(iter(book.notes.values()))
    assert "阿婆" not in str([read.entry.body for read in since(queries.docket_of(OFFICE))])
    reader = by_person(people, queries.on_duty(OFFICE, NIGHT)[0].people[0])
    assert [one.entry for one in queries.unread(OFFICE, people[reader].person, NIGHT)] == [note.entry]
    assert queries.unread(OFFICE, people[writer].person, NIGHT) == []
    assert actions.words_of(OFFICE, note) == "阿婆要听回话，明早九点打。"
    record(people, reader, f.HandOverRead(note=note.entry), now=NIGHT)
    assert queries.unread(OFFICE, people[reader].person, NIGHT) == []
    with pytest.raises(Refused):
        record(people, reader, f.HandOverRead(note=note.entry), now=NIGHT)


def test_an_empty_note_is_refused(people):
    with pytest.raises(Refused):
        actions.hand_over(OFFICE, Duty(TODAY, "E", people["lin"].person), "  ", role="clerk", now=EVENING)


def test_only_the_director_publishes_and_impossible_rosters_are_refused_in_words(people):
    twice = (Duty(TODAY, "D", people["lin"].person), Duty(TODAY, "E", people["lin"].person))
    with pytest.raises(Refused) as refusal:
        actions.publish(OFFICE, MONTH, twice, "hand", by=people["hu"].person, now=EVENING)
    assert refusal.value.code == "roster.two_a_day"
    tired = (Duty(TODAY, "E", people["lin"].person), Duty(TODAY + timedelta(1), "N", people["lin"].person))
    with pytest.raises(Refused) as refusal:
        actions.publish(OFFICE, MONTH, tired, "hand", by=people["hu"].person, now=EVENING)
    assert "5-12 夜班" in str(refusal.value)
    with pytest.raises(NotFound):
        actions.publish("ST01", MONTH, (), "hand", by=people["hu"].person, now=EVENING)


def test_the_book_is_the_same_for_every_order_of_arrival_and_nothing_let_through_is_contested(people):
    given, taker = a_swap(people)
    book = record(people, by_person(people, given.person), f.SwapAsked(
        day=given.day.isoformat(), shift=given.shift, taker=taker,
    ))  # fmt: skip
    record(people, by_person(people, taker), f.SwapAnswered(swap=next(iter(book.swaps)), yes=False))
    entries = [read.entry for read in since(queries.docket_of(OFFICE))]
    whole = queries.load(OFFICE).book
    assert whole.contested == {}
    for order in itertools.islice(itertools.permutations(entries), 6):
        assert fold([*order, random.choice(entries)]) == whole  # noqa: S311 - any of them may come twice


def test_a_file_with_overlapping_shifts_is_refused_line_by_line(people):
    task = queries.task_of(OFFICE, MONTH)
    names = {account.name: account.person for account in people.values()}
    lines = (
        "日期,班次,谁", "2026-05-12,白班,林晓", "2026-05-12,E,林晓", "2026-05-32,D,林晓", "2026-05-13,X,林晓",
        "2026-05-13,D,谁啊", "2026-05-16,D,林晓", "2026-05-12,D",
    )  # fmt: skip
    found = read_roster("\n".join(lines), task, names)
    assert [(one.line, one.what) for one in found.faults] == [
        (3, "overlap"), (4, "day"), (5, "shift"), (6, "person"), (7, "no_slot"), (8, "columns"),
    ]  # fmt: skip
    assert found.faults[0].other == 2
    assert len(found.duties) == 2


def test_a_secret_link_opens_the_calendar_until_it_is_revoked_or_made_anew(people):
    lin = people["lin"].person
    first = actions.open_feed(OFFICE, lin, by=lin, now=EVENING)
    assert queries.feed_of(first).person == lin
    second = actions.open_feed(OFFICE, lin, by=lin, now=EVENING)
    assert queries.feed_of(first) is None
    assert actions.close_feed(OFFICE, lin, now=EVENING) == 1
    assert queries.feed_of(second) is None
