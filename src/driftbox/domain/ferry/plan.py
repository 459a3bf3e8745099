"""How to get from one pier to another: by the earliest arrival, or by the latest departure that is still in time."""

from collections.abc import Callable, Iterator
from datetime import datetime
from math import ceil, floor
from zoneinfo import ZoneInfo

from msgspec import Struct

from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.changes import Changes
from driftbox.domain.ferry.scan import Backward, Forward, Ride
from driftbox.domain.ferry.service import DAY, Stop, Suspension
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
    origins, targets, changes, dim = _asked(table, trip)
    if origins & targets:
        return Journey(at, at, ())
    start = ceil(at.timestamp())
    end = Forward(table, changes, origins, start, dim).run(targets, trip.days)
    if end is None:
        raise _none(trip)
    days = (end - start) // DAY + 2
    leave = Backward(table, changes, targets, end, dim).run(origins, days, start)
    return _journey(table, trip, start if leave is None else leave)


def plan_departure(table: Timetable, trip: Trip, by: datetime) -> Journey:
    """The journey that leaves last and still arrives by ``by`` (aware), arriving as early as that allows.

    Raises:
        NotFound: no such pier, or no boat in the ``trip.days`` days before.
    """
    origins, targets, changes, dim = _asked(table, trip)
    if origins & targets:
        return Journey(by, by, ())
    leave = Backward(table, changes, targets, floor(by.timestamp()), dim).run(origins, trip.days)
    if leave is None:
        raise _none(trip)
    return _journey(table, trip, leave)


def places(table: Timetable, called: str) -> frozenset[int]:
    """The stops of a pier by id or name.

    Raises:
        NotFound: there is no such pier.
    """
    found = table.places(called)
    if not found:
        raise NotFound("ferry.no_stop", "时刻表里没有叫“{name}”的码头，换个名字看看", name=called)
    return found


def _asked(table: Timetable, trip: Trip) -> tuple[frozenset[int], frozenset[int], Changes, Callable[[Slice], Slice]]:
    origins, targets = places(table, trip.origin), places(table, trip.target)
    changes = table.changes(60 * trip.change)
    if not table.can_ever_reach(origins, targets, changes):
        raise NotFound(
            "ferry.no_line", "从{origin}到{target}没有船，转船也到不了", origin=trip.origin, target=trip.target
        )
    return origins, targets, changes, dim_by(table, trip.suspensions)


def _none(trip: Trip) -> NotFound:
    return NotFound(
        "ferry.no_boat",
        "从{origin}到{target}，{days} 天里没有赶得上的船",
        origin=trip.origin,
        target=trip.target,
        days=trip.days,
    )


def _journey(table: Timetable, trip: Trip, leave: int) -> Journey:
    origins, targets, changes, dim = _asked(table, trip)
    found = Forward(table, changes, origins, leave, dim)
    end = found.run(targets, trip.days)
    if end is None:
        raise _none(trip)
    target = min(targets, key=lambda place: (found.there[place], place))
    legs = tuple(reversed(list(_legs_back(table, found, target, leave))))
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
