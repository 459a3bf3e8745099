"""The book of sailings 船班簿: what the entries of a pack's sailings add up to, the same for every order of arrival."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct, field, structs

from driftbox.domain.ferry import facts as f
from driftbox.domain.ferry.service import Call, CallShift, DayChange, Sailing, Suspension
from driftbox.domain.log.entry import Entry
from driftbox.domain.log.ids import instant

PAST: Final = timedelta(days=4)  # what ended longer ago moves no boat any more; a trip may be under way for days


class Said(Struct, frozen=True, kw_only=True):
    """Who recorded a fact and when; ``who`` said so, heard how."""

    entry: str
    by: str
    role: str
    recorded: datetime
    who: str = ""
    source: str = ""


class Halt(Struct, frozen=True, kw_only=True):
    """One suspension as it stands. ``ended`` is the entry that ended it, ``replaced`` the one that corrects it."""

    said: Said
    kind: f.Kind
    id: str
    since: datetime
    until: datetime | None
    cause: f.Cause
    entity: str = ""
    ended: str = ""
    replaced: str = ""

    def covers(self, at: datetime) -> bool:
        """Whether boats stand still because of it at ``at``."""
        return not self.replaced and self.since <= at and (self.until is None or at < self.until)

    @property
    def as_suspension(self) -> Suspension:
        """It, as the planner takes it."""
        return Suspension(
            kind=self.kind, id=self.id, since=self.since, until=self.until, reason=self.cause, who=self.said.who
        )


class Extra(Struct, frozen=True, kw_only=True):
    """One extra sailing on a day."""

    said: Said
    trip: str
    route: str
    day: date
    calls: tuple[Call, ...]


class Late(Struct, frozen=True, kw_only=True):
    """How many minutes later a trip goes on a day, or how late it is at each call."""

    said: Said
    trip: str
    day: date
    minutes: int
    calls: tuple[f.CallChange, ...] = ()


class Adoption(Struct, frozen=True, kw_only=True):
    """From which day boats go by which timetable."""

    said: Said
    feed: str
    since: date


class Resumption(Struct, frozen=True, kw_only=True):
    """From when boats go again, and which suspensions that ended."""

    said: Said
    since: datetime
    ended: tuple[str, ...]


class Book(Struct):
    """All that was said of sailings. ``contested``: the entries that cannot stand, each with the reason."""

    halts: dict[str, Halt] = field(default_factory=dict)
    resumed: dict[str, Resumption] = field(default_factory=dict)
    extras: dict[tuple[str, date], Extra] = field(default_factory=dict)
    late: dict[tuple[str, date], Late] = field(default_factory=dict)
    adopted: dict[str, Adoption] = field(default_factory=dict)
    contested: dict[str, str] = field(default_factory=dict)
    last: str = ""
    count: int = 0

    def active(self, at: datetime) -> tuple[Halt, ...]:
        """The suspensions in force at ``at``, the latest first."""
        return tuple(sorted((h for h in self.halts.values() if h.covers(at)), key=lambda h: h.since, reverse=True))

    def resumed_since(self, since: datetime, at: datetime) -> tuple[Halt, ...]:
        """The suspensions that a resumption ended between ``since`` and ``at``, the latest first."""
        ended = (h for h in self.halts.values() if h.ended and not h.replaced and h.until is not None)
        lately = [h for h in ended if h.until and since < h.until <= at and h.until > h.since]
        return tuple(sorted(lately, key=lambda h: h.until or at, reverse=True))

    def suspensions(self, at: datetime) -> tuple[Suspension, ...]:
        """Everything a plan made at ``at`` has to know: what is suspended now, will be, or was until a moment ago."""
        since = at - PAST
        standing = (h for h in self.halts.values() if not h.replaced and (h.until is None or h.until > since))
        return tuple(h.as_suspension for h in standing if h.until is None or h.until > h.since)

    def day_changes(self, at: datetime) -> Mapping[date, DayChange]:
        """The service days from about ``at`` on that differ from the timetable."""
        since = (at - PAST).date()
        extra = [one for one in self.extras.values() if one.day >= since]
        late = [one for one in self.late.values() if one.day >= since and (one.minutes or one.calls)]
        return {
            day: DayChange(
                late={one.trip: 60 * one.minutes for one in late if one.day == day and not one.calls},
                calls={one.trip: _shifts(one) for one in late if one.day == day and one.calls},
                extra=tuple(_sailing(one) for one in extra if one.day == day),
            )
            for day in sorted({one.day for one in extra} | {one.day for one in late})
        }

    def timetables(self) -> tuple[tuple[date, str], ...]:
        """Which feed goes from which day on, in order of days; of two for one day, the one said last."""
        return tuple(sorted({one.since: one.feed for _key, one in sorted(self.adopted.items())}.items()))


def fold(entries: Iterable[Entry]) -> Book:
    """The book that ``entries`` make, whatever order they come in and however often each is repeated."""
    return extend(Book(), entries)


def extend(book: Book, entries: Iterable[Entry]) -> Book:
    """A new book with ``entries``, all of them later than what ``book`` knows; ``book`` stays as it is."""
    book = Book(
        halts=dict(book.halts), resumed=dict(book.resumed), extras=dict(book.extras), late=dict(book.late),
        adopted=dict(book.adopted), contested=dict(book.contested), last=book.last, count=book.count,
    )  # fmt: skip
    unique = {entry.id: entry for entry in entries}
    for key in sorted(unique):
        book.last, book.count = key, book.count + 1
        reason = _apply(book, unique[key])
        if reason:
            book.contested[key] = reason
    return book


def _apply(book: Book, entry: Entry) -> str:
    body = entry.body
    if isinstance(body, f.SailingSuspended):
        return _suspend(book, entry, body)
    if isinstance(body, f.SailingResumed):
        return _resume(book, entry, body)
    if isinstance(body, f.SailingAdded):
        return _add(book, entry, body)
    if isinstance(body, f.SailingChanged):
        return _delay(book, entry, body)
    return _adopt(book, entry, body) if isinstance(body, f.TimetableAdopted) else "not_here"


def _said(entry: Entry, who: str = "", source: str = "") -> Said:
    return Said(
        entry=entry.id, by=entry.by, role=entry.role, recorded=instant(entry.recorded_ms), who=who, source=source
    )


def _suspend(book: Book, entry: Entry, body: f.SailingSuspended) -> str:
    since, until = f.moment_of(body.since), f.moment_of(body.until) if body.until else None
    if since is None or (body.until and until is None):
        return "bad_moment"
    if until is not None and until <= since:
        return "ends_before_it_begins"
    if body.replaces:
        old = book.halts.get(body.replaces)
        if old is None:
            return "unknown_suspension"
        if old.replaced:
            return "replaced_already"
        book.halts[body.replaces] = structs.replace(old, replaced=entry.id)
    book.halts[entry.id] = Halt(
        said=_said(entry, body.who, body.source), kind=body.kind, id=body.id, since=since, until=until,
        cause=body.cause, entity=body.entity,
    )  # fmt: skip
    return ""


def _resume(book: Book, entry: Entry, body: f.SailingResumed) -> str:
    since = f.moment_of(body.since)
    if since is None:
        return "bad_moment"
    ended = halted_by(book, body, since)
    for key in ended:
        book.halts[key] = structs.replace(book.halts[key], until=since, ended=entry.id)
    if not ended:
        return "not_suspended"
    book.resumed[entry.id] = Resumption(said=_said(entry, body.who, body.source), since=since, ended=ended)
    return ""


def halted_by(book: Book, body: f.SailingResumed, since: datetime) -> tuple[str, ...]:
    """The suspensions that a resumption at ``since`` would end."""
    meant = [body.suspension] if body.suspension else sorted(book.halts)
    halts = [book.halts[key] for key in meant if key in book.halts]
    return tuple(
        halt.said.entry
        for halt in halts
        if not halt.replaced
        and (body.suspension or (halt.kind, halt.id) == (body.kind, body.id))
        and (halt.until is None or halt.until > since)
    )


def _add(book: Book, entry: Entry, body: f.SailingAdded) -> str:
    day = _day(body.day)
    if day is None:
        return "bad_day"
    if not runs_forward(body.calls):
        return "time_runs_back"
    calls = tuple(Call(call.stop, call.arrive, call.depart) for call in body.calls)
    said = _said(entry, body.who, body.source)
    book.extras[body.trip, day] = Extra(said=said, trip=body.trip, route=body.route, day=day, calls=calls)
    return ""


def runs_forward(calls: Iterable[f.ExtraCall]) -> bool:
    """Whether no call is before the one before it."""
    clock = 0
    for call in calls:
        if not clock <= call.arrive <= call.depart:
            return False
        clock = call.depart
    return True


def _delay(book: Book, entry: Entry, body: f.SailingChanged) -> str:
    day = _day(body.day)
    if day is None:
        return "bad_day"
    said = _said(entry, body.who, body.source)
    book.late[body.trip, day] = Late(said=said, trip=body.trip, day=day, minutes=body.minutes, calls=body.calls)
    return ""


def _shifts(late: Late) -> tuple[CallShift, ...]:
    return tuple(CallShift(call.arrive, call.depart, call.skipped) for call in late.calls)


def _adopt(book: Book, entry: Entry, body: f.TimetableAdopted) -> str:
    day = _day(body.since)
    if day is None:
        return "bad_day"
    book.adopted[entry.id] = Adoption(said=_said(entry), feed=body.feed, since=day)
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _sailing(one: Extra) -> Sailing:
    return Sailing(trip=one.trip, route=one.route, service="", calls=one.calls)
