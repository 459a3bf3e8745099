"""How long it takes from place to place: over land with the speeds of the pack, over water by the boats that sail."""

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from math import asin, ceil, cos, floor, radians, sin, sqrt
from typing import Final

from msgspec import Struct

from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.plan import Journey, Leg, Trip, plan_arrival
from driftbox.domain.planning.day import MIDNIGHT, Day, Move, Place
from driftbox.domain.text import Text

EARTH: Final = 6371000  # metres
PIER: Final = "pier:"


class _Sea(Struct, frozen=True):
    """The journeys of the day between two places, none of which leaves earlier and arrives later than another."""

    departs: list[int]
    arrives: list[int]
    journeys: list[Journey]


_Way = int | _Sea | None


class Travel:
    """The ways of a day. What was found is kept, for a search asks the same a thousand times."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self._ways: dict[tuple[str, str], _Way] = {}
        self._over: dict[tuple[str, str], list[Journey] | int | None] = {}

    def arrive(self, origin: str, target: str, ready: int) -> int | None:
        """When one is at ``target`` who may leave ``origin`` at ``ready``; None: not on this day."""
        way = self._ways.get((origin, target)) or self._way(origin, target)
        if isinstance(way, int):
            return ready + way
        place = bisect_left(way.departs, ready) if way else 0
        return way.arrives[place] if way and place < len(way.arrives) else None

    def leave(self, origin: str, target: str, by: int) -> int | None:
        """The last minute to leave ``origin`` so that one is at ``target`` by ``by``."""
        way = self._way(origin, target)
        if isinstance(way, int):
            return by - way
        place = bisect_right(way.arrives, by) if way else 0
        return way.departs[place - 1] if way and place else None

    def moves(self, origin: str, target: str, ready: int) -> tuple[Move, ...]:
        """The stretches from ``ready`` on that ``arrive`` counts; none where there is no way, or nothing to go."""
        way, here, there = self._way(origin, target), self.day.places[origin], self.day.places[target]
        if isinstance(way, int):
            return (self._by_land(here, there, ready, ready + way),) if origin != target or way else ()
        place = bisect_left(way.departs, ready) if way else 0
        return self._over_sea(here, there, way.journeys[place]) if way and place < len(way.journeys) else ()

    def land_minutes(self, origin: str, target: str) -> int | None:
        """How long it takes without a boat, between places of one island or over a bridge; None: one needs a boat."""
        here, there = self.day.places[origin], self.day.places[target]
        if here.code == there.code:
            return self.day.land.door
        if here.island == there.island:
            return self._on_island(here, there)
        between = self._between(here.stop, there.stop)
        return between + 2 * self.day.land.pier if isinstance(between, int) else None

    def _way(self, origin: str, target: str) -> _Way:
        key = origin, target
        if key not in self._ways:
            minutes = self.land_minutes(origin, target)
            self._ways[key] = self._sea(origin, target) if minutes is None else minutes
        return self._ways[key]

    def _on_island(self, here: Place, there: Place) -> int:
        land = self.day.land
        if here.at and there.at:
            metres = metres_between(here.at, there.at) * (100 + land.detour) / 100
            return max(1, ceil(metres * 60 / (1000 * (land.walk if metres <= land.on_foot else land.wheels))))
        between = self._between(here.stop, there.stop) if here.stop != there.stop else 0
        return land.near + (between if isinstance(between, int) else 0)

    def _sea(self, origin: str, target: str) -> _Sea | None:
        here, there = self.day.places[origin], self.day.places[target]
        between = self._between(here.stop, there.stop)
        if not isinstance(between, list) or not between:
            return None
        land, day = self.day.land, self.day
        departs = [floor(day.minute(one.depart)) - land.pier - land.board for one in between]
        arrives = [ceil(day.minute(one.arrive)) + land.pier for one in between]
        return _Sea(departs, arrives, between)

    def _between(self, origin: str, target: str) -> list[Journey] | int | None:
        """What leads from pier to pier: the journeys of the day, or minutes over land; None: no pier, no line."""
        key = origin, target
        if key not in self._over:
            self._over[key] = self._journeys(origin, target) if origin and target else None
        return self._over[key]

    def _journeys(self, origin: str, target: str) -> list[Journey] | int | None:
        found: list[Journey] = []
        ready, end = self.day.moment(0), self.day.moment(MIDNIGHT)
        trip = Trip(origin=origin, target=target, suspensions=self.day.suspended, days=1)
        while ready < end:
            try:
                journey = plan_arrival(self.day.table, trip, ready)
            except NotFound:
                break
            if not any(leg.trip for leg in journey.legs):
                return ceil((journey.arrive - journey.depart) / timedelta(minutes=1))
            if journey.arrive >= end:
                break
            found.append(journey)
            ready = journey.depart + timedelta(minutes=1)
        return found

    def _by_land(self, here: Place, there: Place, depart: int, arrive: int) -> Move:
        near = here.at and there.at and metres_between(here.at, there.at) * (100 + self.day.land.detour) / 100
        foot = here.code == there.code or (near is not None and near <= self.day.land.on_foot)
        return Move(
            how="foot" if foot else "wheels", ends=(here.code, there.code), names=(here.name, there.name),
            depart=depart, arrive=arrive,
        )  # fmt: skip

    def _over_sea(self, here: Place, there: Place, journey: Journey) -> tuple[Move, ...]:
        land = self.day.land
        legs = tuple(self._leg(leg) for leg in journey.legs)
        at_pier = legs[0].depart - land.board
        to_pier = Move(how="wheels", ends=(here.code, legs[0].ends[0]), names=(here.name, legs[0].names[0]),
                       depart=at_pier - land.pier, arrive=at_pier)  # fmt: skip
        last = legs[-1]
        from_pier = Move(how="wheels", ends=(last.ends[1], there.code), names=(last.names[1], there.name),
                         depart=last.arrive, arrive=last.arrive + land.pier)  # fmt: skip
        return (to_pier, *legs, from_pier)

    def _leg(self, leg: Leg) -> Move:
        return Move(
            how="boat" if leg.trip else "wheels", ends=(PIER + leg.origin.id, PIER + leg.target.id),
            names=(_name(leg.origin.names), _name(leg.target.names)), depart=floor(self._minute(leg.depart)),
            arrive=ceil(self._minute(leg.arrive)), trip=leg.trip, route=leg.route,
        )  # fmt: skip

    def _minute(self, moment: datetime) -> float:
        return self.day.minute(moment)


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The straight way between two positions (longitude, latitude in degrees) in metres."""
    (x, y), (u, v) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((v - y) / 2) ** 2 + cos(y) * cos(v) * sin((u - x) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _name(names: tuple[str, ...]) -> Text:
    """A stop by the timetable's names: the first is the pier's own; the English one, where it is told, follows."""
    return Text(zh=names[0], en=next((name for name in names[1:] if name.isascii()), names[0]))
