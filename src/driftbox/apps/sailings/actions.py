"""The only writers of sailings: load → decide → append → project, in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from msgspec import Struct

from driftbox.apps.eventlog.actions import Draft, append, lock
from driftbox.apps.eventlog.queries import Head
from driftbox.apps.pack import current_pack
from driftbox.apps.sailings import queries
from driftbox.apps.sailings.models import FactRow
from driftbox.apps.sailings.projector import project
from driftbox.domain.errors import BadEntry, NotAllowed, Refused
from driftbox.domain.ferry import facts as f
from driftbox.domain.ferry.book import Book, extend
from driftbox.domain.ferry.decide import check
from driftbox.domain.ferry.realtime import Aside, News, facts_of
from driftbox.domain.log.entry import Body, moment_text
from driftbox.gateways.gtfs import BadFeed, read_schedule

FEED = "feed"  # the role of what came in a file: nobody said it here


class Taken(Struct, frozen=True):
    """How taking in a realtime feed went: new facts, those known already, and what was left aside and why."""

    new: int
    known: int
    aside: tuple[Aside, ...]


def record(bodies: Sequence[Body], *, by: str, role: str, now: datetime) -> Book:
    """Record ``bodies`` in the book of sailings, all or none; returns it as it now stands.

    Raises:
        NotAllowed: not in this role.
        Refused: the first that is not allowed; nothing was written.
    """
    if role not in {*queries.recorders(), FEED}:
        raise NotAllowed("sailing.role", "停航、复航不归您记。请告诉站里，由能记的人来记。")
    with transaction.atomic():
        pen = _Pen(by, role, now)
        for body in bodies:
            pen.put(body)
        write(pen.book)
    return pen.book


class _Pen:
    """Writes in the book; the caller holds the transaction, and writes the rows at its end."""

    def __init__(self, by: str, role: str, now: datetime) -> None:
        self._by, self._role, self._now = by, role, now
        self._table = queries.service_now(now).table
        lock(queries.docket())
        loaded = queries.load()
        self.book, self._head = loaded.book, loaded.head

    def put(self, body: Body) -> None:
        """Write one fact.

        Raises:
            Refused: it is not allowed.
        """
        check(self.book, body, self._table, self._now)
        draft = Draft(kind=f.KIND_OF[type(body)], body=body, by=self._by, role=self._role)
        written = append(queries.docket(), draft, now=self._now, head=self._head)
        self._head = Head(written.entry.id, written.digest)
        self.book = extend(self.book, [written.entry])


def write(book: Book) -> None:
    """Write the rows of the book from its folded state; only what changed is touched."""
    held = queries.fact_rows()
    fresh = project(book)
    for entry, row in fresh.items():
        old = held.pop(entry, None)
        if old is None or any(getattr(old, name) != value for name, value in row.items()):
            FactRow.objects.update_or_create(entry=entry, defaults=row)
    FactRow.objects.filter(entry__in=list(held)).delete()


def rebuild() -> Book:
    """Fold the book afresh and write its rows again."""
    queries.forget()
    book = queries.load().book
    with transaction.atomic():
        FactRow.objects.all().delete()
        write(book)
    return book


def suspend(  # noqa: PLR0913 - which boats, from when to when, why, who said so, who records
    kind: f.Kind, id_: str, *, since: datetime, until: datetime | None = None, cause: f.Cause, who: str = "",
    source: f.Source = "operator", replaces: str = "", by: str, role: str, now: datetime,
) -> Book:  # fmt: skip
    """Record that boats do not go 停航; ``replaces`` is the entry of the suspension that this one corrects.

    Raises:
        NotAllowed, Refused: see ``record``.
    """
    body = f.SailingSuspended(
        kind=kind, id=id_, since=moment_text(since), until=moment_text(until) if until else "", cause=cause,
        who=who or by or role, source=source, replaces=replaces,
    )  # fmt: skip
    return record([body], by=by, role=role, now=now)


def resume(
    suspension: str, *, since: datetime, who: str = "", source: f.Source = "operator", by: str, role: str,
    now: datetime,
) -> Book:  # fmt: skip
    """Record that boats go again 复航: the suspension of this entry is over from ``since`` on.

    Raises:
        NotAllowed, Refused: see ``record``.
    """
    body = f.SailingResumed(suspension=suspension, since=moment_text(since), who=who or by or role, source=source)
    return record([body], by=by, role=role, now=now)


def resume_all(
    kind: f.Kind, id_: str, *, since: datetime, who: str = "", source: f.Source = "operator", by: str, role: str,
    now: datetime,
) -> Book:  # fmt: skip
    """Record that all suspensions of a route, trip or stop are over from ``since`` on.

    Raises:
        NotAllowed, Refused: see ``record``.
    """
    body = f.SailingResumed(kind=kind, id=id_, since=moment_text(since), who=who or by or role, source=source)
    return record([body], by=by, role=role, now=now)


def add_sailing(  # noqa: PLR0913 - which boat, when, who said so, who records
    trip: str, day: date, calls: Sequence[f.ExtraCall], *, route: str = "", who: str = "",
    source: f.Source = "operator", by: str, role: str, now: datetime,
) -> Book:  # fmt: skip
    """Record an extra sailing 加班 on one day, under a trip id of its own.

    Raises:
        NotAllowed, Refused: see ``record``.
    """
    body = f.SailingAdded(
        trip=trip, route=route, day=day.isoformat(), calls=tuple(calls), who=who or by or role, source=source
    )
    return record([body], by=by, role=role, now=now)


def delay(
    trip: str, day: date, minutes: int, *, who: str = "", source: f.Source = "operator", by: str, role: str,
    now: datetime,
) -> Book:  # fmt: skip
    """Record that a trip goes so many minutes late 晚点 on one day; 0 takes it back.

    Raises:
        NotAllowed, Refused: see ``record``.
    """
    body = f.SailingChanged(trip=trip, day=day.isoformat(), minutes=minutes, who=who or by or role, source=source)
    return record([body], by=by, role=role, now=now)


def import_feed(path: Path, since: date, *, by: str, role: str, now: datetime) -> str:
    """Keep the feed in ``path`` and let boats go by it from the day ``since`` on; returns its digest.

    Raises:
        BadFeed: with file, line and fault; nothing was kept.
        NotAllowed, Refused: see ``record``.
    """
    schedule = read_schedule(path)
    if schedule.zone != current_pack().zone:
        raise BadFeed("agency.txt", 2, "时区是 {zone}，这里用的是 {here}", zone=schedule.zone, here=current_pack().zone)
    feed = queries.store().keep(path)
    record([f.TimetableAdopted(feed=feed, since=since.isoformat())], by=by, role=role, now=now)
    return feed


def import_realtime(news: News, *, whole: bool = False, by: str = "", role: str = FEED, now: datetime) -> Taken:
    """Take in what a realtime feed says; the same feed once more changes nothing. What cannot stand is left aside.

    ``whole``: the feed is all there is, so that what it brought once and no longer holds is over.

    Raises:
        NotAllowed: not in this role.
    """
    if role not in {*queries.recorders(), FEED}:
        raise NotAllowed("sailing.role", "停航、复航不归您记。请告诉站里，由能记的人来记。")
    agencies = queries.current_schedule(now).agencies
    with transaction.atomic():
        pen = _Pen(by, role, now)
        made = facts_of(news, pen.book, queries.written_timetable(now), agencies, now, whole=whole)
        aside, new = list(made.aside), 0
        for entity, body in made.bodies:
            try:
                pen.put(body)
            except (Refused, BadEntry) as why:
                aside.append(Aside(entity, why))
            else:
                new += 1
        write(pen.book)
    return Taken(new, made.known, tuple(aside))
