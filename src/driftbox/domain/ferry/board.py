"""The board of a pier: which boats leave next, without a change."""

from datetime import date, datetime
from math import ceil

from msgspec import Struct, structs

from driftbox.domain.ferry.lines import CUT, LAST, NO_ALIGHT, NO_BOARD
from driftbox.domain.ferry.plan import Trip, clock_at, places
from driftbox.domain.ferry.service import Stop, Suspension
from driftbox.domain.ferry.suspended import dim_by
from driftbox.domain.ferry.timetable import Slice, Timetable


class Departure(Struct, frozen=True, kw_only=True):
    """One boat on the board of a pier: where it leaves from and goes to without a change, on which service day."""

    route: str
    trip: str
    day: date
    origin: Stop
    target: Stop
    depart: datetime
    arrive: datetime


def next_sailings(table: Timetable, trip: Trip, at: datetime, limit: int) -> tuple[Departure, ...]:
    """The next boats from ``trip.origin`` straight to ``trip.target``, or wherever they go when that is empty.

    Raises:
        NotFound: no such pier.
    """
    origins = places(table, trip.origin)
    targets = places(table, trip.target) if trip.target else None
    board = _Board(table, origins, targets)
    dim = dim_by(table, trip.suspensions)
    for one in table.spans(ceil(at.timestamp()), trip.days):
        board.watch(dim(one))
        if board.is_settled(limit):
            break
    return board.departures(limit)


class BoardLine(Struct, frozen=True):
    """One line of a board: a boat, and what keeps it ashore if something does."""

    boat: Departure
    halted: Suspension | None = None


def board_lines(table: Timetable, trip: Trip, at: datetime, limit: int) -> tuple[BoardLine, ...]:
    """The next boats in order of departure, those that are suspended 停航 or pass the pier by 甩站 among them.

    Raises:
        NotFound: no such pier.
    """
    whole = table.without_skips()
    written = next_sailings(whole, structs.replace(trip, suspensions=()), at, limit)
    if (whole is table and not trip.suspensions) or not written:
        return tuple(BoardLine(boat) for boat in written)
    going = next_sailings(table, trip, at, limit)
    sails = {_key(boat) for boat in going}
    lines = [
        BoardLine(boat, _passing(table, boat) or _cause(table, boat, trip.suspensions))
        for boat in written
        if _key(boat) not in sails
    ]
    lines += [BoardLine(boat) for boat in going]
    return tuple(sorted(lines, key=lambda line: (line.boat.depart, line.boat.arrive, line.boat.trip)))[:limit]


def _key(boat: Departure) -> tuple[str, date, datetime]:
    return boat.trip, boat.day, boat.depart


def _passing(table: Timetable, boat: Departure) -> Suspension | None:
    """A boat that does not call at one of its two piers today, told like a suspension of it."""
    if not any(table.shift_at(boat.trip, boat.day, stop.id).skipped for stop in (boat.origin, boat.target)):
        return None
    return Suspension(kind="trip", id=boat.trip, since=boat.depart, until=boat.arrive, reason="skipped", who="gtfs_rt")


def _cause(table: Timetable, boat: Departure, suspensions: tuple[Suspension, ...]) -> Suspension:
    """The suspension that keeps this boat ashore; the latest where several do, or none is told apart."""

    def keeps(one: Suspension) -> bool:
        stops = {"stop": (boat.origin, boat.target)}.get(one.kind, ())
        called = {table.stops[place].id for place in table.places(one.id)} if one.kind == "stop" else set()
        here = one.id in {boat.trip, boat.route} if not stops else any(stop.id in called for stop in stops)
        return here and one.since <= boat.arrive and (one.until is None or one.until > boat.depart)

    return max(suspensions, key=lambda one: (keeps(one), one.since))


class _Board:
    """Watches hops for boats that leave ``origins``, until each is known to reach ``targets`` or not."""

    def __init__(self, table: Timetable, origins: frozenset[int], targets: frozenset[int] | None) -> None:
        self._table, self._origins, self._targets = table, origins, targets
        self._open: dict[int, tuple[int, int]] = {}
        self._done: list[tuple[int, int, int, int, int]] = []  # depart, arrive, key, from, to

    def watch(self, one: Slice) -> None:
        for depart, arrive, origin, target, run, marks in one.hops:
            key = run + one.shift
            if marks & CUT:
                self._open.pop(key, None)
                continue
            if origin in self._origins and not marks & NO_BOARD:
                self._open[key] = (depart + one.later, origin)
            if key in self._open and self._ends(target, marks):
                left, origin_ = self._open.pop(key)
                self._done.append((left, arrive + one.later, key, origin_, target))
            elif marks & LAST:
                self._open.pop(key, None)

    def _ends(self, target: int, marks: int) -> bool:
        if marks & NO_ALIGHT:
            return False
        return bool(marks & LAST) if self._targets is None else target in self._targets

    def is_settled(self, limit: int) -> bool:
        """Whether no boat still under way could be among the first ``limit``."""
        self._done.sort()
        if len(self._done) < limit:
            return False
        return all(left > self._done[limit - 1][0] for left, _origin in self._open.values())

    def departures(self, limit: int) -> tuple[Departure, ...]:
        self._done.sort()
        return tuple(self._departure(*one) for one in self._done[:limit])

    def _departure(self, depart: int, arrive: int, key: int, origin: int, target: int) -> Departure:
        trip, route = self._table.runs[key % len(self._table.runs)]
        start, end = self._table.stops[origin], self._table.stops[target]
        return Departure(
            route=route,
            trip=trip,
            day=date.fromordinal(key // len(self._table.runs)),
            origin=start,
            target=end,
            depart=clock_at(self._table, start, depart),
            arrive=clock_at(self._table, end, arrive),
        )
