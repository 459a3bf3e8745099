"""Timetables from GTFS Schedule feeds: a folder or a zip becomes a timetable, or is refused with file and line.

Read: agency, stops, routes, trips, stop_times, calendar, calendar_dates, frequencies, transfers, translations.
``block_id`` and rules for single routes or trips in transfers.txt are left aside, and so are calls on demand.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Final, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from driftbox.domain.ferry.schedule import Schedule
from driftbox.domain.ferry.service import Sailing, Service, Stop, Transfer, TransferType
from driftbox.domain.ferry.timetable import Timetable
from driftbox.gateways.gtfs_calls import Calls, read_calls, read_runs
from driftbox.gateways.gtfs_source import BadFeed, Feed, Row

__all__ = ["BadFeed", "load_feed", "read_schedule"]

_WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STATION, _BERTH_PART = 1, 4  # location_type
_NOT_POSSIBLE: Final = 3
_HOPS: Final = 5_000_000  # with all runs of frequencies.txt


def load_feed(path: Path) -> Timetable:
    """Read the feed in ``path`` and make it ready for questions.

    Raises:
        BadFeed: with file, line and fault.
    """
    return read_schedule(path).table()


def read_schedule(path: Path) -> Schedule:
    """Read the feed in ``path``.

    Raises:
        BadFeed: with file, line and fault.
    """
    with Feed(path) as feed:
        for name in ("agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt"):
            if not feed.has(name):
                raise BadFeed(name, 0, "没有这个文件")
        if not (feed.has("calendar.txt") or feed.has("calendar_dates.txt")):
            raise BadFeed("calendar.txt", 0, "没有这个文件，也没有 calendar_dates.txt")
        zone = _zone(feed)
        stops, known = _stops(feed)
        services = _services(feed)
        routes, agencies = _routes(feed)
        sailings = _sailings(feed, services, routes.keys(), frozenset(stop.id for stop in stops))
        return Schedule(
            stops=tuple(stops),
            sailings=tuple(sailings),
            services=services,
            transfers=tuple(_transfers(feed, known)),
            zone=zone,
            routes=routes,
            agencies=agencies,
        )


def _zone(feed: Feed) -> str:
    zone = ""
    for row in feed.rows("agency.txt", "agency_timezone"):
        here = _known_zone(row, row.need("agency_timezone"))
        if zone and here != zone:
            row.fail("时区和前面的不一样：{zone}", zone=here)
        zone = here
    if not zone:
        raise BadFeed("agency.txt", 1, "一行也没有")
    return zone


def _known_zone(row: Row, zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        row.fail("没有“{zone}”这个时区", zone=zone)
    return zone


def _stops(feed: Feed) -> tuple[list[Stop], frozenset[str]]:
    """The stops where boats call, and the ids of these and of all stations."""
    rows: dict[str, Row] = {}
    for row in feed.rows("stops.txt", "stop_id"):
        id_ = row.need("stop_id")
        if id_ in rows:
            row.fail("{id} 写了两遍", id=id_)
        _check_place(row)
        rows[id_] = row
    for row in rows.values():
        parent = row.get("parent_station")
        if parent and parent not in rows:
            row.fail("没有 {id} 这个站", id=parent)
    translated = _translated(feed)
    berths = {id_: row for id_, row in rows.items() if row.number("location_type", 0) == 0}
    parts = [row for row in rows.values() if row.number("location_type", 0) > _STATION]
    stops = [_stop(row, rows, parts, translated) for row in berths.values()]
    return stops, frozenset(rows)


def _check_place(row: Row) -> None:
    kind = row.number("location_type", 0, 0, 1, 2, 3, 4)
    for column, limit in (("stop_lat", 90.0), ("stop_lon", 180.0)):
        cell = row.get(column) if kind > _STATION + 1 else row.need(column)
        try:
            inside = not cell or abs(float(cell)) <= limit
        except ValueError:
            inside = False
        if not inside:
            row.fail("{column} “{cell}”不在地图上", column=column, cell=cell)


def _stop(row: Row, rows: Mapping[str, Row], parts: list[Row], translated: Mapping[str, list[str]]) -> Stop:
    """A berth answers to its own names, to its station's, and to those of the entrances and halls beside it."""
    id_, station = row.need("stop_id"), row.get("parent_station")
    beside = [part for part in parts if part.get("parent_station") in {id_, station} - {""}]
    named = [row, *([rows[station]] if station else []), *beside]
    names = [name for one in named for name in (one.get("stop_name"), *translated.get(one.need("stop_id"), ()))]
    names += [name for one in named for name in translated.get(f"\n{one.get('stop_name')}", ())]
    names += [part.need("stop_id") for part in beside]
    zone = (rows[station] if station else row).get("stop_timezone") or row.get("stop_timezone")
    if zone:
        _known_zone(row, zone)
    return Stop(id=id_, names=tuple(dict.fromkeys(filter(None, names))), station=station or id_, zone=zone)


def _translated(feed: Feed) -> Mapping[str, list[str]]:
    """Names of stops in other languages by stop id, or by a line break and the name."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in feed.rows("translations.txt", "table_name", "field_name", "translation"):
        if row.get("table_name") == "stops" and row.get("field_name") == "stop_name":
            found[row.get("record_id") or f"\n{row.get('field_value')}"].append(row.get("translation"))
    return found


def _services(feed: Feed) -> dict[str, Service]:
    services: dict[str, Service] = {}
    for row in feed.rows("calendar.txt", "service_id", *_WEEK, "start_date", "end_date"):
        id_ = row.need("service_id")
        if id_ in services:
            row.fail("{id} 写了两遍", id=id_)
        weekdays = frozenset(day for day, column in enumerate(_WEEK) if row.number(column, 0, 0, 1))
        services[id_] = Service(weekdays=weekdays, since=_day(row, "start_date"), until=_day(row, "end_date"))
    added: dict[str, set[date]] = defaultdict(set)
    removed: dict[str, set[date]] = defaultdict(set)
    for row in feed.rows("calendar_dates.txt", "service_id", "date", "exception_type"):
        kept = added if row.number("exception_type", 0, 1, 2) == 1 else removed
        kept[row.need("service_id")].add(_day(row, "date"))
    for id_ in services.keys() | added.keys() | removed.keys():
        base = services.get(id_, Service())
        services[id_] = Service(
            weekdays=base.weekdays,
            since=base.since,
            until=base.until,
            added=frozenset(added[id_]),
            removed=frozenset(removed[id_]),
        )
    return services


def _day(row: Row, column: str) -> date:
    cell = row.need(column)
    if len(cell) != len("20260101") or not (cell.isascii() and cell.isdigit()):
        row.fail("{column} 不是日子：“{cell}”", column=column, cell=cell)
    try:
        return date(int(cell[:4]), int(cell[4:6]), int(cell[6:]))
    except ValueError:
        return row.fail("{column} 不是日子：“{cell}”", column=column, cell=cell)


def _routes(feed: Feed) -> tuple[dict[str, str], dict[str, str]]:
    """What each route is called, the long name first; and who runs it, where the feed says so."""
    names: dict[str, str] = {}
    agencies: dict[str, str] = {}
    for row in feed.rows("routes.txt", "route_id"):
        id_ = row.need("route_id")
        names[id_] = row.get("route_long_name") or row.get("route_short_name") or id_
        agencies[id_] = row.get("agency_id")
    return names, agencies


def _sailings(
    feed: Feed, services: Mapping[str, Service], routes: Collection[str], stops: frozenset[str]
) -> list[Sailing]:
    trips: dict[str, Row] = {}
    for row in feed.rows("trips.txt", "route_id", "service_id", "trip_id"):
        id_ = row.need("trip_id")
        if id_ in trips:
            row.fail("{id} 写了两遍", id=id_)
        if row.need("route_id") not in routes:
            row.fail("routes.txt 里没有 {id}", id=row.get("route_id"))
        if row.need("service_id") not in services:
            row.fail("日历里没有 {id}", id=row.get("service_id"))
        trips[id_] = row
    calls = read_calls(feed, trips.keys(), stops)
    runs = read_runs(feed, calls)
    _check_size(calls, runs)
    return [
        Sailing(
            trip=id_,
            route=row.get("route_id"),
            service=row.get("service_id"),
            calls=calls[id_],
            runs=runs.get(id_, (0,)),
        )
        for id_, row in trips.items()
        if id_ in calls
    ]


def _check_size(calls: Calls, runs: Mapping[str, tuple[int, ...]]) -> None:
    if sum(len(of_trip) * len(runs.get(id_, (0,))) for id_, of_trip in calls.items()) > _HOPS:
        raise BadFeed("frequencies.txt", 0, "班次太多了，超过 {most} 段", most=_HOPS)


def _transfers(feed: Feed, known: frozenset[str]) -> list[Transfer]:
    """Rules about stops. Those about single routes and trips, and about staying aboard (4, 5), are left aside."""
    found: list[Transfer] = []
    for row in feed.rows("transfers.txt"):
        kind = row.number("transfer_type", 0, 0, 1, 2, 3, 4, 5)
        ends = row.get("from_stop_id"), row.get("to_stop_id")
        narrow = any(row.get(f"{end}_{what}_id") for end in ("from", "to") for what in ("route", "trip"))
        for end in filter(None, ends):
            if end not in known:
                row.fail("stops.txt 里没有 {id}", id=end)
        seconds = row.number("min_transfer_time", 0) if row.get("min_transfer_time") else None
        if kind <= _NOT_POSSIBLE and not narrow:
            row.need("from_stop_id"), row.need("to_stop_id")
            found.append(Transfer(*ends, cast("TransferType", kind), seconds))
    return found
