"""A timetable as it is read, before it is made ready for questions; and several of them, one after the other."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct, structs

from driftbox.domain.ferry.service import Call, Sailing, Service, Stop, Transfer
from driftbox.domain.ferry.timetable import Timetable

Boat = tuple[str, str, str, int]  # route, from, to, departure


class Schedule(Struct, frozen=True, kw_only=True):
    """All that one feed says. ``routes``: what each route is called, by its id; ``agencies``: who runs it, if said."""

    stops: tuple[Stop, ...]
    sailings: tuple[Sailing, ...]
    services: Mapping[str, Service]
    transfers: tuple[Transfer, ...]
    zone: str
    routes: Mapping[str, str]
    agencies: Mapping[str, str] = {}

    def table(self) -> Timetable:
        """It, ready for questions."""
        return Timetable(self.stops, self.sailings, self.services, self.transfers, self.zone)

    def ends(self) -> dict[str, tuple[str, str]]:
        """The first and the last stop of each route, by its longest sailing."""
        longest: dict[str, Sailing] = {}
        for one in self.sailings:
            if one.calls and (one.route not in longest or len(one.calls) > len(longest[one.route].calls)):
                longest[one.route] = one
        return {route: (one.calls[0].stop, one.calls[-1].stop) for route, one in longest.items()}


class Difference(Struct, frozen=True, kw_only=True):
    """What a new timetable brings and what it takes away: stops by id, and boats by route, ends and departure."""

    new_stops: tuple[str, ...]
    gone_stops: tuple[str, ...]
    new_boats: tuple[Boat, ...]
    gone_boats: tuple[Boat, ...]


def joined(first: Schedule, later: Sequence[tuple[date, Schedule]]) -> Schedule:
    """One schedule out of several: each goes from its day until the day before the next; ``later`` in order of days.

    A stop is what the latest says it is. All are in the zone of the first.
    """
    if not later:
        return first
    starts = [None, *(day for day, _one in later)]
    ends = [day - timedelta(days=1) for day, _one in later] + [None]
    parts = [_part(number, *one) for number, one in enumerate(zip(_schedules(first, later), starts, ends, strict=True))]
    return Schedule(
        stops=tuple({stop.id: stop for part in parts for stop in part.stops}.values()),
        sailings=tuple(sailing for part in parts for sailing in part.sailings),
        services={id_: service for part in parts for id_, service in part.services.items()},
        transfers=tuple(rule for part in parts for rule in part.transfers),
        zone=first.zone,
        routes={id_: name for part in parts for id_, name in part.routes.items()},
        agencies={id_: agency for part in parts for id_, agency in part.agencies.items()},
    )


def _schedules(first: Schedule, later: Sequence[tuple[date, Schedule]]) -> list[Schedule]:
    return [first, *(one for _day, one in later)]


def _part(number: int, whole: Schedule, since: date | None, until: date | None) -> Schedule:
    """A schedule for some days only; its services get names of their own."""
    services = {f"{number}:{id_}": clipped(service, since, until) for id_, service in whole.services.items()}
    sailings = tuple(structs.replace(one, service=f"{number}:{one.service}") for one in whole.sailings)
    return structs.replace(whole, services=services, sailings=sailings)


def clipped(service: Service, since: date | None, until: date | None) -> Service:
    """A service on the days from ``since`` to ``until`` only; None: without end."""
    first, last = since or date.min, until or date.max
    return structs.replace(
        service,
        since=service.since and max(service.since, first),
        until=service.until and min(service.until, last),
        added=frozenset(day for day in service.added if first <= day <= last),
    )


def difference(old: Schedule, new: Schedule) -> Difference:
    """What ``new`` changes. Boats are compared by what passengers see, since ids are given afresh at will."""
    before, after = {stop.id for stop in old.stops}, {stop.id for stop in new.stops}
    boats, others = set(map(_seen, old.sailings)), set(map(_seen, new.sailings))
    return Difference(
        new_stops=tuple(sorted(after - before)),
        gone_stops=tuple(sorted(before - after)),
        new_boats=tuple(sorted(others - boats)),
        gone_boats=tuple(sorted(boats - others)),
    )


def _seen(sailing: Sailing) -> Boat:
    first: Call = sailing.calls[0]
    return sailing.route, first.stop, sailing.calls[-1].stop, first.depart + min(sailing.runs)
