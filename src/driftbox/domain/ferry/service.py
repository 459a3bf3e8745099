"""The things a timetable 船班 is made of, in the terms of GTFS. Times are whole seconds.

A time of a call counts from "noon minus twelve hours" of its service day, so that it may pass 24:00 and stays right on
the two days a year that have 23 or 25 hours (GTFS Schedule Reference, *Time*).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from msgspec import Struct

DAY = 86400
TransferType = Literal[0, 1, 2, 3]


class Stop(Struct, frozen=True, kw_only=True):
    """A pier 码头 or one of its berths. ``station`` is the id it belongs to; its own where it stands alone.

    ``names``: all it is called, in any language. ``zone``: where clocks at the pier differ from the timetable's.
    """

    id: str
    names: tuple[str, ...]
    station: str
    zone: str = ""


class Call(NamedTuple):
    """One call of a boat at a stop; ``board`` and ``alight`` say whether one may."""

    stop: str
    arrive: int
    depart: int
    board: bool = True
    alight: bool = True
    sequence: int | None = None  # its number in the feed


class Sailing(Struct, frozen=True, kw_only=True):
    """One trip 航班: its calls in order, and how many seconds after them each of its runs goes (0: as written)."""

    trip: str
    route: str
    service: str
    calls: tuple[Call, ...]
    runs: tuple[int, ...] = (0,)


class Service(Struct, frozen=True, kw_only=True):
    """On which days a sailing goes: the weekdays (Monday is 0) between two days, and exceptions to that."""

    weekdays: frozenset[int] = frozenset()
    since: date | None = None
    until: date | None = None
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def runs_on(self, day: date) -> bool:
        """Whether boats of this service go on ``day``."""
        if day in self.added:
            return True
        if day in self.removed or self.since is None or self.until is None:
            return False
        return self.since <= day <= self.until and day.weekday() in self.weekdays


class CallShift(NamedTuple):
    """How one call differs from the timetable: seconds late (below 0: early), and whether it is left out."""

    arrive: int
    depart: int
    skipped: bool = False


class DayChange(Struct, frozen=True, kw_only=True):
    """How one service day differs from the timetable: seconds late by trip (below 0: early), or call by call where
    that is not the same everywhere; and extra sailings 加班.
    """

    late: Mapping[str, int] = {}
    calls: Mapping[str, tuple[CallShift, ...]] = {}
    extra: tuple[Sailing, ...] = ()


class Transfer(Struct, frozen=True):
    """A rule for changing from one stop to another, or at one stop.

    ``kind`` as in GTFS: 0 recommended, 1 the boat waits, 2 takes ``seconds`` at least, 3 cannot be done.
    """

    origin: str
    target: str
    kind: TransferType
    seconds: int | None = None


class Suspension(Struct, frozen=True, kw_only=True):
    """Boats that do not go 停航: all departures of a route or a trip, or all calls at a stop, from ``since`` to
    ``until`` (aware; None: until further notice). ``who`` said so, and for what ``reason``.
    """

    kind: Literal["route", "trip", "stop"]
    id: str
    since: datetime
    until: datetime | None = None
    reason: str = ""
    who: str = ""
