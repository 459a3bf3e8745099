"""How to get from one pier to another: by the earliest arrival, or by the latest departure that is still in time."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from math import ceil, floor
from zoneinfo import ZoneInfo

from msgspec import Struct

from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.changes import NEVER
from driftbox.domain.ferry.scan import Backward, Forward, Ride
from driftbox.domain.ferry.service import Stop, Suspension
from driftbox.domain.ferry.suspended import dim_by
from driftbox.domain.ferry.timetable import Slice, Timetable

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
    end, reached = asked.forward(start).run(asked.targets, asked.spans(start))
    if end is None:
        raise _none(trip)
    # Only boats that one could be aboard of may be left later, and only those that are in time are taken then.
    leave, useful = asked.backward(end).run(asked.origins, reversed(reached), start)
    return _journey(asked, start if leave is None else leave, useful if leave is not None else reached)


def plan_departure(table: Timetable, trip: Trip, by: datetime) -> Journey:
    """The journey that leaves last and still arrives by ``by`` (aware), arriving as early as that allows.

    Raises:
        NotFound: no such pier, or no boat in the ``trip.days`` days before.
    """
    asked = _Asked(table, trip)
    if asked.is_there:
        return Journey(by, by, ())
    end = floor(by.timestamp())
    leave, useful = asked.backward(end).run(asked.origins, asked.spans_back(end), -NEVER)
    if leave is None:
        raise _none(trip)
    return _journey(asked, leave, useful)


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
        self._dim = dim_by(table, trip.suspensions)
        if not table.can_ever_reach(self.origins, self.targets, self._changes):
            raise NotFound(
                "ferry.no_line", "从{origin}到{target}没有船，转船也到不了", origin=trip.origin, target=trip.target
            )

    def forward(self, start: int) -> Forward:
        """The search for arrivals from ``start`` on."""
        return Forward(self.table, self._changes, self.origins, start)

    def spans(self, start: int) -> Iterator[Slice]:
        """The hops from ``start`` on that are not suspended, span by span."""
        return map(self._dim, self.table.spans(start, self.trip.days))

    def spans_back(self, end: int) -> Iterator[Slice]:
        """The hops until ``end`` that are not suspended, the last span first."""
        return map(self._dim, self.table.spans_back(end, self.trip.days))

    def backward(self, end: int) -> Backward:
        """The search for departures that are in time for ``end``."""
        return Backward(self.table, self._changes, self.targets, end)


def _none(trip: Trip) -> NotFound:
    return NotFound(
        "ferry.no_boat",
        "从{origin}到{target}，{days} 天里没有赶得上的船",
        origin=trip.origin,
        target=trip.target,
        days=trip.days,
    )


def _journey(asked: _Asked, leave: int, spans: Iterable[Slice]) -> Journey:
    found = asked.forward(leave)
    found.run(asked.targets, spans)
    target = min(asked.targets, key=lambda place: (found.there[place], place))
    legs = tuple(reversed(list(_legs_back(asked.table, found, target, leave))))
    return Journey(legs[0].depart, legs[-1].arrive, legs)


def _legs_back(table: Timetable, found: Forward, target: int, leave: int) -> Iterator[Leg]:
    """The legs that led to ``target``, the last one first."""
    source, at, here = found.there_from[target], found.there[target], target
    while True:
        before = source if source >= 0 else ~source
        ride = found.ride.get(before) if source >= 0 else None
        if before != here:
            yield _leg(table, (before, here), leave if ride is None else ride[3], at)
        if ride is None:
            return
        board, depart, _key, arrive = ride
        yield _leg(table, (board, before), depart, arrive, ride)
        source, at, here = found.ready_from[board], found.ready[board], board


def _leg(table: Timetable, ends: tuple[int, int], depart: int, arrive: int, ride: Ride | None = None) -> Leg:
    trip, route = ("", "") if ride is None else table.runs[ride[2] % len(table.runs)]
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
