"""The only readers of sailings: by which timetable boats go, what is suspended, added, late, and what leaves next."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from django.conf import settings
from msgspec import Struct

from driftbox.apps.eventlog.shelf import Loaded, Shelf
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.sailings.models import FactRow
from driftbox.apps.sailings.projector import project
from driftbox.domain.ferry.board import BoardLine, board_lines
from driftbox.domain.ferry.book import PAST, Book, Extra, Halt, Late, extend, fold
from driftbox.domain.ferry.facts import book_of
from driftbox.domain.ferry.plan import Trip
from driftbox.domain.ferry.schedule import Schedule, joined
from driftbox.domain.ferry.service import Suspension
from driftbox.domain.ferry.timetable import Timetable
from driftbox.gateways.feed_store import FeedStore
from driftbox.gateways.gtfs import read_schedule

RECORDERS: Final = ("clerk", "director", "crew", "supervisor")  # who records sailings where the pack does not say
KEPT: Final = 8
AGO: Final = timedelta(days=40)  # a plan back from a promised day may look a month into the past
A_WHILE: Final = timedelta(hours=3)  # who comes to the pier now left home before the boats went again
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class ServiceNow(Struct, frozen=True, kw_only=True):
    """How boats go, as known at ``at``.

    ``table``: the timetable in force with extra sailings and delays in it; plan and board take it with ``suspensions``
    (all that a plan made now must know, also those that only begin later). ``halts``: the suspensions in force right
    now; ``resumed``: those that a resumption ended a short while ago. ``added``, ``delays``: what is in ``table``
    beyond the feed. ``routes``: names by id; ``ends``: the first and last stop of each route. ``is_demo``: the
    timetable is invented, and pages must say so. ``missing``: adopted feeds that this node does not have.
    """

    at: datetime
    table: Timetable
    suspensions: tuple[Suspension, ...]
    halts: tuple[Halt, ...]
    resumed: tuple[Halt, ...]
    added: tuple[Extra, ...]
    delays: tuple[Late, ...]
    routes: Mapping[str, str]
    ends: Mapping[str, tuple[str, str]]
    is_demo: bool
    missing: tuple[str, ...] = ()

    def trip(self, origin: str, target: str = "", *, change: int = 5, days: int = 31) -> Trip:
        """The question "how to get there", asked with what is suspended; piers by stop id or name."""
        return Trip(origin=origin, target=target, change=change, suspensions=self.suspensions, days=days)


class _Feeds(Struct, frozen=True):
    """What goes in which order of days; ``own``: today the pack's own timetable is in force."""

    key: tuple[tuple[date | None, str], ...]
    schedule: Schedule
    table: Timetable
    ends: Mapping[str, tuple[str, str]]
    own: bool
    missing: tuple[str, ...]


_shelf = Shelf(fold, extend)
_feeds: dict[object, _Feeds] = {}
_tables: dict[object, Timetable] = {}
_read: dict[Path, Schedule] = {}


def docket() -> str:
    """The docket of the sailings of the pack in use."""
    return book_of(current_pack().id)


def store() -> FeedStore:
    """Where adopted timetables lie, under ``DRIFTBOX_HOME/timetables``."""
    return FeedStore(settings.DRIFTBOX_HOME / "timetables")


def recorders() -> tuple[str, ...]:
    """The roles that may record sailings (pack setting ``sailing_roles``)."""
    roles = current_pack().settings.get("sailing_roles")
    return roles if isinstance(roles, tuple) else RECORDERS


def load() -> Loaded[Book]:
    """The book as the log has it now."""
    return _shelf.load(docket())


def forget() -> None:
    """Drop the kept book, so that the next reader folds it afresh."""
    _shelf.forget()


def service_now(now: datetime) -> ServiceNow:
    """How boats go, as the log has it at ``now`` (aware).

    Raises:
        BadFeed: the pack's own timetable cannot be read.
    """
    book = load().book
    feeds = _feeds_in_force(book, now)
    since_day = (now - PAST).date()
    return ServiceNow(
        at=now,
        table=_table_of(book, feeds, now),
        suspensions=book.suspensions(now),
        halts=book.active(now),
        resumed=book.resumed_since(now - A_WHILE, now),
        added=tuple(one for one in book.extras.values() if one.day >= since_day),
        delays=tuple(one for one in book.late.values() if one.day >= since_day and (one.minutes or one.calls)),
        routes=feeds.schedule.routes,
        ends=feeds.ends,
        is_demo=feeds.own and current_pack().settings.get("timetable_is_demo") is True,
        missing=feeds.missing,
    )


def current_timetable(now: datetime) -> Timetable:
    """The timetable in force at ``now``, with extra sailings and delays in it."""
    return service_now(now).table


def current_schedule(now: datetime) -> Schedule:
    """The feeds in force around ``now`` as they are read, without what the book adds."""
    return _feeds_in_force(load().book, now).schedule


def written_timetable(now: datetime) -> Timetable:
    """The timetable in force at ``now`` as the feeds have it, without what the book adds."""
    return _feeds_in_force(load().book, now).table


def next_from(pier: str, target: str, now: datetime, limit: int) -> tuple[BoardLine, ...]:
    """The next boats from a pier (code of the pack, stop id or name) straight to ``target``, or anywhere when that is
    empty; suspended ones among them, each with its suspension.

    Raises:
        NotFound: no such pier in the timetable.
    """
    return board_of(service_now(now), stop_of(pier), stop_of(target) if target else "", limit)


def board_of(
    service: ServiceNow, origin: str, target: str, limit: int, at: datetime | None = None
) -> tuple[BoardLine, ...]:
    """The same for stops of the timetable, of a service already at hand; from ``at`` on where that is another time.

    Raises:
        NotFound: no such pier in the timetable.
    """
    return board_lines(service.table, service.trip(origin, target, days=8), at or service.at, limit)


def box_route() -> tuple[str, str] | None:
    """The two piers between which boxes travel, as the pack says (setting ``box_route``)."""
    route = current_pack().settings.get("box_route")
    if not isinstance(route, tuple) or len(route) != 2 or not set(route) <= current_pack().piers.keys():  # noqa: PLR2004 - to and fro
        return None
    return route[0], route[1]


def other_end(pier: str) -> str:
    """Where a box goes from a pier; empty where the pack does not say."""
    route = box_route() or ("", "")
    return {route[0]: route[1], route[1]: route[0]}.get(pier, "") if pier else ""


def stop_of(pier: str) -> str:
    """The id in the timetable of a pier of the pack; anything else is taken as it is."""
    known = current_pack().piers.get(pier)
    return known.stop or pier if known else pier


def facts(limit: int = 200) -> list[FactRow]:
    """What was said of sailings, the latest first, with who said so and since when."""
    return list(FactRow.objects.order_by("-recorded", "-entry")[:limit])


def fact_rows() -> dict[str, FactRow]:
    """Every row by entry."""
    return {row.entry: row for row in FactRow.objects.all()}


def differing_rows() -> list[str]:
    """The entries whose row is not what a fresh fold gives: changed, missing, or left over."""
    forget()
    fresh, rows = project(load().book), fact_rows()
    differing = {
        entry for entry, row in fresh.items()
        if entry not in rows or any(getattr(rows[entry], name) != value for name, value in row.items())
    }  # fmt: skip
    return sorted(differing | (rows.keys() - fresh.keys()))


def _feeds_in_force(book: Book, now: datetime) -> _Feeds:
    """The feeds from a few days ago on: what went before moves no boat any more."""
    today = calendar().local_date(now)
    chain: list[tuple[date | None, Path]] = [(None, settings.DRIFTBOX_PACK / "timetable")]
    missing: list[str] = []
    for day, feed in book.timetables():
        path = store().find(feed)
        if path is None:
            missing.append(feed)
        else:
            chain = [(day, path)] if day <= today - AGO else [*chain, (day, path)]
    own = all(day is None or day > today for day, _path in chain)
    key = tuple((day, str(path)) for day, path in chain)
    held = _feeds.get((key, own, tuple(missing)))
    if held is None:
        later = [(day or date.min, schedule_in(path)) for day, path in chain[1:]]
        whole = joined(schedule_in(chain[0][1]), later)
        held = _Feeds(key, whole, whole.table(), whole.ends(), own, tuple(missing))
        _remember(_feeds, (key, own, tuple(missing)), held)
    return held


def schedule_in(path: Path) -> Schedule:
    """The feed in ``path`` as it is read, kept in memory; a pack without a timetable has no boats.

    Raises:
        BadFeed: with file, line and fault.
    """
    held = _read.get(path)
    if held is None:
        zone = current_pack().zone
        none = Schedule(stops=(), sailings=(), services={}, transfers=(), zone=zone, routes={})
        held = read_schedule(path) if path.exists() else none
        _remember(_read, path, held)
    return held


def _table_of(book: Book, feeds: _Feeds, now: datetime) -> Timetable:
    """The timetable of ``feeds`` with what the book adds; made once for as long as the book stays the same."""
    days = book.day_changes(now)
    if not days:
        return feeds.table
    key = feeds.key, feeds.own, book.count, book.last, (now - PAST).date()
    held = _tables.get(key)
    if held is None:
        held = feeds.table.changed(days)
        _remember(_tables, key, held)
    return held


def _remember(kept: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    while len(kept) >= KEPT:
        kept.pop(next(iter(kept)), None)
    kept[key] = value
