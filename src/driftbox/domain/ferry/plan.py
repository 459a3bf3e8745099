"""How to get from one pier to another: by the earliest arrival, or by the latest departure that is still in time."""

from collections.abc import Iterator
from datetime import date, datetime
from math import ceil, floor
from zoneinfo import ZoneInfo

from msgspec import Struct

from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.changes import NEVER
from driftbox.domain.ferry.reach import Day, Earliest, Latest
from driftbox.domain.ferry.service import DAY, Stop, Suspension
from driftbox.domain.ferry.suspended import lines_of
from driftbox.domain.ferry.timetable import Timetable

DAYS_AHEAD = 31  # a boat later than that is no answer for a box


class Leg(Struct, frozen=True, kw_only=True):
    """One stretch of a journey; ``trip`` and ``route`` are empty on a way over land. Each clock is that of its pier."""

    origin: Stop
    target: Stop
    route: str
    trip: str
    depart: datetime
    arrive: datetime


class Journey(Struct, frozen=True):
    """A way from pier to pier; no legs where they are the same."""

    depart: datetime
    arrive: datetime
    legs: tuple[Leg, ...]


class Trip(Struct, frozen=True, kw_only=True):
    """What is asked: from where to where (ids or names), ``change`` minutes where the timetable names none, which
    boats do not go, and how many days to look.
    """

    origin: str
    target: str
    change: int = 5
    suspensions: tuple[Suspension, ...] = ()
    days: int = DAYS_AHEAD


def plan_arrival(table: Timetable, trip: Trip, at: datetime) -> Journey:
    """The journey that arrives first when one may leave at ``at`` (aware), leaving as late as that allows.

    Raises:
        NotFound: no such pier, or no boat in ``trip.days`` days.
    """
    asked = _Asked(table, trip)
    if asked.is_there:
        return Journey(at, at, ())
    start = ceil(at.timestamp())
    until = start + DAY * trip.days
    found = asked.earliest(start, until)
    if found.arrival is None:
        raise _none(trip)
    # Who may leave later and still arrives then, should; only where one can be in time is that looked for.
    latest = asked.latest(found.arrival, start, found)
    leave = start if latest.departure is None else latest.departure
    return _journey(asked, leave, until, latest)


def plan_departure(table: Timetable, trip: Trip, by: datetime) -> Journey:
    """The journey that leaves last and still arrives by ``by`` (aware), arriving as early as that allows.

    Raises:
        NotFound: no such pier, or no boat in the ``trip.days`` days before.
    """
    asked = _Asked(table, trip)
    if asked.is_there:
        return Journey(by, by, ())
    end = floor(by.timestamp())
    latest = asked.latest(end, end + 1 - DAY * trip.days)
    if latest.departure is None:
        raise _none(trip)
    return _journey(asked, latest.departure, end + 1, latest)


def places(table: Timetable, called: str) -> frozenset[int]:
    """The stops of a pier by id or name.

    Raises:
        NotFound: there is no such pier.
    """
    found = table.places(called)
    if not found:
        raise NotFound("ferry.no_stop", "时刻表里没有叫“{name}”的码头，换个名字看看", name=called)
    return found


class _Asked:
    """A question with its names looked up.

    Raises:
        NotFound: no such pier, or no boats that ever lead there.
    """

    def __init__(self, table: Timetable, trip: Trip) -> None:
        self.table, self.trip = table, trip
        self.origins, self.targets = places(table, trip.origin), places(table, trip.target)
        self.is_there = not self.origins.isdisjoint(self.targets)
        self._changes = table.changes(60 * trip.change)
        self._left = table.at_least(self.targets, 60 * trip.change)
        if all(self._left[origin] == NEVER for origin in self.origins):
            raise NotFound(
                "ferry.no_line", "从{origin}到{target}没有船，转船也到不了", origin=trip.origin, target=trip.target
            )

    def earliest(self, start: int, until: int, in_time: Latest | None = None) -> Earliest:
        """The earliest arrivals from ``start`` on, by boats that are boarded before ``until``."""
        search = Earliest(self._changes, self.origins, self.targets, start, self._left, in_time)
        search.run((self._day(day, self.table.begins(day)) for day in self.table.days(start, until)), until)
        return search

    def latest(self, end: int, since: int, found: Earliest | None = None) -> Latest:
        """The latest departures, not before ``since``, that are in time for ``end``."""
        search = Latest(self._changes, self.targets, self.origins, end, found)
        days = reversed(list(self.table.days(since, end + 1)))
        search.run((self._day(day, self.table.ends(day)) for day in days), since)
        return search

    def _day(self, day: date, turn: int) -> Day:
        return Day(turn, self.table.midnight(day), lines_of(self.table, self.trip.suspensions, day))


def _none(trip: Trip) -> NotFound:
    return NotFound(
        "ferry.no_boat",
        "从{origin}到{target}，{days} 天里没有赶得上的船",
        origin=trip.origin,
        target=trip.target,
        days=trip.days,
    )


def _journey(asked: _Asked, leave: int, until: int, latest: Latest) -> Journey:
    found = asked.earliest(leave, until, latest)
    target = min(asked.targets, key=lambda place: (found.there[place], place))
    legs = tuple(reversed(list(_legs_back(asked.table, found, target, leave))))
    return Journey(legs[0].depart, legs[-1].arrive, legs)


def _legs_back(table: Timetable, found: Earliest, target: int, leave: int) -> Iterator[Leg]:
    """The legs that led to ``target``, the last one first."""
    source, at, here = found.there_from[target], found.there[target], target
    while True:
        before = source if source >= 0 else ~source
        ride = found.ride.get(before) if source >= 0 else None
        if before != here:
            yield _leg(table, (before, here), leave if ride is None else found.rode[before], at)
        if ride is None:
            return
        board, depart, run = ride
        yield _leg(table, (board, before), depart, found.rode[before], run)
        source, at, here = found.ready_from[board], found.ready[board], board


def _leg(table: Timetable, ends: tuple[int, int], depart: int, arrive: int, run: int | None = None) -> Leg:
    trip, route = ("", "") if run is None else table.runs[run]
    origin, target = table.stops[ends[0]], table.stops[ends[1]]
    return Leg(
        origin=origin,
        target=target,
        route=route,
        trip=trip,
        depart=clock_at(table, origin, depart),
        arrive=clock_at(table, target, arrive),
    )


def clock_at(table: Timetable, stop: Stop, instant: int) -> datetime:
    """An instant (Unix seconds) as the clock at ``stop`` shows it."""
    return datetime.fromtimestamp(instant, ZoneInfo(stop.zone) if stop.zone else table.zone)
