"""The only readers of rosters: who is on duty when, what waits for whom, what the last shift left word of."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from driftbox.apps.eventlog.shelf import Loaded, Shelf
from driftbox.apps.node import keys
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.models import Account
from driftbox.apps.roster.models import FeedRow
from driftbox.domain.errors import NotFound
from driftbox.domain.planning.roster import ALL_WEEK, DAY, Duty, Member, RosterRules, Slot, Task, slot_of, slots_on
from driftbox.domain.planning.roster_book import Note, RosterBook, extend, fold
from driftbox.domain.planning.roster_facts import days_of, roster_of

KEPT_NOTES: Final = timedelta(days=3)  # an unread note of longer ago is on the page of notes only
BEFORE: Final = timedelta(days=9)


class OnDuty(Struct, frozen=True, kw_only=True):
    """A shift that is going on: at which office, from when to when (aware), and who is on it."""

    office: str
    slot: Slot
    since: datetime
    until: datetime
    people: tuple[str, ...]


_shelf = Shelf(fold, extend)


def docket_of(office: str) -> str:
    """The docket of the roster of ``office``."""
    return roster_of(current_pack().id, office)


def rules_of(office: str) -> RosterRules:
    """By which rules ``office`` is staffed.

    Raises:
        NotFound: the pack has no roster for it.
    """
    rules = current_pack().rosters.get(office)
    if rules is None:
        raise NotFound("roster.none", "这里没有排班。哪些地方排班，写在资料包里。")
    return rules


def load(office: str) -> Loaded[RosterBook]:
    """The book of ``office`` as the log has it now."""
    return _shelf.load(docket_of(office))


def forget() -> None:
    """Drop the kept books, so that the next reader folds them afresh."""
    _shelf.forget()


def members_of(office: str, book: RosterBook, days: tuple[date, ...] = (), also: str = "") -> tuple[Member, ...]:
    """Who shares the shifts of ``office``, with leave, and what they had in the weeks before the first of ``days``;
    ``also``: somebody else who works there and is about to be put on duty, an agent for instance.
    """
    rules = rules_of(office)
    rows = Account.objects.filter(office=office, is_active=True).order_by("name", "username")
    had = _before(rules, book, days)
    return tuple(
        _member(row, book, had)
        for row in rows
        if set(row.roles) & set(rules.roles) or row.person in book.members or row.person == also
    )


def _before(rules: RosterRules, book: RosterBook, days: tuple[date, ...]) -> tuple[Duty, ...]:
    if not days:
        return ()
    first = days[0] - timedelta(weeks=rules.fair_weeks)
    return tuple(duty for duty in book.duties if first <= duty.day < days[0])


def _member(row: Account, book: RosterBook, had: tuple[Duty, ...]) -> Member:
    said = book.members.get(row.person)
    own = [duty for duty in had if duty.person == row.person]
    rules = rules_of(row.office)
    nights = sum(1 for duty in own if (shift := rules.shift(duty.shift)) and shift.night)
    leave = [one for one in book.leaves.values() if one.person == row.person]
    off = frozenset(one.since + n * DAY for one in leave for n in range((one.until - one.since).days + 1))
    return Member(
        person=row.person, skills=frozenset({*row.roles, *([row.agent_kind] if row.agent_kind else ())}),
        fixed=said.fixed if said else "", weekdays=frozenset(said.weekdays) if said else ALL_WEEK, off=off,
        duties=len(own), nights=nights,
    )  # fmt: skip


def task_of(office: str, month: str, kept: Iterable[Duty] = ()) -> Task:
    """The roster of ``office`` for ``month`` (``2026-06``) as a task to be solved.

    Raises:
        NotFound: no roster there, or no such month.
    """
    book, days = load(office).book, days_in(month)
    before = tuple(sorted(duty for duty in book.duties if days[0] - BEFORE <= duty.day < days[0]))
    return Task(
        rules=rules_of(office), members=members_of(office, book, days), days=days, calendar=calendar(),
        before=before, kept=tuple(kept),
    )  # fmt: skip


def days_in(month: str) -> tuple[date, ...]:
    """The days of a month such as ``2026-06``.

    Raises:
        NotFound: there is no such month.
    """
    try:
        return days_of(month)
    except ValueError:
        raise NotFound("roster.no_month", "没有这个月份。请从上面选。") from None


def on_duty(office: str, now: datetime) -> tuple[OnDuty, ...]:
    """The shifts of ``office`` that go on at ``now`` (aware), also those on which nobody is."""
    rules, book, zone = rules_of(office), load(office).book, calendar().zone
    wall = now.astimezone(zone).replace(tzinfo=None)
    found = []
    for day in (wall.date() - DAY, wall.date()):
        for slot in slots_on(rules, day, calendar()):
            if slot.since <= wall < slot.until:
                since_, until = slot.since.replace(tzinfo=zone), slot.until.replace(tzinfo=zone)
                people = book.on(slot.day, slot.shift.code)
                found.append(OnDuty(office=office, slot=slot, since=since_, until=until, people=people))
    return tuple(found)


def answering(now: datetime) -> OnDuty | None:
    """Who answers the house's number at ``now`` (aware); None when nobody is rostered for it."""
    for office, rules in current_pack().rosters.items():
        if rules.answers_phone:
            return next((one for one in on_duty(office, now) if one.people), None)
    return None


def slot_after(office: str, slot: Slot) -> Slot | None:
    """The shift of ``office`` that begins next after ``slot`` began, within a week."""
    for ahead in range(8):
        for other in slots_on(rules_of(office), slot.day + ahead * DAY, calendar()):
            if other.since > slot.since:
                return other
    return None


def unread(office: str, person: str, now: datetime) -> list[Note]:
    """The hand-over notes of the last days that ``person`` has not read, the oldest first: they wrote none of them,
    and are the ones to read it: nobody has read it yet, or they are on duty now.
    """
    book = load(office).book
    on = any(person in one.people for one in on_duty(office, now))
    fresh = [note for note in book.notes.values() if now - note.recorded <= KEPT_NOTES]
    return [note for note in fresh if person not in note.read and note.by != person and (on or not note.read)]


def next_duties(person: str, office: str, today: date, limit: int = 40) -> list[Slot]:
    """The shifts of ``person`` from yesterday on, in order of time."""
    book, rules = load(office).book, rules_of(office)
    own = book.duties_of(person, today - DAY, today + timedelta(days=92))
    return [slot for slot in (slot_of(rules, duty) for duty in own) if slot][:limit]


def tally(office: str, month: str) -> dict[str, tuple[int, int]]:
    """How many shifts and nights each person has in ``month``: for sharing out, shown by name and never ranked."""
    book, rules, days = load(office).book, rules_of(office), set(days_in(month))
    shifts, nights = Counter[str](), Counter[str]()
    for duty in book.duties:
        shift = rules.shift(duty.shift)
        if duty.day in days and shift:
            shifts[duty.person] += 1
            nights[duty.person] += shift.night
    return {person: (number, nights[person]) for person, number in shifts.items()}


def feed_of(token: str) -> FeedRow | None:
    """The calendar that a secret link opens, unless it was revoked."""
    index = keys().blind("calendar feed", token)
    return FeedRow.objects.filter(token_index=index, revoked=None).first()


def feeds_of(office: str, person: str) -> list[FeedRow]:
    """The links to the calendar of ``person``, or of the office (no person), that are open; the newest first."""
    return list(FeedRow.objects.filter(office=office, person=person, revoked=None).order_by("-made"))
